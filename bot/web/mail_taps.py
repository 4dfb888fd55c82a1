"""Buttons in mails: what a signed link means, and the tap that a page makes of it.

Tests: tests/scenarios/test_mail.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.screens.tips import after
from bot.web.page import Visit
from core.chat import TYPED, Channel, Message, Sender, Tapped
from core.delivery.callbacks import resolve_token, with_button_tokens
from core.delivery.tip_status import TapResult, read_status
from core.dependencies import Dependencies
from core.errors import NotFound
from core.people.mail_links import MailLinks, read_tap, read_why
from core.records import PersonAccount
from core.store import Unit

ONLY_SHOWS = frozenset({"snooze", "show", "type_time", "rings", "pick_remind", "break_down"})
"""Verbs that change nothing by themselves: their links may be used again."""

FIELD = "field."
"""Begins the names of the fields of a form with several."""

MAX_TYPED = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTap:
    """A button of a mail that still exists."""

    whose: PersonAccount
    token: str
    verb: str
    label: str
    subject: str | None
    """The decision that the mail is about."""

    @property
    def only_shows(self) -> bool:
        """Whether the tap changes nothing by itself."""
        return self.verb in ONLY_SHOWS

    @property
    def sender(self) -> Sender:
        """Who taps."""
        account = self.whose.account
        return Sender(
            channel=account.channel,
            external_id=account.external_id,
            address=account.address,
            language=account.language,
        )


async def find_tap(signed: str, deps: Dependencies, *, why: bool = False) -> FoundTap | None:
    """What a link means; None if oO did not make it, or what it means is gone. ``why``: a link that explains
    a tip.
    """
    if deps.signer is None:
        return None
    link = read_why(deps.signer, signed) if why else read_tap(deps.signer, signed)
    if link is None:
        return None
    async with deps.store.read() as unit:
        account = await unit.people.account_with(link.account_id)
        if account is None or account.channel is not Channel.EMAIL:
            return None
        whose = PersonAccount(person=await unit.people.get(account.person_id), account=account)
        if why:
            return FoundTap(whose=whose, token="", verb="", label="", subject=link.token)
        return await _button(unit, whose, link.token)


async def _button(unit: Unit, whose: PersonAccount, token: str) -> FoundTap | None:
    action = await resolve_token(unit, token, whose.person)
    name, _, number = token.partition(".")
    handle = await unit.handles.get(name)
    if action is None or handle is None:
        return None
    label = handle.labels[int(number)] if int(number) < len(handle.labels) else action.verb
    return FoundTap(whose=whose, token=token, verb=action.verb, label=label, subject=action.subject)


async def was_used(found: FoundTap, deps: Dependencies) -> bool:
    """Whether a link that works once was used."""
    if found.only_shows:
        return False
    async with deps.store.read() as unit:
        return await unit.inbox.has(Channel.EMAIL, found.token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a tip stands now."""

    message: Message
    """What its message would say, without buttons."""
    is_open: bool
    """Whether a reaction would count."""


async def how_it_stands(found: FoundTap, deps: Dependencies) -> Standing | None:
    """None if the mail was about no tip."""
    if found.subject is None:
        return None
    with suppress(NotFound, LookupError):
        async with deps.store.read() as unit:
            status = await read_status(unit, found.subject, found.whose.person)
        message = replace(after(status, found.whose.person, deps.clock.now()), buttons=())
        return Standing(message=message, is_open=status.result is TapResult.ACCEPTED)
    return None


async def tap_of(found: FoundTap, visit: Visit) -> Tapped:
    """The tap, as an update of the mail's channel."""
    form, filled = visit.form, _filled(visit.form)
    typed = form[TYPED][:MAX_TYPED] if TYPED in form else None
    is_repeatable = found.only_shows or typed is not None or filled is not None
    return Tapped(
        update_id=f"{found.token} {visit.visit_id}" if is_repeatable else found.token,
        sender=found.sender,
        received_at=visit.deps.clock.now(),
        page=visit.visit_id,
        token=found.token,
        message_id=await _message_of(found, visit),
        typed=typed,
        filled=filled,
    )


def _filled(form: Mapping[str, str]) -> dict[str, str] | None:
    fields = {
        name.removeprefix(FIELD): value[:MAX_TYPED] for name, value in form.items() if name.startswith(FIELD)
    }
    return fields or None


async def _message_of(found: FoundTap, visit: Visit) -> str:
    """The mail that was tapped, also if it is not known whether it arrived."""
    mail_id = visit.site.mail_id
    if found.subject is None or mail_id is None:
        return found.token
    async with visit.deps.store.read() as unit:
        deliveries = await unit.deliveries.of(found.subject)
    mine = (one for one in deliveries if one.account_id == found.whose.account.account_id)
    return next((one.message_id or mail_id(one.delivery_id) for one in mine), found.token)


async def with_tokens(messages: Sequence[Message], found: FoundTap, deps: Dependencies) -> list[Message]:
    """``messages`` with a token on every button, which the links of a page are made of."""
    async with deps.store.begin(found.whose.person.person_id) as unit:
        return [await with_button_tokens(unit, one, found.whose.person, deps) for one in messages]


def links_of(
    found: FoundTap, messages: Sequence[Message], root: str, deps: Dependencies
) -> Mapping[str, str]:
    """The address of the page for each button of ``messages``, by its token."""
    if deps.signer is None:
        return {}
    links = MailLinks(signer=deps.signer, root=root)
    buttons = (button for message in messages for row in message.buttons for button in row)
    return {one.token: links.tap(found.whose.account.account_id, one.token) for one in buttons if one.token}
