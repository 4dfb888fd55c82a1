"""An oO whose database is in trouble: the troubles, and how a chat, a server and a command meet them."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from tests.scenarios.oo import Ended, Place, Serving
from tests.scenarios.talking import expect_message_on_tap, expect_reply
from tests.servers.telegram import Person, TelegramServer
from tests.waiting import WAIT_LIMIT

COMMANDS = [
    ("chat",),
    ("migrate",),
    ("replay", "--all"),
    ("export", "terminal:local"),
    ("delete", "terminal:local", "--yes"),
    ("evaluate",),
    ("promote",),
]


AGREED: list[bytes] = []
"""The database of an owner who has agreed, once one has."""


async def onboarded(here: Place) -> Place:
    """``here`` with an owner who has agreed, at the terminal. That happens once in a test process."""
    if not AGREED:
        assert (await here.run("chat", typed="/start\n1\n/timezone Berlin\n")).code == 0
        AGREED.append(here.database.read_bytes())
    here.database.write_bytes(AGREED[0])
    here.database.chmod(0o600)
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


async def expect_remembered(here: Place, verb: str) -> None:
    """Wait until a message with a button of that verb is stored: nothing more is written about it."""
    query = (
        "SELECT count(*) FROM messages JOIN handles ON messages.handle = handles.handle"
        " WHERE handles.actions LIKE ?"
    )
    async with asyncio.timeout(WAIT_LIMIT):
        while True:
            with closing(sqlite3.connect(here.database)) as file:
                if file.execute(query, (f"%{verb}%",)).fetchone()[0]:
                    return
            await asyncio.sleep(0.05)


def titles(here: Place) -> list[str]:
    """The titles of all tasks, oldest first."""
    return [row["title"] for row in here.rows("SELECT title FROM tasks ORDER BY created_at")]


def expect_one_sentence(ended: Ended, *words: str) -> None:
    """A command ended with a sentence that holds ``words``: with 2 for the settings, with 1 for the rest."""
    assert ended.code == (2 if "Please check the settings" in ended.err else 1), ended
    assert "Traceback" not in ended.err
    assert len(ended.err.strip().splitlines()) <= 2, ended.err
    assert [word for word in words if word not in ended.err] == []


# --- oo chat -----------------------------------------------------------------------------------------------


class Chat:
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
async def chatting(here: Place) -> AsyncIterator[Chat]:
    """``oo chat`` in a process of its own."""
    process = await here.start("chat")
    try:
        yield Chat(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


# --- oo run ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """``oo run`` with its owner in Telegram."""

    process: Serving
    ann: Person
    ready_url: str

    async def is_ready(self) -> bool:
        """Whether oO says that its database is usable."""
        async with aiohttp.ClientSession() as session, session.get(self.ready_url) as answer:
            found = await answer.json()
            assert (answer.status == 200) == all(found.values())
            return bool(found["database"])

    async def expect_ready(self, wanted: bool) -> None:
        """Wait until oO says that its database is usable, or that it is not."""
        async with asyncio.timeout(WAIT_LIMIT):
            while await self.is_ready() is not wanted:  # noqa: ASYNC110 - nothing there tells when
                await asyncio.sleep(0.1)

    async def expect_answer(self) -> str:
        """The next answer; oO may say before that it has to wait."""
        text = (await self.ann.expect_message()).text
        return (await self.ann.expect_message()).text if text.startswith("I have your message") else text


@asynccontextmanager
async def served(here: Place, telegram: TelegramServer) -> AsyncIterator[Served]:
    """``oo run``, with an owner who has agreed."""
    environment = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
    async with replace(here, environment=environment).serving() as oo:
        port = re.search(r"port (\d+)", "".join(oo.said))
        assert port
        ann = telegram.user(7, "Ann")
        code = (await oo.expect_line("/start ")).rsplit("/start ", 1)[1].strip()
        await expect_message_on_tap(ann, await expect_reply(ann, f"/start {code}"), "Agree and start")
        await expect_reply(ann, "Berlin")
        yield Served(process=oo, ann=ann, ready_url=f"http://127.0.0.1:{port[1]}/readyz")


def database_log(err: str) -> list[str]:
    """The lines of the log that are about the database, without their times."""
    return [line.split(" ", 2)[2] for line in err.splitlines() if "database" in line or "inbox" in line]
