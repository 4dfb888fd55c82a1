"""The terminal from outside: plain lines through a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.oo import Place, new_place

FIRST_DAY = (
    "/start\n1\n/timezone Europe/Berlin\n/add Pay rent tomorrow 9am p1\n/add Water the plants\n/tip\n1\n"
    "/why\n/tasks\n/plan\n"
)


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return new_place(tmp_path / "oo")


async def test_the_first_day_of_a_stranger(here: Place) -> None:
    ended = await here.run("chat", typed=FIRST_DAY)

    assert ended.code == 0, ended.err
    said = ended.out
    assert "Hi, I'm oO." in said
    assert "Your time zone is Europe/Berlin" in said
    assert "Added: Pay rent, tomorrow 9:00, p1." in said
    assert "[1] Done  [2] Snooze  [3] Dismiss" in said
    assert "Done at " in said
    because = next(one for one in ("I chose it with ", "It was a try, ") if one in said)
    done = "Pay rent" if "~Pay rent~ Done" in said else "Water the plants"
    tasks = said.split(because)[1].split("The next seven days")[0]
    assert "1 task" in tasks
    assert done not in tasks.split("1 task")[1]
    assert "Tomorrow" in said.split("The next seven days")[1]


async def test_a_token_can_be_made_as_oo_mcp_takes_it_on_this_machine(here: Place) -> None:
    ended = await here.run("chat", typed="hello\n1\nBerlin\n/token new assistant read\n")

    assert "The token assistant is made" in ended.out


async def test_nothing_typed_ends_well(here: Place) -> None:
    ended = await here.run("chat")

    assert (ended.code, ended.out) == (0, "")


async def test_tasks_and_settings_survive_a_restart(here: Place) -> None:
    await here.run("chat", typed="/start\n1\n/timezone Tokyo\nRemind me to call Ann\n/cap 2\n")

    ended = await here.run("chat", typed="/tasks\n/cap\n/timezone\n")

    assert "call Ann" in ended.out
    assert "At most 2 a day" in ended.out
    assert "Asia/Tokyo" in ended.out


async def test_agenda_figures_and_a_setting_taken_back(here: Place) -> None:
    await here.run("chat", typed="/start\n1\n/timezone Europe/Berlin\n/add Buy milk today\n")
    ended = await here.run("chat", typed="/today\n1\n/stats\n/today week\n/cap 1\n1\n/cap\n")

    assert ended.code == 0, ended.err
    for line in (
        "Today: a task", "1. Buy milk", "~Buy milk~ Done at ", "Done this week: a task",
        "Nothing is due in the next seven days.", "As before: at most 3 a day.", "At most 3 a day. To ",
    ):  # fmt: skip
        assert line in ended.out
