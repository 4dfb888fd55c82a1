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
from core.concurrency import for_each
from core.deciding.decide import Decided, decide, keep
from core.deciding.decision_points import (
    LEASE,
    availability_of,
    best_account,
    look_again,
    served_lately,
    slot_due,
)
from core.deciding.snoozed import decide_promised
from core.delivery.send import Compose, Departure, depart, reserve, send
from core.errors import NotFound
from core.learning.holdout import enrol, review, tossed
from core.model import Decision, Delivery, Person, Reason, Slot, Snooze, SnoozeState, Trigger
from core.scheduling.availability import Availability
from core.store import DuePerson, Unit
from core.world import World

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
class Occasion:
    """What is due for a claimed person: a returning snooze, or a slot of their schedule."""

    person: Person
    availability: Availability
    slot: Slot | None = None
    snooze: Snooze | None = None

    @property
    def trigger(self) -> Trigger:
        return Trigger.SNOOZED if self.snooze else Trigger.SCHEDULED


async def push_due(world: World, compose: Compose, *, limit: int = 500) -> int:
    """Serve everybody whose decision point has come; returns how many people were looked at."""
    async with world.store.read() as unit:
        due = await unit.people.due(world.clock.now(), limit)
    await for_each(due, lambda one: push(one, world, compose), at_once=AT_ONCE)
    return len(due)


async def push_to(person_id: str, world: World, compose: Compose) -> None:
    """Serve one person, if their decision point has come: a terminal looks after its own person only."""
    async with world.store.read() as unit:
        person = await unit.people.get(person_id)
    if person.next_due_at and person.next_due_at <= world.clock.now():
        await push(DuePerson(person_id=person_id, due_at=person.next_due_at), world, compose)


async def push(due: DuePerson, world: World, compose: Compose) -> Delivery | None:
    """Serve one due person: claim, decide, commit, then send. None when nothing was sent."""
    try:
        occasion = await claim(due, world)
        if occasion is None:
            return None
        if occasion.availability.reason is not None:
            await refuse(occasion, world)
            return None
        await review(occasion.person, world)
        departure = await commit(occasion, await _decide(occasion, world), world, compose)
    except NotFound:
        log.info("somebody who was due has left")
        return None
    return await send(departure, world)


async def _decide(occasion: Occasion, world: World) -> Decided:
    person = occasion.person
    if occasion.snooze:
        return await decide_promised(person, occasion.snooze, world)
    zone = ZoneInfo(person.zone or "UTC")
    return await decide(person, world, trigger=Trigger.SCHEDULED, zone=zone, slot=occasion.slot)


async def claim(due: DuePerson, world: World) -> Occasion | None:
    """Take the person for the length of a lease and see what is due; None if that is nothing, or someone
    else has them.

    The lease is committed before anything is looked at: a person with whom that fails comes up again after
    it, and does not stand first in every scan.
    """
    now = world.clock.now()
    async with world.store.begin() as unit:
        elsewhere = await _is_elsewhere(unit, due.person_id, world)
        if elsewhere or not await unit.people.claim(due, now + LEASE):
            return None
    async with world.store.read() as unit:
        occasion = await _occasion(unit, due, world)
    if occasion is None:
        async with world.store.begin() as unit:
            await look_again(unit, await unit.people.get(due.person_id), world, after=now)
    return occasion


async def _occasion(unit: Unit, due: DuePerson, world: World) -> Occasion | None:
    """What is due for a claimed person, and whether oO may act; None if nothing is."""
    person = await unit.people.get(due.person_id)
    snooze = await _returning(unit, person, world.clock.now())
    slot = None if snooze else await slot_due(unit, person, world, due_at=due.due_at)
    if person.zone and snooze is None and slot is None:
        return None
    allowed = await availability_of(
        unit,
        person,
        None,
        world,
        trigger=Trigger.SNOOZED if snooze else Trigger.SCHEDULED,
        slot_at=slot.at if slot else None,
        snooze=snooze,
    )
    return Occasion(person=person, availability=allowed, slot=slot, snooze=snooze)


async def _is_elsewhere(unit: Unit, person_id: str, world: World) -> bool:
    """Whether only a terminal, which is not this process, can reach the person: then that serves them."""
    channels = {one.channel for one in await unit.people.accounts(person_id)}
    return Channel.TERMINAL in channels and not any(channel in world.messengers for channel in channels)


async def _returning(unit: Unit, person: Person, now: datetime) -> Snooze | None:
    waiting = await unit.snoozes.waiting(person.person_id)
    return next((snooze for snooze in waiting if snooze.until <= now), None)


async def refuse(occasion: Occasion, world: World) -> None:
    """Store why nothing is sent. A snooze waits until it may come back; a slot is over, unless quiet hours
    hold it back: ``core/deciding/decision_points.py`` takes it up again at their end.
    """
    slot = occasion.slot
    decision = Decision(
        decision_id=world.chance.new_id(),
        person_id=occasion.person.person_id,
        trigger=occasion.trigger,
        slot=slot.key if slot else None,
        merged=slot.merged if slot else (),
        decided_at=world.clock.now(),
        unavailable=occasion.availability.reason,
        unavailable_until=occasion.availability.until,
    )
    async with world.store.begin() as unit:
        still = await _unserved(unit, decision, world)
        if still:
            await keep(unit, Decided(decision=still), world)
        if occasion.snooze and not await _is_called_off(unit, occasion):
            await unit.snoozes.save(_postponed(occasion.snooze, occasion.availability, world))
        await _move_on(unit, occasion, world)


async def _unserved(unit: Unit, decision: Decision, world: World) -> Decision | None:
    """The decision for those of its slots that nobody served since the claim; None if all were.

    The index that guards slots knows nothing of merged ones.
    """
    if decision.slot is None:
        return decision
    served = await served_lately(unit, decision.person_id, world.clock.now())
    left = [key for key in (decision.slot, *decision.merged) if key not in served]
    return replace(decision, slot=left[0], merged=tuple(left[1:])) if left else None


async def _is_called_off(unit: Unit, occasion: Occasion) -> bool:
    """Whether the person undid or replaced the snooze since the claim."""
    snooze = occasion.snooze
    return snooze is not None and await unit.snoozes.of(snooze.decision_id) != snooze


def _postponed(snooze: Snooze, availability: Availability, world: World) -> Snooze:
    """The snooze as it waits on. A pause holds it back by itself, and may be ended sooner than planned; only
    a consent that was taken back ends it.
    """
    if availability.reason is Reason.PAUSED:
        return snooze
    if availability.reason is Reason.NO_CONSENT:
        return replace(snooze, state=SnoozeState.CANCELLED)
    return replace(snooze, until=availability.until or world.clock.now() + UNREACHABLE_WAIT)


async def commit(
    occasion: Occasion, decided: Decided, world: World, compose: Compose
) -> Departure | Delivery | None:
    """Store the decision, its delivery and that this is being sent in one transaction, before it is.

    None when the decision was silence or is held out, nobody can be reached, or the occasion has passed.
    """
    async with world.store.begin() as unit:
        person = await unit.people.get(occasion.person.person_id)
        still = await _unserved(unit, decided.decision, world)
        decision = tossed(still or decided.decision, person, world)
        decided = replace(decided, decision=decision)
        wanted = still is not None and not await _is_called_off(unit, occasion)
        fresh = wanted and await keep(unit, decided, world)
        if fresh and occasion.snooze:
            await unit.snoozes.save(replace(occasion.snooze, state=SnoozeState.BACK))
        if fresh:
            await enrol(unit, decision)
        await _move_on(unit, occasion, world)
        account = best_account(await unit.people.accounts(decision.person_id), world)
        if not fresh or decision.tip is None or decision.held_out or account is None:
            return None
        delivery = reserve(decision, account, world)
        await unit.deliveries.add(delivery)
        return await depart(unit, delivery, decision, world, compose)


async def _move_on(unit: Unit, occasion: Occasion, world: World) -> None:
    """Set the next decision point. A slot that has come since the served one, or since a snooze was due back,
    is looked at next.
    """
    person = await unit.people.get(occasion.person.person_id)
    after = occasion.slot.at if occasion.slot else world.clock.now()
    if occasion.snooze:
        after = occasion.snooze.until - datetime.resolution
    await look_again(unit, person, world, after=after)
