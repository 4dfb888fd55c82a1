"""Any sequence of taps, returning snoozes and ends of the wait time: one reward each, one model for all."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.delivery.reactions import react, snooze, undo
from core.errors import SendUnknown
from core.learning.update import reward_ignored_tips
from core.policies.rewards import RewardRules, signal_of, updated_aspect, worth
from core.records import (
    Decision,
    DeliveryState,
    DismissReason,
    Due,
    Purpose,
    ReactionKind,
    Signal,
    Task,
    TaskState,
)
from core.tasks.changes import remove_task
from core.tasks.todo_list import complete_task, reopen_task
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY, DISMISS, DONE, SNOOZE, scene
from tests.fakes.store import FakeStore

T = TypeVar("T")
ANY_TIP = st.integers(0, 5)
REASONS = st.sampled_from([None, *DismissReason])


class Taps(RuleBasedStateMachine):
    """Ada and her tips. Every rule is something that may happen to an open oO."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.store = FakeStore()
        self.here = scene(self.store)
        self.tips: list[Decision] = []
        self.tasks = 0

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run(work)

    def teardown(self) -> None:
        try:
            if self.tips:
                self.everything_is_rewarded_in_the_end()
        finally:
            self.loop.close()

    @initialize()
    def somebody_agrees(self) -> None:
        self.run(self.here.person(preferences={"cap": 99}))

    async def _serve(self) -> None:
        await self.here.tick()
        found = await self.here.decisions()
        self.tips = [one for one in reversed(found) if one.tip]

    async def _at(self, number: int) -> Decision:
        return self.tips[number % len(self.tips)]

    @rule(lost=st.booleans())
    def the_next_slot_comes(self, lost: bool) -> None:
        self.tasks += 1
        self.here.phone.faults = [SendUnknown("timeout")] if lost else []
        due, repeats = Due(on=NOW.date() - DAY), "FREQ=DAILY" if self.tasks % 3 == 0 else None
        self.run(self.here.task(f"Task {self.tasks}", priority=1, due=due, repeats=repeats))
        next_due = self.run(self.here.stored()).next_due_at
        if next_due:
            self.here.clock.time = max(next_due, self.here.clock.time)
        self.run(self._serve())

    @rule(hours=st.integers(1, 10))
    def time_passes(self, hours: int) -> None:
        self.here.clock.move(hours=hours)
        self.run(self._serve())

    @precondition(lambda self: self.tips)
    @rule(number=ANY_TIP)
    def done(self, number: int) -> None:
        self.run(self._react(number, DONE, None))

    @precondition(lambda self: self.tips)
    @rule(number=ANY_TIP, reason=REASONS)
    def dismissed(self, number: int, reason: DismissReason | None) -> None:
        self.run(self._react(number, DISMISS, reason))

    async def _react(self, number: int, kind: ReactionKind, reason: DismissReason | None) -> None:
        decision, ada = await self._at(number), await self.here.stored()
        deps, seen = self.here.deps, f"m-{decision.decision_id}"
        await react(decision.decision_id, ada, deps, kind=kind, reason=reason, message_id=seen)

    @precondition(lambda self: self.tips)
    @rule(number=ANY_TIP, hours=st.integers(1, 30))
    def snoozed(self, number: int, hours: int) -> None:
        async def act() -> None:
            decision, ada = await self._at(number), await self.here.stored()
            deps, until = self.here.deps, self.here.clock.now() + timedelta(hours=hours)
            await snooze(decision.decision_id, ada, deps, until=until, message_id="m")

        self.run(act())

    @precondition(lambda self: self.tips)
    @rule(number=ANY_TIP)
    def undone(self, number: int) -> None:
        async def act() -> None:
            await undo((await self._at(number)).decision_id, await self.here.stored(), self.here.deps)

        self.run(act())

    @precondition(lambda self: self.tips)
    @rule(number=ANY_TIP)
    def the_task_is_removed(self, number: int) -> None:
        async def act() -> None:
            task = await self._task(number)
            if task.state is TaskState.OPEN:
                await remove_task(task.task_id, await self.here.stored(), self.here.deps)

        self.run(act())

    async def _is_removed(self, decision: Decision) -> bool:
        async with self.here.deps.store.read() as unit:
            task_id = decision.tip.task_id if decision.tip else None
            return task_id is not None and (await unit.tasks.get(task_id)).state is TaskState.GONE

    async def _task(self, number: int) -> Task:
        tip = (await self._at(number)).tip
        assert tip is not None
        assert tip.task_id is not None
        async with self.here.deps.store.read() as unit:
            return await unit.tasks.get(tip.task_id)

    @precondition(lambda self: self.tips)
    @rule(number=ANY_TIP)
    def the_task_is_done_or_opened_in_the_list(self, number: int) -> None:
        async def act() -> None:
            task, deps = await self._task(number), self.here.deps
            async with deps.store.begin() as unit:
                if task.state is TaskState.OPEN:
                    await complete_task(unit, task, deps, zone=BERLIN)
                else:
                    await reopen_task(unit, task, deps, due=task.due)

        self.run(act())

    @rule()
    def the_wait_time_is_over(self) -> None:
        self.here.clock.move(hours=9)
        self.run(reward_ignored_tips(self.here.deps))

    @rule(on=st.booleans())
    def learning_is_switched(self, on: bool) -> None:
        async def act() -> None:
            await self.here.allow(Purpose.LEARNING, granted=on)

        self.run(act())

    @invariant()
    def the_model_is_what_the_rewards_make(self) -> None:
        async def look() -> tuple[bytes, bytes, bytes]:
            return (
                await self.here.model_of(),
                await self.here.model_of("ada"),
                await self.here.replayed("ada"),
            )

        everybody, own, replayed = self.run(look())
        assert everybody == own == replayed

    @invariant()
    def a_reward_is_that_of_the_one_reaction_that_stands(self) -> None:
        for decision in self.tips:
            self.run(self._fits(decision))

    async def _fits(self, decision: Decision) -> None:
        async with self.store.read() as unit:
            standing = unit.reactions.standing(decision.decision_id)
            given = await unit.reactions.reward(decision.decision_id)
            waiting = await unit.snoozes.of(decision.decision_id)
        assert len(standing) <= 1
        if given:
            assert given.value == worth(given.source, RewardRules())
            assert not given.learned or updated_aspect(given.source)
        if not standing:
            assert given is None or given.source in (Signal.SILENCE, Signal.DONE_ELSEWHERE)
            assert waiting is None
            return
        (reaction,) = standing
        assert given is not None
        told = {signal_of(reaction.kind, reaction.reason, late=late) for late in {True, reaction.late}}
        assert given.source in told
        assert waiting is None or reaction.kind is SNOOZE

    @invariant()
    def what_may_not_have_arrived_taught_nothing(self) -> None:
        for decision in self.tips:
            delivery = self.run(self.here.delivery(decision))
            if delivery.state is DeliveryState.UNKNOWN:
                assert self.run(self.here.reward(decision)) is None

    @invariant()
    def no_promise_is_forgotten(self) -> None:
        async def look() -> None:
            async with self.here.deps.store.read() as unit:
                waiting = await unit.snoozes.waiting("ada")
                ada = await unit.people.get("ada")
            for promise in waiting:
                assert ada.next_due_at is not None
                assert ada.next_due_at <= max(promise.until, self.here.clock.now())

        if self.tips:
            self.run(look())

    def everything_is_rewarded_in_the_end(self) -> None:
        self.here.clock.move(hours=9)
        self.run(reward_ignored_tips(self.here.deps, limit=1000))
        for decision in self.tips:
            sent = self.run(self.here.delivery(decision)).state is DeliveryState.SENT
            reward = self.run(self.here.reward(decision))
            if reward is None and self.run(self._is_removed(decision)):
                continue  # neither followed nor ignored
            assert (reward is not None) is sent
        self.the_model_is_what_the_rewards_make()


TestTaps = Taps.TestCase
TestTaps.settings = settings(max_examples=30, stateful_step_count=20, deadline=None, derandomize=True)
