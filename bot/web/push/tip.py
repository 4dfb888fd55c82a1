"""The page of one tip, to which its notification leads: it shows the tip with all its buttons.

A tap on the page is one on the notification, which changes with it.

Tests: tests/bot/web/push/test_tip.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from bot.screens import texts_push
from bot.screens.tips import after
from bot.web.faults import fault
from bot.web.page import Access, Answer, Page, Visit
from bot.web.rendering import render
from core.chat import TYPED, Channel, Message, Sender, Tapped
from core.delivery.callbacks import with_button_tokens
from core.delivery.tip_status import read_status
from core.errors import NotFound
from core.records import Account

FIELD = "field."
"""Begins the names of the fields of a form with several."""

MAX_TYPED = 4_000


async def show(visit: Visit) -> Answer:
    """The tip as it is now."""
    return await _shown(visit, [await _current(visit)])


async def tap(visit: Visit) -> Answer:
    """Tap one of its buttons: through the inbox, as a tap in a chat."""
    desk = visit.site.push
    account = await _account(visit)
    if desk is None or account is None or "token" not in visit.form:
        return fault(visit, HTTPStatus.BAD_REQUEST)
    seen = await desk.take(await _tapped(visit, account))
    if seen.form:
        return render(
            visit,
            "push/form.html",
            push=texts_push,
            title=seen.form.title,
            fields=seen.form.fields,
            token=seen.form_token,
        )
    state = seen.edit or await _current(visit)
    return await _shown(visit, [state, *seen.replies], said=seen.toast)


async def _shown(visit: Visit, messages: Sequence[Message], said: str | None = None) -> Answer:
    has_buttons = visit.site.push is not None and await _account(visit) is not None
    return render(
        visit, "push/tip.html", push=texts_push, messages=messages, said=said, has_buttons=has_buttons
    )


async def _current(visit: Visit) -> Message:
    """Raises ``NotFound`` if there is no such tip of theirs."""
    person = visit.whose
    async with visit.deps.store.begin() as unit:
        decision = await unit.decisions.get(visit.path["decision_id"])
        if decision.person_id != person.person_id or decision.tip is None:
            raise NotFound("no tip of theirs")
        status = await read_status(unit, decision.decision_id, person)
        message = after(status, person, visit.deps.clock.now())
        return await with_button_tokens(unit, message, person, visit.deps)


async def _account(visit: Visit) -> Account | None:
    async with visit.deps.store.read() as unit:
        accounts = await unit.people.accounts(visit.whose.person_id)
    return next((one for one in accounts if one.channel is Channel.WEB), None)


async def _tapped(visit: Visit, account: Account) -> Tapped:
    visit_id = visit.deps.random.new_id()
    typed = visit.form[TYPED][:MAX_TYPED] if TYPED in visit.form else None
    return Tapped(
        update_id=visit_id,
        sender=Sender(channel=Channel.WEB, external_id=account.external_id, address=account.address),
        received_at=visit.deps.clock.now(),
        thread=visit_id,
        token=visit.form["token"],
        message_id=await _message_of(visit, account) or visit_id,
        callback_id=visit_id,
        typed=typed,
        filled=_filled(visit.form),
    )


async def _message_of(visit: Visit, account: Account) -> str | None:
    """The notification of this tip."""
    async with visit.deps.store.read() as unit:
        deliveries = await unit.deliveries.of(visit.path["decision_id"])
    mine = (one.message_id for one in deliveries if one.account_id == account.account_id)
    return next(filter(None, mine), None)


def _filled(form: Mapping[str, str]) -> dict[str, str] | None:
    names = (name for name in form if name.startswith(FIELD))
    return {name.removeprefix(FIELD): form[name][:MAX_TYPED] for name in names} or None


TIP = (
    Page(method="GET", path="/me/tip/{decision_id}", run=show, access=Access.PERSON),
    Page(method="POST", path="/me/tip/{decision_id}", run=tap, access=Access.PERSON),
)
