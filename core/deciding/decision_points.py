"""Decision points of one person: when is the next one, what is due, and is oO available then?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.calendars.known_meetings import silenced_notifications
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
from core.scheduling.meetings import busy_until
from core.scheduling.pauses import resumes, without_pauses
from core.scheduling.quiet_hours import instant, opening, wall_clock
from core.scheduling.silenced import silenced_until
from core.scheduling.slots import is_stale, next_decision_point, slots
from core.store import PastSlots, Unit
from core.tasks.reminder_times import reminder_of

LEASE = timedelta(minutes=3)
"""How long a claimed person is left alone: their decision point is moved to its end."""

LONGEST_MEETING = timedelta(days=1)
"""How far ahead the end of a meeting is searched. Longer events are no meetings."""

MAX_CHECKED = 20
"""How many reminders of one message are checked for a pause."""

_PUSHES = (Trigger.SCHEDULED, Trigger.SNOOZED)
"""The tips that nobody asked for at that moment."""

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
        reachable=best_account(person, accounts, deps) is not None,
        rules=deps.rules.availability,
        busy_until=await meeting_end(unit, person.person_id, now),
        silenced_until=await silence_end(unit, person, deps),
    )


async def meeting_end(unit: Unit, person_id: str, now: datetime) -> datetime | None:
    """The end of the meeting in which the person is; None if they are in none, as far as oO knows."""
    return busy_until(await unit.calendar.between(person_id, now, now + LONGEST_MEETING), now)


async def silence_end(unit: Unit, person: Person, deps: Dependencies) -> datetime | None:
    """The end of the person's silenced notifications; None if there are none, as far as oO knows."""
    known = await silenced_notifications(unit, person, deps)
    return silenced_until(known, deps.clock.now(), deps.rules.availability.guard)


async def snooze_availability(
    unit: Unit, person: Person, accounts: Sequence[Account], snooze: Snooze, deps: Dependencies
) -> Availability:
    """Whether a snoozed tip may come back now. Overdue ones are sent ``spacing`` apart: a snooze waits if
    a push was sent after its due time.
    """
    now, spacing = deps.clock.now(), deps.rules.availability.spacing
    _, end = _local_day(person, now)
    messages = await unit.decisions.proactive_messages(person.person_id, now - spacing, end)
    sent = [one.decided_at for one in messages if one.trigger in _PUSHES]
    if sent and snooze.until <= sent[-1] and now < sent[-1] + spacing:
        return Availability(reason=Reason.SPACING, until=sent[-1] + spacing)
    return _outside_slots(
        person,
        accounts,
        deps,
        even_if_quiet=snooze.even_if_quiet,
        meeting_ends=await meeting_end(unit, person.person_id, now),
        silence_ends=await silence_end(unit, person, deps),
    )


async def notice_availability(
    unit: Unit, person: Person, accounts: Sequence[Account], deps: Dependencies
) -> Availability:
    """Whether a notice may be sent now. It is no tip: neither cap nor spacing holds it up."""
    ends = await meeting_end(unit, person.person_id, deps.clock.now())
    silence_ends = await silence_end(unit, person, deps)
    return _outside_slots(
        person, accounts, deps, even_if_quiet=False, meeting_ends=ends, silence_ends=silence_ends
    )


def _outside_slots(
    person: Person,
    accounts: Sequence[Account],
    deps: Dependencies,
    *,
    even_if_quiet: bool,
    meeting_ends: datetime | None = None,
    silence_ends: datetime | None = None,
) -> Availability:
    return available_outside_slots(
        person,
        now=deps.clock.now(),
        reachable=best_account(person, accounts, deps) is not None,
        guard=deps.rules.availability.guard,
        even_if_quiet=even_if_quiet,
        busy_until=meeting_ends,
        silenced_until=silence_ends,
    )


async def send_availability(
    unit: Unit, person: Person, accounts: Sequence[Account], decision: Decision, deps: Dependencies
) -> Availability:
    """Whether the tip of ``decision`` may still be sent."""
    if decision.trigger is Trigger.REQUESTED:
        return available_on_request(person)
    if decision.trigger in (Trigger.SNOOZED, Trigger.REMINDER):
        even_if_quiet = isinstance(decision.result, Redelivery) and decision.result.even_if_quiet
        if decision.is_reminder and person.pauses and await _is_asked_in_pause(unit, decision):
            person = without_pauses(person)
        if decision.is_reminder:  # a promise: it rings in meetings, and while notifications are silenced
            return _outside_slots(person, accounts, deps, even_if_quiet=even_if_quiet)
        return _outside_slots(
            person,
            accounts,
            deps,
            even_if_quiet=even_if_quiet,
            meeting_ends=await meeting_end(unit, person.person_id, deps.clock.now()),
            silence_ends=await silence_end(unit, person, deps),
        )
    return await slot_availability(unit, person, accounts, deps)


async def _is_asked_in_pause(unit: Unit, decision: Decision) -> bool:
    """Whether one of the reminders that ring was asked for when the pause was in force, or planned."""
    keys = [key for key in (decision.slot, *decision.merged) if key]
    found = [await unit.reminders.find(reminder_of(key)) for key in keys[:MAX_CHECKED]]
    return any(one.even_if_paused for one in found if one)


async def _recent_pushes(unit: Unit, person: Person, now: datetime, deps: Dependencies) -> RecentPushes:
    start, end = _local_day(person, now)
    since = min(start, now - deps.rules.availability.spacing)
    messages = await unit.decisions.proactive_messages(person.person_id, since, end)
    waiting = await unit.snoozes.waiting(person.person_id)
    return RecentPushes(
        sent_today=sum(start <= one.decided_at for one in messages if one.trigger in _PUSHES),
        snoozes_today=sum(start <= one.until < end for one in waiting),
        last_sent_at=messages[-1].decided_at if messages else None,
    )


def _local_day(person: Person, now: datetime) -> tuple[datetime, datetime]:
    """Start and end of the person's day; empty without a zone, as nothing is sent then."""
    return local_day(now, ZoneInfo(person.zone)) if person.zone else (now, now)


def best_account(person: Person, accounts: Sequence[Account], deps: Dependencies) -> Account | None:
    """Where to reach a person; see ``Messengers.best``."""
    return deps.messengers.best(person, accounts)


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
    past = await unit.decisions.past_slots(person.person_id, now - LOOK_BACK)
    come = [
        *(slot for slot in _held_back(past, person, zone, deps) if after < slot.at <= now),
        *slots(person.preferences, zone, after=after, until=now, guard=rules.guard),
    ]
    if not come:
        return None
    latest = max(slot.at for slot in come)
    over = past.served | {key for key, at in past.refused.items() if at >= latest}
    return _merged([slot for slot in come if slot.at == latest], over)


def _merged(simultaneous: Sequence[Slot], over: frozenset[str]) -> Slot | None:
    """Slots of one instant as one, without those whose keys are ``over``; None if all are."""
    keys = sorted({key for slot in simultaneous for key in (slot.key, *slot.merged)} - over)
    return replace(simultaneous[0], key=keys[0], merged=tuple(keys[1:])) if keys else None


def _held_back(past: PastSlots, person: Person, zone: ZoneInfo, deps: Dependencies) -> list[Slot]:
    """Slots that were refused because of quiet hours, silenced notifications or a meeting, moved to the end
    of these; served ones included. One that is no longer fresh when the meeting ends is over.
    """
    return [
        Slot(key=key, at=one.until, local=wall_clock(one.until, zone), moved=(_MOVED[one.reason],))
        for key, one in past.held_back.items()
        if one.until
        and (one.reason is not Reason.MEETING or _is_fresh_at(one.until, key, person, zone, deps))
    ]


_MOVED = {Reason.QUIET: Moved.QUIET, Reason.MEETING: Moved.MEETING, Reason.SILENCED: Moved.SILENCED}


def _is_fresh_at(until: datetime, key: str, person: Person, zone: ZoneInfo, deps: Dependencies) -> bool:
    """Whether the slot, which quiet hours may have moved, is still fresh at ``until``."""
    rules = deps.rules.availability
    planned = instant(datetime.fromisoformat(key), zone)
    return not is_stale(opening(planned, rules.guard, zone, person.preferences.quiet), until, rules.freshness)


def moved_to(decision: Decision, person: Person, deps: Dependencies) -> datetime | None:
    """The end of the meeting, or of the silenced notifications, to which the slot of a refusal has moved;
    None if it has not.
    """
    refusal = decision.refusal
    if refusal is None or refusal.reason not in (Reason.MEETING, Reason.SILENCED) or refusal.until is None:
        return None
    if decision.slot is None or person.zone is None:
        return None
    if refusal.reason is Reason.SILENCED:
        return refusal.until
    fresh = _is_fresh_at(refusal.until, decision.slot, person, ZoneInfo(person.zone), deps)
    return refusal.until if fresh else None


async def recently_served_slots(unit: Unit, person_id: str, now: datetime) -> frozenset[str]:
    """Keys of the slots that were served within ``LOOK_BACK``."""
    return (await unit.decisions.past_slots(person_id, now - LOOK_BACK)).served


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
    past = await unit.decisions.past_slots(person.person_id, now - LOOK_BACK)
    held_back = _held_back(past, person, zone, deps)
    resumed = resumes(after, person.pauses)
    return next_decision_point(
        person.preferences,
        zone,
        after=after,
        pauses=person.pauses,
        served=past.served,
        waiting=(
            *(snooze.until for snooze in await unit.snoozes.waiting(person.person_id)),
            *(slot.at for slot in held_back if slot.key not in past.served and slot.at > resumed),
        ),
        guard=deps.rules.availability.guard,
    )
