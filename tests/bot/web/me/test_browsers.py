"""Subscribing needs the session and its token; browsers are listed, and each can be removed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.screens import texts_push
from core.people.browsers import browsers_of, subscribe
from core.records import Person, PushSubscription
from tests.bot.web.browser import Browser, browser_of
from tests.bot.web.test_worker import OFFER, SUBSCRIPTION, post
from tests.core.worlds import Scene

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
async def ada(world: Scene) -> Browser:
    browser = browser_of(world, push_key="KEY")
    await browser.sign_in(await world.person())
    return browser


async def whose(world: Scene, name: str = "ada") -> Person:
    async with world.deps.store.read() as unit:
        return await unit.people.get(name)


async def known(world: Scene, name: str = "ada") -> tuple[PushSubscription, ...]:
    return await browsers_of(await whose(world, name), world.deps)


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
    browser = browser_of(world)
    await browser.sign_in(await world.person(owner=is_owner))
    page = await browser.get("/me/browsers")
    assert ("OO_PUSH_KEY" in page.text) is names_setting
    assert "data-push-key" not in page.html
    await browser.get("/me")
    assert (await browser.submit("/me/browsers", subscription=SUBSCRIPTION)).status == 400
