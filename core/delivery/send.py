"""A decided tip on its way: ``reserved → sending → sent | rejected | unknown``.

``sending`` is committed before the platform is called, and an attempt whose end is not known is never
repeated: at most one tip per slot is ever visible. Everything that could forbid a push is looked at once
more right before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from core.chat import Message
from core.concurrency import gather_bounded
from core.deciding.decision_points import availability_of
from core.delivery.callbacks import addressed
from core.delivery.mentions import remember
from core.dependencies import Dependencies
from core.errors import NotFound, NotSent, SendFailed, SendRejected, Unreachable
from core.events import record_event
from core.learning.holdout import mark_dosage_announced
from core.model import (
    Account,
    Consent,
    Decision,
    Delivery,
    DeliveryState,
    Dosage,
    Person,
    Reason,
    Trigger,
)
from core.scheduling.slots import is_stale
from core.store import Unit
from core.tasks.todo_list import is_over

log = logging.getLogger(__name__)

AT_ONCE = 16

LONGEST_PROMISE = timedelta(days=2)
"""For so long a snoozed tip that has come back waits for a channel that is not connected."""

Compose = Callable[[Decision, Person], Message]
"""How a tip becomes a message; ``bot/screens/tips.py`` does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingSend:
    """A delivery whose ``sending`` is committed, and what goes out; ``news``: it tells of this dosage."""

    delivery: Delivery
    account: Account
    message: Message
    news: Dosage | None = None


def reserve(decision: Decision, account: Account, deps: Dependencies) -> Delivery:
    """A fresh delivery of ``decision`` to ``account``."""
    now = deps.clock.now()
    return Delivery(
        delivery_id=deps.random.new_id(),
        decision_id=decision.decision_id,
        person_id=decision.person_id,
        account_id=account.account_id,
        state=DeliveryState.RESERVED,
        reserved_at=now,
        changed_at=now,
    )


async def deliver(delivery: Delivery, deps: Dependencies, compose: Compose) -> Delivery | None:
    """Send a reserved delivery if that is still right. Returns how it stands now; None if someone else has
    it, or the person left.
    """
    try:
        async with deps.store.begin() as unit:
            decision = await unit.decisions.get(delivery.decision_id)
            pending = await begin_send(unit, delivery, decision, deps, compose)
    except NotFound:
        return None
    return await send(pending, deps)


async def send(pending: PendingSend | Delivery | None, deps: Dependencies) -> Delivery | None:
    """Call the platform for what departed, now that this is committed; store how it ended. None when nothing
    departed, or the person left while it was on its way.
    """
    if not isinstance(pending, PendingSend):
        return pending
    arrived = await _send(pending, deps)
    try:
        async with deps.store.begin() as unit:
            return await _arrive(unit, pending, arrived, deps)
    except NotFound:
        log.info("delivery %s: the person has left", arrived.delivery_id)
        return None


async def begin_send(
    unit: Unit, delivery: Delivery, decision: Decision, deps: Dependencies, compose: Compose
) -> PendingSend | Delivery | None:
    """``sending``, to be committed before anything goes out; ``abandoned`` when the tip must not go any
    more; None when this process has no such channel (while it is fresh, another may have), or another one
    was faster.
    """
    person = await unit.people.get(delivery.person_id)
    accounts = {account.account_id: account for account in await unit.people.accounts(person.person_id)}
    account = accounts[delivery.account_id]
    if account.channel not in deps.messengers and not _is_too_old(decision, deps):
        return None
    forbidden = await _forbidden(unit, decision, person, account, deps)
    if forbidden:
        gone = _moved(delivery, DeliveryState.ABANDONED, deps, reason=forbidden)
        return gone if await _settle(unit, delivery, gone, deps) else None
    sending = replace(_moved(delivery, DeliveryState.SENDING, deps), attempt=delivery.attempt + 1)
    if not await unit.deliveries.move(delivery, sending):
        return None
    message = await addressed(unit, compose(decision, person), person, deps)
    news = person.dosage if person.dosage and not person.dosage.told else None
    return PendingSend(delivery=sending, account=account, message=message, news=news)


async def _forbidden(
    unit: Unit, decision: Decision, person: Person, account: Account, deps: Dependencies
) -> str | None:
    """Why this tip must not go now; None if it may."""
    if not account.reachable:
        return Reason.UNREACHABLE.value
    tip = decision.tip
    if tip and tip.task_id and is_over(await unit.tasks.get(tip.task_id), decision):
        return "task_gone"
    if _is_too_old(decision, deps):
        return Reason.STALE.value
    if decision.trigger is Trigger.REQUESTED:
        return None if person.consent is Consent.AGREED else Reason.NO_CONSENT.value
    allowed = await availability_of(unit, person, decision, deps)
    return allowed.reason.value if allowed.reason else None


def _is_too_old(decision: Decision, deps: Dependencies) -> bool:
    """Whether the moment it was meant for has passed; what was promised is worth more patience."""
    promised = decision.trigger is Trigger.SNOOZED
    limit = LONGEST_PROMISE if promised else deps.rules.availability.freshness
    return is_stale(decision.decided_at, deps.clock.now(), limit)


async def _send(pending: PendingSend, deps: Dependencies) -> Delivery:
    """Call the platform; how the delivery stands after that."""
    messenger = deps.messengers[pending.account.channel]
    try:
        message_id = await messenger.send(pending.account.address, pending.message)
    except SendFailed as fault:
        return after_fault(pending.delivery, fault, deps)
    return replace(_moved(pending.delivery, DeliveryState.SENT, deps), message_id=message_id)


def after_fault(delivery: Delivery, fault: SendFailed, deps: Dependencies) -> Delivery:
    """How a delivery stands after ``fault``: only what provably never left may be tried again."""
    log.warning("delivery %s: %s: %s", delivery.delivery_id, type(fault).__name__, fault)
    if isinstance(fault, NotSent):
        return _not_sent(delivery, fault, deps)
    if isinstance(fault, SendRejected):
        reason = Reason.UNREACHABLE.value if isinstance(fault, Unreachable) else "rejected"
        return _moved(delivery, DeliveryState.REJECTED, deps, reason=reason)
    return _moved(delivery, DeliveryState.UNKNOWN, deps, reason="no_clear_answer")


def _not_sent(delivery: Delivery, fault: NotSent, deps: Dependencies) -> Delivery:
    """Again later, each time after twice as long, until it was tried often enough."""
    rules = deps.rules.delivery
    if delivery.attempt >= rules.attempts:
        return _moved(delivery, DeliveryState.ABANDONED, deps, reason="not_sent")
    pause = max(timedelta(seconds=fault.retry_after), rules.backoff * 2 ** (delivery.attempt - 1))
    again = _moved(delivery, DeliveryState.RESERVED, deps, reason="not_sent")
    return replace(again, not_before=again.changed_at + pause)


def _moved(
    delivery: Delivery, state: DeliveryState, deps: Dependencies, *, reason: str | None = None
) -> Delivery:
    return replace(delivery, state=state, changed_at=deps.clock.now(), reason=reason)


async def _arrive(unit: Unit, pending: PendingSend, after: Delivery, deps: Dependencies) -> Delivery:
    """Store the end of an attempt. A tap may have proved the delivery in the meantime."""
    if not await _settle(unit, pending.delivery, after, deps):
        return await unit.deliveries.get(after.delivery_id)
    if after.message_id:
        await remember(unit, pending.account, after.message_id, pending.message, at=after.changed_at)
    if pending.news and after.state in (DeliveryState.SENT, DeliveryState.UNKNOWN):
        await mark_dosage_announced(unit, after.person_id, pending.news)
    if after.reason == Reason.UNREACHABLE.value:
        account = pending.account
        current = await unit.people.account(account.channel, account.external_id)
        await unit.people.save_account(replace(current or account, reachable=False))
    return after


async def _settle(unit: Unit, before: Delivery, after: Delivery, deps: Dependencies) -> bool:
    """Store how a delivery stands now, with its event; False if it was no longer as ``before``."""
    if not await unit.deliveries.move(before, after):
        return False
    await record_event(
        unit,
        deps,
        f"delivery.{after.state.value}",
        after.person_id,
        delivery_id=after.delivery_id,
        decision_id=after.decision_id,
        reason=after.reason,
    )
    return True


async def observed(unit: Unit, unproved: Iterable[Delivery], message_id: str, deps: Dependencies) -> None:
    """A tap on its message proves that a delivery of unknown end was shown: ``unknown → sent``."""
    for delivery in unproved:
        seen = replace(_moved(delivery, DeliveryState.SENT, deps, reason="observed"), message_id=message_id)
        await _settle(unit, delivery, seen, deps)


async def deliver_waiting(deps: Dependencies, compose: Compose, *, limit: int = 1000) -> int:
    """Try reserved deliveries whose time has come again; returns how many were taken up."""
    now = deps.clock.now()
    async with deps.store.read() as unit:
        reserved = await unit.deliveries.in_state(DeliveryState.RESERVED, limit)
    waiting = [one for one in reserved if one.not_before is None or one.not_before <= now]
    await gather_bounded(waiting, lambda one: deliver(one, deps, compose), at_once=AT_ONCE)
    return len(waiting)


async def recover_orphans(deps: Dependencies, *, limit: int = 1000) -> int:
    """Attempts that a stop cut off become ``unknown``, never ``reserved``; returns how many.

    An attempt of a living process, this one or another, ends long before the lease.
    """
    oldest = deps.clock.now() - deps.rules.delivery.lease
    async with deps.store.begin() as unit:
        sending = await unit.deliveries.in_state(DeliveryState.SENDING, limit)
        orphans = [one for one in sending if one.changed_at < oldest]
        for orphan in orphans:
            unknown = _moved(orphan, DeliveryState.UNKNOWN, deps, reason="cut_off")
            await _settle(unit, orphan, unknown, deps)
    return len(orphans)
