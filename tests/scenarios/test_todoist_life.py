"""The life of a task in a Todoist that its person connected: tip, done, undo, moved, edited, removed, with
every trouble that Todoist can make in between, and what the person saw.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from core.chat import Channel
from core.people.tokens import make_token
from core.records import Scope, TokenStatus
from tests.bot.api.program import Client, api_of
from tests.scenarios.conftest import NINE
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.todoist_cloud_talk import connection_of, expect_connection, oo_with_cloud
from tests.scenarios.world import Scene
from tests.servers.telegram import Person, TelegramServer
from tests.servers.todoist_body import failing
from tests.servers.todoist_cloud import Account, TodoistCloud


@pytest.fixture
async def oo(
    tmp_path: Path, telegram: TelegramServer, cloud: TodoistCloud, cached_certificates: None
) -> AsyncIterator[Scene]:
    async with oo_with_cloud(tmp_path, NINE, telegram, cloud) as running:
        yield running


@pytest.fixture
def account(cloud: TodoistCloud, oo: Scene) -> Account:
    return cloud.account("Ann Smith")


async def status_of(oo: Scene) -> TokenStatus:
    connection = await connection_of(oo, "7")
    assert connection is not None
    return connection.status


async def test_from_connect_to_remove_with_401_410_429_and_500_in_turn(
    oo: Scene, ann: Person, cloud: TodoistCloud, account: Account
) -> None:
    rent = account.add("Pay rent", due=date(2026, 11, 22), priority=4)
    assert (
        await expect_connection(ann, cloud, account)
    ).text == "I see one open task there; /tasks shows it."
    tip = await expect_reply(ann, "/tip")
    assert tip.text == "Pay rent: it is due today."

    # Done, while Todoist answers 500: told later, once, and the person hears nothing of it.
    await expect_edit_on_tap(ann, tip, "Done")
    cloud.faults.plan(failing(500), on="/close$")
    await oo.tick("relay")
    assert (rent.checked, await status_of(oo)) == (False, TokenStatus.ERROR)
    oo.clock.move(minutes=2)
    await oo.tick("relay", "sync")
    assert (rent.checked, await status_of(oo)) == (True, TokenStatus.CONNECTED)

    # Undone, while Todoist asks for a pause: it is kept, then the task is open there again.
    await expect_edit_on_tap(ann, tip, "Undo")
    cloud.faults.plan(failing(429, retry_after=300), on="/reopen$")
    await oo.tick("relay")
    asked = len(cloud.calls)
    oo.clock.move(minutes=4)
    await oo.tick("relay", "sync")
    assert len(cloud.calls) == asked
    oo.clock.move(minutes=2)
    await oo.tick("relay", "sync")
    assert not rent.checked
    assert len(cloud.calls_of("/close$")) == len(cloud.calls_of("/reopen$")) == 2

    # Moved, while the API answers 410: nobody is sent to look for a new token.
    assert "Wednesday" in (await expect_reply(ann, "/move rent wednesday")).text
    cloud.faults.plan(failing(410), on=f"tasks/{rent.id}$")
    before = len(ann.chat.messages)
    await oo.tick("relay", "sync")
    assert await status_of(oo) is TokenStatus.ERROR
    oo.clock.move(minutes=2)
    await oo.tick("relay", "sync")
    assert rent.due is not None
    assert rent.due.date == "2026-11-25"
    assert len(ann.chat.messages) == before

    # Withdrawn in Todoist: asked once to reconnect, all else goes on, and what waited is sent after it.
    await expect_reply(ann, "/edit rent p2")
    cloud.revoke_all(account)
    await oo.tick("relay")
    oo.clock.move(minutes=2)
    await oo.tick("sync")
    told = await ann.expect_message()
    assert told.text == (
        "I can't read your Todoist any more: it says the connection was revoked. Everything else goes on,"
        " with what I knew."
    )
    assert "Pay rent" in (await expect_reply(ann, "/tasks")).text
    await expect_message_on_tap(ann, told, "Reconnect")
    await expect_connection(ann, cloud, account)
    await oo.tick("relay", "sync")
    assert rent.priority == 3

    # Removed: kept there until it can no longer be taken back.
    await expect_reply(ann, "/remove rent")
    await oo.tick("relay")
    assert not rent.is_deleted
    oo.clock.move(minutes=11)
    await oo.tick("relay", "sync")
    assert rent.is_deleted
    assert "Nothing on your list" in (await expect_reply(ann, "/tasks")).text


async def test_what_is_done_removed_or_added_in_todoist_is_known_by_the_next_list(
    oo: Scene, ann: Person, cloud: TodoistCloud, account: Account
) -> None:
    home = account.add_project("Home")
    done, removed, kept = (account.add(name, project_id=home) for name in ("Wash", "Iron", "Cook"))
    await expect_connection(ann, cloud, account)
    account.complete_elsewhere(done.id)
    account.delete_elsewhere(removed.id)
    kept.content = "Cook soup"
    account.add("Shop", project_id=account.add_project("Errands"), labels=["town"])
    cloud.calls.clear()
    oo.clock.move(minutes=5)
    await oo.tick("sync")

    tasks = {task.title: task for task in await oo.open_tasks(await oo.person("7"))}
    assert {name: task.project for name, task in tasks.items()} == {"Cook soup": "Home", "Shop": "Errands"}
    assert len(cloud.calls) == 1
    oo.clock.move(minutes=5)
    await oo.tick("sync")
    assert len(cloud.calls) == 2  # nothing new: one request
    account.project_fields[home] = {"name": "Household"}
    oo.clock.move(minutes=5)
    await oo.tick("sync")
    tasks = {task.title: task for task in await oo.open_tasks(await oo.person("7"))}
    assert tasks["Cook soup"].project == "Household"


async def test_a_recurring_task_moves_on_once_and_comes_back_exactly(
    oo: Scene, ann: Person, cloud: TodoistCloud, account: Account
) -> None:
    plants = account.add("Water the plants", recurring="every monday", priority=4)
    before = plants.due
    await expect_connection(ann, cloud, account)
    done = await expect_message_on_tap(ann, await expect_reply(ann, "/tasks"), "Done 1")
    await oo.tick("relay")
    assert plants.due != before
    await expect_edit_on_tap(ann, done, "Undo")
    oo.clock.move(minutes=2)
    await oo.tick("relay", "sync")
    assert before is not None
    assert plants.due is not None
    assert (plants.due.date, plants.due.string) == (before.date, before.string)
    assert plants.due.is_recurring
    assert len(cloud.calls_of("/close$")) == 1


async def test_a_change_in_todoist_while_one_of_oo_waits_is_not_lost(
    oo: Scene, ann: Person, cloud: TodoistCloud, account: Account
) -> None:
    rent = account.add("Pay rent")
    await expect_connection(ann, cloud, account)
    await expect_reply(ann, "/remove rent")  # held back for ten minutes
    rent.content = "Pay the rent"
    oo.clock.move(minutes=2)
    await oo.tick("sync")
    undo = await expect_reply(ann, "undo")
    oo.clock.move(minutes=2)
    await oo.tick("relay")
    oo.clock.move(minutes=2)
    await oo.tick("sync")

    assert undo.text
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Pay the rent"]


async def test_what_todoist_refuses_is_as_it_was_after_the_next_list(
    oo: Scene, ann: Person, cloud: TodoistCloud, account: Account
) -> None:
    rent = account.add("Pay rent")
    await expect_connection(ann, cloud, account)
    account.has_paid_features = False
    await expect_reply(ann, "/edit rent 30 min")
    await oo.tick("relay")
    assert (await ann.expect_message()).text.startswith("Todoist did not accept the change")
    oo.clock.move(minutes=2)
    await oo.tick("sync")
    (task,) = await oo.open_tasks(await oo.person("7"))
    assert (task.minutes, rent.duration) == (None, None)


async def test_everything_that_todoist_says_of_a_task_is_known(
    oo: Scene, ann: Person, cloud: TodoistCloud, account: Account
) -> None:
    work = account.add_project("Work")
    account.further_fields = {"goals": [], "tooltips": {"seen": 1}}
    parent = account.add("Report", project_id=work, priority=3, labels=["deep"], description="Ask Ann")
    account.spoil(
        parent, duration={"amount": 90, "unit": "minute"}, mood="blue", deadline={"date": "2026-12-01"}
    )
    child = account.add("Outline", project_id=work)
    child.parent_id = parent.id
    await expect_connection(ann, cloud, account)
    tasks = {task.title: task for task in await oo.open_tasks(await oo.person("7"))}
    report = tasks["Report"]
    assert (report.project, report.priority, report.labels, report.notes) == ("Work", 2, ("deep",), "Ask Ann")
    assert (report.minutes, report.due, report.deadline) == (90, None, date(2026, 12, 1))
    assert tasks["Outline"].parent_id == report.task_id


async def test_a_task_in_a_section_with_a_deadline_keeps_both_through_its_life(
    oo: Scene, ann: Person, cloud: TodoistCloud, account: Account
) -> None:
    work, home = account.add_project("Work"), account.add_project("Home")
    ideas, drafts = account.add_section("Ideas", work), account.add_section("Drafts", work)
    report = account.add("Report", project_id=work, section_id=ideas, due=date(2026, 11, 30))
    account.add("Water the plants", project_id=home)
    await expect_connection(ann, cloud, account)

    # Both are shown, and both are found.
    listed = await expect_reply(ann, "/tasks #ideas")
    assert "1. Report, Mon 30 Nov, +Work / Ideas" in listed.text
    for narrowed in ("+work", "/ideas", "+work/ideas"):
        assert "Report" in (await expect_reply(ann, f"/tasks {narrowed}")).text

    # A deadline in words, and a due date after it.
    assert (await expect_reply(ann, "set the deadline of the report to 4 december")).text == (
        "Changed: Report, deadline Fri 4 Dec."
    )
    moved = await expect_reply(ann, "move the report to 7 december")
    assert moved.text == "Moved: Report, Mon 7 Dec.\nThat is after its deadline, Fri 4 Dec."
    await expect_edit_on_tap(ann, moved, "Undo")
    await oo.tick("relay", "sync")
    assert (report.deadline and report.deadline.date, report.due and report.due.date) == (
        "2026-12-04",
        "2026-11-30",
    )

    # Moved to another project and back: it is in its section again.
    changed = await expect_reply(ann, "move the report to project Home")
    await oo.tick("relay", "sync")
    assert (report.project_id, report.section_id) == (home, None)
    await expect_edit_on_tap(ann, changed, "Undo")
    await oo.tick("relay", "sync")
    assert (report.project_id, report.section_id) == (work, ideas)
    await expect_reply(ann, "move the report to project Work / Drafts")
    await oo.tick("relay", "sync")
    assert (report.project_id, report.section_id) == (work, drafts)

    # Renamed there, and followed here.
    account.sections[drafts]["name"] = "Texts"
    oo.clock.move(minutes=10)
    await oo.tick("sync")
    assert "+Work / Texts" in (await expect_reply(ann, "/tasks report")).text

    # Removed, deleted there, and taken back: it is added again to its section, with its deadline.
    removed = await expect_reply(ann, "remove the report")
    oo.clock.move(hours=1)
    await oo.tick("relay", "sync")
    assert report.is_deleted
    await expect_edit_on_tap(ann, removed, "Undo")
    await oo.tick("relay", "sync")
    (again,) = [task for task in account.tasks.values() if task.content == "Report" and not task.is_deleted]
    assert (again.project_id, again.section_id) == (work, drafts)
    assert (again.deadline and again.deadline.date, again.due and again.due.date) == (
        "2026-12-04",
        "2026-11-30",
    )

    # The section is deleted there: its task is gone, and nothing was done.
    account.delete_section(drafts)
    oo.clock.move(minutes=10)
    await oo.tick("sync")
    async with oo.app.store.read() as unit:
        known = await unit.people.known(Channel.TELEGRAM, "7")
        assert known is not None
        tasks = await unit.tasks.mirrored(known.person.person_id, "todoist")
    assert {task.title: task.state.value for task in tasks if task.state.value != "open"} == {
        "Report": "gone"
    }


async def test_what_a_program_does_to_a_task_reaches_todoist(
    oo: Scene, ann: Person, cloud: TodoistCloud, account: Account
) -> None:
    rent, cat = account.add("Pay rent", due=date(2026, 11, 22), priority=4), account.add("Feed the cat")
    await expect_connection(ann, cloud, account)
    async with oo.app.store.read() as unit:
        known = await unit.people.known(Channel.TELEGRAM, "7")
        assert known is not None
        ids = {one.title: one.task_id for one in await unit.tasks.open(known.person.person_id)}
    made = await make_token(known.person, oo.app.deps, name="script", scopes=Scope)
    program = Client(api=api_of(oo.app.deps), secret=made.secret)

    of_rent = f"/v1/tasks/{ids['Pay rent']}"
    change = {"title": "Pay the rent", "due": {"date": "2026-11-25"}, "priority": 2, "labels": ["home"]}
    for _ in range(2):  # a repetition changes nothing again
        assert (await program.send("PATCH", of_rent, change, idempotency_key="change")).status == 200
    await oo.tick("relay", "sync")
    assert (rent.content, rent.priority, rent.labels) == ("Pay the rent", 3, ["home"])
    assert rent.due is not None
    assert rent.due.date == "2026-11-25"

    for _ in range(2):
        assert (await program.send("POST", f"{of_rent}/complete", idempotency_key="done")).status == 200
    await oo.tick("relay", "sync")
    assert (rent.checked, len(cloud.calls_of("/close$"))) == (True, 1)
    assert (await program.send("POST", f"{of_rent}/reopen")).status == 200
    await oo.tick("relay", "sync")
    assert not rent.checked

    assert (await program.send("DELETE", f"/v1/tasks/{ids['Feed the cat']}")).status == 204
    oo.clock.move(hours=1)
    await oo.tick("relay", "sync")
    assert cat.is_deleted
    assert "Feed the cat" not in (await expect_reply(ann, "/tasks")).text
