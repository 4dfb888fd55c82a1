"""The state machine of a delivery: ``reserved → sending → sent | rejected | unknown``.

``sending`` is committed before the platform is called. An attempt whose result is unknown is never repeated,
so at most one tip per slot is ever visible. In the transaction that commits ``sending``, everything that
could forbid the tip is checked once more.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from core.chat import Envelope, Message
from core.concurrency import gather_bounded
from core.deciding.decision_points import send_availability
from core.deciding.ringing import is_daily
from core.delivery.callbacks import with_button_tokens
from core.delivery.current_tip import rests_on_changed_facts, with_current_task
from core.delivery.detour import FAILED, given_up, go_elsewhere, lasts_too_long, other_account
from core.delivery.lateness import expires_at, is_too_old
from core.delivery.mentions import remember
from core.delivery.outcome import after_fault, moved
from core.delivery.results import store_state
from core.dependencies import Dependencies
from core.errors import NotFound, SendFailed
from core.learning.holdout import mark_dosage_announced
from core.records import (
    Account,
    Decision,
    Delivery,
    DeliveryState,
    Dosage,
    Person,
    Reason,
    ReminderKind,
    Task,
)
from core.store import Unit
from core.tasks.todo_list import is_over

log = logging.getLogger(__name__)

MAX_CONCURRENT_SENDS = 16

TipRenderer = Callable[[Decision, Person], Message]
"""Renders a tip as a message, in the language that the person prefers; ``bot/screens/tips.py`` does it."""

DailyRenderer = Callable[[Unit, ReminderKind, Person, Dependencies], Awaitable[Message | None]]
"""Renders a daily message (``brief``, ``review``) as things are now, in the language that the person prefers;
None if there is nothing to say.
"""


def fixed(message: Message) -> TipRenderer:
    """Renders whatever it is as ``message``."""
    return lambda decision, person: message


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person and all their accounts, as the transaction that uses them has read them."""

    person: Person
    accounts: tuple[Account, ...]
    """Last seen first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingSend:
    """A delivery in the state ``sending``, and what to send once that is committed."""

    delivery: Delivery
    account: Account
    message: Message
    news: Dosage | None = None
    """The dosage that the message announces, if it does."""
    persistent: bool = False
    """Whether it is tried again as often as it takes: a reminder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """What the transaction that makes a delivery, and sends it at once, knows without reading it again."""

    task: Task | None
    """The task of its tip, as this very transaction has read it."""


async def recipient_of(unit: Unit, person_id: str) -> Recipient:
    """The person with that id, as they are now. Raises ``NotFound`` if they have left."""
    return Recipient(person=await unit.people.get(person_id), accounts=await unit.people.accounts(person_id))


def reserve(
    decision: Decision, account: Account, deps: Dependencies, *, due_at: datetime | None = None
) -> Delivery:
    """A new delivery of ``decision`` to ``account``, planned for ``due_at``."""
    now = deps.clock.now()
    return Delivery(
        delivery_id=deps.random.new_id(),
        decision_id=decision.decision_id,
        person_id=decision.person_id,
        account_id=account.account_id,
        state=DeliveryState.RESERVED,
        reserved_at=now,
        changed_at=now,
        traceparent=deps.tracer.traceparent,
        due_at=due_at,
    )


async def deliver(
    delivery: Delivery, deps: Dependencies, compose: TipRenderer, daily: DailyRenderer | None = None
) -> Delivery | None:
    """Send a reserved delivery if that is still right. Returns it in its new state; None if another process
    has it, or the person has left. ``daily`` renders daily messages.
    """
    with deps.tracer.continued("deliver", delivery.traceparent):
        return await _deliver(delivery, deps, compose, daily)


async def _deliver(
    delivery: Delivery, deps: Dependencies, compose: TipRenderer, daily: DailyRenderer | None
) -> Delivery | None:
    try:
        async with deps.store.begin(delivery.person_id) as unit:
            # As it is now: while it waited for its turn, it may have gone to another account, or person.
            current = await unit.deliveries.get(delivery.delivery_id)
            if (current.state, current.person_id) != (DeliveryState.RESERVED, delivery.person_id):
                return None
            delivery = current
            decision = await unit.decisions.get(delivery.decision_id)
            recipient = await recipient_of(unit, delivery.person_id)
            if (kind := is_daily(decision)) and daily:
                account = next(one for one in recipient.accounts if one.account_id == delivery.account_id)
                message = await daily(unit, kind, recipient.person.on(account), deps)
                compose = fixed(message) if message else compose
            pending = await begin_send(unit, delivery, decision, recipient, deps, compose)
    except NotFound:
        return None
    return await send(pending, deps)


async def send(pending: PendingSend | Delivery | None, deps: Dependencies) -> Delivery | None:
    """Call the platform for a committed ``PendingSend`` and store the result; anything else is returned.

    None if there was nothing to send, or the person has left meanwhile.
    """
    if not isinstance(pending, PendingSend):
        return pending
    after = await _call_platform(pending, deps)
    try:
        async with deps.store.begin(after.person_id) as unit:
            return await _record_result(unit, pending, after, deps)
    except NotFound:
        log.info("delivery %s: the person has left", after.delivery_id)
        return None


async def begin_send(
    unit: Unit,
    delivery: Delivery,
    decision: Decision,
    recipient: Recipient,
    deps: Dependencies,
    compose: TipRenderer,
    new: NewDelivery | None = None,
) -> PendingSend | Delivery | None:
    """Move a delivery to ``sending``; to be committed before anything is sent. ``recipient`` is as this very
    transaction has read it. ``new``: the delivery is not stored yet, and is as it is sent.

    The delivery as ``abandoned`` if the tip must not be sent any more. None if another process was faster, or
    this one has no such channel: while the tip is fresh, another process may have it.
    """
    person, accounts = recipient.person, recipient.accounts
    account = {one.account_id: one for one in accounts}[delivery.account_id]
    if account.channel not in deps.messengers and not is_too_old(decision, deps):
        return None
    task = new.task if new else await _task_of(unit, decision)
    forbidden = await _forbidden(unit, decision, task, recipient, account, deps)
    if forbidden:
        if new:
            await unit.deliveries.add(delivery)
        after = _not_now(delivery, decision, forbidden, deps)
        return after if await _store_refusal(unit, delivery, after, deps) else None
    sending = replace(moved(delivery, DeliveryState.SENDING, deps), attempt=delivery.attempt + 1)
    if new:
        await unit.deliveries.add(sending)
    elif not await unit.deliveries.move(delivery, sending):
        return None
    addressed = person.on(account)
    shown = compose(with_current_task(decision, task), addressed)
    shown = replace(shown, expires_at=expires_at(decision, person, deps), urgent=decision.is_reminder)
    message = await with_button_tokens(unit, _in_envelope(shown, sending, addressed), person, deps)
    news = person.dosage if person.dosage and not person.dosage.told else None
    news = None if decision.is_reminder else news
    return PendingSend(
        delivery=sending, account=account, message=message, news=news, persistent=decision.is_reminder
    )


def _in_envelope(message: Message, delivery: Delivery, person: Person) -> Message:
    envelope = Envelope(
        delivery_id=delivery.delivery_id,
        account_id=delivery.account_id,
        language=person.preferences.language,
    )
    return replace(message, envelope=envelope)


async def _store_refusal(unit: Unit, before: Delivery, after: Delivery, deps: Dependencies) -> bool:
    """As ``store_state``. What waited for an account that has ended meanwhile goes to another one."""
    if not await store_state(unit, before, after, deps):
        return False
    other = await other_account(unit, after, deps) if after.reason == Reason.UNREACHABLE.value else None
    if other and after.state in FAILED:
        await go_elsewhere(unit, after, other, deps)
    return True


async def _task_of(unit: Unit, decision: Decision) -> Task | None:
    return await unit.tasks.get(decision.tip.task_id) if decision.tip and decision.tip.task_id else None


def _not_now(delivery: Delivery, decision: Decision, forbidden: _Forbidden, deps: Dependencies) -> Delivery:
    """A tip is abandoned. A reminder waits until the end of what forbids it, if that is known."""
    if decision.is_reminder and forbidden.until:
        waiting = moved(delivery, DeliveryState.RESERVED, deps, reason=forbidden.reason)
        return replace(waiting, not_before=forbidden.until)
    return moved(delivery, DeliveryState.ABANDONED, deps, reason=forbidden.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Forbidden:
    """Why something must not be sent now."""

    reason: str
    until: datetime | None = None


async def _forbidden(
    unit: Unit,
    decision: Decision,
    task: Task | None,
    recipient: Recipient,
    account: Account,
    deps: Dependencies,
) -> _Forbidden | None:
    """Why this tip must not be sent now; None if it may."""
    if not account.reachable:
        return _Forbidden(reason=Reason.UNREACHABLE.value)
    if task and is_over(task, decision):
        return _Forbidden(reason="task_gone")
    if task and rests_on_changed_facts(decision, task):
        return _Forbidden(reason="facts_changed")
    if is_too_old(decision, deps):
        return _Forbidden(reason=Reason.STALE.value)
    allowed = await send_availability(unit, recipient.person, recipient.accounts, decision, deps)
    return _Forbidden(reason=allowed.reason.value, until=allowed.until) if allowed.reason else None


async def _call_platform(pending: PendingSend, deps: Dependencies) -> Delivery:
    """The delivery in the state that follows from the platform's answer."""
    messenger = deps.messengers[pending.account.channel]
    try:
        message_id = await messenger.send(pending.account.address, pending.message)
    except SendFailed as fault:
        return after_fault(pending.delivery, fault, deps, persistent=pending.persistent)
    return replace(moved(pending.delivery, DeliveryState.SENT, deps), message_id=message_id)


async def _record_result(unit: Unit, pending: PendingSend, after: Delivery, deps: Dependencies) -> Delivery:
    """Store the result of an attempt, unless a tap has proved the delivery meanwhile. What provably did not
    arrive goes to another account.
    """
    is_late = lasts_too_long(after)
    other = await other_account(unit, after, deps) if is_late or after.state in FAILED else None
    if other and is_late:
        after = given_up(after)
    if not await store_state(unit, pending.delivery, after, deps):
        return await unit.deliveries.get(after.delivery_id)
    if after.message_id:
        await remember(unit, pending.account, after.message_id, pending.message, at=after.changed_at)
    if pending.news and after.state in (DeliveryState.SENT, DeliveryState.UNKNOWN):
        await mark_dosage_announced(unit, after.person_id, pending.news)
    if after.reason == Reason.UNREACHABLE.value:
        account = pending.account
        current = await unit.people.account(account.channel, account.external_id)
        await unit.people.save_account(replace(current or account, reachable=False))
    if other:
        await go_elsewhere(unit, after, other, deps)
    return after


async def deliver_waiting(
    deps: Dependencies, compose: TipRenderer, daily: DailyRenderer | None = None, *, limit: int = 1000
) -> int:
    """Send the reserved deliveries that need not wait any longer; returns how many. ``daily`` as in
    ``deliver``.
    """
    async with deps.store.read() as unit:
        due = await unit.deliveries.due(deps.clock.now(), limit)
    await gather_bounded(due, lambda one: deliver(one, deps, compose, daily), limit=MAX_CONCURRENT_SENDS)
    return len(due)
