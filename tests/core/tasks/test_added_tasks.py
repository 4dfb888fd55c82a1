"""What one update added: found again by its name, and whether somebody has touched it since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.records import Due, TaskState
from core.store import AddedTask, Store
from core.tasks.added_tasks import added_by, as_added, task_checksum
from tests.core.outsiders import NOW
from tests.core.worlds import Scene, scene

ORIGIN = "telegram-7"


@pytest.fixture
async def here(either: Store) -> Scene:
    found = scene(either)
    await found.person()
    await found.person("bob")
    return found


async def add(here: Scene, name: str, person_id: str = "ada", **fields: Any) -> None:
    """As ``add_task`` names it: ``Scene.task`` puts ``oo-`` before the name."""
    task = await here.task(name, person_id)
    async with here.deps.store.begin() as unit:
        await unit.tasks.put(replace(task, **fields))


async def added(here: Scene, person_id: str = "ada") -> tuple[AddedTask, ...]:
    async with here.deps.store.read() as unit:
        return await added_by(unit, await here.stored(person_id), ORIGIN)


async def is_as_added(here: Scene, tasks: tuple[AddedTask, ...], person_id: str = "ada") -> bool:
    async with here.deps.store.read() as unit:
        return await as_added(unit, tasks, await here.stored(person_id))


async def test_the_tasks_of_one_update_are_found_in_their_order(here: Scene) -> None:
    for name in (ORIGIN, f"{ORIGIN}.1", f"{ORIGIN}.2", "telegram-77"):
        await add(here, name)
    tasks = await added(here)
    assert [one.task_id for one in tasks] == [f"oo-{ORIGIN}", f"oo-{ORIGIN}.1", f"oo-{ORIGIN}.2"]
    assert await is_as_added(here, tasks)


async def test_an_update_that_added_nothing_has_nothing_that_is_as_it_was(here: Scene) -> None:
    assert await added(here) == ()
    assert not await is_as_added(here, ())


async def test_what_is_done_or_somebody_elses_is_left_out(here: Scene) -> None:
    await add(here, ORIGIN, state=TaskState.DONE)
    await add(here, f"{ORIGIN}.1", "bob")
    await add(here, f"{ORIGIN}.2")
    tasks = await added(here)
    assert [one.task_id for one in tasks] == [f"oo-{ORIGIN}.2"]
    assert not await is_as_added(here, tasks, "bob")


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"priority": 1},
        {"minutes": 5},
        {"due": Due(on=(NOW + timedelta(days=1)).date())},
        {"state": TaskState.DONE},
        {"state": TaskState.GONE},
    ],
)
async def test_any_change_shows_whoever_made_it(here: Scene, change: dict[str, Any]) -> None:
    await add(here, ORIGIN)
    await add(here, f"{ORIGIN}.1")
    tasks = await added(here)
    await add(here, f"{ORIGIN}.1", **change)
    assert not await is_as_added(here, tasks)
    assert await is_as_added(here, tasks[:1])


async def test_what_a_person_can_not_change_does_not_show(here: Scene) -> None:
    await add(here, ORIGIN)
    (task,) = await added(here)
    async with here.deps.store.read() as unit:
        stored = await unit.tasks.get(task.task_id)
    moved = replace(stored, created_at=stored.created_at + timedelta(days=1))
    assert task_checksum(moved) == task.checksum == task_checksum(replace(stored, title=stored.title))
