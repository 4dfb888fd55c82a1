"""Tick -> push: everybody whose decision point is due gets at most one tip, or a stored reason why not.

A person is claimed by moving their decision point on (compare and set), so several replicas can share the
scan: none waits for people whom another one is just claiming. The claim is a short lease: if this process
dies before the decision is committed, the slot comes up once more. The decision log refuses a second decision
for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.calendars.copies import refresh_calendars
from core.chat import Channel
from core.concurrency import gather_bounded
from core.deciding.decide import Decided, decide, store_decision
from core.deciding.decision_points import (
    LEASE,
    best_account,
    recently_served_slots,
    reschedule,
    slot_availability,
    slot_due,
    snooze_availability,
)
from core.deciding.redelivery import decide_redelivery
from core.delivery.send import PendingSend, TipRenderer, begin_send, recipient_of, reserve, send
from core.dependencies import Dependencies
from core.errors import NotFound
from core.learning.holdout import enrol, update_dosage, with_holdout_draw
from core.people.notifications import refresh_notifications
from core.records import (
    Account,
    Decision,
    Delivery,
    Person,
    Reason,
    Refusal,
    Slot,
    Snooze,
    SnoozeState,
    Trigger,
)
from core.scheduling.availability import Availability
from core.scheduling.timezones import zone_of
from core.store import DuePerson, Unit

log = logging.getLogger(__name__)

MAX_WRITING_TIME, MAX_SOURCE_TIME = LEASE / 2, LEASE / 6
"""How long LLM tips may take, and one answer of a source: a decision must be committed before the lease ends.

After the writing, sources take at most twice MAX_SOURCE_TIME (``core/deciding/decide.py``). The rest of the
lease is for the store.
"""

UNREACHABLE_RETRY = timedelta(hours=1)
"""How long a snoozed tip waits that could reach nobody."""

MAX_CONCURRENT_PUSHES = 16

CLAIMED_TOGETHER = 4
"""How many people are claimed in one transaction, just before the first of them is served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDecisionPoint:
    """What is due for a claimed person: a snoozed tip or a slot, and whether oO is available.

    It is neither for a person without a zone, who is refused for that reason.
    """

    person: Person
    availability: Availability
    slot: Slot | None = None
    snooze: Snooze | None = None

    @property
    def due_at(self) -> datetime | None:
        """The instant for which it was planned."""
        if self.snooze:
            return self.snooze.until
        return self.slot.at if self.slot else None

    @property
    def trigger(self) -> Trigger:
        """Why a decision is made."""
        return Trigger.SNOOZED if self.snooze else Trigger.SCHEDULED


async def push_due(deps: Dependencies, compose: TipRenderer, *, limit: int = 500) -> int:
    """Serve everybody whose decision point has come; returns how many people that were."""
    async with deps.store.read() as unit:
        due = await unit.people.due(deps.clock.now(), limit)
    groups = [_Group(due[at : at + CLAIMED_TOGETHER], deps) for at in range(0, len(due), CLAIMED_TOGETHER)]
    claims = [(one, group) for group in groups for one in group.due]
    await gather_bounded(claims, lambda claim: _push_claimed(*claim, compose), limit=MAX_CONCURRENT_PUSHES)
    return len(due)


async def _push_claimed(due: DuePerson, group: _Group, compose: TipRenderer) -> None:
    claims = await group.claims()
    if due.person_id in claims.busy:
        await push(due, group.deps, compose)
    elif due in claims.claimed:
        await _serve(due, group.deps, compose)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claims:
    """What came of claiming some people together."""

    claimed: frozenset[DuePerson]
    """Those whom this process serves now."""
    busy: frozenset[str]
    """Those whom somebody was writing about: each is claimed again alone, and waited for."""


class _Group:
    """People who are claimed together, without a wait for any of them."""

    def __init__(self, due: Sequence[DuePerson], deps: Dependencies) -> None:
        self.due = due
        self.deps = deps
        self._claims: asyncio.Future[_Claims] | None = None

    async def claims(self) -> _Claims:
        """Claim them, when it is asked the first time."""
        if self._claims is None:
            self._claims = asyncio.ensure_future(self._claim())
        return await self._claims

    async def _claim(self) -> _Claims:
        async with self.deps.store.begin(f"due {self.deps.replica_id}") as unit:
            free = frozenset(await unit.people.free(*(one.person_id for one in self.due)))
            free_ones = [one for one in self.due if one.person_id in free]
            claimed = frozenset([one for one in free_ones if await _is_claimed(unit, one, self.deps)])
        return _Claims(claimed=claimed, busy=frozenset(one.person_id for one in self.due) - free)


async def push_to(person_id: str, deps: Dependencies, compose: TipRenderer) -> None:
    """Serve one person if their decision point has come. A terminal serves only its own person."""
    async with deps.store.read() as unit:
        person = await unit.people.get(person_id)
    if person.next_due_at and person.next_due_at <= deps.clock.now():
        await push(DuePerson(person_id=person_id, due_at=person.next_due_at), deps, compose)


async def push(due: DuePerson, deps: Dependencies, compose: TipRenderer) -> Delivery | None:
    """Serve one due person: claim, decide, commit, then send. None if nothing was sent."""
    async with deps.store.begin(due.person_id) as unit:
        if not await _is_claimed(unit, due, deps):
            return None
    return await _serve(due, deps, compose)


async def _serve(due: DuePerson, deps: Dependencies, compose: TipRenderer) -> Delivery | None:
    """Serve somebody who is claimed."""
    with deps.tracer.continued("push", None):
        return await _decide_and_send(due, deps, compose)


async def _decide_and_send(due: DuePerson, deps: Dependencies, compose: TipRenderer) -> Delivery | None:
    try:
        due_point = await find_due_point(due, deps)
        if due_point is None:
            return None
        if due_point.availability.reason is not None:
            await store_refusal(due_point, due_point.availability.reason, deps)
            return None
        await update_dosage(due_point.person, deps)
        pending = await commit(due_point, await _decide(due_point, deps), deps, compose)
    except NotFound:
        log.info("somebody who was due has left")
        return None
    return await send(pending, deps)


async def _decide(due_point: DueDecisionPoint, deps: Dependencies) -> Decided:
    person = due_point.person
    with deps.tracer.span("decide", trigger=due_point.trigger.value):
        if due_point.snooze:
            return await decide_redelivery(person, due_point.snooze, deps)
        zone = zone_of(person)
        return await decide(person, deps, trigger=Trigger.SCHEDULED, zone=zone, slot=due_point.slot)


# --- The claim ---------------------------------------------------------------------------------------------


async def _is_claimed(unit: Unit, due: DuePerson, deps: Dependencies) -> bool:
    """Move the person's decision point on by a lease, unless another process has done it or serves them.

    The lease is committed before anything else is done for the person. If that fails, they come up again
    after the lease and do not come first in every scan.
    """
    if is_elsewhere(await unit.people.accounts(due.person_id), deps):
        return False
    return await unit.people.claim(due, deps.clock.now() + LEASE)


async def find_due_point(due: DuePerson, deps: Dependencies) -> DueDecisionPoint | None:
    """What is due for somebody who is claimed; None if nothing is."""
    now = deps.clock.now()
    await asyncio.gather(
        refresh_calendars(due.person_id, deps, within=deps.rules.sync_deadline),
        refresh_notifications(due.person_id, deps),
    )
    async with deps.store.read() as unit:
        due_point = await _due_point(unit, due, deps)
    if due_point is None:
        async with deps.store.begin(due.person_id) as unit:
            await reschedule(unit, await unit.people.get(due.person_id), deps, after=now)
    return due_point


async def _due_point(unit: Unit, due: DuePerson, deps: Dependencies) -> DueDecisionPoint | None:
    """What is due for a claimed person; None if nothing is."""
    recipient = await recipient_of(unit, due.person_id)
    person, accounts = recipient.person, recipient.accounts
    snooze = await _snooze_due(unit, person, deps.clock.now())
    if snooze:
        available = await snooze_availability(unit, person, accounts, snooze, deps)
        return DueDecisionPoint(person=person, availability=available, snooze=snooze)
    slot = await slot_due(unit, person, deps, due_at=due.due_at)
    if person.zone and slot is None:
        return None
    available = await slot_availability(unit, person, accounts, deps, slot_at=slot.at if slot else None)
    return DueDecisionPoint(person=person, availability=available, slot=slot)


def is_elsewhere(accounts: Iterable[Account], deps: Dependencies) -> bool:
    """Whether only a terminal of another process can reach the person: then that process serves them."""
    channels = {one.channel for one in accounts if one.reachable}
    return Channel.TERMINAL in channels and not any(channel in deps.messengers for channel in channels)


async def _snooze_due(unit: Unit, person: Person, now: datetime) -> Snooze | None:
    waiting = await unit.snoozes.waiting(person.person_id)
    return next((snooze for snooze in waiting if snooze.until <= now), None)


# --- The commit --------------------------------------------------------------------------------------------


async def store_refusal(due_point: DueDecisionPoint, reason: Reason, deps: Dependencies) -> None:
    """Store why nothing is sent. A snooze waits on. A slot is over, unless quiet hours hold it back: then
    ``core/deciding/decision_points.py`` takes it up again at their end.
    """
    slot = due_point.slot
    decision = Decision(
        decision_id=deps.random.new_id(),
        person_id=due_point.person.person_id,
        trigger=due_point.trigger,
        slot=slot.key if slot else None,
        merged=slot.merged if slot else (),
        decided_at=deps.clock.now(),
        result=Refusal(reason=reason, until=due_point.availability.until),
    )
    async with deps.store.begin(decision.person_id) as unit:
        unserved = await _unserved(unit, decision, deps)
        if unserved:
            await store_decision(unit, Decided(decision=unserved), deps)
        if due_point.snooze and not await _is_called_off(unit, due_point):
            await unit.snoozes.save(_postponed(due_point.snooze, due_point.availability, deps))
        await _move_on(unit, await unit.people.get(decision.person_id), due_point, deps)


async def _unserved(unit: Unit, decision: Decision, deps: Dependencies) -> Decision | None:
    """The decision for those of its slots that nobody has served since the claim; None if all were.

    The unique index on slots does not know merged ones.
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
    """The snooze as it waits on. It is not moved past a pause, which may end earlier than planned. It is
    cancelled without consent.
    """
    if availability.reason is Reason.PAUSED:
        return snooze
    if availability.reason is Reason.NO_CONSENT:
        return replace(snooze, state=SnoozeState.CANCELLED)
    return replace(snooze, until=availability.until or deps.clock.now() + UNREACHABLE_RETRY)


async def commit(
    due_point: DueDecisionPoint, decided: Decided, deps: Dependencies, compose: TipRenderer
) -> PendingSend | Delivery | None:
    """Store the decision, its delivery and the state ``sending`` in one transaction, before anything is sent.

    None if the decision is silence or held out, nobody can be reached, or the decision point has passed.
    """
    async with deps.store.begin(due_point.person.person_id) as unit:
        recipient = await recipient_of(unit, due_point.person.person_id)
        unserved = await _unserved(unit, decided.decision, deps)
        decision = with_holdout_draw(unserved or decided.decision, recipient.person, deps)
        wanted = unserved is not None and not await _is_called_off(unit, due_point)
        stored = wanted and await store_decision(unit, replace(decided, decision=decision), deps)
        if stored and due_point.snooze:
            await unit.snoozes.save(replace(due_point.snooze, state=SnoozeState.BACK))
        if stored:
            await enrol(unit, decision)
        person = await _move_on(unit, recipient.person, due_point, deps)
        account = best_account(recipient.person, recipient.accounts, deps)
        if not stored or decision.tip is None or decision.held_out or account is None:
            return None
        delivery = reserve(decision, account, deps, due_at=due_point.due_at)
        await unit.deliveries.add(delivery)
        recipient = replace(recipient, person=person)
        return await begin_send(unit, delivery, decision, recipient, deps, compose)


async def _move_on(unit: Unit, person: Person, due_point: DueDecisionPoint, deps: Dependencies) -> Person:
    """Set the next decision point and return the person with it. A slot that has come since the served one,
    or since a snooze was due back, is next.
    """
    after = due_point.slot.at if due_point.slot else deps.clock.now()
    if due_point.snooze:
        after = due_point.snooze.until - datetime.resolution
    return await reschedule(unit, person, deps, after=after)
