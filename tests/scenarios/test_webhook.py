"""Telegram by webhook: the same conversation, with Telegram posting to oO's own HTTP server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from adapters.http import MAX_BODY_BYTES
from tests.scenarios.conftest import NINE, free_port, reaching
from tests.scenarios.talking import expect_all_answered, expect_edit_on_tap, expect_reply, welcomed
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import TelegramServer

SECRET = "webhook_secret-1"


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    port = free_port()
    async with scene(
        tmp_path,
        NINE,
        **reaching(telegram),
        OO_HTTP_PORT=str(port),
        TELEGRAM_WEBHOOK_URL=f"http://127.0.0.1:{port}/telegram/webhook",
        TELEGRAM_WEBHOOK_SECRET=SECRET,
    ) as running:
        yield running


async def test_a_conversation_by_webhook(oo: Scene, telegram: TelegramServer) -> None:
    ann = await welcomed(oo, telegram.user(7, "Ann"))
    await expect_reply(ann, "/add Pay rent tomorrow 9am p1")
    tip = await expect_reply(ann, "/tip")
    await expect_edit_on_tap(ann, tip, "Done")

    assert tip.text == "Pay rent Done at 9:00."
    assert telegram.called("getUpdates") == []
    assert all(attempt.is_accepted for attempt in telegram.webhook_attempts)


async def test_without_the_secret_nothing_is_taken(oo: Scene, telegram: TelegramServer) -> None:
    ann = await welcomed(oo, telegram.user(7, "Ann"))
    sent = len(ann.chat.messages)
    forged = {
        "update_id": 1,
        "message": {"message_id": 1, "from": {"id": 7}, "chat": {"id": 7}, "text": "hi"},
    }
    url = f"http://127.0.0.1:{oo.oo.http_port}/telegram/webhook"

    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
            async with session.post(url, json=forged, headers=headers) as response:
                assert response.status in (401, 403)
        async with session.get(url) as response:
            assert response.status in (403, 404, 405)

    assert len(ann.chat.messages) == sent


async def test_what_is_larger_than_the_server_takes_is_refused(oo: Scene) -> None:
    url = f"http://127.0.0.1:{oo.oo.http_port}/telegram/webhook"
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}

    async with aiohttp.ClientSession() as session:
        async with session.post(url, data=BytesIO(b" " * MAX_BODY_BYTES), headers=headers) as response:
            assert response.status == 400  # read to its end: nothing but blanks
        async with session.post(url, data=BytesIO(b" " * (MAX_BODY_BYTES + 1)), headers=headers) as response:
            assert response.status == 413


async def test_health_readiness_and_metrics(oo: Scene, telegram: TelegramServer) -> None:
    root = f"http://127.0.0.1:{oo.oo.http_port}"
    ann = await welcomed(oo, telegram.user(7, "Ann"))
    await expect_reply(ann, "/add Pay rent xylophone-canary")
    await expect_reply(ann, "/tip")
    await expect_all_answered(oo, telegram)

    async with aiohttp.ClientSession() as session:
        for path in ("/healthz", "/readyz"):
            async with session.get(root + path) as response:
                assert response.status == 200
        async with session.get(f"{root}/metrics") as response:
            metrics = await response.text()

    assert 'oo_deliveries{state="sent"} 1.0' in metrics
    assert "oo_inbox_waiting 0.0" in metrics
    assert "xylophone" not in metrics
