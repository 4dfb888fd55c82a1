"""What a file adds, what is known of it, and that an import is taken back exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from adapters.task_files import TaskFileFormats
from core.errors import FileUnusable, NotFound
from core.ports import NoTaskFiles
from core.records import Due, FileTask, Person, Task, TaskFile, TaskFormat, TaskSource, TaskState
from core.store import Store
from core.tasks.exports import export_tasks, exportable
from core.tasks.file_tasks import MAX_LABELS, MAX_NOTES, cleaned
from core.tasks.imports import (
    ImportOffer,
    add_import,
    drop_import,
    left_of_import,
    offer_import,
    undo_import,
)
from core.tasks.todo_list import complete_task
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import Scene, scene

TOMORROW = Due(on=date(2027, 6, 15))


@pytest.fixture
async def here(either: Store) -> Scene:
    made = scene(either)
    await made.person()
    return replace(made, deps=replace(made.deps, task_files=TaskFileFormats()))


async def ada(here: Scene, name: str = "ada") -> Person:
    async with here.deps.store.read() as unit:
        return await unit.people.get(name)


def file(*tasks: FileTask | str, **fields: Any) -> TaskFile:
    read = tuple(FileTask(title=one) if isinstance(one, str) else one for one in tasks)
    return TaskFile(format=TaskFormat.TODO_TXT, tasks=read, **fields)


async def offered(here: Scene, *tasks: FileTask | str, origin: str = "1") -> ImportOffer:
    return await offer_import(await ada(here), here.deps, file(*tasks), origin=origin)


async def added(here: Scene, *tasks: FileTask | str, origin: str = "1") -> str:
    """The id of the import of these tasks."""
    offer = await offered(here, *tasks, origin=origin)
    await add_import(offer.import_id, await ada(here), here.deps)
    return offer.import_id


async def open_tasks(here: Scene) -> list[Task]:
    async with here.deps.store.read() as unit:
        return list(await unit.tasks.open((await ada(here)).person_id))


async def titles(here: Scene) -> list[str]:
    return sorted(task.title for task in await open_tasks(here))


async def test_an_offer_changes_nothing_and_adding_it_stores_every_field(here: Scene) -> None:
    full = FileTask(
        title="Pay", due=Due(on=TOMORROW.on, at=time(9), zone="UTC"), priority=1, repeats="FREQ=DAILY",
        repeats_from_done=True, minutes=5, labels=("a", "b"), project="Home", notes="x\ny",
        created_at=NOW - timedelta(days=9),
    )  # fmt: skip
    offer = await offered(here, full)
    assert offer.new == (full,)
    assert await open_tasks(here) == []

    await add_import(offer.import_id, await ada(here), here.deps)

    [task] = await open_tasks(here)
    [back] = exportable([task], {}, here.deps, zone=BERLIN)
    assert replace(back, uid=None) == full
    assert await here.kinds() == ["tasks.imported"]


async def test_equals_in_one_file_are_two_tasks_and_known_as_two(here: Scene) -> None:
    await added(here, "Milk", "Milk")
    assert await titles(here) == ["Milk", "Milk"]

    again = await offered(here, "Milk", "Milk", "milk ", "Bread", origin="2")

    assert (again.known, [task.title for task in again.new]) == (2, ["milk ", "Bread"])


async def test_a_task_on_the_list_is_known_by_its_words_date_and_project(here: Scene) -> None:
    await here.task("Call Ann", due=TOMORROW, project="Home")
    same = FileTask(title="CALL ANN", due=TOMORROW, project="home", priority=1, notes="other")

    offer = await offered(here, same, replace(same, due=None), replace(same, project=None))

    assert (offer.known, len(offer.new)) == (1, 2)


async def test_a_task_is_known_after_it_was_done_or_edited(here: Scene) -> None:
    await added(here, "Call Ann", "Buy stamps")
    done, edited = sorted(await open_tasks(here), key=lambda task: task.title, reverse=True)
    async with here.deps.store.begin() as unit:
        await complete_task(unit, done, here.deps, zone=BERLIN)
        await unit.tasks.put(replace(edited, title="Buy envelopes", due=TOMORROW))

    assert (await offered(here, "Call Ann", "Buy stamps", origin="2")).known == 2


async def test_a_task_with_an_id_is_known_whatever_its_words_and_a_change_is_counted(here: Scene) -> None:
    one = FileTask(title="Call Ann", uid="u1")
    await added(here, one)

    same, other = (
        await offered(here, one, origin="2"),
        await offered(here, replace(one, title="Ring"), origin="3"),
    )

    assert (same.known, same.changed, same.new) == (1, 0, ())
    assert (other.known, other.changed, other.new) == (1, 1, ())
    assert await titles(here) == ["Call Ann"]


async def test_pieces_get_their_task_in_any_order_also_one_that_is_known(here: Scene) -> None:
    await added(here, FileTask(title="Piece", parent=1), "Whole")
    await added(here, "Whole", FileTask(title="Another", parent=0), origin="2")

    tasks = {task.title: task for task in await open_tasks(here)}
    assert tasks["Piece"].parent_id == tasks["Another"].parent_id == tasks["Whole"].task_id


async def test_a_circle_of_pieces_is_broken(here: Scene) -> None:
    await added(
        here, FileTask(title="A", parent=1), FileTask(title="B", parent=0), FileTask(title="C", parent=2)
    )

    tasks = {task.title: task for task in await open_tasks(here)}
    assert len(tasks) == 3
    assert [one.parent_id for one in tasks.values()] == [None, None, None]


async def test_a_chain_that_ends_in_a_circle_keeps_its_own_pieces(here: Scene) -> None:
    parents = {"a": 1, "b": 2, "c": 1, "d": 3, "e": 4, "f": None}
    await added(here, *(FileTask(title=title, parent=parent) for title, parent in parents.items()))
    found = {task.title: task for task in await open_tasks(here)}
    above = {task.task_id: task.title for task in found.values()}
    said = {title: above.get(task.parent_id or "") for title, task in found.items()}
    assert said == {"a": "b", "b": None, "c": None, "d": None, "e": None, "f": None}


async def test_a_chain_of_all_tasks_of_a_file_is_followed_once(here: Scene) -> None:
    many = [FileTask(title=f"Task {n}", parent=n - 1 if n else None) for n in range(10_000)]
    offer = await offered(here, *many)
    assert (len(offer.new), offer.no_room) == (2000, 8000)
    assert offer.new[1999].parent == 1998


async def test_a_list_takes_what_fits(here: Scene) -> None:
    person = await ada(here)
    await here.task("There")
    many = file(*map(str, range(5)))

    offer = await offer_import(person, here.deps, many, origin="1", max_open_tasks=3)
    assert (len(offer.new), offer.no_room) == (2, 3)
    result = await add_import(offer.import_id, person, here.deps, max_open_tasks=2)
    assert (result.tasks, len(await open_tasks(here))) == (1, 2)


async def test_only_the_person_may_take_an_offer_and_only_once(here: Scene) -> None:
    person = await ada(here)
    offer = await offered(here, "Call Ann")
    for other in (replace(person, person_id="somebody"), replace(person, person_id="")):
        with pytest.raises(NotFound):
            await add_import(offer.import_id, other, here.deps)
    result = await add_import(offer.import_id, person, here.deps)

    assert await add_import(offer.import_id, person, here.deps) == result, "the same again adds nothing"
    with pytest.raises(NotFound):
        await drop_import(offer.import_id, person, here.deps)
    with pytest.raises(NotFound):
        await undo_import(offer.import_id, replace(person, person_id="somebody"), here.deps)
    assert await titles(here) == ["Call Ann"]


async def test_undo_removes_what_is_open_forgets_it_and_happens_once(here: Scene) -> None:
    person = await ada(here)
    import_id = await added(here, "Call Ann", "Buy stamps")
    done = next(task for task in await open_tasks(here) if task.title == "Call Ann")
    async with here.deps.store.begin() as unit:
        await complete_task(unit, done, here.deps, zone=BERLIN)

    result = await undo_import(import_id, person, here.deps)

    assert (result.tasks, result.kept) == (1, 1)
    assert await open_tasks(here) == []
    async with here.deps.store.read() as unit:
        assert (await unit.tasks.get(done.task_id)).state is TaskState.DONE
    kinds = await here.kinds()
    assert await undo_import(import_id, person, here.deps) == result, "the same again changes nothing"
    assert await here.kinds() == kinds
    with pytest.raises(NotFound):
        await add_import(import_id, person, here.deps)
    again = await offered(here, "Call Ann", "Buy stamps", origin="2")
    assert (again.known, [task.title for task in again.new]) == (1, ["Buy stamps"])


# --- Out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", TaskFormat)
async def test_an_export_adds_nothing_again_and_in_an_empty_account_gives_the_same_file(
    here: Scene, format: TaskFormat
) -> None:
    due = Due(on=TOMORROW.on, at=time(9), zone="UTC")
    whole = await here.task("Whole", project="Home", due=due, minutes=30)
    piece: dict[str, Any] = {
        "parent_id": whole.task_id,
        "notes": "a\nb",
        "labels": ("two words",),
        "priority": 2,
    }
    await here.task("=Piece @x", **piece)
    await here.task("Plants", due=TOMORROW, repeats="FREQ=DAILY;INTERVAL=3", repeats_from_done=True)
    bob = await here.person("bob")

    first = await export_tasks(await ada(here), here.deps, format, zone=BERLIN)
    assert first
    read = here.deps.task_files.read(first, name=f"a.{format.value}", now=here.clock.now(), zone=BERLIN)
    own = await offer_import(await ada(here), here.deps, read, origin="1")
    assert (own.known, own.changed, own.new) == (3, 0, ()), read

    offer = await offer_import(bob, here.deps, read, origin="2")
    assert (await add_import(offer.import_id, bob, here.deps)).tasks == 3
    assert await export_tasks(bob, here.deps, format, zone=BERLIN) == first


async def test_the_words_of_a_task_source_become_a_rule(here: Scene) -> None:
    fields: dict[str, Any] = {"source": TaskSource.TODOIST, "due": TOMORROW}
    weekly = await here.task("A", external_id="1", repeats="every monday", **fields)
    odd = await here.task("B", external_id="2", repeats="when it rains", **fields)

    one, other = exportable([weekly, odd], {}, here.deps, zone=BERLIN)

    assert (one.repeats, other.repeats) == ("FREQ=WEEKLY;BYDAY=MO", None)


async def test_nothing_open_is_no_file(here: Scene) -> None:
    assert await export_tasks(await ada(here), here.deps, TaskFormat.ICS, zone=BERLIN) is None


def test_without_formats_nothing_is_read_or_written() -> None:
    with pytest.raises(FileUnusable):
        NoTaskFiles().read(b"", name="", now=NOW, zone=BERLIN)
    with pytest.raises(FileUnusable):
        NoTaskFiles().write((), TaskFormat.ICS, now=NOW)


# --- Cleaned -----------------------------------------------------------------------------------------------


def test_fields_are_made_harmless() -> None:
    raw = FileTask(
        title="a\u202e\nb", priority=9, minutes=-5, labels=("x", "X", "", *map(str, range(50))), project=" ",
        notes="\n\n a \x00 b \n\n\n c" + "x" * 9000, created_at=NOW + timedelta(days=1), uid="x" * 900,
        due=Due(on=date(1, 1, 1)), repeats="FREQ=DAILY", repeats_from_done=True,
    )  # fmt: skip
    task = cleaned(raw, now=NOW, zone=BERLIN)

    assert task
    assert (task.title, task.priority, task.minutes, task.project) == ("a b", 4, None, None)
    assert task.labels[:2] == ("x", "0")
    assert len(task.labels) == MAX_LABELS
    assert task.notes
    assert task.notes.startswith("a b\n\nc")
    assert len(task.notes) <= MAX_NOTES
    assert (task.created_at, task.uid, task.due, task.repeats, task.repeats_from_done) == (None,) * 4 + (
        False,
    )


@pytest.mark.parametrize("title", ["", " ", "\u200b", "...", "\x00", "-"])
def test_a_title_that_shows_nothing_is_no_task(title: str) -> None:
    assert cleaned(FileTask(title=title), now=NOW, zone=BERLIN) is None


def test_a_zone_that_does_not_exist_and_one_without_a_time_are_dropped() -> None:
    nowhere = cleaned(
        FileTask(title="a", due=Due(on=TOMORROW.on, at=time(9), zone="../x")), now=NOW, zone=BERLIN
    )
    timeless = cleaned(FileTask(title="a", due=Due(on=TOMORROW.on, zone="UTC")), now=NOW, zone=BERLIN)

    assert nowhere
    assert timeless
    assert nowhere.due == Due(on=TOMORROW.on, at=time(9))
    assert timeless.due == TOMORROW


async def test_an_offer_that_is_dropped_adds_nothing(here: Scene) -> None:
    offer = await offered(here, "Call Ann")
    for _ in range(2):
        await drop_import(offer.import_id, await ada(here), here.deps)
    with pytest.raises(NotFound):
        await add_import(offer.import_id, await ada(here), here.deps)


async def test_nobody_drops_the_offer_of_another(here: Scene) -> None:
    offer = await offered(here, "Call Ann")
    with pytest.raises(NotFound):
        await drop_import(offer.import_id, replace(await ada(here), person_id="somebody"), here.deps)


async def test_a_source_s_words_that_are_no_rule_are_not_exported_as_one(here: Scene) -> None:
    for words, rule in (("every day", "FREQ=DAILY"), ("x" * 3000, None)):
        task = await here.task("Call Ann", source=TaskSource.TODOIST, repeats=words, due=TOMORROW)
        (exported,) = exportable([task], {}, here.deps, zone=BERLIN)
        assert exported.repeats == rule


async def test_what_is_left_of_an_import(here: Scene) -> None:
    import_id = await added(here, "Buy milk", "Buy eggs")
    bob = await here.person("bob")
    assert await left_of_import(import_id, await ada(here), here.deps) == 2
    assert await left_of_import(import_id, bob, here.deps) == 0
    assert await left_of_import("none", await ada(here), here.deps) == 0
