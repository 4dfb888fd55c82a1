"""The disk is full: what can't be stored is said, and what comes after it is stored again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.scenarios.oo import Place
from tests.scenarios.store_trouble.helpers import (
    COMMANDS,
    chatting,
    database_log,
    expect_one_sentence,
    served,
    titles,
)
from tests.servers.telegram import TelegramServer

pytestmark = pytest.mark.of_a_sqlite_file

FULL = "I couldn't store that yet: the disk is full. I'll keep trying."


def fill_disk(here: Place) -> Path:
    """Leave no byte free; deleting the returned file makes room again."""
    filler = here.folder / "filler"
    with filler.open("wb", buffering=0) as file:
        size = 1 << 16
        while size:
            try:
                file.write(b"x" * size)
            except OSError:
                size //= 2
    assert shutil.disk_usage(here.folder).free == 0
    return filler


async def test_on_a_full_disk_what_is_typed_is_repeated_and_what_comes_after_is_stored(small: Place) -> None:
    async with chatting(small) as chat:
        chat.type("/tasks")
        await chat.expect_text("Nothing on your list")
        filler = fill_disk(small)
        long = [f"/add Number {number} {'x' * 250}" for number in range(20)]  # some still find room
        chat.type(*long, "/add Call Bob")
        shown = await chat.expect_text("type it again later: /add Call Bob")
        filler.unlink()
        chat.type("/add Call Ann", "/tasks")
        shown += await chat.expect_text(". Call Ann")
        code, _, err = await chat.expect_exit()

    assert shown.count(FULL) == 1
    assert "Traceback" not in err
    assert code == 1
    kept = titles(small)
    assert [line.removeprefix("/add ") not in kept for line in long] == [
        f"type it again later: {line}" in shown for line in long
    ], "each is stored, or said not to be"
    assert "Call Bob" not in kept
    assert kept[-1] == "Call Ann"


async def test_room_that_is_made_in_time_costs_nothing(small: Place) -> None:
    async with chatting(small) as chat:
        chat.type("/tasks")
        await chat.expect_text("Nothing on your list")
        filler = fill_disk(small)
        long = [f"/add Number {number} {'x' * 250}" for number in range(20)]
        chat.type(*long, "/tasks")
        await chat.expect_text(FULL)
        filler.unlink()
        await chat.expect_text("20 tasks")
        assert (await chat.expect_exit())[::2] == (0, "")
    assert len(titles(small)) == 20


async def test_oo_run_outlives_a_full_disk(small: Place) -> None:
    await small.run("delete", "terminal:local", "--yes")
    async with TelegramServer(flood=None) as telegram, served(small, telegram) as oo:
        filler = fill_disk(small)
        for number in range(30):  # some still find room
            await oo.ann.send(f"/add Number {number} {'x' * 250}")
        await oo.expect_ready(False)
        filler.unlink()
        await oo.expect_ready(True)
        await telegram.expect_that(lambda: telegram.is_caught_up)
        while len(titles(small)) < 30:
            await oo.ann.expect_message()
        ended = await oo.process.stop()

    assert ended.code == 0
    assert len(titles(small)) == 30
    assert "Traceback" not in ended.err
    assert len(database_log(ended.err)) <= 4


async def test_a_full_disk_at_the_start_is_a_sentence(small: Place) -> None:
    fill_disk(small)
    for command in COMMANDS[:3]:
        expect_one_sentence(await small.run(*command, typed="/tasks\n"), "the disk is full. Make room")
