"""What must hold after each day and in the end. A check returns a sentence for each thing that is broken."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, select

from adapters.storage import tables
from core.deciding.ringing import LISTED
from core.learning.from_events import LearnedFromEvents, Parity
from core.learning.public_events import public_events
from core.policies.replay import replay
from core.records import Consent, DeliveryState, ReactionKind, TaskState, Trigger
from core.scheduling.quiet_hours import FOREVER
from tests.nemesis.database import shared_store
from tests.nemesis.people import Human, Press
from tests.nemesis.platform import Shown

if TYPE_CHECKING:
    from tests.nemesis.world import World

READ = (
    *(tables.people, tables.accounts, tables.tasks, tables.decisions, tables.deliveries, tables.reactions),
    *(tables.rewards, tables.reminders, tables.inbox, tables.events, tables.tip_scores),
)
ON_THEIR_OWN = (Trigger.SCHEDULED, Trigger.SNOOZED)
SETTLED = timedelta(minutes=15)
"""After a change of a setting, a message may still follow from what was set before."""
SPACING = timedelta(minutes=25)
"""Half an hour is promised; what was sent later than it was decided on may be nearer to the next one."""
STUCK = timedelta(hours=9)
"""Nothing is left undone for longer, as processes are away for at most six hours."""
IN_TIME = timedelta(minutes=3)
AT_ONCE = 1000

Rows = Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is known of a world at an instant."""

    now: datetime
    calm: bool
    """Whether nothing has gone wrong for long enough."""
    shown: Sequence[Shown]
    humans: Mapping[str, Human]
    rows: Mapping[str, Rows]
    learned: Parity
    replayed_otherwise: Sequence[str]
    """Decisions that come out otherwise when they are made again."""

    @classmethod
    async def read(cls, world: World, *, calm: bool) -> Evidence:
        """Of the world as it is now."""
        engine = create_engine(world.url)
        with engine.connect() as connection:
            rows = {one.name: connection.execute(select(one)).all() for one in READ}
        engine.dispose()
        learned, otherwise = await _learned_and_replayed(world.url)
        return cls(
            now=world.now(),
            calm=calm,
            shown=[*world.platform.shown],
            humans={one.name: one for one in world.humans},
            rows=rows,
            learned=learned,
            replayed_otherwise=otherwise,
        )

    @cached_property
    def decisions(self) -> Mapping[str, Any]:
        """Rows by id."""
        return {row.decision_id: row for row in self.rows["decisions"]}

    @cached_property
    def arrivals(self) -> Mapping[str, Sequence[Shown]]:
        """What delivers a tip, a reminder or several of them, by decision."""
        found: defaultdict[str, list[Shown]] = defaultdict(list)
        for one in self.shown:
            if one.first.envelope and (decision := self.decision_of.get(one.first.envelope.delivery_id)):
                found[decision].append(one)
        return found

    @cached_property
    def decision_of(self) -> Mapping[str, str]:
        """The decision that a delivery carries out, by their ids."""
        return {row.delivery_id: row.decision_id for row in self.rows["deliveries"]}

    def has_settled(self, shown: Shown) -> bool:
        """Whether the person had not just changed a setting."""
        changed = self.humans[shown.address].changed_before(shown.at)
        return changed is None or shown.at - changed > SETTLED


async def _learned_and_replayed(url: str) -> tuple[Parity, list[str]]:
    learned, position, after, otherwise = LearnedFromEvents(), 0, "", list[str]()
    storage = shared_store(url)
    async with storage.read() as unit:
        while page := await unit.events.after(position, AT_ONCE):
            for event in await public_events(unit, page):
                learned.add(event)
            position = page[-1].position
        parity = await learned.compared(unit)
        while drawn := await unit.decisions.draws(after, AT_ONCE):
            for one in drawn:
                if one.draw:
                    report = replay(one.draw, await unit.decisions.snapshot(one.draw.model_version))
                    otherwise += [f"{one.decision_id}: {line}" for line in report.differences]
            after = drawn[-1].decision_id
    await storage.close()
    return parity, otherwise


def no_tip_comes_twice(seen: Evidence) -> Iterator[str]:
    """G1: a decision is shown once, and a slot has one decision that is shown."""
    slots: Counter[tuple[str, str]] = Counter()
    for decision_id, arrivals in seen.arrivals.items():
        decision = seen.decisions[decision_id]
        if len(arrivals) > 1:
            yield f"{decision.trigger} {decision_id} was shown at {[str(one.at) for one in arrivals]}"
        for slot in (decision.slot, *decision.merged):
            slots[decision.person_id, slot] += slot is not None
    yield from (f"slot {slot} was served {n} times" for (_, slot), n in slots.items() if n > 1)


def nothing_comes_in_quiet_hours(seen: Evidence) -> Iterator[str]:
    """G6: no tip of oO's own accord."""
    for decision_id, arrivals in seen.arrivals.items():
        trigger = seen.decisions[decision_id].trigger
        for one in arrivals:
            if trigger in ON_THEIR_OWN and one.was_quiet and seen.has_settled(one):
                yield f"{trigger} {decision_id} came at {one.at} in quiet hours of {one.zone}"


def cap_and_spacing_hold(seen: Evidence) -> Iterator[str]:
    """No more tips on a local day than the person wants, and none soon after another one."""
    caps = {row.person_id: row.preferences.cap for row in seen.rows["people"]}
    days: Counter[tuple[str, str]] = Counter()
    last: dict[str, Shown] = {}
    for decision_id, arrivals in sorted(seen.arrivals.items(), key=lambda one: one[1][0].at):
        decision, one = seen.decisions[decision_id], arrivals[0]
        if decision.trigger is not Trigger.SCHEDULED:
            continue
        before = last.get(decision.person_id)
        if before and one.at - before.at < SPACING:
            yield f"{decision_id} came at {one.at}, after another one at {before.at}"
        last[decision.person_id] = one
        local = f"{decision.decided_at.astimezone(ZoneInfo(one.zone or 'UTC')):%F} {one.zone}"
        days[decision.person_id, local] += 1
    for (person_id, day), count in days.items():
        if count > caps[person_id]:
            yield f"{count} tips for {person_id} on {day}, who wants {caps[person_id]}"


def deliveries_are_true(seen: Evidence) -> Iterator[str]:
    """``sent`` arrived, what arrived is ``sent`` or ``unknown``, and nothing is left half done."""
    ids = {one.message_id for one in seen.shown}
    for one in seen.shown:
        if one.first.envelope and one.first.envelope.delivery_id not in seen.decision_of:
            yield f"message {one.message_id} arrived at {one.at}, and its delivery is not stored"
    states: defaultdict[str, set[DeliveryState]] = defaultdict(set)
    for row in seen.rows["deliveries"]:
        states[row.decision_id].add(row.state)
        if row.state is DeliveryState.SENT and row.message_id not in ids:
            yield f"delivery {row.delivery_id} is said to be message {row.message_id}"
        waits = row.state is DeliveryState.SENDING or (
            row.state is DeliveryState.RESERVED and (row.not_before or row.changed_at) < seen.now - STUCK
        )
        if waits and (seen.calm or row.changed_at < seen.now - STUCK):
            yield f"delivery {row.delivery_id} is {row.state} since {row.changed_at}"
    for decision_id, arrivals in seen.arrivals.items():
        is_fresh = seen.now - arrivals[0].at < STUCK and not seen.calm
        if not is_fresh and not states[decision_id] & {DeliveryState.SENT, DeliveryState.UNKNOWN}:
            yield f"{decision_id} was shown, and its deliveries are {sorted(states[decision_id])}"


def everybody_has_a_next_decision_point(seen: Evidence) -> Iterator[str]:
    """Whoever is to hear of oO comes up again, and nobody is left behind."""
    for row in seen.rows["people"]:
        is_paused = any(
            end is not None and end >= FOREVER and (start is None or start <= seen.now)
            for start, end in ((None, row.paused_until), (row.pause_starts, row.pause_ends))
        )
        if row.consent is not Consent.AGREED or row.zone is None or is_paused:
            continue
        if row.next_due_at is None:
            yield f"{row.person_id} has no next decision point"
        elif row.next_due_at < seen.now - (IN_TIME if seen.calm else STUCK):
            yield f"{row.person_id} has been due since {row.next_due_at}"


def every_line_does_what_it_says_once(seen: Evidence) -> Iterator[str]:
    """A typed task is there once; a reminder rings once, in time or with a word about the delay."""
    made = Counter(row.title for row in seen.rows["tasks"])
    for human in seen.humans.values():
        for line in human.lines:
            settled = seen.calm or line.at < seen.now - STUCK
            if made[line.title] > 1 or (settled and made[line.title] != 1):
                yield f"{line.title!r}, typed at {line.at}, made {made[line.title]} tasks"


def reminders_ring_once(seen: Evidence) -> Iterator[str]:
    """Each of them; once more for each time that it was put off."""
    tasks = {row.title: row for row in seen.rows["tasks"]}
    waiting = {row.task_id for row in seen.rows["reminders"] if row.next_at}
    unknown = _tasks_of_unknown(seen)
    rings, snoozes, done = _rings(seen)
    for line in (line for human in seen.humans.values() for line in human.lines if line.rings_at):
        task = tasks.get(line.title)
        if task is None:
            continue
        if rings[task.task_id] > 1 + snoozes[task.task_id]:
            yield f"{line.title!r} rang {rings[task.task_id]} times, put off {snoozes[task.task_id]} times"
        excused = waiting | unknown | done
        is_over = line.rings_at is not None and line.rings_at < seen.now - STUCK
        if not rings[task.task_id] and is_over and task.task_id not in excused and _is_open(task):
            yield f"{line.title!r}, due at {line.rings_at}, never rang"


def _is_open(task: Any) -> bool:
    return task.state is TaskState.OPEN


def _tasks_of_unknown(seen: Evidence) -> set[str]:
    unknown = {row.decision_id for row in seen.rows["deliveries"] if row.state is DeliveryState.UNKNOWN}
    return {row.task_id for row in seen.rows["tip_scores"] if row.decision_id in unknown and row.task_id}


def _rings(seen: Evidence) -> tuple[Counter[str], Counter[str], set[str]]:
    """How often each task rang and was put off, and which are done."""
    rings: Counter[str] = Counter()
    snoozes: Counter[str] = Counter()
    done: set[str] = set()
    tasks_of = _tasks_of(seen)
    for decision_id, arrivals in seen.arrivals.items():
        if seen.decisions[decision_id].trigger is Trigger.REMINDER:
            rings.update(dict.fromkeys(tasks_of[decision_id], len(arrivals)))
    for row in seen.rows["reactions"]:
        for task_id in tasks_of[row.decision_id]:
            if row.kind is ReactionKind.SNOOZE:
                snoozes[task_id] += 1
            else:
                done.add(task_id)
    return rings, snoozes, done


def _tasks_of(seen: Evidence) -> Mapping[str, set[str]]:
    """What each decision is about: a task, or all those of which it reminds in one message."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in seen.rows["tip_scores"]:
        is_meant = seen.decisions[row.decision_id].action in (row.candidate_id, None)
        if row.task_id and (is_meant or row.dropped == LISTED):
            found[row.decision_id].add(row.task_id)
    return found


def a_single_tap_has_its_effect(seen: Evidence) -> Iterator[str]:
    """G4: where only one kind of button was tapped on a tip, that is what stands.

    A tap may come too late if the task was done under another message, or removed.
    """
    if not seen.calm:
        return
    closed = _closed_elsewhere(seen)
    standing = {row.decision_id: row.kind for row in seen.rows["reactions"] if row.undone_at is None}
    for decision_id, presses in _by_decision(seen).items():
        verbs = {one.verb for one in presses}
        expected = {"done": ReactionKind.DONE, "dismiss": ReactionKind.DISMISS}
        if len(verbs) == 1 and (verb := next(iter(verbs))) in expected:
            found = standing.get(decision_id)
            is_excused = _took_something_back(seen, presses[0]) or closed[decision_id]
            if found is not expected[verb] and not is_excused:
                yield f"{decision_id}: {verb} was tapped at {presses[0].at}, and {found} stands"


def _by_decision(seen: Evidence) -> Mapping[str, Sequence[Press]]:
    found: defaultdict[str, list[Press]] = defaultdict(list)
    for press in (press for human in seen.humans.values() for press in human.presses):
        if press.shown.first.subject in seen.decisions:
            found[press.shown.first.subject or ""].append(press)
    return found


def _closed_elsewhere(seen: Evidence) -> Mapping[str, bool]:
    """By decision: whether its task was removed, or done under the message of another one."""
    done: defaultdict[str, set[str]] = defaultdict(set)
    tasks_of = _tasks_of(seen)
    for row in seen.rows["reactions"]:
        if row.kind is ReactionKind.DONE:
            for task_id in tasks_of[row.decision_id]:
                done[task_id].add(row.decision_id)
    there = {row.task_id for row in seen.rows["tasks"] if row.state in (TaskState.OPEN, TaskState.DONE)}
    return {
        one: any(task_id not in there or done[task_id] - {one} for task_id in tasks_of[one])
        for one in seen.decisions
    }


def _took_something_back(seen: Evidence, press: Press) -> bool:
    """Whether the person typed /undo after it."""
    changed = seen.humans[press.shown.address].changes
    return any(press.at <= at for at in changed)


def each_tip_has_one_reward(seen: Evidence) -> Iterator[str]:
    """G4: the one that the latest event tells of, or none if that took it back."""
    told: dict[str, Any] = {}
    for row in sorted(seen.rows["events"], key=lambda row: row.position):
        if row.kind in ("reward.given", "reward.retracted"):
            told[row.data["decision_id"]] = row.data.get("value")
    stored = {row.decision_id: row.value for row in seen.rows["rewards"]}
    if len(stored) != len(seen.rows["rewards"]):
        yield f"{len(seen.rows['rewards'])} rewards for {len(stored)} decisions"
    for decision_id in {*told, *stored}:
        if told.get(decision_id) != stored.get(decision_id):
            yield f"{decision_id}: {told.get(decision_id)} by the events, {stored.get(decision_id)} stored"


def the_model_is_what_the_events_teach(seen: Evidence) -> Iterator[str]:
    """G5: bit for bit, and each draw comes out the same."""
    if not seen.learned.is_equal:
        yield f"the model of {seen.learned.different} is not what their events teach"
    yield from seen.replayed_otherwise


def the_event_log_is_whole(seen: Evidence) -> Iterator[str]:
    """Positions have no gap, and every decision has its event."""
    positions = sorted(row.position for row in seen.rows["events"])
    if positions != list(range(1, len(positions) + 1)):
        yield f"{len(positions)} events have places from {positions[0]} to {positions[-1]}"
    kinds = ("decision.made", "decision.refused")
    made = Counter(row.data["decision_id"] for row in seen.rows["events"] if row.kind in kinds)
    if made != Counter(dict.fromkeys(seen.decisions, 1)):
        yield f"{sum(made.values())} events for {len(seen.decisions)} decisions"


def nothing_waits(seen: Evidence) -> Iterator[str]:
    """Every update is handled."""
    late = timedelta(0) if seen.calm else STUCK
    waiting = [row for row in seen.rows["inbox"] if row.update and row.received_at < seen.now - late]
    yield from (f"update {row.update_id} waits since {row.received_at}" for row in waiting)


CHECKS: Sequence[Callable[[Evidence], Iterator[str]]] = (
    no_tip_comes_twice,
    nothing_comes_in_quiet_hours,
    cap_and_spacing_hold,
    deliveries_are_true,
    everybody_has_a_next_decision_point,
    every_line_does_what_it_says_once,
    reminders_ring_once,
    a_single_tap_has_its_effect,
    each_tip_has_one_reward,
    the_model_is_what_the_events_teach,
    the_event_log_is_whole,
    nothing_waits,
)


def broken(seen: Evidence) -> list[str]:
    """What all checks say."""
    return [f"{check.__name__}: {line}" for check in CHECKS for line in check(seen)]
