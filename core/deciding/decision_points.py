"""Decision points of one person: when is the next one, what is due, and is oO available then?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.records import (
    Account,
    Decision,
    Moved,
    Person,
    Purpose,
    Reason,
    Redelivery,
    Slot,
    Snooze,
    Trigger,
)
from core.scheduling.availability import (
    Availability,
    RecentPushes,
    available_for_slot,
    available_on_request,
    available_outside_slots,
    local_day,
)
from core.scheduling.quiet_hours import wall_clock
from core.scheduling.slots import next_decision_point, slots
from core.store import Unit
from core.tasks.reminder_times import reminder_of

LEASE = timedelta(minutes=3)
"""How long a claimed person is left alone: their decision point is moved to its end."""

MAX_CHECKED = 20
"""How many reminders of one message are checked for a pause."""

LOOK_BACK = timedelta(days=8)
"""Every plan repeats weekly, so the latest slot that has come, and all that compete with it, are younger."""


# --- Is oO available? --------------------------------------------------------------------------------------


async def slot_availability(
    unit: Unit,
    person: Person,
    accounts: Sequence[Account],
    deps: Dependencies,
    *,
    slot_at: datetime | None = None,
) -> Availability:
    """Whether a slot of ``person`` may be served now. ``slot_at`` None: its age is checked elsewhere."""
    now = deps.clock.now()
    return available_for_slot(
        person,
        now=now,
        slot_at=slot_at,
        pushes=await _recent_pushes(unit, person, now, deps),
        reachable=best_account(accounts, deps) is not None,
        rules=deps.rules.availability,
    )


async def snooze_availability(
    unit: Unit, person: Person, accounts: Sequence[Account], snooze: Snooze, deps: Dependencies
) -> Availability:
    """Whether a snoozed tip may come back now. Overdue ones are sent ``spacing`` apart: a snooze waits if
    a push was sent after its due time.
    """
    now, spacing = deps.clock.now(), deps.rules.availability.spacing
    _, end = _local_day(person, now)
    sent = await unit.decisions.sent_between(person.person_id, now - spacing, end)
    if sent and snooze.until <= sent[-1] and now < sent[-1] + spacing:
        return Availability(reason=Reason.SPACING, until=sent[-1] + spacing)
    return _outside_slots(person, accounts, deps, even_if_quiet=snooze.even_if_quiet)


def notice_availability(person: Person, accounts: Sequence[Account], deps: Dependencies) -> Availability:
    """Whether a notice may be sent now. It is no tip: neither cap nor spacing holds it up."""
    return _outside_slots(person, accounts, deps, even_if_quiet=False)


def _outside_slots(
    person: Person, accounts: Sequence[Account], deps: Dependencies, *, even_if_quiet: bool
) -> Availability:
    return available_outside_slots(
        person,
        now=deps.clock.now(),
        reachable=best_account(accounts, deps) is not None,
        guard=deps.rules.availability.guard,
        even_if_quiet=even_if_quiet,
    )


async def send_availability(
    unit: Unit, person: Person, accounts: Sequence[Account], decision: Decision, deps: Dependencies
) -> Availability:
    """Whether the tip of ``decision`` may still be sent."""
    if decision.trigger is Trigger.REQUESTED:
        return available_on_request(person)
    if decision.trigger in (Trigger.SNOOZED, Trigger.REMINDER):
        even_if_quiet = isinstance(decision.result, Redelivery) and decision.result.even_if_quiet
        if decision.is_reminder and person.paused_until and await _is_asked_in_pause(unit, decision):
            person = replace(person, paused_until=None)
        return _outside_slots(person, accounts, deps, even_if_quiet=even_if_quiet)
    return await slot_availability(unit, person, accounts, deps)


async def _is_asked_in_pause(unit: Unit, decision: Decision) -> bool:
    """Whether one of the reminders that ring was asked for during the pause that is in force."""
    keys = [key for key in (decision.slot, *decision.merged) if key]
    found = [await unit.reminders.find(reminder_of(key)) for key in keys[:MAX_CHECKED]]
    return any(one.even_if_paused for one in found if one)


async def _recent_pushes(unit: Unit, person: Person, now: datetime, deps: Dependencies) -> RecentPushes:
    start, end = _local_day(person, now)
    since = min(start, now - deps.rules.availability.spacing)
    sent = await unit.decisions.sent_between(person.person_id, since, end)
    rung = await unit.decisions.sent_between(
        person.person_id, now - deps.rules.availability.spacing, end, (Trigger.REMINDER,)
    )
    waiting = await unit.snoozes.waiting(person.person_id)
    return RecentPushes(
        sent_today=sum(start <= one for one in sent),
        snoozes_today=sum(start <= one.until < end for one in waiting),
        last_sent_at=max((*sent[-1:], *rung[-1:]), default=None),
    )


def _local_day(person: Person, now: datetime) -> tuple[datetime, datetime]:
    """Start and end of the person's day; empty without a zone, as nothing is sent then."""
    return local_day(now, ZoneInfo(person.zone)) if person.zone else (now, now)


def best_account(accounts: Sequence[Account], deps: Dependencies) -> Account | None:
    """Where to reach a person: the connected channel that they used last. ``accounts``: last seen first."""
    return next((one for one in accounts if one.reachable and one.channel in deps.messengers), None)


# --- What is due -------------------------------------------------------------------------------------------


async def slot_due(unit: Unit, person: Person, deps: Dependencies, *, due_at: datetime) -> Slot | None:
    """The slot to serve now: the latest one that has come, unless it was served or refused since.

    ``due_at`` is its time, or the end of the lease of a process that died: then the slot is older. Missed
    slots make one tip, not a burst. So do slots that come at the same instant, or were held back until then.
    """
    if person.zone is None:
        return None
    now, zone = deps.clock.now(), ZoneInfo(person.zone)
    rules = deps.rules.availability
    after = max(min(due_at - LEASE, now - rules.freshness), now - LOOK_BACK) - timedelta(seconds=1)
    held_back = await _held_back(unit, person, zone, now)
    come = [
        *(slot for slot in held_back if after < slot.at <= now),
        *slots(person.preferences, zone, after=after, until=now, guard=rules.guard),
    ]
    if not come:
        return None
    latest = max(slot.at for slot in come)
    refused = await unit.decisions.refused(person.person_id, now - LOOK_BACK)
    over = await recently_served_slots(unit, person.person_id, now) | {
        key for key, at in refused.items() if at >= latest
    }
    return _merged([slot for slot in come if slot.at == latest], over)


def _merged(simultaneous: Sequence[Slot], over: frozenset[str]) -> Slot | None:
    """Slots of one instant as one, without those whose keys are ``over``; None if all are."""
    keys = sorted({key for slot in simultaneous for key in (slot.key, *slot.merged)} - over)
    return replace(simultaneous[0], key=keys[0], merged=tuple(keys[1:])) if keys else None


async def _held_back(unit: Unit, person: Person, zone: ZoneInfo, now: datetime) -> list[Slot]:
    """Slots that were refused because of quiet hours, moved to the end of these; served ones included."""
    held = await unit.decisions.held_back(person.person_id, now - LOOK_BACK)
    return [
        Slot(key=key, at=until, local=wall_clock(until, zone), moved=(Moved.QUIET,))
        for key, until in held.items()
    ]


async def recently_served_slots(unit: Unit, person_id: str, now: datetime) -> frozenset[str]:
    """Keys of the slots that were served within ``LOOK_BACK``."""
    return await unit.decisions.served_slots(person_id, now - LOOK_BACK)


# --- When the next one is ----------------------------------------------------------------------------------


async def reschedule(
    unit: Unit, person: Person, deps: Dependencies, *, after: datetime | None = None
) -> Person:
    """Store ``person`` with their next decision point: the first one after ``after``.

    ``after`` None means that the person changed something: the first one after now. But a slot that has come
    and has no decision yet keeps its decision point: either nobody has looked at it, or a process is deciding
    right now and may fail.
    """
    due_at = await _next_due(unit, person, deps, after=after or deps.clock.now())
    if after is None and await _is_undecided(unit, person, deps):
        due_at = min(one for one in (due_at, person.next_due_at) if one)
    found = replace(person, next_due_at=due_at)
    await unit.people.save(found)
    return found


async def _is_undecided(unit: Unit, person: Person, deps: Dependencies) -> bool:
    """Whether a slot is due, or claimed, by the stored settings and is still one by those of ``person``."""
    due_at = person.next_due_at
    if due_at is None or due_at > deps.clock.now() + LEASE:
        return False
    stored = await unit.people.get(person.person_id)
    before, after = [await slot_due(unit, one, deps, due_at=due_at) for one in (stored, person)]
    return before is not None and after is not None and before.key == after.key


async def _next_due(unit: Unit, person: Person, deps: Dependencies, *, after: datetime) -> datetime | None:
    """The next slot, end of a wait, or returning snooze; None while nothing may be sent at all."""
    if not person.allows(Purpose.MESSAGES) or person.zone is None:
        return None
    now, zone = deps.clock.now(), ZoneInfo(person.zone)
    served = await recently_served_slots(unit, person.person_id, now)
    held_back = await _held_back(unit, person, zone, now)
    resumes = max(after, person.paused_until or after)
    return next_decision_point(
        person.preferences,
        zone,
        after=after,
        paused_until=person.paused_until,
        served=served,
        waiting=(
            *(snooze.until for snooze in await unit.snoozes.waiting(person.person_id)),
            *(slot.at for slot in held_back if slot.key not in served and slot.at > resumes),
        ),
        guard=deps.rules.availability.guard,
    )
