"""Rings reminders: at their instant, once, through the state machine of deliveries.

All of a person's reminders of the same minute, and those that were missed, are one message. They are claimed,
logged and moved to ``sending`` in one transaction, so a reminder is sent once, or its result is unknown.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.concurrency import gather_bounded
from core.deciding.decide import store_decision
from core.deciding.decision_points import best_account
from core.deciding.ringing import LATE, Outage, Rung, decide_ring
from core.delivery.push import is_elsewhere
from core.delivery.send import (
    DailyRenderer,
    NewDelivery,
    PendingSend,
    Recipient,
    TipRenderer,
    begin_send,
    fixed,
    recipient_of,
    reserve,
    send,
)
from core.dependencies import Dependencies
from core.errors import NotFound, StoreUnavailable
from core.records import Account, Delivery, Person, Reminder, ReminderKind, Task
from core.scheduling.quiet_hours import opening
from core.scheduling.slots import is_stale
from core.scheduling.timezones import zone_of
from core.store import Unit
from core.tasks.reminder_times import after_pause, next_occurrence, passed, with_next_ring
from core.tasks.reminders import as_of_now

log = logging.getLogger(__name__)

MAX_CONCURRENT_RINGS = 16
MAX_DUE = 2_000
"""Reminders that one scan finds; the next one finds the others."""

UNREACHABLE_RETRY, UNCONNECTED_RETRY = timedelta(hours=1), timedelta(minutes=1)
"""How long a reminder waits whose person has blocked oO, or whose channel is not connected."""

FAULT_RETRY = timedelta(minutes=3)
"""How long a person's reminders wait after a fault, so that it does not repeat twice a second."""


Dispatch = Callable[[PendingSend, Dependencies], Awaitable[object]]
"""Sends a committed message, or starts to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """How reminders ring."""

    compose: TipRenderer
    """Renders one or several reminders."""
    daily: DailyRenderer
    """Renders a daily message."""
    outage: Outage | None = None
    """The latest time during which oO did not run."""
    dispatch: Dispatch = send


async def ring_due(deps: Dependencies, bell: Bell, *, limit: int = MAX_DUE) -> int:
    """Ring everything that is due; returns for how many people something was."""
    async with deps.store.read() as unit:
        due = await unit.reminders.due(deps.clock.now(), limit)
    await gather_bounded(due, lambda one: ring(one, deps, bell), limit=MAX_CONCURRENT_RINGS)
    return len(due)


async def ring_to(person_id: str, deps: Dependencies, bell: Bell) -> None:
    """Ring what is due for one person. A terminal serves only its own person."""
    async with deps.store.read() as unit:
        is_due = await unit.reminders.waiting(person_id, deps.clock.now() + datetime.resolution)
    if is_due:
        await ring(person_id, deps, bell)


async def ring(person_id: str, deps: Dependencies, bell: Bell) -> None:
    """Ring what is due for a person: claim, decide and commit in one transaction, then send."""
    try:
        async with deps.store.begin(person_id) as unit:
            pending = await _claim(unit, person_id, deps, bell)
    except NotFound:
        log.info("somebody with a reminder has left")
        return
    except StoreUnavailable:
        raise
    except Exception:
        await _put_off(person_id, deps)
        raise
    for one in pending:
        await bell.dispatch(one, deps)


async def _put_off(person_id: str, deps: Dependencies) -> None:
    """After a fault: the person's due reminders ring a little later."""
    now = deps.clock.now()
    async with deps.store.begin(person_id) as unit:
        due = await unit.reminders.waiting(person_id, now + datetime.resolution)
        await unit.reminders.put(*(replace(one, next_at=now + FAULT_RETRY) for one in due))


# --- What rings --------------------------------------------------------------------------------------------


async def _claim(unit: Unit, person_id: str, deps: Dependencies, bell: Bell) -> list[PendingSend]:
    """What is to be sent to a person now, committed with this transaction."""
    now = deps.clock.now()
    minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    waiting = await unit.reminders.waiting(person_id, minute)
    if not waiting or (waiting[0].next_at or minute) > now:
        return []  # another process was faster
    recipient = await recipient_of(unit, person_id)
    if is_elsewhere(recipient.accounts, deps):
        return []
    rung = [one for each in waiting if (one := await _rung(unit, each, minute, recipient, deps))]
    account = best_account(recipient.person, recipient.accounts, deps)
    if account is None:
        return []  # then all of them are held
    pending = [await _begin(unit, group, recipient, account, deps, bell) for group in _messages(rung)]
    return [one for one in pending if isinstance(one, PendingSend)]


def _messages(rung: Sequence[Rung]) -> list[list[Rung]]:
    """Reminders of tasks share a message; each daily one has its own."""
    of_tasks = [one for one in rung if one.task]
    return [*([of_tasks] if of_tasks else []), *([one] for one in rung if not one.task)]


async def _rung(
    unit: Unit, reminder: Reminder, minute: datetime, recipient: Recipient, deps: Dependencies
) -> Rung | None:
    """The reminder as it rings now, moved on to its next time; None if it does not ring before the end of
    this ``minute``, or another process has it.
    """
    person, now = recipient.person, deps.clock.now()
    task = await _task_of(unit, reminder)
    current = await as_of_now(unit, reminder, task, person, deps)
    zone = zone_of(person)
    occurrence = next_occurrence(current, zone)
    held = _held_until(current, recipient, deps) if current.next_at else None
    if occurrence is None or current.next_at is None or held or current.next_at >= minute:
        await unit.reminders.move(reminder, replace(current, next_at=held or current.next_at))
        return None
    guard = deps.rules.availability.guard
    after = with_next_ring(passed(current, occurrence, max(now, occurrence.at), zone), person, guard)
    if not await unit.reminders.move(reminder, after) or _is_skipped(current, occurrence.at, person, deps):
        return None
    return Rung(reminder=current, occurrence=occurrence, task=task)


async def _task_of(unit: Unit, reminder: Reminder) -> Task | None:
    return await unit.tasks.get(reminder.task_id) if reminder.task_id else None


def _held_until(reminder: Reminder, recipient: Recipient, deps: Dependencies) -> datetime | None:
    """Until when the reminder must wait; None if it may ring now."""
    person, now = recipient.person, deps.clock.now()
    if best_account(recipient.person, recipient.accounts, deps) is None:
        is_blocked = not any(one.reachable for one in recipient.accounts)
        return now + (UNREACHABLE_RETRY if is_blocked else UNCONNECTED_RETRY)
    ends = after_pause(now, reminder, person)
    zone, guard = zone_of(person), deps.rules.availability.guard
    occurrence = next_occurrence(reminder, zone)
    is_on_time = occurrence is not None and now - occurrence.at <= LATE
    if not (reminder.even_if_quiet and is_on_time):
        ends = opening(ends, guard, zone, person.preferences.quiet)
    return ends if ends > now else None


def _is_skipped(reminder: Reminder, planned: datetime, person: Person, deps: Dependencies) -> bool:
    """Whether a daily message is no longer of use: it is old, or was planned during a pause."""
    if reminder.kind is ReminderKind.TASK:
        return False
    paused = after_pause(planned, reminder, person) > planned
    return paused or is_stale(planned, deps.clock.now(), deps.rules.availability.freshness)


# --- The commit --------------------------------------------------------------------------------------------


async def _begin(
    unit: Unit,
    rung: Sequence[Rung],
    recipient: Recipient,
    account: Account,
    deps: Dependencies,
    bell: Bell,
) -> PendingSend | Delivery | None:
    """Store the decision and its delivery, ``sending`` already. None if there is nothing to say, or it was
    said before.
    """
    person, compose = recipient.person, bell.compose
    if rung[0].task is None:
        message = await bell.daily(unit, rung[0].reminder.kind, person.on(account), deps)
        if message is None:
            return None
        compose = fixed(message)
    decided = decide_ring(rung, person, deps, outage=bell.outage)
    if not await store_decision(unit, decided, deps):
        return None
    due_at = min((one.reminder.next_at for one in rung if one.reminder.next_at), default=None)
    delivery = reserve(decided.decision, account, deps, due_at=due_at)
    tip = decided.decision.tip
    task = next((one.task for one in rung if tip and one.task and one.task.task_id == tip.task_id), None)
    new = NewDelivery(task=task)
    return await begin_send(unit, delivery, decided.decision, recipient, deps, compose, new)
