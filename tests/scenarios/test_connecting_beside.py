"""Somebody connects Todoist in ``oo chat`` while ``oo run`` has the callback's port.

The browser comes back to ``oo run``; the question stands in the chat of the terminal.
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from tests.scenarios.conftest import free_port, reaching
from tests.scenarios.oo import place
from tests.scenarios.todoist_cloud_talk import with_cloud
from tests.servers.telegram import TelegramServer
from tests.servers.todoist_cloud import TodoistCloud
from tests.servers.todoist_people import Browser
from tests.waiting import WAIT_LIMIT

CONFIG = "jobs: {deliver: 0.5}\n"


class Chatting:
    """A person at the plain terminal."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said = ""

    async def type(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()

    async def expect(self, pattern: str) -> re.Match[str]:
        """The first match in what it says from now on."""
        assert self._process.stdout
        fresh = ""
        async with asyncio.timeout(WAIT_LIMIT):
            while not (found := re.search(pattern, fresh)):
                line = (await self._process.stdout.readline()).decode()
                assert line, f"it ended after: {self.said}"
                fresh, self.said = fresh + line, self.said + line
        return found

    async def leave(self) -> str:
        """End the chat; what it wrote on stderr."""
        async with asyncio.timeout(WAIT_LIMIT):
            out, err = await self._process.communicate(b"")
        self.said += out.decode()
        return err.decode()


async def test_the_browser_comes_back_to_oo_run_and_the_chat_asks(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, TodoistCloud(zone="Europe/Berlin") as cloud:
        account = cloud.account("Ann Smith")
        account.add("Feed the cat")
        here = place(tmp_path / "oo", **reaching(telegram), **with_cloud(cloud, free_port()))
        del here.environment["OO_PUBLIC_URL"]
        (here.folder / "config.yaml").write_text(CONFIG)
        async with here.serving() as serving:
            chat = Chatting(await here.start("chat"))
            for line, answer in (("hello", r"\[1\] Agree"), ("1", "time zone"), ("Berlin", "times")):
                await chat.type(line)
                await chat.expect(answer)
            await chat.type("/connect todoist")
            url = (await chat.expect(rf"{re.escape(cloud.url)}/oauth/authorize\S+")).group()
            page = await Browser(cloud, account).connect(url)
            assert (page.status, "Go back to the chat" in page.text) == (200, True)
            await chat.expect(r"account of Ann Smith")
            await chat.expect(r"\[1\] Connect")
            await chat.type("1")
            await chat.expect(r"Todoist is connected: Ann Smith")
            await chat.expect(r"I see one open task there")
            await chat.type("/tasks")
            await chat.expect(r"Feed the cat")
            assert await chat.leave() == ""
            ended = await serving.stop()
    assert ended.code == 0
    assert " ERROR " not in ended.err
    (row,) = here.rows("SELECT status, account_name FROM integrations")
    assert tuple(row) == ("connected", "Ann Smith")
    assert here.rows("SELECT * FROM pending_connections") == []
