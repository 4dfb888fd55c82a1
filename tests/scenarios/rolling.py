"""``oo run`` several times on one PostgreSQL, where each can be replaced by another.

Tests: tests/scenarios/test_rolling_restart.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.scenarios.oo import Serving, place
from tests.scenarios.talking import expect_message_on_tap, expect_reply
from tests.servers import postgres
from tests.servers.telegram import Person, TelegramServer
from tests.waiting import WAIT_LIMIT


@dataclass(kw_only=True)
class House:
    """Replicas on one database; all that still run are killed in the end."""

    folder: Path
    telegram: TelegramServer
    url: str
    clock: str | None = None
    """As in ``Place``."""
    running: list[Serving] = field(default_factory=list)

    async def start(self) -> Serving:
        """One more, ready."""
        here = place(
            self.folder / str(len(list(self.folder.iterdir()))),
            DATABASE_URL=self.url,
            TELEGRAM_BOT_TOKEN=self.telegram.token,
            TELEGRAM_API_URL=self.telegram.url,
        )
        replica = Serving(await replace(here, clock=self.clock).start("run"))
        self.running.append(replica)
        await replica.expect_line("oO is up")
        return replica

    async def expect_handled(self) -> None:
        """Wait until nothing is in the inbox: what was answered and is not marked so is answered again."""
        waiting = 'SELECT FROM inbox WHERE "update" IS NOT NULL'
        async with asyncio.timeout(WAIT_LIMIT):
            while postgres.server().execute(waiting, database=self.database):  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.05)

    @property
    def database(self) -> str:
        """Its name on the server."""
        return self.url.partition("@/")[2].partition("?")[0]

    async def kill(self, replica: Serving) -> None:
        """SIGKILL."""
        self.running.remove(replica)
        replica.kill()
        await replica.stop()

    async def stop(self, replica: Serving) -> None:
        """As Kubernetes does."""
        self.running.remove(replica)
        ended = await replica.stop()
        assert (ended.code, ended.err.count(" ERROR "), ended.err.count("Traceback")) == (0, 0, 0), ended.err


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    """A Telegram and an empty database; no replica yet."""
    async with TelegramServer(flood=None) as telegram:
        here = House(folder=folder, telegram=telegram, url=postgres.new_database(migrated=True))
        try:
            yield here
        finally:
            for replica in tuple(here.running):
                await here.kill(replica)


async def welcomed(oo: Serving, ann: Person) -> None:
    code = (await oo.expect_line("/start ")).rsplit("/start ", 1)[1].strip()
    greeting = await expect_reply(ann, f"/start {code}")
    await expect_message_on_tap(ann, greeting, "Agree and start")
    await expect_reply(ann, "Reykjavik")
