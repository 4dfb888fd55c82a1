"""Slack's own ways of sending something odd, and signed HTTP instead of Socket Mode."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import texts
from tests.scenarios.conftest import NINE
from tests.scenarios.test_slack import RENT, account, said, tapped, welcomed
from tests.scenarios.world import Scene, scene
from tests.servers.slack import Person, SlackServer


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(post_burst=1000, retry_after=(0.0, 0.02, 0.02)) as server:
        yield server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
async def oo(tmp_path: Path, slack: SlackServer, unhurried: None) -> AsyncIterator[Scene]:
    """oO behind signed HTTP."""
    port = free_port()
    async with scene(
        tmp_path,
        NINE,
        OO_HTTP_PORT=str(port),
        SLACK_BOT_TOKEN=slack.bot_token,
        SLACK_SIGNING_SECRET=slack.signing_secret,
        SLACK_API_URL=slack.api_url,
    ) as running:
        slack.use_http(f"http://127.0.0.1:{port}/slack/events")
        yield running


@pytest.fixture
async def ann(oo: Scene, slack: SlackServer) -> Person:
    return await welcomed(slack.user("U1", name="Ann"))
