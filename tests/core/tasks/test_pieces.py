"""Pieces of a task: done with it, and open again with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.errors import BadInput, NotFound
from core.records import (
    Due,
    PastTip,
    ReactionKind,
    Task,
    TaskPatch,
    TaskSource,
    TaskState,
    TipKind,
    TipSource,
)
from core.store import Store
from core.tasks.changes import change_task, remove_task, restore_task
from core.tasks.pieces import (
    LARGE_MINUTES,
    MAX_PIECES,
    SNOOZES,
    add_pieces,
    is_worth_splitting,
    open_pieces,
    remove_pieces,
    snoozes_of,
)
from core.tasks.sync import refresh
from core.tasks.todo_list import complete_task, reopen_task
from core.tasks.undo_change import reversal_of, undo_change
from core.words.tasks import TaskDraft
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene, scene
from tests.decisions import draw_of
from tests.fakes.store import FakeStore


@pytest.fixture
async def here(either: Store) -> Scene:
    found = scene(either, todoist=True)
    await found.person()
    return found


async def split(here: Scene) -> tuple[Task, Task, Task, Task]:
    """A task, its two pieces, and a piece of the second."""
    task = await here.task("Tax declaration")
    first = await here.task("Receipts", parent_id=task.task_id)
    second = await here.task("Form", parent_id=task.task_id)
    return task, first, second, await here.task("Page 1", parent_id=second.task_id)


async def open_tasks(here: Scene) -> tuple[Task, ...]:
    async with here.deps.store.read() as unit:
        return await unit.tasks.open("ada")


async def states(here: Scene, *tasks: Task) -> list[str]:
    return [(await here.stored_task(task)).state.value for task in tasks]


async def done(here: Scene, task: Task) -> Task:
    async with here.deps.store.begin() as unit:
        return (await complete_task(unit, task, here.deps, zone=BERLIN)).task


async def test_a_task_is_done_with_its_pieces_and_opened_with_those(here: Scene) -> None:
    task, first, second, page = await split(here)
    await done(here, first)
    here.clock.time += timedelta(minutes=5)
    over = await done(here, task)
    assert await states(here, task, first, second, page) == ["done"] * 4
    async with here.deps.store.begin() as unit:
        await reopen_task(unit, over, here.deps, due=None)
    assert await states(here, task, first, second, page) == ["open", "done", "open", "open"]


async def test_pieces_come_in_order_and_a_circle_ends(here: Scene) -> None:
    task, first, second, page = await split(here)
    async with here.deps.store.begin() as unit:
        assert await open_pieces(unit, task) == [second, first, page]  # by age, then by id
        circle = replace(task, parent_id=page.task_id)
        await unit.tasks.put(circle)
        assert await open_pieces(unit, circle) == [second, first, page]


async def test_a_task_that_is_done_in_todoist_is_done_with_its_pieces(here: Scene) -> None:
    await here.connect()
    task = await here.outside_task("Move house")
    here.clock.move(minutes=2)
    await refresh(await here.stored(), here.deps)
    own = await here.task("Call the movers", parent_id=task.task_id)
    del here.todoist.open[task.task_id]
    here.clock.move(minutes=2)
    await refresh(await here.stored(), here.deps)
    assert await states(here, task, own) == ["done", "done"]
    here.todoist.open[task.task_id] = task
    here.clock.move(minutes=2)
    await refresh(await here.stored(), here.deps)
    assert await states(here, task, own) == ["open", "open"]
    assert own.source is TaskSource.OO
    assert task.state is TaskState.OPEN


# --- Splitting ---------------------------------------------------------------------------------------------

TODAY, FRIDAY, LATER = (Due(on=date(2027, 6, day)) for day in (14, 18, 28))
STEPS = (TaskDraft(title="Receipts"), TaskDraft(title="Form", due=FRIDAY, priority=1, labels=("pc",)))


async def added(here: Scene, task: Task, origin: str = "u1", limit: int = 100) -> tuple[Task, ...]:
    person = await here.stored()
    return await add_pieces(task.task_id, person, here.deps, STEPS, origin=origin, max_open_tasks=limit)


async def test_pieces_are_added_in_order_and_take_after_their_task(here: Scene) -> None:
    task = await here.task("Tax declaration", due=TODAY, priority=2, labels=("money",), project="Home")
    receipts, form = await added(here, task)
    assert (receipts.due, receipts.priority, receipts.labels) == (TODAY, 2, ("money",))
    assert receipts.project == form.project == "Home"
    assert (form.due, form.priority, form.labels, form.parent_id) == (FRIDAY, 1, ("pc",), task.task_id)
    async with here.deps.store.read() as unit:
        assert await open_pieces(unit, task) == [receipts, form]
    assert await added(here, task) == (receipts, form), "the same update adds nothing more"
    assert len(await open_tasks(here)) == 3


async def test_more_pieces_come_after_the_first(here: Scene) -> None:
    task = await here.task("Tax declaration")
    first = await added(here, task)
    here.clock.move(minutes=1)
    more = await added(here, task, origin="u0")
    async with here.deps.store.read() as unit:
        assert await open_pieces(unit, task) == [*first, *more]


async def test_pieces_are_taken_back_except_those_that_are_done(here: Scene) -> None:
    task = await here.task("Tax declaration")
    receipts, form = await added(here, task)
    await done(here, receipts)
    ids = [receipts.task_id, form.task_id]
    stranger = replace(await here.stored(), person_id="bob")
    assert await remove_pieces(ids, stranger, here.deps) == ()
    assert await remove_pieces(ids, await here.stored(), here.deps) == (form,)
    assert await remove_pieces(ids, await here.stored(), here.deps) == ()
    assert await states(here, receipts, form, task) == ["done", "gone", "open"]


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.GONE])
async def test_only_an_open_task_of_ones_own_is_split(here: Scene, state: TaskState) -> None:
    over = await here.task("Over", state=state)
    with pytest.raises(NotFound):
        await added(here, over)
    task, stranger = await here.task("Mine"), replace(await here.stored(), person_id="bob")
    with pytest.raises(NotFound):
        await add_pieces(task.task_id, stranger, here.deps, STEPS, origin="u", max_open_tasks=9)


async def test_a_full_list_and_a_wrong_number_of_steps_are_refused(here: Scene) -> None:
    task, person = await here.task("Tax declaration"), await here.stored()
    with pytest.raises(BadInput, match="too_many_tasks"):
        await added(here, task, limit=2)
    with pytest.raises(ValueError, match="13 pieces"):
        await add_pieces(
            task.task_id, person, here.deps, STEPS[:1] * (MAX_PIECES + 1), origin="u", max_open_tasks=99
        )
    assert len(await open_tasks(here)) == 1


async def test_pieces_are_moved_with_their_task_and_back(here: Scene) -> None:
    task, person = await here.task("Tax declaration", due=TODAY, priority=2), await here.stored()
    pieces = await added(here, task)
    patch = TaskPatch(due=Due(on=date(2027, 7, 1)), priority=3)
    change = await change_task(task.task_id, person, here.deps, patch, zone=BERLIN)
    async with here.deps.store.read() as unit:
        receipts, form = await open_pieces(unit, task)
    assert (receipts.due, receipts.priority) == (patch.due, 3)
    assert form == pieces[1]
    await change_task(task.task_id, person, here.deps, change.undo, zone=BERLIN)
    async with here.deps.store.read() as unit:
        assert tuple(await open_pieces(unit, task)) == pieces


async def test_pieces_of_pieces_are_moved_with_the_task_as_well(here: Scene) -> None:
    task, person = await here.task("Tax declaration", due=TODAY), await here.stored()
    receipts, _ = await added(here, task)
    banks, _ = await added(here, receipts, origin="u2")
    await change_task(task.task_id, person, here.deps, TaskPatch(due=LATER), zone=BERLIN)
    assert (await here.stored_task(banks)).due == LATER


async def test_an_undo_leaves_a_piece_that_had_the_date_before(here: Scene) -> None:
    task, person = await here.task("Tax declaration", due=TODAY), await here.stored()
    receipts, form = await added(here, task)
    await change_task(form.task_id, person, here.deps, TaskPatch(due=LATER), zone=BERLIN)
    change = await change_task(task.task_id, person, here.deps, TaskPatch(due=LATER), zone=BERLIN)
    await undo_change(task.task_id, person, here.deps, reversal_of(change), zone=BERLIN)
    assert [(await here.stored_task(one)).due for one in (task, receipts, form)] == [TODAY, TODAY, LATER]


async def test_pieces_are_taken_back_with_their_own(here: Scene) -> None:
    task, person = await here.task("Tax declaration"), await here.stored()
    receipts, form = await added(here, task)
    banks, shops = await added(here, receipts, origin="u2")
    await done(here, banks)
    assert await remove_pieces([receipts.task_id, form.task_id], person, here.deps) == (receipts, form)
    assert await states(here, task, receipts, form, banks, shops) == ["open", "gone", "gone", "done", "gone"]


async def test_a_removed_task_takes_its_pieces_along_and_brings_them_back(here: Scene) -> None:
    task, person = await here.task("Tax declaration"), await here.stored()
    receipts, form = await added(here, task)
    await remove_task(receipts.task_id, person, here.deps)
    await remove_task(task.task_id, person, here.deps)
    assert await states(here, task, receipts, form) == ["gone"] * 3
    await restore_task(task.task_id, person, here.deps)
    assert await states(here, task, receipts, form) == ["open", "gone", "open"]


async def test_a_repeating_task_that_is_done_starts_whole_again(here: Scene) -> None:
    task = await here.task("Clean the house", due=TODAY, repeats="FREQ=WEEKLY")
    pieces = await added(here, task)
    moved = await done(here, task)
    assert moved.state is TaskState.OPEN
    assert await states(here, *pieces) == ["done", "done"]
    async with here.deps.store.begin() as unit:
        await reopen_task(unit, moved, here.deps, due=TODAY)
    assert await states(here, *pieces) == ["open", "open"]


@pytest.mark.parametrize(
    ("fields", "snoozes", "worth"),
    [
        ({}, 0, False),
        ({}, SNOOZES - 1, False),
        ({}, SNOOZES, True),
        ({"minutes": LARGE_MINUTES - 1}, 0, False),
        ({"minutes": LARGE_MINUTES}, 0, True),
        ({"minutes": LARGE_MINUTES, "repeats": "FREQ=DAILY"}, SNOOZES, False),
    ],
)
async def test_a_large_task_and_one_that_is_put_off_again_and_again_are_worth_splitting(
    fields: dict[str, Any], snoozes: int, worth: bool
) -> None:
    here = scene(FakeStore())
    await here.person()
    await here.task("Tax declaration", **fields)
    decision = await here.slot()
    assert snoozes_of(decision) == 0
    assert is_worth_splitting(decision, snoozes=snoozes) is worth


async def test_the_snoozes_of_a_tip_are_those_of_its_own_task() -> None:
    here = scene(FakeStore())
    await here.person()
    task = await here.task("Tax declaration")
    decision = await here.slot()
    draw = draw_of(decision)

    def shown(task_id: str, reaction: ReactionKind | None) -> PastTip:
        return PastTip(
            decision_id="d0",
            decided_at=here.clock.now(),
            kind=TipKind.TASK,
            source=TipSource.TASKS,
            task_id=task_id,
            topic=None,
            reaction=reaction,
        )

    past = (
        shown(task.task_id, ReactionKind.SNOOZE),
        shown(task.task_id, ReactionKind.SNOOZE),
        shown(task.task_id, ReactionKind.DISMISS),
        shown("another", ReactionKind.SNOOZE),
        shown(task.task_id, None),
    )
    context = replace(draw.context, past=past)
    assert snoozes_of(replace(decision, result=replace(draw, context=context))) == 2


async def test_a_decision_without_a_tip_is_nothing_to_split() -> None:
    here = scene(FakeStore())
    await here.person()
    silence = await here.slot()
    assert not is_worth_splitting(silence, snoozes=SNOOZES)
