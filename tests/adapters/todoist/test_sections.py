"""Sections of projects and deadlines: read, followed, and kept through changes, moves and restoring."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from adapters.clock import SystemRandomSource
from adapters.todoist import Todoist
from core.errors import SourceRefused
from core.records import Due, Task, TaskList
from tests.adapters.todoist.test_failures import answering
from tests.servers.todoist_sync import SyncingTodoist

CHRISTMAS = date(2026, 12, 24)


async def only(todoist: Todoist) -> Task:
    (task,) = (await todoist.open_tasks("ann")).tasks
    return task


async def changed(todoist: Todoist, task: Task, **fields: Any) -> Task:
    """Change the task, and read the only one back."""
    request_id = SystemRandomSource().new_id()
    assert await todoist.update(replace(task, **fields), tuple(fields), request_id=request_id)
    return await only(todoist)


def where(task: Task) -> tuple[str | None, str | None]:
    return task.project, task.section


async def first(server: SyncingTodoist, todoist: Todoist) -> TaskList:
    found = await todoist.open_tasks("ann")
    server.calls.clear()
    return found


def tokens(server: SyncingTodoist) -> list[object]:
    """The sync tokens of the requests: ``*`` reads everything."""
    return [call.json["sync_token"] for call in server.calls_of("sync$")]


# --- Reading -----------------------------------------------------------------------------------------------


async def test_a_task_says_in_which_section_of_which_project_it_is(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    work = server.add_project("Work")
    ideas, someday = server.add_section("Ideas", work), server.add_section(" Some\nday ", server.inbox)
    for title, project, section in (("a", work, ideas), ("b", work, None), ("c", server.inbox, someday)):
        server.add(title, project_id=project, section_id=section)
    found = {task.title: task for task in (await todoist.open_tasks("ann")).tasks}
    assert [found[title].place for title in "abc"] == ["Work / Ideas", "Work", "/ Some day"]
    assert [found[title].section_id for title in "abc"] == [ideas, None, someday]


async def test_a_cursor_from_before_sections_were_read_has_everything_read_once(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    work = server.add_project("Work")
    server.add("Plan", project_id=work, section_id=server.add_section("Ideas", work))
    known = await first(server, todoist)
    old = json.loads(known.cursor or "")
    del old["sections"]
    upgraded = await todoist.open_tasks("ann", cursor=json.dumps(old))
    assert (upgraded.whole, [where(task) for task in upgraded.tasks]) == (True, [("Work", "Ideas")])
    assert tokens(server) == ["*"]
    after = await todoist.open_tasks("ann", cursor=upgraded.cursor)
    assert (after.whole, after.tasks, len(tokens(server))) == (False, (), 2)


async def test_a_section_that_is_renamed_or_moved_has_everything_read(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    work, home = server.add_project("Work"), server.add_project("Home")
    ideas = server.add_section("Ideas", work)
    task = server.add("Plan", project_id=work, section_id=ideas)
    found = await first(server, todoist)
    server.sections[ideas]["name"] = "Drafts"
    found = await todoist.open_tasks("ann", cursor=found.cursor)
    assert (found.whole, [where(one) for one in found.tasks]) == (True, [("Work", "Drafts")])
    server.sections[ideas]["project_id"] = task.project_id = home
    found = await todoist.open_tasks("ann", cursor=found.cursor)
    assert (found.whole, [where(one) for one in found.tasks]) == (True, [("Home", "Drafts")])


async def test_a_new_collapsed_or_sorted_section_costs_no_second_request(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    work = server.add_project("Work")
    ideas = server.add_section("Ideas", work)
    server.add("Plan", project_id=work, section_id=ideas)
    found = await first(server, todoist)
    server.sections[ideas] |= {"is_collapsed": True, "section_order": 9, "mood": "blue"}
    server.add("Draft", project_id=work, section_id=server.add_section("New", work))
    found = await todoist.open_tasks("ann", cursor=found.cursor)
    assert (found.whole, [where(one) for one in found.tasks]) == (False, [("Work", "New")])
    assert len(tokens(server)) == 1


async def test_tasks_of_a_deleted_or_archived_section_are_gone_and_not_done(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    work = server.add_project("Work")
    one, two = server.add_section("One", work), server.add_section("Two", work)
    deleted = server.add("Deleted", project_id=work, section_id=one)
    server.add("Archived", project_id=work, section_id=two)
    server.add("Left", project_id=work)
    found = await first(server, todoist)
    server.delete_section(one)
    server.archive_section(two)
    found = await todoist.open_tasks("ann", cursor=found.cursor)
    assert (found.whole, [task.title for task in found.tasks]) == (True, ["Left"])
    assert found.gone == {todoist.task_id("ann", deleted.id)}
    assert found.gone_sections == {one, two}


@pytest.mark.parametrize("row", [None, 7, {}, {"id": []}, {"id": "x", "name": None}])
async def test_a_section_that_cannot_be_read_costs_nobody_the_others(
    server: SyncingTodoist, todoist: Todoist, row: object
) -> None:
    item = {"id": "1", "content": "Plan", "added_at": "2026-01-01T00:00:00Z", "section_id": "x"}
    plan = {"sync_token": "t", "full_sync": True, "items": [item], "sections": [row]}
    server.faults.plan(answering(plan), on="sync$")
    found = await todoist.open_tasks("ann")
    assert [(task.title, task.section, task.section_id) for task in found.tasks] == [("Plan", None, None)]


# --- Moving ------------------------------------------------------------------------------------------------


async def test_a_task_is_moved_into_a_section_and_out_of_it(server: SyncingTodoist, todoist: Todoist) -> None:
    work, home = server.add_project("Work"), server.add_project("Home")
    ideas = server.add_section("Ideas", work)
    server.add_section("Ideas", home)
    server.add("Plan", project_id=home)
    task = await changed(todoist, await only(todoist), project="work", section="IDEAS", section_id=None)
    assert (*where(task), task.section_id) == ("Work", "Ideas", ideas)
    task = await changed(todoist, task, section=None, section_id=None)
    assert where(task) == ("Work", None)
    task = await changed(todoist, task, section="Ideas", section_id=ideas)
    task = await changed(todoist, task, project=None, section=None, section_id=None)
    assert where(task) == (None, None)
    with pytest.raises(SourceRefused, match="no such section"):
        await changed(todoist, task, project="Work", section="Nowhere")


async def test_of_two_sections_of_one_name_the_task_goes_back_into_its_own(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    work = server.add_project("Work")
    sections = [server.add_section("Ideas", work) for _ in range(2)]
    for own in sections:
        server.tasks.clear()
        server.add("Plan", project_id=work, section_id=own)
        before = await only(todoist)
        moved = await changed(todoist, before, section=None, section_id=None)
        assert where(moved) == ("Work", None)
        assert (await changed(todoist, moved, section="Ideas", section_id=own)).section_id == own


async def test_a_project_may_be_called_like_a_section(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add_project("A / B")
    server.add("Plan")
    task = await changed(todoist, await only(todoist), project="A", section="B")
    assert where(task) == ("A / B", None)


async def test_a_change_of_something_else_leaves_the_section_alone(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    work = server.add_project("Work")
    server.add("Plan", project_id=work, section_id=server.add_section("Ideas", work))
    task = await changed(todoist, await only(todoist), title="Plan B", priority=1, due=Due(on=CHRISTMAS))
    assert (task.title, *where(task)) == ("Plan B", "Work", "Ideas")
    assert not server.calls_of("/move$")


# --- Restoring ---------------------------------------------------------------------------------------------


async def test_a_task_that_is_added_again_is_in_its_section_with_its_deadline(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    work = server.add_project("Work")
    server.add_section("Ideas", work)
    own = server.add_section("Ideas", work)
    there = server.add("Plan", project_id=work, section_id=own)
    server.spoil(there, deadline={"date": "2026-12-24", "lang": "en"})
    task = await only(todoist)
    server.delete_elsewhere(there.id)
    restored = await todoist.restore(task, request_id=SystemRandomSource().new_id())
    assert restored is not None
    again = await only(todoist)
    assert (again.section_id, again.section, again.deadline) == (own, "Ideas", CHRISTMAS)
    assert (restored.section_id, restored.section) == (own, "Ideas")


async def test_a_task_whose_section_is_gone_is_added_again_to_its_project(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    work = server.add_project("Work")
    own = server.add_section("Ideas", work)
    server.add("Plan", project_id=work, section_id=own)
    task = await only(todoist)
    server.delete_section(own)
    restored = await todoist.restore(task, request_id=SystemRandomSource().new_id())
    assert restored is not None
    assert (*where(restored), restored.section_id) == ("Work", None, None)
    assert where(await only(todoist)) == ("Work", None)


async def test_a_sub_task_that_is_added_again_is_where_its_parent_is(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    work = server.add_project("Work")
    own, other = server.add_section("Ideas", work), server.add_section("Other", work)
    above = server.add("Plan", project_id=work, section_id=own)
    below = server.add("Outline", project_id=work, section_id=own, parent_id=above.id)
    tasks = {task.title: task for task in (await todoist.open_tasks("ann")).tasks}
    server.delete_elsewhere(below.id)
    above.section_id = other
    parent = tasks["Plan"]
    await todoist.restore(tasks["Outline"], request_id=SystemRandomSource().new_id(), parent=parent)
    again = {task.title: task for task in (await todoist.open_tasks("ann")).tasks}["Outline"]
    assert (again.section, again.parent_id) == ("Other", parent.task_id)


# --- Deadlines ---------------------------------------------------------------------------------------------


async def test_a_deadline_is_set_moved_and_taken_away_and_the_due_date_stays(
    server: SyncingTodoist, todoist: Todoist
) -> None:
    there = server.add("Plan", due=date(2026, 10, 5))
    task = await changed(todoist, await only(todoist), deadline=CHRISTMAS)
    assert (task.deadline, task.due) == (CHRISTMAS, Due(on=date(2026, 10, 5)))
    task = await changed(todoist, task, due=Due(on=date(2026, 10, 9)))
    assert (task.deadline, task.due) == (CHRISTMAS, Due(on=date(2026, 10, 9)))
    task = await changed(todoist, task, due=None)
    assert (task.deadline, task.due) == (CHRISTMAS, None)
    task = await changed(todoist, task, deadline=None)
    assert (task.deadline, there.deadline) == (None, None)


async def test_an_account_without_deadlines_refuses_one(server: SyncingTodoist, todoist: Todoist) -> None:
    server.add("Plan")
    server.has_paid_features = False
    with pytest.raises(SourceRefused, match="does not offer this"):
        await changed(todoist, await only(todoist), deadline=CHRISTMAS)
