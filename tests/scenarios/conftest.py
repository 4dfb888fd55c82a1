"""Where the scenarios take place: a Sunday morning in November, with oO up and running."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.scenarios.talking import RENT, expect_reply, welcomed
from tests.scenarios.todoist_talk import TOKEN
from tests.scenarios.world import Scene, scene
from tests.servers.slack import SlackServer
from tests.servers.telegram import Message, Person, TelegramServer
from tests.servers.todoist import TodoistServer
from tests.servers.todoist_cloud import TodoistCloud
from tests.servers.todoist_sync import SyncingTodoist

NINE = "2026-11-22T08:00:00"
"""Sunday 22 November 2026, 9:00 in Berlin."""


_usual = cache(httpx.create_ssl_context)
_other = httpx.create_ssl_context


def certificates(**asked: Any) -> ssl.SSLContext:
    """The root certificates, read once for all who ask for nothing special."""
    return _other(**asked) if asked else _usual()


@pytest.fixture(autouse=True)
def _nothing_unexpected(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever people, platforms and models do, oO meets no error that it did not expect."""
    yield
    logged = [record for phase in ("setup", "call") for record in caplog.get_records(phase)]
    assert [record.getMessage() for record in logged if record.levelno >= logging.ERROR] == []


@pytest.fixture
def cached_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the root certificates, which no local server needs, read only once."""
    monkeypatch.setattr("adapters.telegram.api.httpx.create_ssl_context", certificates)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(flood=None) as server:
        yield server


@pytest.fixture
async def cloud() -> AsyncIterator[TodoistCloud]:
    async with TodoistCloud(zone="Europe/Berlin") as running:
        yield running


def reaching(telegram: TelegramServer) -> dict[str, str]:
    """The environment of an oO that talks to that Telegram."""
    return {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    """oO at nine in Berlin, without a language model and without Todoist."""
    async with scene(tmp_path, NINE, **reaching(telegram)) as running:
        yield running


@pytest.fixture
async def todoist() -> AsyncIterator[SyncingTodoist]:
    now = datetime.fromisoformat(NINE).replace(tzinfo=UTC)
    async with SyncingTodoist(token=TOKEN, zone="Europe/Berlin", clock=lambda: now) as server:
        yield server


def with_todoist(todoist: TodoistServer) -> dict[str, str]:
    """The environment of an oO that reads that Todoist."""
    return {"TODOIST_API_TOKEN": TOKEN, "TODOIST_API_URL": todoist.url}


@pytest.fixture
async def connected(
    tmp_path: Path, telegram: TelegramServer, todoist: TodoistServer, cached_certificates: None
) -> AsyncIterator[Scene]:
    """oO as above, with Todoist."""
    async with scene(tmp_path, NINE, **reaching(telegram), **with_todoist(todoist)) as running:
        yield running


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(post_burst=1000, retry_after=(0.0, 0.02, 0.02)) as server:
        yield server


def with_slack(slack: SlackServer) -> dict[str, str]:
    """The environment of an oO that talks to that Slack in Socket Mode."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
    }


@pytest.fixture
async def office(tmp_path: Path, slack: SlackServer, cached_certificates: None) -> AsyncIterator[Scene]:
    """oO at nine in Berlin, in Slack instead of Telegram. Slack finds nothing wrong with what it says."""
    async with scene(tmp_path, NINE, **with_slack(slack)) as running:
        await slack.expect_connection()
        yield running
        assert slack.refusals == []


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    """The owner, who has agreed and lives in Berlin."""
    return await welcomed(oo, telegram.user(7, "Ann"))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
async def tip(oo: Scene, ann: Person) -> Message:
    """A tip about the rent, asked for at nine on Sunday."""
    await expect_reply(ann, RENT)
    return await expect_reply(ann, "/tip")
