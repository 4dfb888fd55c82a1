"""Three ``oo run`` on one PostgreSQL: one of them asks Telegram for updates, and another goes on at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.rolling import House, house, welcomed
from tests.scenarios.talking import expect_reply
from tests.servers.telegram import TelegramServer


@pytest.fixture
async def rolling(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as here:
        yield here


def conflicts(telegram: TelegramServer) -> int:
    """How often two asked for updates at once."""
    return sum(call.status == 409 for call in telegram.called("getUpdates"))


async def test_three_replicas_are_replaced_one_by_one_and_nobody_notices(rolling: House) -> None:
    telegram, ann = rolling.telegram, rolling.telegram.user(7, "Ann")
    old = [await rolling.start() for _ in range(3)]
    await welcomed(old[-1], ann)
    for number, leaving in enumerate(old):
        await rolling.start()
        stopping = asyncio.create_task(rolling.stop(leaving))
        answer = await expect_reply(ann, f"/add Task {number}")
        assert answer.text == f"Added: Task {number}."
        await stopping
    await expect_reply(ann, "/tasks")
    said = [message.text for message in ann.chat.messages]
    assert [text for text in said if text.startswith("Added")] == [f"Added: Task {one}." for one in range(3)]
    assert conflicts(telegram) == 0
    assert len(telegram.called("deleteWebhook")) <= 4, "only whoever is elected prepares"


async def test_a_replica_that_was_stopped_and_wakes_up_changes_nothing(rolling: House) -> None:
    telegram, ann = rolling.telegram, rolling.telegram.user(7, "Ann")
    asleep, awake = await rolling.start(), await rolling.start()
    await welcomed(awake, ann)
    await rolling.expect_handled()
    asleep.freeze()
    # It is elected, and Telegram still has its request. What that returns, nobody reads for now.
    await ann.send("/add Pay rent")
    assert (await ann.expect_message()).text == "Added: Pay rent."
    await awake.expect_log("elected: telegram updates")

    asleep.thaw()
    await asleep.expect_log("no longer elected: telegram updates")
    await expect_reply(ann, "/tasks")
    settled = conflicts(telegram)
    await expect_reply(ann, "/tasks")

    assert [message.text for message in ann.chat.messages].count("Added: Pay rent.") == 1
    assert conflicts(telegram) == settled, "only one of them asks"
