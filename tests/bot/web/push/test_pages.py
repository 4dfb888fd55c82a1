"""Subscribing needs the session and its token. What the service worker sends proves itself; nothing else is
taken from it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.screens import texts_push
from core.chat import Channel
from core.delivery.tickets import TICKET_LASTS, ticket
from core.people.browsers import browsers_of, subscribe
from core.records import Person, PushSubscription
from tests.bot.web.browser import Browser, Reply
from tests.bot.web.push.conftest import OFFER, SIGNER, Taps, browser_with
from tests.core.worlds import Scene

SUBSCRIPTION = json.dumps(
    {"endpoint": OFFER.endpoint, "expirationTime": None, "keys": {"p256dh": OFFER.p256dh, "auth": OFFER.auth}}
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def whose(world: Scene, name: str = "ada") -> Person:
    async with world.deps.store.read() as unit:
        return await unit.people.get(name)


async def known(world: Scene, name: str = "ada") -> tuple[PushSubscription, ...]:
    return await browsers_of(await whose(world, name), world.deps)


async def post(browser: Browser, address: str, **fields: str) -> Reply:
    """As a service worker does: without cookie, token and origin of a form."""
    return await browser.send("POST", address, body=urlencode(fields).encode(), cookie="")


async def test_the_service_worker_stands_at_the_root_and_is_never_cached(stranger: Browser) -> None:
    got = await stranger.get("/sw.js")
    assert got.status == 200
    assert got.answer.content_type.startswith("text/javascript")
    assert got.answer.headers["Cache-Control"] == "no-store"
    assert "notificationclick" in got.html


async def test_only_somebody_who_is_signed_in_subscribes_and_only_with_the_pages_own_form(
    world: Scene, stranger: Browser, ada: Browser
) -> None:
    assert (await stranger.get("/me/browsers")).location == "/sign-in"
    refused = await post(stranger, "/me/browsers", subscription=SUBSCRIPTION)
    assert refused.status in (303, 403)
    await ada.get("/me/browsers")
    forged = await ada.submit("/me/browsers", subscription=SUBSCRIPTION, csrf="forged")
    elsewhere = await ada.submit(
        "/me/browsers", subscription=SUBSCRIPTION, headers={"origin": "https://evil.example"}
    )
    assert (forged.status, elsewhere.status) == (403, 403)
    assert await known(world) == ()
    done = await ada.submit("/me/browsers", subscription=SUBSCRIPTION, headers={"user-agent": FIREFOX})
    assert done.status == 204
    assert [one.browser for one in await known(world)] == ["Firefox, Linux"]


@pytest.mark.parametrize(
    "subscription",
    ["", "{", "[" * 3000, "null", "1", '"x"', "{}", SUBSCRIPTION.replace("https", "ftp"), "x" * 9000],
)
async def test_what_is_no_subscription_is_refused_and_stored_nowhere(
    world: Scene, ada: Browser, subscription: str
) -> None:
    await ada.get("/me/browsers")
    assert (await ada.submit("/me/browsers", subscription=subscription)).status == 400
    assert await known(world) == ()


async def test_the_page_lists_browsers_and_each_can_be_removed(world: Scene, ada: Browser) -> None:
    hers = await subscribe(await whose(world), OFFER, world.deps)
    await subscribe(await whose(world), replace(OFFER, endpoint="https://x.example", browser=""), world.deps)
    bobs = await subscribe(
        await world.person("bob"), replace(OFFER, endpoint="https://b.example", browser="Bobs"), world.deps
    )
    page = await ada.get("/me/browsers")
    assert "Firefox, Linux" in page.text
    assert texts_push.UNNAMED in page.text
    assert "Bobs" not in page.text
    assert "push.example" not in page.html
    assert (await ada.submit("/me/browsers/remove", browser=hers.subscription_id)).location == "/me/browsers"
    await ada.submit("/me/browsers/remove", browser=bobs.subscription_id)
    await ada.submit("/me/browsers/off", endpoint=bobs.endpoint)
    assert [one.browser for one in await known(world)] == [""]
    assert await known(world, "bob") == (bobs,)
    await ada.submit("/me/browsers/off", endpoint="https://x.example")
    assert await known(world) == ()


async def test_a_name_that_a_browser_gives_itself_is_no_markup(world: Scene, ada: Browser) -> None:
    await subscribe(await whose(world), replace(OFFER, browser='<b onclick="x">"&'), world.deps)
    assert '<b onclick="x">' not in (await ada.get("/me/browsers")).html


@pytest.mark.parametrize(("is_owner", "names_setting"), [(True, True), (False, False)])
async def test_without_a_key_the_page_says_so_and_only_the_owner_how_to_set_it(
    world: Scene, is_owner: bool, names_setting: bool
) -> None:
    browser = browser_with(world, None)
    await browser.sign_in(await world.person(owner=is_owner))
    page = await browser.get("/me/browsers")
    assert ("OO_PUSH_KEY" in page.text) is names_setting
    assert "data-push-key" not in page.html
    await browser.get("/me")
    assert (await browser.submit("/me/browsers", subscription=SUBSCRIPTION)).status == 400


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
    assert [one.endpoint for one in await known(world)] == ["https://push.example/two"]
