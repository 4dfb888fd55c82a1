"""Buttons in mails: what a signed link means, and the tap that a page makes of it.

Tests: tests/scenarios/test_mail.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.screens.tips import after
from core.chat import TYPED, Channel, Message, Sender, Tapped
from core.delivery.callbacks import resolve_token
from core.delivery.tip_status import TapResult, read_status
from core.dependencies import Dependencies
from core.errors import NotFound
from core.people.mail_links import MailLinks, read_tap, read_why
from core.records import Account, PersonAccount
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


async def tap_of(
    found: FoundTap, form: Mapping[str, str], message_id: Callable[[str], str], deps: Dependencies
) -> Tapped:
    """The tap, as an update of the mail's channel."""
    visit_id, filled = deps.random.new_id(), _filled(form)
    typed = form[TYPED][:MAX_TYPED] if TYPED in form else None
    is_repeatable = found.only_shows or typed is not None or filled is not None
    return Tapped(
        update_id=f"{found.token} {visit_id}" if is_repeatable else found.token,
        sender=found.sender,
        received_at=deps.clock.now(),
        thread=visit_id,
        token=found.token,
        message_id=await _message_of(found, message_id, deps),
        callback_id=visit_id,
        typed=typed,
        filled=filled,
    )


def _filled(form: Mapping[str, str]) -> dict[str, str] | None:
    fields = {
        name.removeprefix(FIELD): value[:MAX_TYPED] for name, value in form.items() if name.startswith(FIELD)
    }
    return fields or None


async def _message_of(found: FoundTap, message_id: Callable[[str], str], deps: Dependencies) -> str:
    """The mail that was tapped, also if it is not known whether it arrived."""
    account: Account = found.whose.account
    if found.subject is None:
        return found.token
    async with deps.store.read() as unit:
        deliveries = await unit.deliveries.of(found.subject)
    mine = (one for one in deliveries if one.account_id == account.account_id)
    return next((one.message_id or message_id(one.delivery_id) for one in mine), found.token)


def links_of(
    found: FoundTap, messages: Sequence[Message], root: str, deps: Dependencies
) -> Mapping[str, str]:
    """The address of the page for each button of ``messages``, by its token."""
    if deps.signer is None:
        return {}
    links = MailLinks(signer=deps.signer, root=root)
    buttons = (button for message in messages for row in message.buttons for button in row)
    return {one.token: links.tap(found.whose.account.account_id, one.token) for one in buttons if one.token}
