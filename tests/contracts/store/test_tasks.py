"""Tasks and their sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from core.errors import NotFound
from core.records import Due, Task, TaskSource, TaskState
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW, person, task


async def test_a_task_comes_back_as_stored(store: Store) -> None:
    full = task(
        source=TaskSource.TODOIST,
        external_id="77",
        priority=1,
        due=Due(on=date(2026, 5, 7), at=time(14, 5), zone="Europe/Paris"),
        repeats="every! 3 days",
        state=TaskState.DONE,
        done_at=NOW + HOUR,
    )
    async with store.begin() as unit:
        await unit.tasks.put(full)
        await unit.tasks.put(task("t2"))
    async with store.read() as unit:
        assert await unit.tasks.get("t1") == full
        assert await unit.tasks.get("t2") == task("t2")


async def test_putting_a_task_again_replaces_it(store: Store) -> None:
    async with store.begin() as unit:
        await unit.tasks.put(task())
        await unit.tasks.put(replace(task(), title="Water the roses", state=TaskState.GONE))
        assert (await unit.tasks.get("t1")).title == "Water the roses"
        assert await unit.tasks.open("ada") == ()


async def test_an_unknown_task_is_not_found(store: Store) -> None:
    async with store.read() as unit:
        with pytest.raises(NotFound):
            await unit.tasks.get("t1")


async def test_open_tasks_are_the_persons_own_oldest_first(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.tasks.put(task("t1", created_at=NOW))
        await unit.tasks.put(task("t2", created_at=NOW - DAY))
        await unit.tasks.put(task("t3", state=TaskState.DONE))
        await unit.tasks.put(task("t4", person_id="bob"))
        assert [one.task_id for one in await unit.tasks.open("ada")] == ["t2", "t1"]


async def test_open_tasks_in_outline_say_the_same(store: Store) -> None:
    due = Due(on=date(2026, 5, 7), at=time(14, 5), zone="Europe/Paris")
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.tasks.put(task("t1", created_at=NOW, due=due, priority=2))
        await unit.tasks.put(task("t2", created_at=NOW - DAY, due=Due(on=date(1, 1, 1)), minutes=15))
        await unit.tasks.put(task("t3", state=TaskState.DONE))
        await unit.tasks.put(task("t4", person_id="bob"))
        outlines = await unit.tasks.outlines("ada")
        for one, whole in zip(outlines, await unit.tasks.open("ada"), strict=True):
            assert all(getattr(one, name) == getattr(whole, name) for name in one.__slots__)
        assert await unit.tasks.outlines("nobody") == ()


async def test_an_outline_knows_the_pieces_that_oo_made_and_no_others(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.tasks.put(task("t1", created_at=NOW - DAY))
        await unit.tasks.put(task("t2", parent_id="t1"))
        outside = {"source": TaskSource.TODOIST, "external_id": "3", "parent_id": "t1"}
        await unit.tasks.put(task("t3", **outside))
        await unit.tasks.put(task("t4", person_id="bob", parent_id="t1"))
        outlines = await unit.tasks.outlines("ada")
        assert [one.parent_id for one in outlines] == [None, "t1", None]
        assert [one.task_id for one in await unit.tasks.pieces("ada", ["t1"])] == ["t2", "t3"]
        assert [one.task_id for one in await unit.tasks.pieces("ada", ["t0", "t1"])] == ["t2", "t3"]
        assert await unit.tasks.pieces("ada", []) == ()


async def test_what_is_below_a_task_is_found_to_any_depth(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        for place in range(1, 60):
            parent = f"t{place - 1}" if place > 1 else None
            await unit.tasks.put(task(f"t{place}", parent_id=parent, created_at=NOW + place * DAY))
        await unit.tasks.put(task("done", parent_id="t2", state=TaskState.DONE, created_at=NOW))
        await unit.tasks.put(task("theirs", person_id="bob", parent_id="t1"))
        below = [one.task_id for one in await unit.tasks.below("ada", "t1")]
        assert below == ["done", *(f"t{place}" for place in range(2, 60))]
        assert await unit.tasks.below("ada", "t59") == ()
        assert await unit.tasks.below("bob", "t1") != ()


async def test_pieces_in_a_circle_come_to_an_end(store: Store) -> None:
    async with store.begin() as unit:
        for name, parent in (("t1", "t3"), ("t2", "t1"), ("t3", "t2"), ("self", "self")):
            await unit.tasks.put(task(name, parent_id=parent))
        assert [one.task_id for one in await unit.tasks.below("ada", "t1")] == ["t2", "t3"]
        assert await unit.tasks.below("ada", "self") == ()


async def test_some_tasks_come_in_the_order_in_which_they_are_asked_for(store: Store) -> None:
    async with store.begin() as unit:
        for name in ("t1", "t2", "t3"):
            await unit.tasks.put(task(name))
        assert [one.task_id for one in await unit.tasks.some(["t3", "t1"])] == ["t3", "t1"]
        assert await unit.tasks.some([]) == ()
        with pytest.raises(NotFound):
            await unit.tasks.some(["t1", "t9"])


async def test_mirrored_tasks_are_open_or_closed_lately(store: Store) -> None:
    mirrored = {"source": TaskSource.TODOIST, "created_at": NOW - 200 * DAY}
    async with store.begin() as unit:
        await unit.tasks.put(task("own", created_at=NOW - 200 * DAY))
        await unit.tasks.put(task("open", external_id="1", **mirrored))
        closed = {"state": TaskState.DONE, **mirrored}
        await unit.tasks.put(task("late", external_id="2", done_at=NOW - DAY, **closed))
        await unit.tasks.put(task("long ago", external_id="3", done_at=NOW - 100 * DAY, **closed))
        await unit.tasks.put(task("gone", external_id="4", **{**mirrored, "state": TaskState.GONE}))
        lately = await unit.tasks.mirrored("ada", "todoist", NOW - 90 * DAY)
        ever = await unit.tasks.mirrored("ada", "todoist")
    assert {one.task_id for one in lately} == {"open", "late"}
    assert {one.task_id for one in ever} == {"open", "late", "long ago", "gone"}


async def test_the_title_of_a_task_that_is_over_is_known(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.tasks.put(task("1", title="Call Anna", state=TaskState.DONE))
        await unit.tasks.put(task("2", title="Pay rent", state=TaskState.GONE))
        await unit.tasks.put(task("3", title="Call Anne"))
        await unit.tasks.put(task("4", title="Buy milk", state=TaskState.DONE, person_id="bob"))
        assert await unit.tasks.has_over("ada", "call anna")
        assert await unit.tasks.has_over("ada", "Pay Rent")
        await unit.tasks.put(task("5", title="Öltank prüfen", state=TaskState.DONE))
        assert await unit.tasks.has_over("ada", "öltank Prüfen")
        assert not await unit.tasks.has_over("ada", "Call Anne")
        assert not await unit.tasks.has_over("ada", "Buy milk")


async def test_tasks_that_were_done_lately_are_found_with_repeating_ones(store: Store) -> None:
    def finished(name: str, hours: float | None, state: TaskState = TaskState.DONE, **fields: Any) -> Task:
        at = None if hours is None else NOW + hours * HOUR
        return task(name, state=state, done_at=at, **fields)

    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        old, early, late = finished("old", -1), finished("early", 0), finished("late", 2)
        again = finished("again", 1, TaskState.OPEN, repeats="FREQ=DAILY")
        for one in (late, old, again, early, finished("gone", 1, TaskState.GONE), task("open")):
            await unit.tasks.put(one)
        await unit.tasks.put(finished("of bob", 1, person_id="bob"))
    async with store.read() as unit:
        assert await unit.tasks.done_since("ada", NOW, 9) == (early, again, late)
        assert await unit.tasks.done_since("ada", NOW, 2) == (again, late)
        assert await unit.tasks.done_since("ada", NOW + 3 * HOUR, 9) == ()


async def test_tasks_that_were_added_in_a_span_are_counted_without_those_that_are_gone(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        for name, at, state in (
            ("before", NOW - HOUR, TaskState.OPEN), ("open", NOW, TaskState.OPEN),
            ("done", NOW + HOUR, TaskState.DONE), ("gone", NOW + HOUR, TaskState.GONE),
            ("after", NOW + DAY, TaskState.OPEN),
        ):  # fmt: skip
            await unit.tasks.put(task(name, created_at=at, state=state))
        await unit.tasks.put(task("bobs", person_id="bob", created_at=NOW))
        assert await unit.tasks.count_added("ada", NOW, NOW + DAY) == 2
        assert await unit.tasks.count_added("nobody", NOW, NOW + DAY) == 0
