"""Tick -> push: people whose decision point is due get at most one tip, or a stored reason why not.

A person is claimed by moving their decision point on (compare-and-set), so several replicas can share the
scan. The claim is a short lease: if this process dies before the decision is committed, the slot comes up
once more, and the decision log refuses a second decision for it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.chat import Channel
from core.concurrency import gather_bounded
from core.deciding.decide import Decided, decide, keep
from core.deciding.decision_points import (
    LEASE,
    availability_of,
    best_account,
    recently_served_slots,
    reschedule,
    slot_due,
)
from core.deciding.snoozed import decide_redelivery
from core.delivery.send import Compose, PendingSend, begin_send, reserve, send
from core.dependencies import Dependencies
from core.errors import NotFound
from core.learning.holdout import enrol, review, with_holdout_draw
from core.model import Decision, Delivery, Person, Reason, Slot, Snooze, SnoozeState, Trigger
from core.scheduling.availability import Availability
from core.store import DuePerson, Unit

log = logging.getLogger(__name__)

LONGEST_WRITING, LONGEST_ASKING = LEASE / 2, LEASE / 6
"""How long tips may be written, and how long an answer of a source may take: a decision has to be committed
before somebody else may take its person. After the writing, answers take twice as long as one at most
(``core/deciding/decide.py``); what is left is for the store.
"""

UNREACHABLE_WAIT = timedelta(hours=1)
"""After it, a snoozed tip that could reach nobody tries to come back again."""

AT_ONCE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDecisionPoint:
    """What is due for a claimed person: a returning snooze, or a slot of their schedule."""

    person: Person
    availability: Availability
    slot: Slot | None = None
    snooze: Snooze | None = None

    @property
    def trigger(self) -> Trigger:
        return Trigger.SNOOZED if self.snooze else Trigger.SCHEDULED


async def push_due(deps: Dependencies, compose: Compose, *, limit: int = 500) -> int:
    """Serve everybody whose decision point has come; returns how many people were looked at."""
    async with deps.store.read() as unit:
        due = await unit.people.due(deps.clock.now(), limit)
    await gather_bounded(due, lambda one: push(one, deps, compose), at_once=AT_ONCE)
    return len(due)


async def push_to(person_id: str, deps: Dependencies, compose: Compose) -> None:
    """Serve one person, if their decision point has come: a terminal looks after its own person only."""
    async with deps.store.read() as unit:
        person = await unit.people.get(person_id)
    if person.next_due_at and person.next_due_at <= deps.clock.now():
        await push(DuePerson(person_id=person_id, due_at=person.next_due_at), deps, compose)


async def push(due: DuePerson, deps: Dependencies, compose: Compose) -> Delivery | None:
    """Serve one due person: claim, decide, commit, then send. None when nothing was sent."""
    try:
        due_point = await claim(due, deps)
        if due_point is None:
            return None
        if due_point.availability.reason is not None:
            await refuse(due_point, deps)
            return None
        await review(due_point.person, deps)
        pending = await commit(due_point, await _decide(due_point, deps), deps, compose)
    except NotFound:
        log.info("somebody who was due has left")
        return None
    return await send(pending, deps)


async def _decide(due_point: DueDecisionPoint, deps: Dependencies) -> Decided:
    person = due_point.person
    if due_point.snooze:
        return await decide_redelivery(person, due_point.snooze, deps)
    zone = ZoneInfo(person.zone or "UTC")
    return await decide(person, deps, trigger=Trigger.SCHEDULED, zone=zone, slot=due_point.slot)


async def claim(due: DuePerson, deps: Dependencies) -> DueDecisionPoint | None:
    """Take the person for the length of a lease and see what is due; None if that is nothing, or someone
    else has them.

    The lease is committed before anything is looked at: a person with whom that fails comes up again after
    it, and does not stand first in every scan.
    """
    now = deps.clock.now()
    async with deps.store.begin() as unit:
        elsewhere = await _is_elsewhere(unit, due.person_id, deps)
        if elsewhere or not await unit.people.claim(due, now + LEASE):
            return None
    async with deps.store.read() as unit:
        due_point = await _occasion(unit, due, deps)
    if due_point is None:
        async with deps.store.begin() as unit:
            await reschedule(unit, await unit.people.get(due.person_id), deps, after=now)
    return due_point


async def _occasion(unit: Unit, due: DuePerson, deps: Dependencies) -> DueDecisionPoint | None:
    """What is due for a claimed person, and whether oO may act; None if nothing is."""
    person = await unit.people.get(due.person_id)
    snooze = await _returning(unit, person, deps.clock.now())
    slot = None if snooze else await slot_due(unit, person, deps, due_at=due.due_at)
    if person.zone and snooze is None and slot is None:
        return None
    allowed = await availability_of(
        unit,
        person,
        None,
        deps,
        trigger=Trigger.SNOOZED if snooze else Trigger.SCHEDULED,
        slot_at=slot.at if slot else None,
        snooze=snooze,
    )
    return DueDecisionPoint(person=person, availability=allowed, slot=slot, snooze=snooze)


async def _is_elsewhere(unit: Unit, person_id: str, deps: Dependencies) -> bool:
    """Whether only a terminal, which is not this process, can reach the person: then that serves them."""
    channels = {one.channel for one in await unit.people.accounts(person_id)}
    return Channel.TERMINAL in channels and not any(channel in deps.messengers for channel in channels)


async def _returning(unit: Unit, person: Person, now: datetime) -> Snooze | None:
    waiting = await unit.snoozes.waiting(person.person_id)
    return next((snooze for snooze in waiting if snooze.until <= now), None)


async def refuse(due_point: DueDecisionPoint, deps: Dependencies) -> None:
    """Store why nothing is sent. A snooze waits until it may come back; a slot is over, unless quiet hours
    hold it back: ``core/deciding/decision_points.py`` takes it up again at their end.
    """
    slot = due_point.slot
    decision = Decision(
        decision_id=deps.random.new_id(),
        person_id=due_point.person.person_id,
        trigger=due_point.trigger,
        slot=slot.key if slot else None,
        merged=slot.merged if slot else (),
        decided_at=deps.clock.now(),
        unavailable=due_point.availability.reason,
        unavailable_until=due_point.availability.until,
    )
    async with deps.store.begin() as unit:
        still = await _unserved(unit, decision, deps)
        if still:
            await keep(unit, Decided(decision=still), deps)
        if due_point.snooze and not await _is_called_off(unit, due_point):
            await unit.snoozes.save(_postponed(due_point.snooze, due_point.availability, deps))
        await _move_on(unit, due_point, deps)


async def _unserved(unit: Unit, decision: Decision, deps: Dependencies) -> Decision | None:
    """The decision for those of its slots that nobody served since the claim; None if all were.

    The index that guards slots knows nothing of merged ones.
    """
    if decision.slot is None:
        return decision
    served = await recently_served_slots(unit, decision.person_id, deps.clock.now())
    left = [key for key in (decision.slot, *decision.merged) if key not in served]
    return replace(decision, slot=left[0], merged=tuple(left[1:])) if left else None


async def _is_called_off(unit: Unit, due_point: DueDecisionPoint) -> bool:
    """Whether the person undid or replaced the snooze since the claim."""
    snooze = due_point.snooze
    return snooze is not None and await unit.snoozes.of(snooze.decision_id) != snooze


def _postponed(snooze: Snooze, availability: Availability, deps: Dependencies) -> Snooze:
    """The snooze as it waits on. A pause holds it back by itself, and may be ended sooner than planned; only
    a consent that was taken back ends it.
    """
    if availability.reason is Reason.PAUSED:
        return snooze
    if availability.reason is Reason.NO_CONSENT:
        return replace(snooze, state=SnoozeState.CANCELLED)
    return replace(snooze, until=availability.until or deps.clock.now() + UNREACHABLE_WAIT)


async def commit(
    due_point: DueDecisionPoint, decided: Decided, deps: Dependencies, compose: Compose
) -> PendingSend | Delivery | None:
    """Store the decision, its delivery and that this is being sent in one transaction, before it is.

    None when the decision was silence or is held out, nobody can be reached, or the occasion has passed.
    """
    async with deps.store.begin() as unit:
        person = await unit.people.get(due_point.person.person_id)
        still = await _unserved(unit, decided.decision, deps)
        decision = with_holdout_draw(still or decided.decision, person, deps)
        decided = replace(decided, decision=decision)
        wanted = still is not None and not await _is_called_off(unit, due_point)
        fresh = wanted and await keep(unit, decided, deps)
        if fresh and due_point.snooze:
            await unit.snoozes.save(replace(due_point.snooze, state=SnoozeState.BACK))
        if fresh:
            await enrol(unit, decision)
        await _move_on(unit, due_point, deps)
        account = best_account(await unit.people.accounts(decision.person_id), deps)
        if not fresh or decision.tip is None or decision.held_out or account is None:
            return None
        delivery = reserve(decision, account, deps)
        await unit.deliveries.add(delivery)
        return await begin_send(unit, delivery, decision, deps, compose)


async def _move_on(unit: Unit, due_point: DueDecisionPoint, deps: Dependencies) -> None:
    """Set the next decision point. A slot that has come since the served one, or since a snooze was due back,
    is looked at next.
    """
    person = await unit.people.get(due_point.person.person_id)
    after = due_point.slot.at if due_point.slot else deps.clock.now()
    if due_point.snooze:
        after = due_point.snooze.until - datetime.resolution
    await reschedule(unit, person, deps, after=after)
