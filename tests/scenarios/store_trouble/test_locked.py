"""Another process writes: nothing is lost, nothing is done twice, and people hear why they wait."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.scenarios.oo import Place, place
from tests.scenarios.store_trouble.helpers import (
    COMMANDS,
    chatting,
    database_log,
    expect_one_sentence,
    expect_remembered,
    locked,
    served,
    titles,
)
from tests.scenarios.talking import expect_reply
from tests.scenarios.tty import chat_window
from tests.servers.telegram import TelegramServer

pytestmark = pytest.mark.of_a_sqlite_file

BUSY = "I couldn't store that yet: another program is using my database. I'll keep trying."


STORE_PATIENCE = 0.5
"""Seconds instead of 5; ``tests/adapters/storage/test_opening.py`` knows the real ones."""


@pytest.fixture
def here(here: Place) -> Place:
    return replace(here, store_patience=STORE_PATIENCE)


def at_a_terminal(here: Place) -> Place:
    return replace(here, environment={"TERM": "xterm-256color"})


async def test_a_line_typed_while_another_process_writes_is_stored_and_answered_once(here: Place) -> None:
    async with chatting(here) as chat:
        chat.type("/tasks")
        await chat.expect_text("Nothing on your list")
        with locked(here.database):
            chat.type("/add Call Ann", "/add Call Bob", "/tasks")
            waiting = await chat.expect_text("I couldn't store that yet")
        shown = await chat.expect_text("2. Call Bob")
        code, _, err = await chat.expect_exit()

    assert waiting == f"{BUSY}\n"
    assert [line for line in shown.splitlines() if line[0] != "["] == [
        "Added: Call Ann.",
        "Added: Call Bob.",
        "2 tasks",
        "1. Call Ann",
        "2. Call Bob",
    ]
    assert (code, err) == (0, "")
    assert titles(here) == ["Call Ann", "Call Bob"]


async def test_a_button_pressed_while_another_process_writes_is_pressed_once(here: Place) -> None:
    async with chatting(here) as chat:
        chat.type("/add Call Ann")
        await chat.expect_text("[1] Undo")
        await expect_remembered(here, "remove_task")
        with locked(here.database):
            chat.type("1")
            await chat.expect_text(BUSY)
        await chat.expect_text("Call Ann")
        chat.type("/tasks")
        await chat.expect_text("Nothing on your list")
        assert (await chat.expect_exit())[0] == 0


async def test_at_a_terminal_the_chat_goes_on_while_another_process_writes(here: Place) -> None:
    async with chat_window(at_a_terminal(here)) as window:
        await window.expect_text("Welcome back")
        with locked(here.database):
            window.type("/add Call Ann\r")
            await window.expect_text("another program is using my database")
            window.type("/add Call Bob\r")
        await window.expect_text("Added: Call Ann.")
        await window.expect_text("Added: Call Bob.")
        window.type("\x04")
        assert await window.expect_exit() == 0

    assert b"Traceback" not in window.written
    assert window.written.count(b"couldn't store that") == 1
    assert titles(here) == ["Call Ann", "Call Bob"]


async def test_who_leaves_while_another_process_writes_is_told_what_was_not_stored(here: Place) -> None:
    async with chat_window(at_a_terminal(here)) as window:
        await window.expect_text("Welcome back")
        with locked(here.database):
            window.type("/add Call Ann\r")
            await window.expect_text("I'll keep trying")
            window.type("\x04")
            told = await window.expect_text("/add Call Ann")
            assert await window.expect_exit() == 1
    assert "Not stored" in told
    assert titles(here) == []


async def test_oo_run_confirms_nothing_that_is_not_stored_and_goes_on_after_the_lock(tmp_path: Path) -> None:
    here = replace(place(tmp_path / "oo"), store_patience=STORE_PATIENCE)
    async with TelegramServer() as telegram, served(here, telegram) as oo:
        with locked(here.database):
            await oo.expect_ready(False)
            await oo.ann.send("/add Call Ann")
            await oo.process.expect_log("can't be used (busy)")
            assert not telegram.is_caught_up
            assert not await oo.is_ready()
        assert await oo.expect_answer() == "Added: Call Ann."
        await oo.expect_ready(True)
        await expect_reply(oo.ann, "/tasks")
        ended = await oo.process.stop()

    assert ended.code == 0
    assert titles(here) == ["Call Ann"]
    assert [message.text for message in oo.ann.chat.messages].count("Added: Call Ann.") == 1
    trouble = f"the database can't be used (busy): {here.database}: OperationalError"
    assert database_log(ended.err) == [
        f"ERROR adapters.storage.trouble: {trouble}",
        "WARNING adapters.storage.trouble: the database works again",
    ]


@pytest.mark.parametrize("command", COMMANDS[:4], ids=lambda command: command[0])
async def test_a_command_says_in_a_sentence_that_the_database_is_locked(
    here: Place, command: tuple[str, ...]
) -> None:
    with locked(here.database):
        ended = await here.run(*command, typed="/tasks\n")
    expect_one_sentence(ended, "another process is writing to it", "Try again")


async def test_a_doctor_says_what_the_matter_is(here: Place) -> None:
    with locked(here.database):
        ended = await here.run("doctor")
    assert ended.code == 1
    assert "another process is writing to it" in ended.out
    assert ended.err == ""
