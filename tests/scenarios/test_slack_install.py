"""The pages from which a Slack workspace installs oO, as browsers see them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest

from tests.scenarios.conftest import NINE
from tests.scenarios.slack_installing import COOKIE, Browser, environment
from tests.scenarios.world import Scene, scene
from tests.servers.local import close
from tests.servers.slack import SlackServer


@pytest.fixture
async def oo(tmp_path: Path, slack: SlackServer) -> AsyncIterator[Scene]:
    """oO at nine in Berlin, without a workspace of the operator's."""
    async with scene(tmp_path, NINE, **environment(slack)) as running:
        await slack.expect_connection()
        yield running
        assert slack.refusals == []


async def test_a_link_works_once_and_only_in_the_browser_that_got_it(oo: Scene, slack: SlackServer) -> None:
    team, browser, other = slack.team("T1AAA"), Browser(oo), Browser(oo)
    offer = await browser.get("/slack/install")
    back = team.approve(offer.link)

    assert (await other.get(back)).status == HTTPStatus.BAD_REQUEST
    assert (await browser.get(back)).status == HTTPStatus.OK
    browser.cookies = offer.cookies
    again = await browser.get(team.approve(offer.link))
    assert again.status == HTTPStatus.BAD_REQUEST
    assert "does not work any more" in again.html
    assert len(team.tokens) == 1


async def test_a_link_ends_after_ten_minutes(oo: Scene, slack: SlackServer) -> None:
    team, browser = slack.team("T1AAA"), Browser(oo)
    offer = await browser.get("/slack/install")
    oo.clock.move(minutes=10)

    assert (await browser.get(team.approve(offer.link))).status == HTTPStatus.BAD_REQUEST
    assert team.tokens == []


async def test_the_cookie_is_for_the_browser_only(oo: Scene) -> None:
    address = f"http://127.0.0.1:{oo.oo.http_port}/slack/install"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        cookie = answer.headers["Set-Cookie"]
        policy = answer.headers["Content-Security-Policy"]
    for part in ("HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600", "Path=/slack/oauth_redirect"):
        assert part in cookie
    assert "default-src 'none'" in policy


async def test_a_no_changes_nothing(oo: Scene, slack: SlackServer) -> None:
    browser = Browser(oo)
    offer = await browser.get("/slack/install")
    page = await browser.get(slack.oauth.deny(offer.link))
    assert (page.status, "was not installed" in page.html) == (HTTPStatus.OK, True)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?code=x",
        "?state=x",
        "?code=x&state=x",
        "?error=<script>",
        "?code=x&state=%ff%00",
        "?state=" + "x" * 4000,
    ],
)
async def test_hostile_returns_are_refused_and_not_repeated(oo: Scene, query: str) -> None:
    browser = Browser(oo)
    for cookies in ({}, {COOKIE: "x"}):
        browser.cookies = cookies
        page = await browser.get(f"/slack/oauth_redirect{query}")
        assert page.status == HTTPStatus.BAD_REQUEST
        assert "script" not in page.html


async def test_a_slack_that_is_down_is_a_page_of_its_own_and_the_state_is_used(
    oo: Scene, slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    team, browser = slack.team("T1AAA"), Browser(oo)
    offer = await browser.get("/slack/install")
    back = team.approve(offer.link)
    slack.faults.plan(close, on="oauth.v2.access")

    page = await browser.get(back)

    assert page.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert "code." not in caplog.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de-DE,de;q=0.9", "Zu Slack hinzufügen"),
        ("fr", "Ajouter à Slack"),
        ("es", "Añadir a Slack"),
        ("ja", "Add to Slack"),
    ],
)
async def test_the_page_speaks_the_language_of_the_browser(oo: Scene, language: str, words: str) -> None:
    assert words in (await Browser(oo).get("/slack/install", language=language)).html
