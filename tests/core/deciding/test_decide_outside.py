"""A decision and outside tasks: fresh where possible, and no fault of a source sinks a slot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.bandit.arrays import Matrix
from core.bandit.mixed import Posterior
from core.bandit.policy import Distribution, Policy
from core.deciding.decide import decide
from core.errors import SourceBusy, SourceDisconnected, SourceUnavailable
from core.policies.catalog import policy_of
from core.policies.replay import replay
from core.records import Decision, Due, Integration, Task, TaskState, TokenStatus, Trigger
from core.store import Store
from tests.core.outsiders import NOW, SeededRandom
from tests.core.worlds import Scene, scene
from tests.decisions import draw_of
from tests.fakes.store import FakeStore
from tests.waiting import WAIT_LIMIT

BERLIN = ZoneInfo("Europe/Berlin")
EXPLORING = policy_of("epsilon-greedy:epsilon=0.4")


async def with_todoist(store: Store | None = None, **rules: Any) -> Scene:
    """Ada, with a task of oO's own and one in Todoist that is more urgent."""
    here = scene(store or FakeStore(), todoist=True, **rules)
    await here.person()
    await here.connect()
    await here.task("Water the ferns")
    await here.outside_task("Call Ann", priority=1, due=Due(on=NOW.date()))
    return here


async def status(here: Scene) -> Integration:
    async with here.deps.store.read() as unit:
        found = await unit.integrations.get("ada", "todoist")
    assert found is not None
    return found


def sources(decision: Decision) -> list[str]:
    return [one.candidate.source.value for one in decision.candidates]


class Drawing:
    """A policy as it is in the scene; something happens while it draws."""

    policy_id, floor = "drawing", 0.0

    def __init__(self, policy: Policy, meanwhile: Callable[[], object]) -> None:
        self._policy = policy
        self._meanwhile = meanwhile

    def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
        self._meanwhile()
        return self._policy.distribution(features, posterior)


def drawing(here: Scene, meanwhile: Callable[[], object]) -> Scene:
    return replace(here, deps=replace(here.deps, policy=Drawing(here.deps.policy, meanwhile)))


async def test_outside_tasks_are_read_and_one_is_chosen(either: Store) -> None:
    here = await with_todoist(either)
    await here.slot()
    assert here.phone.lines == ["Call Ann"]
    stands = await status(here)
    assert (stands.status, stands.synced_at) == (TokenStatus.CONNECTED, here.clock.now())


@pytest.mark.parametrize(
    ("fault", "stands", "rest"),
    [
        (SourceUnavailable("500"), TokenStatus.ERROR, 60),
        (SourceBusy(300), TokenStatus.ERROR, 300),
        (SourceDisconnected("401"), TokenStatus.EXPIRED, 60),
    ],
)
async def test_a_source_that_fails_sinks_no_slot_and_rests(
    either: Store, fault: SourceUnavailable, stands: str, rest: float
) -> None:
    here = await with_todoist(either)
    here.todoist.fault = fault
    await here.slot()
    assert here.phone.lines == ["Water the ferns"]
    now = here.clock.now()
    found = await status(here)
    assert (found.status, found.changed_at) == (stands, now)
    assert found.not_before == now + timedelta(seconds=rest)
    assert here.todoist.asked == 1


async def test_a_source_that_hangs_sinks_no_slot_and_rests() -> None:
    here = await with_todoist(sync_deadline=timedelta(seconds=0.05))
    here.todoist.meanwhile = asyncio.Event().wait
    async with asyncio.timeout(WAIT_LIMIT):
        await here.slot()
    assert here.phone.lines == ["Water the ferns"]
    assert (await status(here)).status == TokenStatus.ERROR


async def test_a_task_completed_elsewhere_before_the_choice_is_no_candidate() -> None:
    here = await with_todoist()
    task = next(iter(here.todoist.open.values()))
    async with here.deps.store.begin() as unit:
        await unit.tasks.put(task)
    here.todoist.open.clear()

    decision = await here.slot()

    assert here.phone.lines == ["Water the ferns"]
    assert sources(decision) == ["tasks", "none"]
    assert (await here.stored_task(task)).state is TaskState.DONE
    assert "task.done_elsewhere" in await here.kinds()


async def test_a_task_completed_elsewhere_after_it_was_read_gives_way_to_the_next_best(either: Store) -> None:
    here = await with_todoist(either)
    task = next(iter(here.todoist.open.values()))

    here = drawing(here, here.todoist.open.clear)
    decision = await here.slot()

    assert here.phone.lines == ["Water the ferns"]
    assert [one.candidate.dropped for one in decision.candidates] == ["task_gone", None, None]
    assert decision.candidates[0].probability == 0.0
    assert (await here.stored_task(task)).state is TaskState.DONE


async def test_a_repeated_draw_is_logged_as_its_last_draw_and_can_be_replayed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And weights are 1 + p - q on average, as ``decide`` says."""
    here = await with_todoist()
    [task] = here.todoist.open.values()
    weights, drawn_anew = [], 0

    async def is_open(_task: Task) -> bool:
        return False

    monkeypatch.setattr(here.todoist, "is_open", is_open)
    for seed in range(400):
        async with here.deps.store.begin() as unit:
            await unit.tasks.put(task)
        deps = replace(here.deps, policy=EXPLORING, random=SeededRandom(seed))
        decided = await decide(await here.stored(), deps, trigger=Trigger.SCHEDULED, zone=BERLIN)
        decision, chosen = decided.decision, decided.decision.chosen

        assert chosen is not None
        assert decided.snapshot is not None
        assert chosen.candidate.content != "Call Ann"
        assert draw_of(decision).propensity == chosen.probability
        assert replay(draw_of(decision), decided.snapshot).same
        allowed = [one for one in decision.candidates if one.candidate.dropped is None]
        assert sum(one.probability for one in allowed) == pytest.approx(1)
        weights.append(1 / len(allowed) / chosen.probability)
        drawn_anew += len(allowed) == 2

    p, q = 0.6 + 0.4 / 3, 1 / 3
    assert drawn_anew / 400 == pytest.approx(p, abs=0.05)
    assert sum(weights) / 400 == pytest.approx(1 + p - q, abs=0.1)


async def test_without_an_answer_the_mirror_is_believed() -> None:
    here = await with_todoist()

    def fails() -> None:
        here.todoist.fault = SourceUnavailable("500")

    here = drawing(here, fails)
    await here.slot()
    assert here.phone.lines == ["Call Ann"]


async def test_a_slow_source_is_not_asked_for_longer_than_twice_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Or the lease on the person would end while oO still decides."""
    here = await with_todoist(sync_deadline=timedelta(seconds=3))
    for number in range(4):
        await here.outside_task(f"Call Bob {number}", priority=1, due=Due(on=NOW.date()))
    asked = []

    async def is_open(task: Task) -> bool:
        asked.append(task.title)
        here.clock.move(seconds=2)
        return False

    monkeypatch.setattr(here.todoist, "is_open", is_open)
    decided = await decide(await here.stored(), here.deps, trigger=Trigger.REQUESTED, zone=BERLIN)

    assert len(asked) == 2
    assert [one.candidate.dropped for one in decided.decision.candidates].count("task_gone") == 2


async def test_model_and_source_are_asked_side_by_side() -> None:
    here = await with_todoist()
    met = asyncio.Barrier(2)
    here.model.meanwhile = here.todoist.meanwhile = met.wait
    here = replace(here, deps=replace(here.deps, model=here.model))
    async with asyncio.timeout(WAIT_LIMIT):
        await here.slot()
    assert here.phone.lines == ["Call Ann"]
    assert len(here.model.asked) > 0
