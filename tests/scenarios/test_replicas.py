"""Three ``oo run`` on one PostgreSQL: one of them asks Telegram for updates, and another goes on at once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.scenarios.oo import Serving, place
from tests.scenarios.talking import expect_message_on_tap, expect_reply
from tests.servers import postgres
from tests.servers.telegram import Person, TelegramServer


@dataclass(kw_only=True)
class House:
    """Replicas on one database; all that still run are killed in the end."""

    folder: Path
    telegram: TelegramServer
    url: str
    running: list[Serving] = field(default_factory=list)

    async def start(self) -> Serving:
        """One more, ready."""
        here = place(
            self.folder / str(len(list(self.folder.iterdir()))),
            DATABASE_URL=self.url,
            TELEGRAM_BOT_TOKEN=self.telegram.token,
            TELEGRAM_API_URL=self.telegram.url,
        )
        replica = Serving(await here.start("run"))
        self.running.append(replica)
        await replica.expect_line("oO is up")
        return replica

    async def stop(self, replica: Serving) -> None:
        """As Kubernetes does."""
        self.running.remove(replica)
        ended = await replica.stop()
        assert (ended.code, ended.err.count(" ERROR "), ended.err.count("Traceback")) == (0, 0, 0), ended.err


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with TelegramServer(flood=None) as telegram:
        here = House(folder=tmp_path, telegram=telegram, url=postgres.new_database(migrated=True))
        try:
            yield here
        finally:
            for replica in here.running:
                replica.kill()
                await replica.stop()


async def welcomed(oo: Serving, ann: Person) -> None:
    code = (await oo.expect_line("/start ")).rsplit("/start ", 1)[1].strip()
    greeting = await expect_reply(ann, f"/start {code}")
    await expect_message_on_tap(ann, greeting, "Agree and start")
    await expect_reply(ann, "Reykjavik")


def conflicts(telegram: TelegramServer) -> int:
    """How often two asked for updates at once."""
    return sum(call.status == 409 for call in telegram.called("getUpdates"))


async def test_three_replicas_are_replaced_one_by_one_and_nobody_notices(house: House) -> None:
    telegram, ann = house.telegram, house.telegram.user(7, "Ann")
    old = [await house.start() for _ in range(3)]
    await welcomed(old[-1], ann)
    for number, leaving in enumerate(old):
        await house.start()
        stopping = asyncio.create_task(house.stop(leaving))
        answer = await expect_reply(ann, f"/add Task {number}")
        assert answer.text == f"Added: Task {number}."
        await stopping
    await expect_reply(ann, "/tasks")
    said = [message.text for message in ann.chat.messages]
    assert [text for text in said if text.startswith("Added")] == [f"Added: Task {one}." for one in range(3)]
    assert conflicts(telegram) == 0
    assert len(telegram.called("deleteWebhook")) <= 4, "only whoever is elected prepares"


async def test_a_replica_that_was_stopped_and_wakes_up_changes_nothing(house: House) -> None:
    telegram, ann = house.telegram, house.telegram.user(7, "Ann")
    asleep, awake = await house.start(), await house.start()
    await welcomed(awake, ann)
    asleep.signal(signal.SIGSTOP)
    # It is elected, and Telegram still has its request. What that returns, nobody reads for now.
    await ann.send("/add Pay rent")
    assert (await ann.expect_message()).text == "Added: Pay rent."
    await awake.expect_log("elected: telegram updates")

    asleep.signal(signal.SIGCONT)
    await asleep.expect_log("no longer elected: telegram updates")
    await expect_reply(ann, "/tasks")
    settled = conflicts(telegram)
    await expect_reply(ann, "/tasks")

    assert [message.text for message in ann.chat.messages].count("Added: Pay rent.") == 1
    assert conflicts(telegram) == settled, "only one of them asks"
