"""What the service worker sends proves itself, and nothing else is taken from it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from core.chat import Channel, Tapped, Update
from core.delivery.tickets import TICKET_LASTS, ticket
from core.people.browsers import OfferedSubscription, browsers_of, subscribe
from core.signing import Signer
from tests.bot.web.browser import KEY, Browser, Reply, browser_of
from tests.core.worlds import Scene

SIGNER = Signer([KEY])
OFFER = OfferedSubscription(
    endpoint="https://push.example/one", p256dh="B" + "x" * 86, auth="s" * 22, browser="Firefox, Linux"
)
SUBSCRIPTION = json.dumps(
    {"endpoint": OFFER.endpoint, "expirationTime": None, "keys": {"p256dh": OFFER.p256dh, "auth": OFFER.auth}}
)


class Taps:
    """An inbox that takes each update once."""

    def __init__(self) -> None:
        self.taken: dict[str, Tapped] = {}

    async def take(self, update: Update) -> bool:
        assert isinstance(update, Tapped)
        return self.taken.setdefault(update.update_id, update) is update


@pytest.fixture
def taps() -> Taps:
    return Taps()


@pytest.fixture
def stranger(world: Scene, taps: Taps) -> Browser:
    """A browser without a session."""
    return browser_of(world, push_key="KEY", take=taps.take)


async def post(browser: Browser, address: str, **fields: str) -> Reply:
    """As a service worker does: without cookie, token and origin of a form."""
    return await browser.send("POST", address, body=urlencode(fields).encode(), cookie="")


async def test_the_service_worker_stands_at_the_root_and_is_never_cached(stranger: Browser) -> None:
    got = await stranger.get("/sw.js")
    assert got.status == 200
    assert got.answer.content_type.startswith("text/javascript")
    assert got.answer.headers["Cache-Control"] == "no-store"
    assert "notificationclick" in got.html


async def test_a_tap_on_a_notification_needs_no_session_and_is_taken_once(
    world: Scene, stranger: Browser, taps: Taps
) -> None:
    signed = ticket(SIGNER, "ada-in-browsers", "m1", world.clock.now())
    for _ in range(3):
        assert (await post(stranger, "/push/tap", ticket=signed, token="h.0")).status == 204
    (tap,) = taps.taken.values()
    assert (tap.sender.channel, tap.sender.address, tap.token) == (Channel.WEB, "ada-in-browsers", "h.0")


async def test_a_forged_or_late_ticket_is_no_tap(world: Scene, stranger: Browser, taps: Taps) -> None:
    signed = ticket(SIGNER, "ada-in-browsers", "m1", world.clock.now() - TICKET_LASTS)
    fresh = ticket(SIGNER, "ada-in-browsers", "m1", world.clock.now())
    tries: list[dict[str, str]] = [
        {},
        {"ticket": signed, "token": "h.0"},
        {"ticket": fresh},
        {"ticket": f"{fresh}x", "token": "h.0"},
        {"token": "h.0"},
        {"ticket": "x" * 5000, "token": "h.0"},
    ]
    for fields in tries:
        assert (await post(stranger, "/push/tap", **fields)).status == 403
    assert (
        await stranger.send("POST", "/push/tap", body=b"{}", content_type="application/json")
    ).status == 403
    assert (await stranger.send("POST", "/push/tap", body=b"\xff\xfe")).status == 403
    assert taps.taken == {}
    assert (await stranger.get("/push/tap")).status == 405


async def test_only_the_browser_itself_renews_its_address(world: Scene, stranger: Browser) -> None:
    ada = await world.person()
    await subscribe(ada, OFFER, world.deps)
    new = SUBSCRIPTION.replace("/one", "/two")
    wrong: list[dict[str, Any]] = [
        {"endpoint": OFFER.endpoint, "auth": "t" * 22, "subscription": new},
        {"endpoint": OFFER.endpoint, "subscription": new},
        {"endpoint": "https://push.example/other", "auth": OFFER.auth, "subscription": new},
    ]
    for fields in wrong:
        assert (await post(stranger, "/push/renew", **fields)).status == 403
    broken = await post(stranger, "/push/renew", endpoint=OFFER.endpoint, auth=OFFER.auth, subscription="{")
    assert broken.status == 400
    renewed = await post(stranger, "/push/renew", endpoint=OFFER.endpoint, auth=OFFER.auth, subscription=new)
    assert renewed.status == 204
    assert [one.endpoint for one in await browsers_of(ada, world.deps)] == ["https://push.example/two"]
