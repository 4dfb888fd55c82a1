"""Any sequence of wishes, changes, travels, pauses, stops and faults: each reminder is sent once, or its
result is unknown, and nothing comes in quiet hours or after it was called off.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.deciding.ringing import listed
from core.delivery.reactions import snooze
from core.delivery.remind import ring_due
from core.delivery.results import recover_orphans
from core.delivery.send import deliver_waiting
from core.errors import NotSent, SendUnknown
from core.people.preferences import change, move_to, pause, prefer
from core.records import Decision, DeliveryState, Due, QuietWindow, TaskPatch, TaskState
from core.scheduling.pauses import without_pauses
from core.scheduling.quiet_hours import FOREVER, instant, is_quiet, opening, wall_clock
from core.tasks.changes import change_task, remove_task, restore_task
from core.tasks.todo_list import add_task, complete_task, reopen_task
from core.words.tasks import TaskDraft
from tests.core.reminders import BELL, compose
from tests.core.worlds import scene
from tests.fakes.store import FakeStore

T = TypeVar("T")
STEP = timedelta(minutes=5)
GUARD = timedelta(minutes=1)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe")
NIGHT = (QuietWindow(start=time(22), end=time(7)),)
AFTERNOON = (QuietWindow(start=time(13), end=time(17)), *NIGHT)
ANY = st.integers(0, 7)
MUST, MAY, MUST_NOT = "must ring", "may ring", "must not ring"


class Promises(RuleBasedStateMachine):
    """Ada and what she asked to be reminded of."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.here = scene(FakeStore())
        self.expected: dict[str, str] = {}
        self.served: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.tasks: list[str] = []
        self.snoozed: dict[str, datetime] = {}
        """Until when, by title."""
        self.before_closing: dict[str, str] = {}
        """What was expected when the task was closed."""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run(work)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.run(self.here.stored()).zone or "UTC")

    def teardown(self) -> None:
        try:
            if self.tasks:
                self.everything_has_rung_in_the_end()
        finally:
            self.loop.close()

    def everything_has_rung_in_the_end(self) -> None:
        self.here.phone.faults = []
        self.run(self._change(without_pauses))
        for _ in range(3 * 24):
            self.here.clock.move(hours=1)
            self._serve()
        assert MUST not in self.expected.values(), self.expected

    @initialize(minutes=st.lists(st.integers(1, 1500), min_size=2, max_size=5))
    def somebody_agrees(self, minutes: list[int]) -> None:
        self.run(self.here.person(preferences={"quiet": NIGHT}))
        for one in minutes:
            self.she_asks_for_a_reminder(one)

    # --- Serving -------------------------------------------------------------------------------------------

    def _serve(self) -> None:
        self.here.phone.meanwhile = self._is_allowed
        self.run(ring_due(self.here.deps, BELL))
        self.run(deliver_waiting(self.here.deps, compose, BELL.daily))
        self._note()

    async def _is_allowed(self) -> None:
        """Nothing is sent in quiet hours, or in a pause to somebody who asked before it."""
        person, now = await self.here.stored(), self.here.clock.now()
        assert not is_quiet(now, ZoneInfo(person.zone or "UTC"), person.preferences.quiet)

    def _note(self) -> None:
        for decision in reversed(self.run(self.here.decisions())):
            if decision.decision_id not in self.seen:
                self.seen.add(decision.decision_id)
                self._rang(decision)

    def _rang(self, decision: Decision) -> None:
        for key in (decision.slot, *decision.merged):
            assert key is not None
            self.served[key] += 1
        for one in listed(decision):
            title = one.content
            assert self.expected[title] != MUST_NOT, title
            self.expected[title] = MUST_NOT

    # --- What happens --------------------------------------------------------------------------------------

    @rule(minutes=st.integers(1, 1500))
    def she_asks_for_a_reminder(self, minutes: int) -> None:
        title = f"Task {len(self.tasks)}"
        draft = TaskDraft(title=title, due=self._ahead(minutes), reminds=True)
        self.run(self._add(draft))
        self.tasks.append(title)
        self._is_promised(title, draft.due)

    async def _add(self, draft: TaskDraft) -> None:
        await add_task(await self.here.stored(), self.here.deps, draft, origin=draft.title)

    def _ahead(self, minutes: int) -> Due:
        local = wall_clock(self.here.clock.now() + timedelta(minutes=minutes), self.zone)
        return Due(on=local.date(), at=local.time().replace(second=0, microsecond=0))

    def _is_promised(self, title: str, due: Due | None) -> None:
        assert due is not None
        at = instant(datetime.combine(due.on, due.at or time(9)), self.zone)
        self.expected[title] = MUST if at > self.here.clock.now() else MAY

    @rule(hours=st.integers(1, 12))
    def hours_pass(self, hours: int) -> None:
        end = self.here.clock.now() + timedelta(hours=hours)
        while self.here.clock.now() < end:
            self.here.clock.time += STEP
            self._serve()
            self._is_on_time()

    @rule(days=st.integers(1, 2))
    def days_pass(self, days: int) -> None:
        self.hours_pass(24 * days)

    def _is_on_time(self) -> None:
        """What must ring and is not held back has rung by now."""
        person, zone, now = self.run(self.here.stored()), self.zone, self.here.clock.now()
        if person.paused_until:
            return
        for title, expected in self.expected.items():
            due = self.run(self._task(title)).due
            at = instant(datetime.combine(due.on, due.at), zone)
            planned = opening(at, GUARD, zone, person.preferences.quiet)
            allowed = title in self.snoozed or expected != MUST or planned > now - STEP
            assert allowed or is_quiet(now + GUARD, zone, person.preferences.quiet), title

    @rule(minutes=st.integers(1, 1500))
    def oo_is_stopped_for_a_while(self, minutes: int) -> None:
        self.here.clock.move(minutes=minutes)
        self._serve()

    @rule()
    def oo_is_killed_between_commit_and_send(self) -> None:
        async def killed(*_: object) -> None:
            """Nothing is sent."""

        self.run(ring_due(self.here.deps, replace(BELL, dispatch=killed)))
        self._note()
        self.here.clock.move(minutes=4)
        self.run(recover_orphans(self.here.deps))

    @rule(fault=st.sampled_from([NotSent("no network"), SendUnknown("timeout")]), times=st.integers(1, 3))
    def the_platform_is_in_trouble(self, fault: Exception, times: int) -> None:
        self.here.phone.faults = [fault] * times  # type: ignore[list-item]

    @precondition(lambda self: self.tasks)
    @rule(number=ANY, minutes=st.integers(-300, 3000))
    def she_moves_a_task(self, number: int, minutes: int) -> None:
        title, due = self._title(number), self._ahead(minutes)
        task = self.run(self._task(title))
        if task.state is TaskState.OPEN and task.due != due:
            self.run(self._moved(task.task_id, due))
            at = instant(datetime.combine(due.on, due.at or time(9)), self.zone)
            is_ahead = at > self.here.clock.now()
            self.expected[title] = MUST if is_ahead else MUST_NOT

    async def _moved(self, task_id: str, due: Due) -> None:
        person = await self.here.stored()
        zone = ZoneInfo(person.zone or "UTC")
        await change_task(task_id, person, self.here.deps, TaskPatch(due=due), zone=zone)

    def _title(self, number: int) -> str:
        return self.tasks[number % len(self.tasks)]

    async def _task(self, title: str) -> Any:
        async with self.here.deps.store.read() as unit:
            return await unit.tasks.get(f"oo-{title}")

    @precondition(lambda self: self.tasks)
    @rule(number=ANY, removed=st.booleans())
    def she_closes_a_task(self, number: int, removed: bool) -> None:
        title = self._title(number)
        task = self.run(self._task(title))
        if task.state is TaskState.OPEN:
            self.run(self._removed(task) if removed else self._done(task))
            self.before_closing[title] = self.expected[title]
            self.expected[title] = MUST_NOT

    async def _removed(self, task: Any) -> None:
        await remove_task(task.task_id, await self.here.stored(), self.here.deps)

    async def _done(self, task: Any) -> None:
        async with self.here.deps.store.begin() as unit:
            await complete_task(unit, task, self.here.deps, zone=ZoneInfo("UTC"))

    @precondition(lambda self: self.tasks)
    @rule(number=ANY)
    def she_takes_that_back(self, number: int) -> None:
        title = self._title(number)
        task = self.run(self._task(title))
        if task.state is TaskState.OPEN:
            return
        self.run(self._opened(task))
        rang = any(f"asked-oo-{title}@" in key and key.endswith(_key(task.due)) for key in self.served)
        if not rang:
            self._is_promised(title, task.due)
        elif title in self.snoozed and self.before_closing[title] == MUST:
            is_ahead = self.snoozed[title] > self.here.clock.now()
            self.expected[title] = MUST if is_ahead else MAY

    async def _opened(self, task: Any) -> None:
        if task.state is TaskState.GONE:
            await restore_task(task.task_id, await self.here.stored(), self.here.deps)
            return
        async with self.here.deps.store.begin() as unit:
            await reopen_task(unit, task, self.here.deps, due=task.due)

    @rule(zone=st.sampled_from(ZONES))
    def she_travels(self, zone: str) -> None:
        self.run(self._change(move_to(zone)))

    @rule(quiet=st.sampled_from([(), NIGHT, AFTERNOON]))
    def she_sets_quiet_hours(self, quiet: tuple[QuietWindow, ...]) -> None:
        self.run(self._change(prefer(quiet=quiet)))

    @rule(hours=st.integers(1, 20), forever=st.booleans())
    def she_pauses_oo(self, hours: int, forever: bool) -> None:
        until = FOREVER if forever and hours > 15 else self.here.clock.now() + timedelta(hours=hours)
        self.run(self._change(pause(until)))

    @rule()
    def she_resumes(self) -> None:
        self.run(self._change(without_pauses))

    async def _change(self, make: Any) -> None:
        await change(await self.here.stored(), self.here.deps, make, what="x")

    @precondition(lambda self: self.seen)
    @rule(minutes=st.integers(1, 1000))
    def she_snoozes_the_latest_ringing(self, minutes: int) -> None:
        decision = self.run(self.here.decisions())[0]
        tip = decision.tip
        if tip is None or tip.task_id is None:
            return
        task = self.run(self._task(tip.content))
        if task.state is TaskState.OPEN and self.expected[tip.content] == MUST_NOT:
            until = self.here.clock.now() + timedelta(minutes=minutes)
            self.run(self._snooze(decision, until))
            self.expected[tip.content] = MUST
            self.snoozed[tip.content] = until

    async def _snooze(self, decision: Decision, until: datetime) -> None:
        await snooze(decision.decision_id, await self.here.stored(), self.here.deps, until=until)

    # --- What holds ----------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_served_twice(self) -> None:
        assert set(self.served.values()) <= {1}

    @invariant()
    def every_ringing_has_one_delivery(self) -> None:
        for decision in self.run(self.here.decisions()):
            delivery = self.run(self.here.delivery(decision))
            assert delivery.state is not DeliveryState.REJECTED


def _key(due: Due | None) -> str:
    assert due is not None
    return datetime.combine(due.on, due.at or time(9)).isoformat(timespec="minutes")


TestPromises = Promises.TestCase
TestPromises.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
