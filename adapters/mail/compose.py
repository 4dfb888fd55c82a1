"""A ``Message`` as a mail: headers, plain text and HTML. Pure.

Tests: tests/adapters/mail/test_compose.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any

from adapters.mail.html import page
from adapters.mail.layout import Layout, plain
from core.chat import Envelope, Message
from core.text import clean, truncate

MAX_SUBJECT = 150
"""Code points. Phones show some 40 of them."""

_VERBATIM = {"list-unsubscribe", "message-id"}
"""The standard library would fold their long values as encoded words, which nobody may decode there."""


class _Policy(EmailPolicy):
    """Writes ids and addresses of pages in one line each; they are short enough for SMTP (998 octets)."""

    def fold(self, name: str, value: Any) -> str:
        """The header with its line end."""
        return f"{name}: {value}{self.linesep}" if name.lower() in _VERBATIM else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same as bytes."""
        if name.lower() in _VERBATIM:
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


_SEVEN_BITS = _Policy(linesep=SMTP.linesep, cte_type="7bit", max_line_length=78)
"""Whatever the server can do, what it gets is ASCII in short lines."""

TapLink = Callable[[str, str], str]
"""The address of the page that asks about a tap: (id of the account, token of the button)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """What stands below a tip or a reminder."""

    why: str
    """Why the person gets it, and that answers are not read."""
    unsubscribe: str
    """The words of the link."""
    explain: str
    """The words of the link below a tip that says why it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """What is the same in every mail of this oO."""

    name: str
    """Shown as the sender."""
    address: str
    """The sender's, in ASCII."""
    tap_link: TapLink
    why_link: Callable[[str, str], str]
    """The address of the page that explains a tip: (id of the account, id of the decision)."""
    unsubscribe_link: Callable[[str], str]
    """The address that ends the mails to an account by one POST, by the id of the account."""
    footer: Callable[[str | None], Footer]
    """In the language with that tag."""

    @property
    def domain(self) -> str:
        """In which message ids are unique."""
        return self.address.rpartition("@")[2]

    def message_id(self, name: str) -> str:
        """``name``, which must be unique, as the id of a mail."""
        return f"<{name}@{self.domain}>"

    def compose(self, message: Message, *, to: str, message_id: str, at: datetime) -> EmailMessage:
        """The mail to the address ``to``, whose domain is in ASCII."""
        mail = EmailMessage(policy=_SEVEN_BITS if to.isascii() else _SEVEN_BITS.clone(utf8=True))
        mail["From"] = Address(display_name=self.name, addr_spec=self.address)
        local, _, domain = to.rpartition("@")
        mail["To"] = Address(username=local, domain=domain)
        mail["Subject"] = subject(message)
        mail["Date"] = at
        mail["Message-ID"] = message_id
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        envelope = message.envelope
        if envelope:
            mail["List-Unsubscribe"] = f"<{self.unsubscribe_link(envelope.account_id)}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        layout = self._layout(message, envelope)
        mail.set_content(plain(layout), subtype="plain")
        mail.add_alternative(page(layout), subtype="html")
        if message.file:
            name = clean(message.file.name, MAX_SUBJECT)
            mail.add_attachment(
                message.file.content, maintype="application", subtype="octet-stream", filename=name
            )
        return mail

    def _layout(self, message: Message, envelope: Envelope | None) -> Layout:
        footer = self.footer(envelope.language) if envelope else None
        return Layout(
            title=subject(message),
            language=envelope.language if envelope else None,
            lines=message.lines,
            links=tuple(self._links(message, envelope)),
            footer=footer.why if footer else None,
            small_links=tuple(self._small_links(message, envelope, footer)) if envelope and footer else (),
        )

    def _links(self, message: Message, envelope: Envelope | None) -> Iterator[tuple[str, str]]:
        for button in (button for row in message.buttons for button in row):
            if button.url or (envelope and button.token):
                yield button.label, self._url(button.url, button.token, envelope)

    def _small_links(self, message: Message, envelope: Envelope, footer: Footer) -> Iterator[tuple[str, str]]:
        if message.subject:
            yield footer.explain, self.why_link(envelope.account_id, message.subject)
        yield footer.unsubscribe, self.unsubscribe_link(envelope.account_id)

    def _url(self, url: str | None, token: str, envelope: Envelope | None) -> str:
        return url or self.tap_link(envelope.account_id if envelope else "", token)


def subject(message: Message) -> str:
    """The first line that says something, in one line."""
    first = next((line.text for line in message.lines if line.text.strip()), "oO")
    return truncate(clean(first, MAX_SUBJECT), MAX_SUBJECT) or "oO"
