"""The database's file is gone or damaged: nothing is written that nobody would find again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.oo import Place, place
from tests.scenarios.store_trouble.helpers import COMMANDS, chatting, expect_one_sentence, served, titles
from tests.servers.telegram import TelegramServer

pytestmark = pytest.mark.of_a_sqlite_file


async def test_a_database_that_was_taken_away_takes_no_line(here: Place) -> None:
    async with chatting(here) as chat:
        chat.type("/tasks")
        await chat.expect_text("Nothing on your list")
        moved = here.database.rename(here.database.with_suffix(".away"))
        chat.type("/add Call Ann")
        await chat.expect_text("my database is damaged or gone. I'll keep trying.")
        moved.rename(here.database)
        await chat.expect_text("Added: Call Ann.")
        assert (await chat.expect_exit())[::2] == (0, "")
    assert titles(here) == ["Call Ann"]


async def test_oo_run_writes_into_no_file_that_nobody_will_find(tmp_path: Path) -> None:
    here = place(tmp_path / "oo")
    async with TelegramServer() as telegram, served(here, telegram) as oo:
        moved = here.database.rename(here.database.with_suffix(".away"))
        await oo.expect_ready(False)
        await oo.ann.send("/add Call Ann")
        await telegram.expect_that(lambda: len(telegram.called("getUpdates")) > 3)
        assert not telegram.is_caught_up
        moved.rename(here.database)
        assert await oo.expect_answer() == "Added: Call Ann."
        await oo.expect_ready(True)
    assert titles(here) == ["Call Ann"]


@pytest.mark.parametrize("command", COMMANDS[3:], ids=lambda command: command[0])
async def test_a_command_says_in_a_sentence_that_the_database_is_damaged(
    here: Place, command: tuple[str, ...]
) -> None:
    size = here.database.stat().st_size
    here.database.write_bytes(b"SQLite format 3\0" + b"\xff" * (size - 16))
    ended = await here.run(*command, typed="/tasks\n")
    expect_one_sentence(ended, "restore a backup")
