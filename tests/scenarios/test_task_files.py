"""Files of tasks, in and out, on every channel."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from bot.screens import texts, texts_files
from core.chat import Channel
from core.records import Task
from tests.scenarios import slack_talk
from tests.scenarios.oo import Place, place
from tests.scenarios.talking import (
    expect_all_answered,
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
    expect_toast_on_tap,
)
from tests.scenarios.world import Scene
from tests.servers import slack as slack_server
from tests.servers.slack import SlackServer
from tests.servers.telegram import Fault, Message, Person, TelegramServer

TODO = b"""(A) 2026-11-01 Pay the rent +home @bank due:2026-12-01
Call Ann
x 2026-11-02 Old thing
Write the report id:1
Outline p:1
@
Water the plants rec:1w due:2026-11-23
Buy stamps
Sell the bike
"""


async def sent(person: Person, content: bytes, name: str = "todo.txt", caption: str = "") -> Message:
    await person.send_file(name, content, caption)
    return await person.expect_message()


async def open_tasks(oo: Scene) -> list[Task]:
    return await oo.open_tasks(await oo.person("7"))


async def titles(oo: Scene) -> set[str]:
    return {task.title for task in await open_tasks(oo)}


async def test_a_file_is_previewed_added_with_one_tap_and_taken_back_with_one(oo: Scene, ann: Person) -> None:
    offer = await sent(ann, TODO)

    assert offer.text.splitlines() == [
        "7 new tasks in this file:",
        "· Pay the rent (Tue 1 Dec)",
        "· Call Ann",
        "· Write the report",
        "· Outline",
        "· Water the plants (tomorrow)",
        "· and 2 more",
        "One is done, cancelled or hidden: left out.",
        "One line I could not read: 6.",
    ]
    assert offer.labels == ["Add 7", "No thanks"]
    assert await open_tasks(oo) == []

    added = await expect_edit_on_tap(ann, offer, "Add 7")
    assert added.text == "Added 7 tasks."
    tasks = {task.title: task for task in await open_tasks(oo)}
    assert (tasks["Pay the rent"].priority, tasks["Pay the rent"].project) == (1, "home")
    assert tasks["Pay the rent"].labels == ("bank",)
    assert (tasks["Water the plants"].repeats, tasks["Water the plants"].repeats_from_done) == (
        "FREQ=WEEKLY",
        True,
    )
    assert tasks["Outline"].parent_id == tasks["Write the report"].task_id

    undone = await expect_edit_on_tap(ann, added, "Undo")
    assert undone.text == "Took 7 tasks back."
    assert await open_tasks(oo) == []
    assert (await sent(ann, TODO)).labels == ["Add 7", "No thanks"]


async def test_the_same_file_again_adds_nothing_whatever_became_of_its_tasks(oo: Scene, ann: Person) -> None:
    await expect_edit_on_tap(ann, await sent(ann, TODO), "Add 7")
    listed = await expect_reply(ann, "/tasks")
    await expect_message_on_tap(ann, listed, listed.labels[0])
    left = await titles(oo)

    again = await sent(ann, TODO)

    assert again.text.splitlines()[:2] == ["Nothing new in this file.", "7 I know already."]
    assert again.labels == []
    assert await titles(oo) == left


async def test_a_second_tap_and_a_tap_on_a_dropped_offer_change_nothing(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    offer = await sent(ann, TODO)
    tap = await ann.tap(offer, "Add 7")
    await ann.expect_edit(offer)
    await ann.resend(tap)
    await expect_all_answered(oo, telegram)
    assert len(await open_tasks(oo)) == 7

    other = await sent(ann, b"Mow the lawn\n")
    kept = other.button("Add 1").data
    assert (await expect_edit_on_tap(ann, other, "No thanks")).text == "Fine, I added nothing."
    assert kept
    late = await ann.forge(other, kept)
    assert (await ann.expect_answer(late)).text == texts_files.IMPORT_OLD
    assert "Mow the lawn" not in await titles(oo)


async def test_an_offer_is_deleted_after_half_a_day(oo: Scene, ann: Person) -> None:
    offer = await sent(ann, b"Buy stamps\n")
    oo.clock.move(hours=13)

    assert await expect_toast_on_tap(ann, offer, "Add 1") == texts_files.IMPORT_OLD
    person = await oo.person("7")
    async with oo.app.store.read() as unit:
        assert "Buy stamps" in json.dumps(await unit.people.everything(person.person_id))
    await oo.tick("prune")
    async with oo.app.store.read() as unit:
        assert "Buy stamps" not in json.dumps(await unit.people.everything(person.person_id))


async def test_both_offers_of_a_file_sent_twice_add_it_once(oo: Scene, ann: Person) -> None:
    first, second = await sent(ann, TODO), await sent(ann, TODO)

    await expect_edit_on_tap(ann, first, "Add 7")
    assert (await expect_edit_on_tap(ann, second, "Add 7")).text == texts_files.IMPORT_ADDED_NONE

    assert len(await open_tasks(oo)) == 7


async def test_undo_leaves_what_was_done_meanwhile(oo: Scene, ann: Person) -> None:
    added = await expect_edit_on_tap(ann, await sent(ann, b"Call Ann\nBuy stamps\n"), "Add 2")
    await expect_reply(ann, "done with call ann")

    undone = await expect_edit_on_tap(ann, added, "Undo")

    assert undone.text.splitlines() == [
        "Took one task back.",
        "One was done or removed before, and stays so.",
    ]
    assert (await sent(ann, b"Call Ann\nBuy stamps\n")).labels == ["Add 1", "No thanks"]


async def test_a_caption_is_answered_as_well(oo: Scene, ann: Person) -> None:
    first = await sent(ann, b"Buy stamps\n", caption="/add Call Bob")
    assert first.text.startswith("Added: Call Bob")
    assert (await ann.expect_message()).labels == ["Add 1", "No thanks"]

    assert (await sent(ann, b"Sell the bike\n", caption="/import")).labels == ["Add 1", "No thanks"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("todo.txt", b"", "That file is empty."),
        ("todo.txt", b"\r\n \r\n", "That file is empty."),
        ("todo.txt", b"PK\x03\x04" + bytes(range(256)) * 20, "That is no text file."),
        ("tasks.csv", b"a;b\n1;2\n", "I don't know that kind of file."),
        ("tasks.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "There are no open tasks in this file."),
        ("tasks.ics", b"Call Ann\n", "I don't know that kind of file."),
        ("todo.txt", b"<html><body>x</body></html>", "I don't know that kind of file."),
        ("todo.txt", b"a\n" * 10_001, "That file has more than 10,000 open tasks."),
    ],
)
async def test_what_is_no_file_of_tasks_is_said_in_words(
    oo: Scene, ann: Person, name: str, content: bytes, words: str
) -> None:
    assert (await sent(ann, content, name)).text.startswith(words)


async def test_a_platform_in_trouble_is_said_in_words_and_nothing_is_logged_of_the_file(
    oo: Scene, ann: Person, telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.faults.next("download", Fault.SERVER_502)
    assert (await sent(ann, b"secret-canary\n", "name-canary.txt")).text == texts_files.FILE_FAULTS[
        "unreachable"
    ]

    await sent(ann, b"secret-canary\n", "name-canary.txt")
    assert (await sent(ann, b"x" * (21 << 20))).text.startswith("That file is too large.")
    own = [
        one.getMessage() for one in caplog.records if one.name.split(".")[0] in ("bot", "core", "adapters")
    ]
    assert not [line for line in own if "canary" in line]


async def test_a_stranger_and_somebody_who_has_not_agreed_get_no_file_fetched(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    eve = telegram.user(9, "Eve")
    assert "invited" in (await sent(eve, TODO)).text

    code = (await expect_reply(ann, "/invite")).text.split("/start ")[1].split()[0]
    await expect_reply(eve, f"/start {code}")
    assert (await sent(eve, TODO)).text.startswith("Hi, I'm oO.")
    assert telegram.called("getFile") == []


async def test_a_path_in_a_chat_is_never_opened(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "/import /etc/passwd")).text == texts_files.IMPORT_HOW


async def test_a_full_list_says_how_many_fit(oo: Scene, ann: Person) -> None:
    many = "".join(f"Task {number}\n" for number in range(2100)).encode()

    offer = await sent(ann, many)

    assert "100 more do not fit: a list holds 2000 open tasks." in offer.text
    assert (await expect_edit_on_tap(ann, offer, "Add 2000")).text == "Added 2000 tasks."
    assert (await sent(ann, b"One more\n")).text.startswith(texts_files.IMPORT_FULL)


# --- Out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("format", "label", "name"),
    [
        ("todo.txt", "todo.txt", "todo.txt"),
        ("csv", "Todoist CSV", "oo-tasks.csv"),
        ("ics", "ICS", "oo-tasks.ics"),
    ],
)
async def test_an_export_comes_in_each_format_and_comes_back_as_known(
    oo: Scene, ann: Person, format: str, label: str, name: str
) -> None:
    await expect_edit_on_tap(ann, await sent(ann, TODO), "Add 7")
    asked = await expect_reply(ann, "/export tasks")
    assert asked.labels == ["todo.txt", "Todoist CSV", "ICS"]

    file = (await expect_message_on_tap(ann, asked, label)).document
    assert file
    assert file.name == name
    named = (await expect_reply(ann, f"/export tasks {format}")).document
    assert named
    assert named.content == file.content
    await expect_reply(ann, "done with buy stamps")

    assert (await sent(ann, file.content, file.name)).text.splitlines()[:2] == [
        "Nothing new in this file.",
        "7 I know already.",
    ]


async def test_an_export_without_an_argument_is_still_everything(oo: Scene, ann: Person) -> None:
    everything = await expect_reply(ann, "/export")

    assert everything.document
    assert json.loads(everything.document.content)["tables"]
    page = (await ann.expect_message()).document
    assert page
    assert page.name.endswith(".html")
    assert (await expect_reply(ann, "/export tasks ics")).text == texts_files.EXPORT_NO_TASKS
    assert "foo" in (await expect_reply(ann, "/export tasks foo")).text


# --- Slack and the terminal --------------------------------------------------------------------------------


async def test_a_file_in_slack_is_previewed_and_added(office: Scene, slack: SlackServer) -> None:
    ann: slack_server.Person = await slack_talk.welcomed(slack.user("U1", name="Ann"))

    await ann.share_file("todo.txt", content=TODO)
    offer = await ann.expect_message()
    assert offer.text.startswith("7 new tasks in this file:")
    assert offer.buttons == ["Add 7", "No thanks"]
    added = await slack_talk.expect_edit_on_tap(ann, offer, "Add 7")
    assert added.text == "Added 7 tasks."
    person = await office.person(slack_talk.account(ann), Channel.SLACK)
    assert len(await office.open_tasks(person)) == 7

    await ann.share_file("todo.txt", "import", content=TODO)
    assert (await ann.expect_message()).text.startswith("Nothing new in this file.")
    await slack_talk.expect_edit_on_tap(ann, offer, "Undo")
    assert await office.open_tasks(person) == []
    await ann.share_file("cat.png", content=b"\x89PNG")
    assert (await ann.expect_message()).text == texts.CANT_READ


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path / "oo")


async def test_a_file_is_named_in_the_terminal_and_on_the_command_line(here: Place) -> None:
    file = here.folder / "my todo.txt"
    file.write_bytes(TODO)
    typed = f"/start\n1\n/timezone Berlin\n/import {file}\n1\n/import '{file}'\n/import nothing.txt\n"
    chat = await here.run("chat", typed=typed)
    assert (chat.code, chat.err) == (0, "")
    assert "[1] Add 7  [2] No thanks\nAdded 7 tasks.\n[1] Undo\nNothing new in this file.\n" in chat.out
    assert "I find no file nothing.txt." in chat.out

    other = here.folder / "more.txt"
    other.write_text("Call Ann\nMow the lawn\n")
    tried = await here.run("import", str(other), "--dry-run", "--json")
    assert json.loads(tried.out) == {
        "new": 1, "known": 1, "changed": 0, "left_out": 0, "no_room": 0, "unreadable_lines": [], "added": 0,
    }  # fmt: skip
    done = await here.run("import", str(other))
    assert done.out.splitlines() == [
        "One new task in this file:", "· Mow the lawn", "One I know already.", "Added one task.",
    ]  # fmt: skip
    exported = await here.run("export", "terminal:local", "--tasks", "todo.txt")
    assert "Mow the lawn" in exported.out
    assert (await here.run("import", str(here.folder / "nothing"))).code == 1
    assert (await here.run("export", "terminal:local", "--tasks", "xls")).code == 1
