"""Copies of tasks whose source is no longer connected: they go, or become oO's own."""

from __future__ import annotations

import pytest

from core.records import TaskSource, TaskState
from core.store import Store
from core.tasks.former_copies import drop_copies, keep_copies, open_copies
from tests.core.worlds import Scene, scene


@pytest.fixture
async def here(either: Store) -> Scene:
    found = scene(either)
    await found.person()
    return found


async def test_copies_go_and_other_tasks_stay(here: Scene) -> None:
    person = await here.stored()
    copy = await here.task("Copy", source=TaskSource.TODOIST, external_id="1")
    own = await here.task("Own")
    async with here.deps.store.begin(person.person_id) as unit:
        assert await open_copies(unit, person, TaskSource.TODOIST) == [copy]
        assert await drop_copies(unit, person, TaskSource.TODOIST, here.deps) == 1
    assert (await here.stored_task(copy)).state is TaskState.GONE
    assert await here.stored_task(own) == own


@pytest.mark.parametrize(
    ("words", "rule", "from_done"),
    [
        (None, None, False),
        ("every friday", "FREQ=WEEKLY;BYDAY=FR", False),
        ("every! 3 days", "FREQ=DAILY;INTERVAL=3", True),
        ("whenever the moon is full", None, False),
    ],
)
async def test_copies_become_oos_own_with_their_recurrence_as_a_rule(
    here: Scene, words: str | None, rule: str | None, from_done: bool
) -> None:
    person = await here.stored()
    copy = await here.task("Copy", source=TaskSource.TODOIST, external_id="1", repeats=words)
    async with here.deps.store.begin(person.person_id) as unit:
        assert await keep_copies(unit, person, TaskSource.TODOIST, here.deps) == 1
    kept = await here.stored_task(copy)
    assert (kept.source, kept.external_id, kept.state) == (TaskSource.OO, None, TaskState.OPEN)
    assert (kept.repeats, kept.repeats_from_done) == (rule, from_done)
