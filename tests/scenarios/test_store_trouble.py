"""The database in trouble: another process writes, the disk is full, the file is gone."""

from __future__ import annotations

import asyncio
import ctypes
import re
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.scenarios.oo import Ended, Place, Serving, heed_interrupts, place
from tests.scenarios.talking import expect_message_on_tap, expect_reply
from tests.scenarios.tty import sitting
from tests.servers.telegram import Person, TelegramServer
from tests.waiting import WAIT_LIMIT

WELCOME = "/start\n1\n/timezone Berlin\n"
BUSY = "I couldn't store that yet: another program is using my database. I'll keep trying."
FULL = "I couldn't store that yet: the disk is full. I'll keep trying."


@pytest.fixture
async def here(tmp_path: Path) -> Place:
    """An oO whose owner has agreed."""
    return await settled(place(tmp_path / "oo"))


async def settled(here: Place) -> Place:
    assert (await here.run("chat", typed=WELCOME)).code == 0
    return here


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process writes, as a backup does."""
    other = sqlite3.connect(file, isolation_level=None, timeout=WAIT_LIMIT)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    finally:
        other.close()


def titles(here: Place) -> list[str]:
    return [row["title"] for row in here.rows("SELECT title FROM tasks ORDER BY created_at")]


# --- Small disks -------------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of one's own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a disk of one's own takes the right to mount one")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
async def small(disk: Path) -> Place:
    """An oO on a disk that a filler can fill."""
    return await settled(place(disk / "oo"))


def fill(here: Place) -> Path:
    """Leave no byte free."""
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


# --- oo chat -----------------------------------------------------------------------------------------------


class Talk:
    """``oo chat`` on pipes, read line by line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin
        assert process.stdout
        self.process = process
        self.typed, self.shown = process.stdin, process.stdout

    def type(self, *lines: str) -> None:
        self.typed.write("".join(f"{line}\n" for line in lines).encode())

    async def expect_text(self, words: str) -> str:
        """What is shown up to the line that holds ``words``."""
        shown = ""
        async with asyncio.timeout(WAIT_LIMIT):
            while words not in shown:
                line = (await self.shown.readline()).decode()
                assert line, f"ended before {words!r}: {shown}"
                shown += line
        return shown

    async def expect_exit(self) -> tuple[int | None, str, str]:
        self.typed.write_eof()
        out, err = await asyncio.wait_for(self.process.communicate(), WAIT_LIMIT)
        return self.process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def talking(here: Place) -> AsyncIterator[Talk]:
    process = await here.start("chat")
    try:
        yield Talk(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def test_a_line_typed_while_another_process_writes_is_stored_and_answered_once(here: Place) -> None:
    async with talking(here) as talk:
        talk.type("/tasks")
        await talk.expect_text("Nothing on your list")
        with locked(here.database):
            talk.type("/add Call Ann", "/add Call Bob", "/tasks")
            waiting = await talk.expect_text("I couldn't store that yet")
        shown = await talk.expect_text("2. Call Bob")
        code, _, err = await talk.expect_exit()

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
    async with talking(here) as talk:
        talk.type("/add Call Ann")
        await talk.expect_text("[1] Undo")
        with locked(here.database):
            talk.type("1")
            await talk.expect_text(BUSY)
        await talk.expect_text("Call Ann")
        talk.type("/tasks")
        await talk.expect_text("Nothing on your list")
        assert (await talk.expect_exit())[0] == 0


def at_a_terminal(here: Place) -> Place:
    return Place(folder=here.folder, environment={"TERM": "xterm-256color"})


async def test_at_a_terminal_the_chat_goes_on_while_another_process_writes(here: Place) -> None:
    async with sitting(at_a_terminal(here)) as window:
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
    async with sitting(at_a_terminal(here)) as window:
        await window.expect_text("Welcome back")
        with locked(here.database):
            window.type("/add Call Ann\r")
            await window.expect_text("I'll keep trying")
            window.type("\x04")
            told = await window.expect_text("/add Call Ann")
            assert await window.expect_exit() == 2
    assert "Not stored" in told
    assert titles(here) == []


async def test_on_a_full_disk_what_is_typed_is_repeated_and_what_comes_after_is_stored(small: Place) -> None:
    async with talking(small) as talk:
        talk.type("/tasks")
        await talk.expect_text("Nothing on your list")
        filler = fill(small)
        long = [f"/add Number {number} {'x' * 250}" for number in range(20)]  # some still find room
        talk.type(*long, "/add Call Bob")
        shown = await talk.expect_text("type it again later: /add Call Bob")
        filler.unlink()
        talk.type("/add Call Ann", "/tasks")
        shown += await talk.expect_text(". Call Ann")
        code, _, err = await talk.expect_exit()

    assert shown.count(FULL) == 1
    assert "Traceback" not in err
    assert code == 2
    kept = titles(small)
    assert [line.removeprefix("/add ") not in kept for line in long] == [
        f"type it again later: {line}" in shown for line in long
    ], "each is stored, or said not to be"
    assert "Call Bob" not in kept
    assert kept[-1] == "Call Ann"


async def test_room_that_is_made_in_time_costs_nothing(small: Place) -> None:
    async with talking(small) as talk:
        talk.type("/tasks")
        await talk.expect_text("Nothing on your list")
        filler = fill(small)
        long = [f"/add Number {number} {'x' * 250}" for number in range(20)]
        talk.type(*long, "/tasks")
        await talk.expect_text(FULL)
        filler.unlink()
        await talk.expect_text("20 tasks")
        assert (await talk.expect_exit())[::2] == (0, "")
    assert len(titles(small)) == 20


async def test_a_database_that_was_taken_away_takes_no_line(here: Place) -> None:
    async with talking(here) as talk:
        talk.type("/tasks")
        await talk.expect_text("Nothing on your list")
        moved = here.database.rename(here.database.with_suffix(".away"))
        talk.type("/add Call Ann")
        await talk.expect_text("my database is damaged or gone. I'll keep trying.")
        moved.rename(here.database)
        await talk.expect_text("Added: Call Ann.")
        assert (await talk.expect_exit())[::2] == (0, "")
    assert titles(here) == ["Call Ann"]


# --- oo run ------------------------------------------------------------------------------------------------


@asynccontextmanager
async def served(here: Place, telegram: TelegramServer) -> AsyncIterator[tuple[Serving, Person, str]]:
    """``oo run`` with an owner in Telegram, and where it says whether it is ready."""
    environment = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
    async with Place(folder=here.folder, environment=environment).serving() as oo:
        port = re.search(r"port (\d+)", "".join(oo.said))
        assert port
        yield oo, telegram.user(7, "Ann"), f"http://127.0.0.1:{port[1]}/readyz"


async def welcomed(here: Place, oo: Serving, ann: Person) -> None:
    code = (await oo.expect_line("/start ")).rsplit("/start ", 1)[1].strip()
    await expect_message_on_tap(ann, await expect_reply(ann, f"/start {code}"), "Agree and start")
    await expect_reply(ann, "Berlin")


async def ready(url: str) -> bool:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        found = await answer.json()
        assert (answer.status == 200) == all(found.values())
        return bool(found["database"])


async def expect_ready(url: str, wanted: bool) -> None:
    async with asyncio.timeout(WAIT_LIMIT):
        while await ready(url) is not wanted:  # noqa: ASYNC110 - nothing there tells when
            await asyncio.sleep(0.1)


def troubles(err: str) -> list[str]:
    """The lines of the log that are about the database, without their times."""
    return [line.split(" ", 2)[2] for line in err.splitlines() if "database" in line or "inbox" in line]


async def expect_next_answer(ann: Person) -> str:
    """The next answer; that it has to wait may be said before."""
    text = (await ann.expect_message()).text
    return (await ann.expect_message()).text if text.startswith("I have your message") else text


async def test_oo_run_confirms_nothing_that_is_not_stored_and_goes_on_after_the_lock(tmp_path: Path) -> None:
    here = place(tmp_path / "oo")
    async with TelegramServer() as telegram, served(here, telegram) as (oo, ann, url):
        await welcomed(here, oo, ann)
        with locked(here.database):
            await expect_ready(url, False)
            await ann.send("/add Call Ann")
            await asyncio.sleep(7)  # longer than oO waits for another process
            assert not telegram.is_caught_up
            assert not await ready(url)
        assert await expect_next_answer(ann) == "Added: Call Ann."
        await expect_ready(url, True)
        await expect_reply(ann, "/tasks")
        ended = await oo.stop()

    assert ended.code == 0
    assert titles(here) == ["Call Ann"]
    assert [message.text for message in ann.chat.messages].count("Added: Call Ann.") == 1
    assert troubles(ended.err) == [
        f"ERROR adapters.storage.trouble: the database can't be used (busy): {here.database}",
        "WARNING adapters.storage.trouble: the database works again",
    ]


async def test_oo_run_outlives_a_full_disk(small: Place) -> None:
    await small.run("delete", "terminal:local", "--yes")
    async with TelegramServer(flood=None) as telegram, served(small, telegram) as (oo, ann, url):
        await welcomed(small, oo, ann)
        filler = fill(small)
        for number in range(30):  # some still find room
            await ann.send(f"/add Number {number} {'x' * 250}")
        await expect_ready(url, False)
        filler.unlink()
        await expect_ready(url, True)
        await telegram.expect_that(lambda: telegram.is_caught_up)
        while len(titles(small)) < 30:
            await ann.expect_message()
        ended = await oo.stop()

    assert ended.code == 0
    assert len(titles(small)) == 30
    assert "Traceback" not in ended.err
    assert len(troubles(ended.err)) <= 4


async def test_oo_run_writes_into_no_file_that_nobody_will_find(tmp_path: Path) -> None:
    here = place(tmp_path / "oo")
    async with TelegramServer() as telegram, served(here, telegram) as (oo, ann, url):
        await welcomed(here, oo, ann)
        moved = here.database.rename(here.database.with_suffix(".away"))
        await expect_ready(url, False)
        await ann.send("/add Call Ann")
        await telegram.expect_that(lambda: len(telegram.called("getUpdates")) > 3)
        assert not telegram.is_caught_up
        moved.rename(here.database)
        assert await expect_next_answer(ann) == "Added: Call Ann."
        await expect_ready(url, True)
    assert titles(here) == ["Call Ann"]


# --- At start ----------------------------------------------------------------------------------------------

COMMANDS = [
    ("chat",),
    ("migrate",),
    ("replay", "--all"),
    ("export", "terminal:local"),
    ("delete", "terminal:local", "--yes"),
    ("evaluate",),
    ("promote",),
]


def without_rights() -> None:
    """Even root is refused what the file's mode refuses."""
    heed_interrupts()
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE


def one_sentence(ended: Ended, *words: str) -> None:
    assert ended.code == 2, ended
    assert "Traceback" not in ended.err
    assert len(ended.err.strip().splitlines()) <= 2, ended.err
    assert [word for word in words if word not in ended.err] == []


@pytest.mark.parametrize("command", COMMANDS[:4], ids=lambda command: command[0])
async def test_a_command_says_in_a_sentence_that_the_database_is_locked(
    here: Place, command: tuple[str, ...]
) -> None:
    with locked(here.database):
        ended = await here.run(*command, typed="/tasks\n")
    one_sentence(ended, "another process is writing to it", "Try again")


@pytest.mark.parametrize("command", COMMANDS[3:], ids=lambda command: command[0])
async def test_a_command_says_in_a_sentence_that_the_database_is_damaged(
    here: Place, command: tuple[str, ...]
) -> None:
    size = here.database.stat().st_size
    here.database.write_bytes(b"SQLite format 3\0" + b"\xff" * (size - 16))
    ended = await here.run(*command, typed="/tasks\n")
    one_sentence(ended, "restore a backup")


async def test_a_full_disk_at_the_start_is_a_sentence(small: Place) -> None:
    fill(small)
    for command in COMMANDS[:3]:
        one_sentence(await small.run(*command, typed="/tasks\n"), "the disk is full. Make room")


@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[2]], ids=lambda command: command[0])
async def test_a_folder_that_may_not_be_written_is_a_sentence(here: Place, command: tuple[str, ...]) -> None:
    here.database.parent.chmod(0o500)
    try:
        ended = await here.run(*command, typed="/tasks\n", prepare=without_rights)
    finally:
        here.database.parent.chmod(0o700)
    one_sentence(ended, "it may only be read. Give oO the right")


async def test_a_doctor_says_what_the_matter_is(here: Place) -> None:
    with locked(here.database):
        ended = await here.run("doctor")
    assert ended.code == 1
    assert "another process is writing to it" in ended.out
    assert ended.err == ""
