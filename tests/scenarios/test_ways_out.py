"""Mails, a browser and a chat of one person together: what goes where, and that nothing is left of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.web_push.vapid import new_key
from core.chat import Channel
from core.people.browsers import read_subscription, subscribe, unsubscribe
from core.records import Delivery, DeliveryState
from tests.operators_log import operators_log
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import RENT, expect_edit_on_tap, expect_reply, welcomed
from tests.scenarios.test_mail import ADDRESS, Browser, expect_connected, links, with_mail
from tests.scenarios.world import Scene, scene
from tests.servers import push
from tests.servers.push import PushService
from tests.servers.smtp import SmtpServer, smtp_server
from tests.servers.telegram import Person, TelegramServer
from tests.stored import bytes_in
from tests.waiting import WAIT_LIMIT


@pytest.fixture
async def server() -> AsyncIterator[SmtpServer]:
    async with smtp_server() as running:
        yield running


@pytest.fixture
async def oo(
    tmp_path: Path, telegram: TelegramServer, server: SmtpServer, cached_certificates: None
) -> AsyncIterator[Scene]:
    environment = {
        **reaching(telegram),
        **with_mail(server),
        "OO_PUSH_KEY": new_key(),
        "OO_PUSH_CONTACT": "mailto:operator@example.org",
    }
    config = "http: {pages: true}\npush: {allow_private: true}"
    with operators_log():
        async with scene(tmp_path, NINE, config=config, **environment) as running:
            yield running


@pytest.fixture
async def service(oo: Scene) -> AsyncIterator[PushService]:
    async with PushService(oo.clock.now) as service:
        yield service


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    return await welcomed(oo, telegram.user(7, "Ann"))


async def subscribed(oo: Scene, service: PushService) -> tuple[push.Browser, str]:
    """A browser of Ann's, and the id of its subscription."""
    browser = service.subscribe(oo.oo.platforms.by_channel[Channel.WEB].public_key)
    offered = read_subscription(browser.as_json(), "Firefox, Android")
    assert offered
    made = await subscribe(await oo.person("7"), offered, oo.app.deps)
    return browser, made.subscription_id


async def deliveries(oo: Scene) -> list[Delivery]:
    """Of the latest decision, those first that failed."""
    decision = await oo.latest("7")
    async with oo.app.store.read() as unit:
        found = await unit.deliveries.of(decision.decision_id)
    return sorted(found, key=lambda one: one.state is not DeliveryState.REJECTED)


async def expect_tried(oo: Scene, count: int) -> None:
    """Wait until the latest decision was tried on that many accounts in vain, and waits for the next one."""
    wanted = [*[DeliveryState.REJECTED] * count, DeliveryState.RESERVED]
    async with asyncio.timeout(WAIT_LIMIT):
        while [one.state for one in await deliveries(oo)] != wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    oo.clock.move(seconds=1)


async def test_a_reminder_finds_its_way_past_a_browser_that_is_gone(
    oo: Scene, ann: Person, server: SmtpServer, service: PushService
) -> None:
    await expect_connected(ann, server, Browser(port=oo.oo.http_port))
    browser, _ = await subscribed(oo, service)
    oo.clock.move(minutes=6)  # so that the chat is what she used last
    assert "in your browser" in (await expect_reply(ann, "write to me in the browser")).text
    await expect_reply(ann, "remind me at 12:10 to call the bank")
    browser.gone = 410
    oo.clock.set("2026-11-22T11:10:01")
    await oo.tick("remind")
    oo.clock.move(seconds=1)
    await expect_tried(oo, 1)
    await oo.tick("deliver")
    ring = await ann.expect_message()
    assert "call the bank" in ring.text
    states = [one.state for one in await deliveries(oo)]
    assert states == [DeliveryState.REJECTED, DeliveryState.SENT]
    assert (browser.shown, len(server.records.taken)) == ([], 1)


async def test_nothing_is_left_of_an_address_and_a_browser_in_files_and_log(
    tmp_path: Path, oo: Scene, ann: Person, server: SmtpServer, service: PushService
) -> None:
    mails = Browser(port=oo.oo.http_port)
    with operators_log() as log:
        await expect_connected(ann, server, mails)
        kept, _ = await subscribed(oo, service)
        removed, removed_id = await subscribed(oo, service)
        await expect_reply(ann, RENT)
        await oo.at("2026-11-22T12:00:05")
        tip = (await server.records.expect_mails(2))[1]
        await mails.post(links(tip)["Done"])
        await expect_reply(ann, "write to me in the browser")
        await expect_reply(ann, "/add Call Bob today p1")
        await oo.at("2026-11-22T17:30:05")
        assert len(kept.shown) == len(removed.shown) == 1
        await unsubscribe(await oo.person("7"), removed_id, oo.app.deps)
        oo.clock.move(minutes=6)  # so that the chat is what she used last
        await expect_reply(ann, "write to me by e-mail")
        await expect_reply(ann, "remind me at 20:00 to feed the cat")
        server.records.plan("RCPT", f"550 5.1.1 <{ADDRESS}> unknown")
        oo.clock.set("2026-11-22T19:00:01")
        await oo.tick("remind")
        oo.clock.move(seconds=1)
        await expect_tried(oo, 1)
        await oo.tick("deliver", "mail")
        secrets = [ADDRESS, *(part for one in (kept, removed) for part in (one.name, one.p256dh, one.auth))]
        assert bytes_in(tmp_path).count(ADDRESS.encode()) > 0
        said_since = [(await ann.expect_message()).text for _ in range(2)]
        assert any("feed the cat" in one for one in said_since)
        asked = await expect_reply(ann, "/delete")
        await expect_edit_on_tap(ann, asked, "Delete everything")
    left = bytes_in(tmp_path)
    assert [one for one in secrets if one.encode() in left] == []
    said = log.getvalue()
    assert "550 5.1.1" in said
    assert [one for one in secrets if one in said] == []
    assert await mails.status("POST", links(tip)["Done"]) == 404
    assert await mails.status("POST", links(tip)["No more mails"]) == 200
