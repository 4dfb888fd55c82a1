"""Signing in by a link from the chat."""

from __future__ import annotations

import pytest

from core.people.sessions import sign_in_link
from core.records import Person
from tests.bot.web.browser import Browser, browser_of
from tests.core.worlds import Scene, account


async def link(world: Scene, person: Person) -> str:
    """The path of a new link."""
    return f"/sign-in/{await sign_in_link(person, account(person.person_id, world.clock.now()), world.deps)}"


async def test_the_link_asks_and_only_the_answer_signs_in(world: Scene, stranger: Browser) -> None:
    ada = await world.person()
    path = await link(world, ada)
    for _ in range(3):  # previews of links look as well
        asked = await stranger.get(path)
        assert (asked.status, asked.title) == (200, "Sign in? · oO")
        assert "Telegram" in asked.text
    assert (await stranger.get("/me")).location == "/sign-in"
    signed = await stranger.submit(path)
    assert (signed.status, signed.location) == (303, "/me")
    assert (await stranger.get("/me")).status == 200


async def test_a_used_link_signs_nobody_in(world: Scene, stranger: Browser) -> None:
    path = await link(world, await world.person())
    await stranger.get(path)
    await stranger.submit(path)
    other = browser_of(world)
    asked = await other.get(path)
    assert (asked.status, asked.title) == (410, "This link was used · oO")
    await other.get("/sign-in")
    assert (await other.get("/me")).location == "/sign-in"


async def test_an_old_link_says_so(world: Scene, stranger: Browser) -> None:
    path = await link(world, await world.person())
    await stranger.get(path)
    world.clock.move(minutes=10)
    late = await stranger.submit(path)
    assert (late.status, late.title) == (410, "This link is too old · oO")
    assert (await stranger.get(path)).status == 410


WRONG = ["x", "a" * 22, "a" * 129, "a" * 200, "%00", "..", "'", "<script>", "\0", "ä"]


@pytest.mark.parametrize("token", WRONG)
async def test_a_wrong_link_says_so(stranger: Browser, token: str) -> None:
    asked = await stranger.get(f"/sign-in/{token}")
    assert (asked.status, asked.title) == (404, "This link does not work · oO")
    assert "<script>" not in asked.html


async def test_a_link_of_somebody_who_left_does_not_work(world: Scene, stranger: Browser) -> None:
    path = await link(world, await world.person())
    async with world.deps.store.begin() as unit:
        await unit.people.forget("ada")
    assert (await stranger.get(path)).status == 404


async def test_whoever_is_signed_in_is_told_that_this_ends(world: Scene, ada: Browser) -> None:
    before = dict(ada.cookies)
    path = await link(world, await world.person("bob"))
    asked = await ada.get(path)
    assert "This browser is signed in already" in asked.text
    await ada.submit(path)
    assert (await ada.get("/me")).status == 200
    async with world.deps.store.read() as unit:
        assert await unit.sessions.of("ada") == ()
        assert len(await unit.sessions.of("bob")) == 1
    again = browser_of(world)
    again.cookies = before
    assert (await again.get("/me")).location == "/sign-in"


async def test_an_operator_who_becomes_a_person_is_told_that_this_ends(world: Scene) -> None:
    browser = browser_of(world)
    await browser.sign_in_operator("ops")
    path = await link(world, await world.person())
    assert "signed in already" in (await browser.get(path)).text
    await browser.submit(path)
    assert (await browser.get("/operator")).location == "/operator/sign-in"


async def test_an_operator_who_signs_out_learns_the_way_back(world: Scene) -> None:
    browser = browser_of(world)
    await browser.sign_in_operator("ops")
    await browser.get("/operator")
    signed_out = await browser.get((await browser.submit("/sign-out")).location or "")
    assert "open /operator" in signed_out.text
    assert "/me" not in signed_out.text
    assert (await browser.get("/operator")).location == "/operator/sign-in"


async def test_signing_out_ends_the_session_and_not_only_the_cookie(world: Scene, ada: Browser) -> None:
    before = dict(ada.cookies)
    await ada.get("/me")
    out = await ada.submit("/sign-out")
    assert out.location == "/signed-out"
    assert "You are signed out" in (await ada.get("/signed-out")).text
    ada.cookies = before
    assert (await ada.get("/me")).location == "/sign-in"


async def test_a_session_ends_a_month_after_its_last_use(world: Scene, ada: Browser) -> None:
    for _ in range(3):
        world.clock.move(days=29)
        assert (await ada.get("/me")).status == 200
    world.clock.move(days=30)
    assert (await ada.get("/me")).location == "/sign-in"


async def test_deleting_everything_ends_all_sessions(world: Scene, ada: Browser) -> None:
    async with world.deps.store.begin() as unit:
        await unit.people.forget("ada")
    assert (await ada.get("/me")).location == "/sign-in"


async def test_the_page_speaks_the_language_of_the_person(world: Scene, stranger: Browser) -> None:
    stranger.language = "fr-FR,fr;q=0.9"
    ada = await world.person(preferences={"language": "de"})
    asked = await stranger.get(await link(world, ada))
    assert 'lang="de"' in asked.html
    assert 'lang="fr"' in (await stranger.get("/sign-in")).html
