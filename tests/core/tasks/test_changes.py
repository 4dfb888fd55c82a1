"""Changes of open tasks: stored with their event, taken back exactly, refused for anybody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from core.errors import NotFound
from core.records import Delay, Due, Task, TaskPatch, TaskSource, TaskState
from core.store import Store
from core.tasks.changes import Restoration, change_task, remove_task, restore, restore_task
from core.tasks.patching import delayed, moved, patched, with_labels
from core.tasks.todo_list import list_tasks
from core.tasks.undo_change import reversal_of, undo_change
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import Scene, scene

TODAY = date(2027, 6, 14)
NIGHT = date(2027, 10, 31)
FRIDAY = Due(on=date(2027, 6, 18), at=time(9))


@pytest.fixture
async def here(either: Store) -> Scene:
    return scene(either)


PATCHES = [
    TaskPatch(title="Pay the landlord"),
    TaskPatch(due=FRIDAY),
    TaskPatch(due=FRIDAY, repeats="FREQ=DAILY;INTERVAL=3", repeats_from_done=True),
    TaskPatch(due=None),
    TaskPatch(priority=1),
    TaskPatch(minutes=120),
    TaskPatch(minutes=None),
    TaskPatch(labels=("work", "errand")),
    TaskPatch(add_labels=("Home",), remove_labels=("work",)),
    TaskPatch(project="House", notes="Ask for the key"),
    TaskPatch(project="House", section="Kitchen"),
    TaskPatch(section="Kitchen", section_id="7"),
    TaskPatch(deadline=TODAY),
    TaskPatch(delay=Delay(days=7)),
    TaskPatch(delay=Delay(minutes=90)),
    TaskPatch(on=date(2027, 6, 18)),
    TaskPatch(at=time(9)),
    TaskPatch(priority_step=1),
    TaskPatch(add_notes="Ask for the key"),
]


@pytest.mark.parametrize("patch", PATCHES)
async def test_a_change_is_stored_and_taken_back_exactly(here: Scene, patch: TaskPatch) -> None:
    person = await here.person()
    task = await here.task(
        "Pay the rent", due=Due(on=TODAY), repeats="FREQ=MONTHLY", minutes=5, labels=("work",)
    )
    change = await change_task(task.task_id, person, here.deps, patch, zone=BERLIN)
    assert change.before == task
    assert await here.stored_task(task) == change.after != task
    back = await change_task(task.task_id, person, here.deps, change.undo, zone=BERLIN)
    assert back.after == task == await here.stored_task(task)
    assert await here.kinds() == ["task.changed", "task.changed"]


IN_WORK = {"project": "Work", "section": "Ideas", "section_id": "7"}


@pytest.mark.parametrize(
    ("patch", "place"),
    [
        (TaskPatch(title="New"), ("Work", "Ideas", "7")),
        (TaskPatch(project="Work"), ("Work", "Ideas", "7")),
        (TaskPatch(project="Home"), ("Home", None, None)),
        (TaskPatch(project=None), (None, None, None)),
        (TaskPatch(project="Home", section="Ideas"), ("Home", "Ideas", None)),
        (TaskPatch(section="Other"), ("Work", "Other", None)),
        (TaskPatch(section=None), ("Work", None, None)),
    ],
)
async def test_a_section_belongs_to_its_project_and_comes_back_with_it(
    here: Scene, patch: TaskPatch, place: tuple[str | None, ...]
) -> None:
    person = await here.person()
    task = await here.task("Plan", **IN_WORK)
    change = await change_task(task.task_id, person, here.deps, patch, zone=BERLIN)
    after = change.after
    assert (after.project, after.section, after.section_id) == place
    undone = await undo_change(task.task_id, person, here.deps, reversal_of(change), zone=BERLIN)
    assert undone.task == task


@pytest.mark.parametrize(
    "patch",
    [TaskPatch(due=FRIDAY), TaskPatch(due=None), TaskPatch(delay=Delay(days=7)), TaskPatch(on=NIGHT)],
)
async def test_a_deadline_stays_whatever_becomes_of_the_due_date(here: Scene, patch: TaskPatch) -> None:
    person = await here.person()
    task = await here.task("Plan", due=Due(on=TODAY), deadline=TODAY)
    change = await change_task(task.task_id, person, here.deps, patch, zone=BERLIN)
    assert (change.after.deadline, change.changed) == (TODAY, ("due",))


async def test_a_rule_without_a_day_counts_from_the_date_that_the_task_has(here: Scene) -> None:
    person = await here.person()
    monthly = TaskPatch(repeats="FREQ=MONTHLY")
    dated = await here.task("Dentist", due=Due(on=date(2027, 6, 18), at=time(10)))
    undated = await here.task("Call Bob")

    moved = await change_task(dated.task_id, person, here.deps, monthly, zone=BERLIN)
    begun = await change_task(undated.task_id, person, here.deps, monthly, zone=BERLIN)

    assert (moved.after.due, moved.after.repeats) == (dated.due, "FREQ=MONTHLY;BYMONTHDAY=18")
    assert (begun.after.due, begun.after.repeats) == (Due(on=TODAY), f"FREQ=MONTHLY;BYMONTHDAY={TODAY.day}")


async def test_the_undo_of_a_rule_brings_the_earlier_one_back_letter_for_letter(here: Scene) -> None:
    person = await here.person()
    for rule in ("FREQ=MONTHLY", "every 3rd friday", "FREQ=YEARLY", "FREQ=WEEKLY;BYDAY=MO"):
        task = await here.task("Pay the rent", due=Due(on=TODAY), repeats=rule)
        change = await change_task(
            task.task_id, person, here.deps, TaskPatch(repeats="FREQ=DAILY"), zone=BERLIN
        )
        await undo_change(task.task_id, person, here.deps, reversal_of(change), zone=BERLIN)
        assert await here.stored_task(task) == task


async def test_a_change_names_its_fields_in_the_event(here: Scene) -> None:
    person = await here.person()
    task = await here.task("Pay the rent", due=Due(on=TODAY), repeats="FREQ=MONTHLY")
    await change_task(task.task_id, person, here.deps, TaskPatch(due=None, priority=2), zone=BERLIN)
    (event,) = await here.events()
    assert event.data == {
        "task_id": task.task_id,
        "source": "oo",
        "fields": "due,repeats,priority",
        "due_before": TODAY.isoformat(),
        "due_after": "",
    }


async def test_a_change_of_something_else_names_no_dates(here: Scene) -> None:
    person = await here.person()
    task = await here.task("Pay the rent", due=Due(on=TODAY))
    await change_task(task.task_id, person, here.deps, TaskPatch(priority=2), zone=BERLIN)
    (event,) = await here.events()
    assert event.data == {"task_id": task.task_id, "source": "oo", "fields": "priority"}


async def test_a_patch_that_changes_nothing_leaves_no_event(here: Scene) -> None:
    person = await here.person()
    task = await here.task("Pay the rent", priority=2)
    change = await change_task(task.task_id, person, here.deps, TaskPatch(priority=2), zone=BERLIN)
    assert change.changed == ()
    assert await here.events() == []


async def test_only_the_owner_of_a_task_changes_or_removes_it(here: Scene) -> None:
    person, stranger = await here.person(), await here.person("eve")
    task = await here.task("Pay the rent")
    for task_id, somebody in ((task.task_id, stranger), ("no such task", person)):
        with pytest.raises(NotFound):
            await change_task(task_id, somebody, here.deps, TaskPatch(priority=1), zone=BERLIN)
        with pytest.raises(NotFound):
            await remove_task(task_id, somebody, here.deps)
    assert (await remove_task(task.task_id, person, here.deps)).state is TaskState.GONE
    with pytest.raises(NotFound):
        await restore_task(task.task_id, stranger, here.deps)
    assert await list_tasks(person, here.deps, zone=BERLIN) == []
    assert await here.kinds() == ["task.removed"]


@pytest.mark.parametrize("source", TaskSource)
async def test_a_removal_is_taken_back_exactly(here: Scene, source: TaskSource) -> None:
    person = await here.person()
    external_id = None if source is TaskSource.OO else "77"
    task = await here.task("Pay the rent", source=source, external_id=external_id, due=FRIDAY, minutes=5)
    await remove_task(task.task_id, person, here.deps)
    assert await restore_task(task.task_id, person, here.deps) == task == await here.stored_task(task)
    waiting = ["task.removed", "task.restored"] if source is TaskSource.OO else ["task.restored"]
    assert await here.kinds() == waiting  # a source never hears of the removal
    with pytest.raises(NotFound):
        await restore_task(task.task_id, person, here.deps)


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.GONE])
async def test_only_an_open_task_is_changed_or_removed(here: Scene, state: TaskState) -> None:
    person = await here.person()
    over = await here.task("Pay the rent", state=state)
    with pytest.raises(NotFound):
        await remove_task(over.task_id, person, here.deps)
    with pytest.raises(NotFound):
        await change_task(over.task_id, person, here.deps, TaskPatch(priority=1), zone=BERLIN)
    assert await here.stored_task(over) == over
    assert await here.events() == []


@pytest.mark.parametrize(
    ("due", "delay", "expected"),
    [
        (None, Delay(days=1), Due(on=date(2027, 6, 15))),
        (None, Delay(minutes=30), Due(on=TODAY, at=time(9))),
        (Due(on=date(2027, 6, 1)), Delay(days=7), Due(on=date(2027, 6, 21))),
        (Due(on=date(2027, 6, 20)), Delay(days=7), Due(on=date(2027, 6, 27))),
        (Due(on=date(2028, 1, 31)), Delay(months=1), Due(on=date(2028, 2, 29))),
        (FRIDAY, Delay(days=2), Due(on=date(2027, 6, 20), at=time(9))),
        (FRIDAY, Delay(minutes=45), Due(on=date(2027, 6, 18), at=time(9, 45))),
        (Due(on=TODAY, at=time(7)), Delay(minutes=30), Due(on=TODAY, at=time(9))),
        (FRIDAY, Delay(minutes=-45), Due(on=date(2027, 6, 18), at=time(8, 15))),
        (FRIDAY, Delay(days=-2), Due(on=date(2027, 6, 16), at=time(9))),
        (Due(on=date(2027, 6, 20)), Delay(days=-1), Due(on=date(2027, 6, 19))),
        (Due(on=date(2027, 6, 20)), Delay(minutes=-30), Due(on=date(2027, 6, 20))),
        # the clocks go back on 31 October: two hours after 1:30 it is 2:30 for the second time
        (Due(on=NIGHT, at=time(1, 30)), Delay(minutes=120), Due(on=NIGHT, at=time(2, 30))),
    ],
)  # fmt: skip
def test_a_date_is_delayed_from_itself_or_from_now(due: Due | None, delay: Delay, expected: Due) -> None:
    assert delayed(due, delay, now=NOW, zone=BERLIN) == expected


def test_labels_are_compared_without_case_and_keep_their_order() -> None:
    assert with_labels(("Work", "home"), ("work", "Errand"), ("HOME",)) == ("Work", "Errand")


# --- Parts of a date, steps of priority, notes that are added -----------------------------------------------


def at(on: date, clock: time | None, zone: str | None = None) -> Due:
    return Due(on=on, at=clock, zone=zone)


@pytest.mark.parametrize(
    ("due", "patch", "then"),
    [
        (at(TODAY, time(10)), TaskPatch(on=date(2027, 6, 18)), at(date(2027, 6, 18), time(10))),
        (at(TODAY, None), TaskPatch(on=date(2027, 6, 18)), at(date(2027, 6, 18), None)),
        (None, TaskPatch(on=date(2027, 6, 18)), at(date(2027, 6, 18), None)),
        (at(TODAY, time(10), "Asia/Tokyo"), TaskPatch(on=TODAY), at(TODAY, time(10), "Asia/Tokyo")),
        (at(date(2027, 6, 18), time(10)), TaskPatch(at=time(15)), at(date(2027, 6, 18), time(15))),
        (at(date(2027, 6, 18), None), TaskPatch(at=time(15)), at(date(2027, 6, 18), time(15))),
        (at(date(2027, 6, 1), None), TaskPatch(at=time(23, 59)), at(TODAY, time(23, 59))),
        (at(date(2027, 6, 1), None), TaskPatch(at=time(0, 1)), at(date(2027, 6, 15), time(0, 1))),
        (None, TaskPatch(at=time(23, 59)), at(TODAY, time(23, 59))),
        (None, TaskPatch(at=time(0, 1)), at(date(2027, 6, 15), time(0, 1))),
        (at(TODAY, time(10)), TaskPatch(on=date(2027, 6, 18), at=time(8)), at(date(2027, 6, 18), time(8))),
        (None, TaskPatch(on=date(2027, 6, 18), at=time(8)), at(date(2027, 6, 18), time(8))),
        (at(TODAY, time(10)), TaskPatch(priority=1), at(TODAY, time(10))),
    ],
)
def test_a_day_alone_keeps_the_time_and_a_time_alone_keeps_the_day(
    due: Due | None, patch: TaskPatch, then: Due
) -> None:
    assert moved(due, patch, now=NOW, zone=BERLIN) == then


@pytest.mark.parametrize(
    ("priority", "step", "then"), [(4, 1, 3), (1, 1, 1), (1, -1, 2), (4, -1, 4), (2, 0, 2)]
)
async def test_a_step_of_priority_stays_within_the_four(
    here: Scene, priority: int, step: int, then: int
) -> None:
    await here.person()
    task = replace(await here.task("Pay the rent"), priority=priority)
    assert patched(task, TaskPatch(priority_step=step), now=NOW, zone=BERLIN).priority == then


@pytest.mark.parametrize(("notes", "then"), [(None, "Key"), ("Ring twice", "Ring twice\nKey")])
async def test_an_added_note_follows_those_that_there_are(here: Scene, notes: str | None, then: str) -> None:
    await here.person()
    task = replace(await here.task("Pay the rent"), notes=notes)
    assert patched(task, TaskPatch(add_notes="Key"), now=NOW, zone=BERLIN).notes == then


# --- Removals at the source --------------------------------------------------------------------------------


async def gone_there(here: Scene, task: Task) -> None:
    """The source says that the task was removed."""
    async with here.deps.store.begin() as unit:
        await unit.tasks.put(replace(task, state=TaskState.GONE))


async def test_what_was_removed_at_its_source_is_added_there_again(here: Scene) -> None:
    person = await here.person()
    task = await here.task("Pay the rent", source=TaskSource.TODOIST, external_id="77")
    await gone_there(here, task)
    restored = await restore(task.task_id, person, here.deps)
    assert (restored.task, restored.outcome) == (task, Restoration.ADDED_AGAIN)
    assert await here.kinds() == ["task.restored"]


async def test_a_removal_that_was_taken_back_and_is_gone_at_its_source_since_is_not_taken_back_twice(
    here: Scene,
) -> None:
    """The source has the task under another id by now."""
    person = await here.person()
    task = await here.task("Pay the rent", source=TaskSource.TODOIST, external_id="77")
    await remove_task(task.task_id, person, here.deps)
    here.clock.move(seconds=1)
    await restore(task.task_id, person, here.deps)
    await gone_there(here, task)
    with pytest.raises(NotFound, match="taken back before"):
        await restore(task.task_id, person, here.deps)
