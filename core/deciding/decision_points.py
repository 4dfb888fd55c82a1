"""Decision points of one person against the store: is acting permitted, and when is the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.model import Account, Consent, Decision, Moved, Person, Reason, Slot, Snooze, Trigger
from core.policies.catalog import PROMISE_QUIET
from core.scheduling.availability import Availability, available, local_day
from core.scheduling.quiet_hours import wall_clock
from core.scheduling.slots import next_decision_point, slots
from core.store import Unit

LEASE = timedelta(minutes=3)
"""For so long a person who was claimed is left alone: their decision point lies at its end meanwhile."""

LOOK_BACK = timedelta(days=8)
"""Every plan repeats weekly: in this span lies the latest slot that has come, and what was served lately."""


async def availability_of(
    unit: Unit,
    person: Person,
    decision: Decision | None,
    deps: Dependencies,
    *,
    trigger: Trigger | None = None,
    slot_at: datetime | None = None,
    snooze: Snooze | None = None,
) -> Availability:
    """Whether oO may act for ``person`` now. With ``decision``: whether that one may still be sent."""
    now = deps.clock.now()
    zone = ZoneInfo(person.zone) if person.zone else None
    day = local_day(now, zone) if zone else (now, now)
    spacing = deps.rules.availability.spacing
    sent = await unit.decisions.sent_between(person.person_id, min(day[0], now - spacing), day[1])
    if snooze and _is_one_of_many(snooze, sent, now, spacing):
        return Availability(reason=Reason.SPACING, until=sent[-1] + spacing)
    waiting = await unit.snoozes.waiting(person.person_id)
    even_if_quiet = (
        snooze.even_if_quiet if snooze else bool(decision and decision.policy_id == PROMISE_QUIET.policy_id)
    )
    return available(
        person,
        now=now,
        slot_at=slot_at,
        trigger=decision.trigger if decision else trigger or Trigger.SCHEDULED,
        sent_today=sum(day[0] <= one for one in sent),
        promised_today=sum(day[0] <= one.until < day[1] for one in waiting),
        last_sent_at=sent[-1] if sent else None,
        reachable=best_account(await unit.people.accounts(person.person_id), deps) is not None,
        rules=deps.rules.availability,
        even_if_quiet=even_if_quiet,
    )


def _is_one_of_many(snooze: Snooze, sent: Sequence[datetime], now: datetime, spacing: timedelta) -> bool:
    """Whether another tip went out since this one was due back: late ones come one by one, not in a burst."""
    return bool(sent) and snooze.until <= sent[-1] and now < sent[-1] + spacing


def best_account(accounts: tuple[Account, ...], deps: Dependencies) -> Account | None:
    """Where to reach a person: the channel they used last, of those that are connected."""
    return next((one for one in accounts if one.reachable and one.channel in deps.messengers), None)


async def slot_due(unit: Unit, person: Person, deps: Dependencies, *, due_at: datetime) -> Slot | None:
    """The slot to serve now: the latest one that has come, if it was neither served nor refused since.

    ``due_at`` is its time, or the end of the lease of a process that died: then it lies further back. Missed
    slots make one tip, not a burst; so do those that come, or were held back, until the same instant.
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
    return _as_one([slot for slot in come if slot.at == latest], over)


def _as_one(met: Sequence[Slot], over: frozenset[str]) -> Slot | None:
    """Slots that come at one instant as one, without those that are over; None if all are."""
    keys = sorted({key for slot in met for key in (slot.key, *slot.merged)} - over)
    return replace(met[0], key=keys[0], merged=tuple(keys[1:])) if keys else None


async def _held_back(unit: Unit, person: Person, zone: ZoneInfo, now: datetime) -> list[Slot]:
    """The slots that came too late before quiet hours, at the end of these; served ones included."""
    held = await unit.decisions.held_back(person.person_id, now - LOOK_BACK)
    return [
        Slot(key=key, at=until, local=wall_clock(until, zone), moved=(Moved.QUIET,))
        for key, until in held.items()
    ]


async def recently_served_slots(unit: Unit, person_id: str, now: datetime) -> frozenset[str]:
    """Keys of the slots that were served, as far back as a slot is looked for."""
    return await unit.decisions.served_slots(person_id, now - LOOK_BACK)


async def reschedule(
    unit: Unit, person: Person, deps: Dependencies, *, after: datetime | None = None
) -> Person:
    """Store ``person`` with their next decision point, the first one after ``after``.

    None, when they changed something: after now. Yet a slot that has come and is not decided keeps its
    decision point: nobody has looked at it, or somebody is just deciding and may fail.
    """
    due_at = await _next_due(unit, person, deps, after=after or deps.clock.now())
    if after is None and await _is_owed(unit, person, deps):
        due_at = min(one for one in (due_at, person.next_due_at) if one)
    found = replace(person, next_due_at=due_at)
    await unit.people.save(found)
    return found


async def _is_owed(unit: Unit, person: Person, deps: Dependencies) -> bool:
    """Whether the slot that is due or claimed by what is stored is also one by what ``person`` plans now."""
    due_at = person.next_due_at
    if due_at is None or due_at > deps.clock.now() + LEASE:
        return False
    stored = await unit.people.get(person.person_id)
    before, after = [await slot_due(unit, one, deps, due_at=due_at) for one in (stored, person)]
    return before is not None and after is not None and before.key == after.key


async def _next_due(unit: Unit, person: Person, deps: Dependencies, *, after: datetime) -> datetime | None:
    """The next slot, end of a wait, or returning snooze; None while nothing may be sent at all."""
    if person.consent is not Consent.AGREED or person.zone is None:
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
