"""A secret that can't be read: the person is asked once to connect again, and is not blamed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.records import SealedSecret, TokenStatus
from tests.scenarios.conftest import NINE
from tests.scenarios.talking import expect_message_on_tap, expect_reply
from tests.scenarios.todoist_cloud_talk import connection_of, expect_connection, oo_with_cloud
from tests.scenarios.world import Scene
from tests.servers.telegram import Person, TelegramServer
from tests.servers.todoist_cloud import Account, TodoistCloud


@pytest.fixture
async def oo(
    tmp_path: Path, telegram: TelegramServer, cloud: TodoistCloud, cached_certificates: None
) -> AsyncIterator[Scene]:
    async with oo_with_cloud(tmp_path, NINE, telegram, cloud) as running:
        yield running


@pytest.fixture
async def account(oo: Scene, ann: Person, cloud: TodoistCloud) -> Account:
    """Ann's, connected, with a task."""
    made = cloud.account("Ann Smith")
    made.add("Feed the cat")
    await expect_connection(ann, cloud, made)
    return made


async def change_row(oo: Scene, **changes: object) -> SealedSecret:
    """Change Ann's secret in the database; returns what it was."""
    async with oo.app.store.begin() as unit:
        secret = await unit.secrets.get((await oo.person("7")).person_id, "todoist")
        assert secret is not None
        await unit.secrets.put(replace(secret, **changes))  # type: ignore[arg-type]  # fields by name
    return secret


async def test_a_damaged_secret_asks_once_for_a_new_connection_and_blames_nobody(
    oo: Scene, ann: Person, cloud: TodoistCloud, account: Account
) -> None:
    assert "Todoist (Ann Smith) connected" in (await expect_reply(ann, "/prefs")).text
    calls = len(account.calls)
    await change_row(oo, ciphertext=b"damaged")
    oo.clock.move(minutes=5)
    await oo.tick("sync")

    told = await ann.expect_message()
    assert "which is not your fault" in told.text
    assert told.labels == ["Reconnect", "Disconnect"]
    assert len(account.calls) == calls
    before = len(ann.chat.messages)
    oo.clock.move(minutes=30)
    await oo.tick("sync", "relay", "sync")
    assert len(ann.chat.messages) == before
    assert "Todoist (Ann Smith) to be connected again: /connect" in (await expect_reply(ann, "/prefs")).text

    await expect_message_on_tap(ann, told, "Reconnect")
    await expect_connection(ann, cloud, account)
    connection = await connection_of(oo, "7")
    assert connection is not None
    assert connection.status is TokenStatus.CONNECTED
    assert "Todoist (Ann Smith) connected" in (await expect_reply(ann, "/prefs")).text


async def test_a_secret_that_can_be_read_again_after_a_restart_needs_nobody(
    oo: Scene, ann: Person, account: Account
) -> None:
    before = await change_row(oo, key_id="of a key that is not there")
    oo.clock.move(minutes=5)
    await oo.tick("sync")
    await ann.expect_message()
    await change_row(oo, key_id=before.key_id)
    await oo.app.start()
    account.add("Water the plants")
    await oo.tick("sync")

    connection = await connection_of(oo, "7")
    assert connection is not None
    assert connection.status is TokenStatus.CONNECTED
    assert "Water the plants" in (await expect_reply(ann, "/tasks")).text
