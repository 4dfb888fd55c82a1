"""Signing in at an identity provider, linking an account, and who is an operator, as browsers see it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import pytest

from adapters.clock import SystemClock
from adapters.oidc.relying_party import RelyingParty
from core.people.identities import identities_of
from core.people.operators import parse_operators
from core.people.sessions import SESSION_LASTS, sessions_of
from core.records import Person
from tests.bot.web.browser import ROOT, Browser, Reply, browser_of
from tests.core.worlds import Scene
from tests.servers import oidc_browser
from tests.servers.local import status
from tests.servers.oidc import CLIENT_ID, CLIENT_SECRET, OidcServer

CALLBACK = "/sign-in/oidc/callback"


@pytest.fixture
async def provider() -> AsyncIterator[OidcServer]:
    async with OidcServer(ROOT + CALLBACK) as running:
        running.person("Ann", email="ann@example.org", email_verified=True)
        running.person("Bob")
        yield running


def visitor(world: Scene, provider: OidcServer, operators: str = "", **about: Any) -> Browser:
    """A browser where people can sign in at Acme."""
    rp = RelyingParty(
        provider.url,
        CLIENT_ID,
        CLIENT_SECRET,
        name="Acme <b>",
        redirect_uri=ROOT + CALLBACK,
        wants_email=False,
        clock=SystemClock(),
    )
    return browser_of(world, identity_provider=rp, operators=parse_operators(operators), **about)


async def there_and_back(browser: Browser, provider: OidcServer, form: str, who: str = "Ann") -> Reply:
    """Send a form that leads to the provider, choose there, and come back."""
    return await browser.get(await way_back(browser, provider, form, who))


async def way_back(browser: Browser, provider: OidcServer, form: str, who: str = "Ann") -> str:
    """The address to which the provider sends the browser."""
    going = await browser.submit(form)
    assert going.status == 200, going.text
    refresh, _, url = going.answer.headers["Refresh"].partition("; url=")
    assert refresh == "0"
    back = await oidc_browser.Browser(provider, who).answer(url, agrees=who != "Cancel")
    return f"{CALLBACK}?{urlencode(back)}"


async def linked(world: Scene, browser: Browser, provider: OidcServer, who: str = "Ann") -> Person:
    """Somebody who has linked an account, and is signed in by a link from the chat."""
    ada = await world.person()
    await browser.sign_in(ada)
    await browser.get("/me/access")
    assert (await there_and_back(browser, provider, "/me/identity/link", who)).location == "/me/access"
    return ada


async def test_a_person_links_an_account_and_signs_in_by_it(world: Scene, provider: OidcServer) -> None:
    first = visitor(world, provider)
    ada = await linked(world, first, provider)
    page = await first.get("/me/access")
    assert "An account at Acme <b> opens this page. You linked it today" in page.text
    assert "It was not used yet." in page.text
    assert provider.subject("Ann") not in page.text

    other = visitor(world, provider)
    assert "Sign in with Acme <b>" in (await other.get("/sign-in")).text
    signed = await there_and_back(other, provider, "/sign-in/oidc")
    assert (signed.status, signed.location) == (303, "/me")
    assert (await other.get("/me")).status == 200
    assert len(await sessions_of(ada, world.deps)) == 2
    assert "It was last used today" in (await first.get("/me/access")).text


async def test_signing_in_makes_a_new_session_and_ends_the_former_one(
    world: Scene, provider: OidcServer
) -> None:
    browser = visitor(world, provider)
    ada = await linked(world, browser, provider)
    (before,) = await sessions_of(ada, world.deps)
    cookie = dict(browser.cookies)
    await browser.get("/me/access")
    await there_and_back(browser, provider, "/sign-in/oidc")
    (after,) = await sessions_of(ada, world.deps)
    assert before.session_id != after.session_id
    browser.cookies = cookie
    assert (await browser.get("/me")).location == "/sign-in"


async def test_an_account_that_nobody_linked_leads_to_the_chat(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider)
    await browser.get("/sign-in")
    told = await there_and_back(browser, provider, "/sign-in/oidc", "Bob")
    assert (told.status, told.title) == (403, "I don't know this account · oO")
    assert "Write /me to me in the chat" in told.text
    assert "__Host-oo_session" not in browser.cookies
    assert (await browser.get("/me")).location == "/sign-in"


async def test_an_account_of_somebody_else_is_not_linked(world: Scene, provider: OidcServer) -> None:
    await linked(world, visitor(world, provider), provider)
    browser = visitor(world, provider)
    bob = await world.person("bob")
    await browser.sign_in(bob)
    await browser.get("/me/access")
    told = await there_and_back(browser, provider, "/me/identity/link")
    assert (told.status, told.title) == (409, "This account is linked already · oO")
    assert await identities_of(bob, world.deps) == ()


async def test_an_account_is_unlinked(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider)
    ada = await linked(world, browser, provider)
    (identity,) = await identities_of(ada, world.deps)
    fields: Any = {"issuer": identity.issuer, "subject": identity.subject}
    await browser.get("/me/access")
    assert (await browser.submit("/me/identity/unlink", **fields)).location == "/me/access"
    assert "So far you come here by a link from the chat." in (await browser.get("/me/access")).text
    assert (await browser.submit("/me/identity/unlink", **fields)).status == 404
    other = visitor(world, provider)
    await other.get("/sign-in")
    assert (await there_and_back(other, provider, "/sign-in/oidc")).status == 403


async def test_nobody_unlinks_an_account_of_somebody_else(world: Scene, provider: OidcServer) -> None:
    ada = await linked(world, visitor(world, provider), provider)
    (identity,) = await identities_of(ada, world.deps)
    browser = visitor(world, provider)
    await browser.sign_in(await world.person("bob"))
    await browser.get("/me/access")
    for issuer, subject in ((identity.issuer, identity.subject), ("", ""), ("x" * 5000, "\0")):
        assert (await browser.submit("/me/identity/unlink", issuer=issuer, subject=subject)).status == 404
    assert await identities_of(ada, world.deps) == (identity,)


# --- What comes back ---------------------------------------------------------------------------------------


async def test_nobody_is_signed_in_by_what_another_browser_began(world: Scene, provider: OidcServer) -> None:
    """An attacker would send the address to somebody, whose tasks would go to the attacker's page."""
    await linked(world, visitor(world, provider), provider)
    attacker = visitor(world, provider)
    await attacker.get("/sign-in")
    address = await way_back(attacker, provider, "/sign-in/oidc")
    victim = visitor(world, provider)
    for _ in range(2):
        told = await victim.get(address)
        assert (told.status, told.title) == (400, "Please start again · oO")
        assert "__Host-oo_session" not in victim.cookies
        await victim.get("/sign-in")  # now with a cookie of its own
        await victim.submit("/sign-in/oidc")
    assert (await attacker.get(address)).status == 400  # used up


async def test_a_forged_cookie_is_none(world: Scene, provider: OidcServer) -> None:
    await linked(world, visitor(world, provider), provider)
    browser = visitor(world, provider)
    await browser.get("/sign-in")
    address = await way_back(browser, provider, "/sign-in/oidc")
    name = "__Host-oo_oidc"
    browser.cookies[name] = browser.cookies[name][:-1] + ("A" if browser.cookies[name][-1] != "A" else "B")
    assert (await browser.get(address)).status == 400


async def test_an_address_works_once(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider)
    await linked(world, browser, provider)
    await browser.get("/me/access")
    address = await way_back(browser, provider, "/sign-in/oidc")
    assert (await browser.get(address)).location == "/me"
    assert (await browser.get(address)).status == 400


WRONG = (
    "",
    "?state=",
    "?state=x&code=y",
    f"?state={'a' * 22}&code=y",
    "?state=%00&code=%FF",
    "?error=<b>",
)


async def test_made_up_addresses_are_told_to_start_again(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider)
    for query in WRONG:
        told = await browser.get(CALLBACK + query)
        assert (told.status, told.title) == (400, "Please start again · oO")
        assert "<b>" not in told.html
    assert not provider.calls


async def test_saying_no_and_a_provider_that_fails_are_told(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider)
    await browser.get("/sign-in")
    told = await there_and_back(browser, provider, "/sign-in/oidc", "Cancel")
    assert (told.status, told.title) == (200, "You did not sign in · oO")
    provider.faults.plan(status(500), on="POST /token")
    await browser.get("/sign-in")
    told = await there_and_back(browser, provider, "/sign-in/oidc")
    assert (told.status, told.title) == (503, "Acme <b> does not answer · oO")
    provider.lies.claims = {"aud": "another"}
    await browser.get("/sign-in")
    told = await there_and_back(browser, provider, "/sign-in/oidc")
    assert (told.status, told.title) == (403, "I can't be sure who you are · oO")


async def test_a_provider_that_can_t_be_reached_is_told_at_once(world: Scene, provider: OidcServer) -> None:
    provider.faults.always(status(500))
    for language, title in (
        ("en", "Acme <b> does not answer"),
        ("de", "Acme <b> antwortet nicht"),
        ("fr", "Acme <b> ne répond pas"),
        ("es", "Acme <b> no responde"),
    ):
        browser = visitor(world, provider)
        browser.language = language
        await browser.get("/sign-in")
        told = await browser.submit("/sign-in/oidc")
        assert (told.status, told.title) == (503, f"{title} · oO")


async def test_going_there_needs_a_form_of_oos_own(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider)
    await browser.sign_in(await world.person())
    for path in ("/sign-in/oidc", "/me/identity/link", "/me/identity/unlink", "/operator/sign-in"):
        assert (await browser.submit(path)).status == 403
        assert (await browser.get(path)).status in (303, 404, 405, 200)
    assert not provider.calls


async def test_without_a_provider_nothing_of_it_is_there(world: Scene) -> None:
    browser = browser_of(world)
    await browser.sign_in(await world.person())
    assert "Sign in with" not in (await browser_of(world).get("/sign-in")).text
    assert "sign in" not in (await browser.get("/me/access")).text
    assert (await browser.get(CALLBACK)).status == 404
    for form in ("/sign-in/oidc", "/me/identity/link", "/operator/sign-in"):
        assert (await browser.submit(form)).status == 404


async def test_after_signing_out_the_provider_can_be_left_too(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider)
    assert provider.url not in (await browser.get("/signed-out")).html
    await linked(world, browser, provider)
    await browser.get("/me/access")
    assert (await browser.submit("/sign-out")).location == "/signed-out"
    left = await browser.get("/signed-out")
    assert f'href="{provider.url}/end_session?client_id=oo+at+acme"' in left.html
    assert "Sign out at Acme <b>, too" in left.text


async def test_the_way_there_is_in_no_form_and_leaves_no_trace(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider)
    browser.language = "de"
    await browser.get("/sign-in")
    going = await browser.submit("/sign-in/oidc")
    url = going.answer.headers["Refresh"].partition("; url=")[2]
    assert url.replace("&", "&amp;") in going.html
    assert "ui_locales=de" in url
    assert "form-action 'self'" in going.answer.headers["Content-Security-Policy"]
    assert going.answer.headers["Cache-Control"] == "no-store"
    cookie = next(one for one in going.answer.cookies if one.startswith("__Host-oo_oidc="))
    assert cookie.endswith("; Max-Age=600; Path=/; HttpOnly; SameSite=Lax; Secure")


# --- The operator ------------------------------------------------------------------------------------------


async def test_an_operator_signs_in(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider, provider.subject("Ann"))
    assert "Sign in with Acme <b>" in (await browser.get("/operator/sign-in")).text
    signed = await there_and_back(browser, provider, "/operator/sign-in")
    assert (signed.status, signed.location) == (303, "/operator")
    assert (await browser.get("/operator/sign-in")).location == "/operator"
    assert (await browser.get("/me")).location == "/sign-in"


async def test_nobody_else_is_an_operator(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider, provider.subject("Ann"))
    await linked(world, browser, provider, "Bob")
    await browser.get("/operator/sign-in")
    told = await there_and_back(browser, provider, "/operator/sign-in", "Bob")
    assert (told.status, told.title) == (403, "This page is not for you · oO")
    assert f"its id is {provider.subject('Bob')}" in told.text
    assert (await browser.get("/me")).status == 200  # still signed in


async def test_an_operator_who_is_no_longer_listed_is_signed_out(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider, provider.subject("Ann"))
    await browser.get("/operator/sign-in")
    await there_and_back(browser, provider, "/operator/sign-in")
    after = visitor(world, provider, provider.subject("Bob"))
    after.cookies = browser.cookies
    assert (await after.get("/operator/sign-in")).status == 200
    assert (await after.get("/me")).location == "/sign-in"


async def test_the_operators_page_is_closed_unless_somebody_is_listed(
    world: Scene, provider: OidcServer
) -> None:
    for browser in (browser_of(world), visitor(world, provider)):
        asked = await browser.get("/operator/sign-in")
        assert (asked.status, asked.title) == (200, "The operator's page is closed · oO")
        assert "Sign in with" not in asked.text


async def test_an_operators_session_ends_after_half_a_day(world: Scene, provider: OidcServer) -> None:
    browser = visitor(world, provider, provider.subject("Ann"))
    await browser.get("/operator/sign-in")
    await there_and_back(browser, provider, "/operator/sign-in")
    world.clock.move(seconds=SESSION_LASTS["operator"].total_seconds() + 1)  # type: ignore[index]
    assert (await browser.get("/operator/sign-in")).status == 200
