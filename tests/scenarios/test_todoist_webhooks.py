"""Todoist says that something has changed: the tasks of that person are read again, and of nobody else."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.conftest import NINE, free_port, reaching
from tests.scenarios.talking import expect_reply, invited, welcomed
from tests.scenarios.todoist_cloud_talk import expect_connection, oo_with_cloud, with_cloud
from tests.scenarios.world import Scene, scene
from tests.servers.local import hang
from tests.servers.telegram import Person, TelegramServer
from tests.servers.todoist_cloud import Account, TodoistCloud
from tests.servers.todoist_people import Delivery, Webhooks, without

PATH = "/todoist/webhook"


@pytest.fixture
async def oo(
    tmp_path: Path, telegram: TelegramServer, cloud: TodoistCloud, cached_certificates: None
) -> AsyncIterator[Scene]:
    async with oo_with_cloud(tmp_path, NINE, telegram, cloud) as running:
        yield running


@pytest.fixture
def hooks(oo: Scene, cloud: TodoistCloud) -> Webhooks:
    return Webhooks(cloud, f"http://127.0.0.1:{oo.oo.http_port}{PATH}")


@pytest.fixture
async def account(oo: Scene, ann: Person, cloud: TodoistCloud) -> Account:
    """Ann's, connected; nothing of it was asked since."""
    account = cloud.account("Ann Smith")
    await expect_connection(ann, cloud, account)
    cloud.calls.clear()
    return account


async def test_an_event_reads_the_tasks_of_that_person_only(
    oo: Scene, ann: Person, telegram: TelegramServer, cloud: TodoistCloud, account: Account, hooks: Webhooks
) -> None:
    bob = await invited(oo, ann, telegram.user(8, "Bob"))
    await expect_connection(bob, cloud, cloud.account("Bob Jones"))
    cloud.calls.clear()
    account.add("Feed the cat")

    assert await hooks.send(hooks.event(account, "item:added")) == 200
    await cloud.expect_calls("sync$")
    await expect_reply(ann, "/help")

    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Feed the cat"]
    assert len(cloud.calls_of("sync$")) == 1


async def test_a_repeated_delivery_is_known_also_after_a_restart(
    tmp_path: Path, telegram: TelegramServer, cloud: TodoistCloud, cached_certificates: None
) -> None:
    async with oo_with_cloud(tmp_path, NINE, telegram, cloud) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        account = cloud.account("Ann Smith")
        await expect_connection(ann, cloud, account)
        hooks = Webhooks(cloud, f"http://127.0.0.1:{oo.oo.http_port}{PATH}")
        delivery = hooks.event(account, "item:updated")
        cloud.calls.clear()
        assert [await hooks.send(delivery) for _ in range(3)] == [200, 200, 200]
        await cloud.expect_calls("sync$")
    async with oo_with_cloud(tmp_path, NINE, telegram, cloud) as oo:
        hooks = Webhooks(cloud, f"http://127.0.0.1:{oo.oo.http_port}{PATH}")
        assert await hooks.send(delivery) == 200
        await oo.tick("sync")
        assert len(cloud.calls_of("sync$")) <= 2  # the scheduled one, at most


async def test_many_events_at_once_are_few_lists(
    oo: Scene, ann: Person, cloud: TodoistCloud, account: Account, hooks: Webhooks
) -> None:
    cloud.faults.plan(hang, on="sync$")
    for _ in range(20):
        assert await hooks.send(hooks.event(account, "item:updated")) == 200
    assert len(cloud.calls_of("sync$")) == 1


def signed(hooks: Webhooks, content: object) -> Delivery:
    return hooks.signed(json.dumps(content).encode())


FORGED: list[Any] = [
    lambda good: without(good, "X-Todoist-Hmac-SHA256"),
    lambda good: replace(good, headers=good.headers | {"X-Todoist-Hmac-SHA256": ""}),
    lambda good: replace(good, headers=good.headers | {"X-Todoist-Hmac-SHA256": "é"}),
    lambda good: replace(good, headers=good.headers | {"X-Todoist-Hmac-SHA256": "A" * 4000 + "="}),
    lambda good: replace(good, body=good.body + b" "),
    lambda good: replace(good, body=good.body.replace(b"item:added", b"item:added2")),
    lambda good: replace(good, body=b""),
    lambda good: replace(good, headers=good.headers | {"X-Todoist-Hmac-SHA256": "c2VjcmV0"}),
]


@pytest.mark.parametrize("forge", FORGED)
async def test_what_is_not_signed_is_refused_and_does_nothing(
    oo: Scene,
    cloud: TodoistCloud,
    account: Account,
    hooks: Webhooks,
    caplog: pytest.LogCaptureFixture,
    forge: Any,
) -> None:
    good = hooks.event(account, "item:added", {"content": "CANARY"})
    with caplog.at_level(logging.DEBUG):
        status = await hooks.send(forge(good))
    assert status in (400, 401)
    assert cloud.calls == []
    assert "CANARY" not in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        7,
        "x",
        {},
        {"event_name": "item:added"},
        {"user_id": "48317529"},
        {"event_name": 7, "user_id": "48317529"},
        {"event_name": "item:added", "user_id": None},
        {"event_name": "item:added", "user_id": True},
        {"event_name": "item:added", "user_id": {"id": 1}},
        {"event_name": "item:added", "user_id": "../../x"},
        {"event_name": "item:added", "user_id": "4" * 500},
    ],
)
async def test_what_is_signed_and_no_event_is_refused(
    oo: Scene, cloud: TodoistCloud, account: Account, hooks: Webhooks, content: object
) -> None:
    assert await hooks.send(signed(hooks, content)) == 400
    assert cloud.calls == []


@pytest.mark.parametrize(
    "raw", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"event_name": "x", "user_id": 1e999}', b"NaN"]
)
async def test_what_is_signed_and_no_json_is_refused(
    oo: Scene, cloud: TodoistCloud, account: Account, hooks: Webhooks, raw: bytes
) -> None:
    assert await hooks.send(hooks.signed(raw)) == 400
    assert cloud.calls == []


async def test_a_body_that_is_too_large_or_compressed_is_not_read(
    oo: Scene, cloud: TodoistCloud, account: Account, hooks: Webhooks
) -> None:
    assert await hooks.send(hooks.signed(b"x" * (256 * 1024 + 1))) == 413
    good = hooks.event(account, "item:added")
    packed = replace(good, body=gzip.compress(good.body), headers=good.headers | {"Content-Encoding": "gzip"})
    assert await hooks.send(packed) == 400
    assert cloud.calls == []


@pytest.mark.parametrize("delivery", ["", "x" * 200, "a b"])
async def test_a_delivery_without_an_id_is_refused(
    oo: Scene, cloud: TodoistCloud, account: Account, hooks: Webhooks, delivery: str
) -> None:
    good = hooks.event(account, "item:added")
    named = replace(good, headers=good.headers | {"X-Todoist-Delivery-ID": delivery})
    assert await hooks.send(named) == 400
    assert await hooks.send(without(good, "X-Todoist-Delivery-ID")) == 400
    assert cloud.calls == []


async def test_an_account_that_nobody_connected_is_read_by_nobody(
    oo: Scene, cloud: TodoistCloud, account: Account, hooks: Webhooks
) -> None:
    assert await hooks.send(hooks.event(cloud.account("Stranger"), "item:added")) == 200
    assert cloud.calls == []


async def test_without_a_public_url_there_is_no_webhook(
    tmp_path: Path, telegram: TelegramServer, cloud: TodoistCloud, cached_certificates: None
) -> None:
    environment = with_cloud(cloud, free_port())
    del environment["OO_PUBLIC_URL"]
    async with scene(tmp_path, NINE, **reaching(telegram), **environment) as oo:
        hooks = Webhooks(cloud, f"http://127.0.0.1:{oo.oo.http_port}{PATH}")
        assert await hooks.send(hooks.event(cloud.account("Ann Smith"), "item:added")) == 404
