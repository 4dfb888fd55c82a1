"""E-mail as a channel of the process, and the pages of the links in mails.

Tests: tests/scenarios/test_mail.py, tests/bot/cli/test_doctor.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from adapters.pace import Rate
from bot.languages.active import active, speaking
from bot.languages.language import language_of
from bot.screens import texts_mail
from bot.settings import Settings
from core.chat import Channel
from core.people.mail_links import MailLinks
from core.ports import Clock, RandomSource
from core.signing import Signer

if TYPE_CHECKING:
    from adapters.mail import Footer
    from bot.cli.platforms import Platforms


def add_mail(
    platforms: Platforms, settings: Settings, clock: Clock, random: RandomSource, rate: Rate | None = None
) -> None:
    """Add e-mail if there is a mail server. Raises ``ValueError`` without a key of the vault."""
    server, environment = settings.environment.mail_server(), settings.environment
    if server is None:
        return
    from adapters.mail import Composer, Mail, Security, SmtpServer, rate_of

    sender = environment.mail_sender()
    links = MailLinks(signer=Signer(environment.vault_keys()), root=environment.public_root())
    composer = Composer(
        name=sender.name,
        address=sender.address,
        tap_link=links.tap,
        why_link=links.why,
        unsubscribe_link=links.stop,
        footer=footer,
    )
    platforms.by_channel[Channel.EMAIL] = Mail(
        SmtpServer(
            host=server.host,
            port=server.port,
            security=Security(server.security),
            login_name=server.login_name,
            password=server.password,
        ),
        composer,
        clock=clock,
        random=random,
        rate=rate or rate_of(settings.config.mail.mails_a_minute),
    )


def footer(language: str | None) -> Footer:
    """What stands below each tip, in the language with that tag; None: in that of whoever is served."""
    from adapters.mail import Footer

    with speaking(language_of(language) if language else active()):
        return Footer(
            language=active().tag,
            why=texts_mail.FOOTER_WHY,
            unsubscribe=texts_mail.FOOTER_STOP,
            explain=texts_mail.WHY_LINK,
        )


def message_ids(platforms: Platforms) -> Callable[[str], str] | None:
    """The ``Message-ID`` of a delivery's mail, by its id; None where no mails are sent."""
    mail = platforms.by_channel.get(Channel.EMAIL)
    return mail.message_id if mail else None
