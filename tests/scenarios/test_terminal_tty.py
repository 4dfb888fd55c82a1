"""The terminal from outside: a person at a window, through a pseudo-terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.oo import Place, place
from tests.scenarios.tty import chat_window
from tests.stored import changing

CTRL_C, CTRL_D = "\x03", "\x04"


@pytest.fixture
def here(tmp_path: Path) -> Place:
    found = place(tmp_path / "oo", TERM="xterm-256color", TZ="Europe/Berlin")
    (found.folder / "config.yaml").write_text("jobs: {push: 0.2}\n")
    return found


def an_hour_passes(here: Place) -> None:
    """What was snoozed is due: the database is told so, as nobody can wait that long."""
    with changing(here.data) as execute:
        execute("UPDATE snoozes SET until = (SELECT created_at FROM people)")
        execute("UPDATE people SET next_due_at = created_at")


async def test_an_evening_at_the_terminal(here: Place) -> None:
    async with chat_window(here) as window:
        await window.expect_text("Hi, I'm oO.")
        await window.expect_text("[1] Agree and start  [2] Details  [3] No thanks")
        window.type("1\r")
        await window.expect_text("Your time zone looks like Europe/Berlin, right?")
        await window.expect_text("[1] Yes")
        window.type("1\r")
        await window.expect_text("[1] Change times")
        window.type("/quiet off\r")
        await window.expect_text("No quiet hours any more.")
        window.type("Buy milk 🥛\r")
        await window.expect_text("Added: Buy milk 🥛.")
        window.type("/ti")
        await window.expect_text("When I may write")  # the completion knows what commands are for
        window.type("p\r")
        await window.expect_text("[1] Done  [2] Snooze  [3] Dismiss")
        window.type("2\r")
        await window.expect_text("When shall I bring it back?")
        await window.expect_text("[1] 1 hour")
        window.type("1\r")
        await window.expect_text("Back ")
        await window.expect_text("[1] Undo")

        window.type("/add Call A")
        await window.expect_text("/add Call A")
        an_hour_passes(here)
        await window.expect_text("You asked me to bring this back.")
        await window.expect_text("/add Call A")  # still there, below the tip
        window.type("nn\r")
        await window.expect_text("Added: Call Ann.")
        window.type(CTRL_D)

        assert await window.expect_exit() == 0
    assert [row["title"] for row in here.rows("SELECT title FROM tasks ORDER BY created_at")] == [
        "Buy milk 🥛",
        "Call Ann",
    ]
    history = here.data / "history"
    assert history.stat().st_mode & 0o777 == 0o600
    assert "Call Ann" in history.read_text()


async def test_a_narrow_window(here: Place) -> None:
    async with chat_window(here, columns=40) as window:
        await window.expect_text("[3] No thanks")
        window.type("1\r")
        await window.expect_text("[1] Yes")
        window.type("\x1b[200~Buy milk\nCall Ann\nWater the plants\n\x1b[201~\r")
        await window.expect_text("Added: Water the plants.")
        window.resize(30)
        window.type("/tasks\r")
        seen = await window.expect_text("[3] Done 3")
        assert "│ [1] Done 1  [2] Done 2\n│ [3] Done 3" in seen
        window.type("/delete" + CTRL_C)
        await window.expect_text("/delete")
        window.type("1\r")
        await window.expect_text("2 tasks")
        window.type(CTRL_C)

        assert await window.expect_exit() == 0


async def test_a_terminal_that_can_only_print_gets_plain_lines(tmp_path: Path) -> None:
    async with chat_window(place(tmp_path / "oo", TERM="dumb")) as window:
        await window.expect_text("\n[1] Agree and start  [2] Details  [3] No thanks")
        window.type("2\n")
        await window.expect_text("Stored: your tasks")
        window.type(CTRL_D)

        assert await window.expect_exit() == 0
    assert b"\x1b" not in window.written


async def test_whoever_goes_on_after_a_deletion_leaves_no_earlier_line(here: Place) -> None:
    history = here.data / "history"
    async with chat_window(here) as window:
        await window.expect_text("[3] No thanks")
        window.type("1\r")
        await window.expect_text("[1] Yes")
        window.type("Buy milk\r")
        await window.expect_text("Added: Buy milk.")
        window.type("/delete\r")
        await window.expect_text("[1] Delete everything")
        window.type("1\r")
        await window.expect_text("Everything about you is deleted.")
        assert history.read_bytes() == b""
        window.type("hello again\r")
        await window.expect_text("Hi, I'm oO.")
        window.type(CTRL_D)

        assert await window.expect_exit() == 0
    assert "hello again" in history.read_text()
    assert "milk" not in history.read_text()


async def test_a_window_shows_what_numbers_press_after_a_restart(here: Place) -> None:
    await here.run("chat", typed="/start\n1\nBerlin\n/add Pay rent tomorrow 9am p1\n")
    async with chat_window(here) as window:
        await window.expect_text("Welcome back.")
        await window.expect_text("[1] Undo")
        window.type("1\r")
        await window.expect_text("Pay rent Removed.")
        window.type(CTRL_D)

        assert await window.expect_exit() == 0


async def test_a_window_that_is_told_to_end_does(here: Place) -> None:
    async with chat_window(here) as window:
        await window.expect_text("[3] No thanks")
        window.process.terminate()

        assert await window.expect_exit() == 0
