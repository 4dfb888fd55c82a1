"""Linking an account at a provider, signing out, and signing in by it, in a real browser.

oO is ``127.0.0.1`` and the provider ``localhost``: to a browser these are two sites.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.scenarios.conftest import NINE, free_port, reaching
from tests.scenarios.talking import expect_reply, welcomed
from tests.scenarios.test_my_page import KEY, PAGES_ON
from tests.scenarios.test_pages import link_in
from tests.scenarios.world import Scene, scene
from tests.servers.browser import chromium, expect_no_faults, expect_no_sideways_scrolling, page
from tests.servers.oidc import CLIENT_ID, CLIENT_SECRET, OidcServer
from tests.servers.telegram import TelegramServer

__all__ = ["chromium", "page"]

NOW = datetime.fromisoformat(NINE).replace(tzinfo=UTC)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
async def provider(port: int) -> AsyncIterator[OidcServer]:
    callback = f"http://127.0.0.1:{port}/sign-in/oidc/callback"
    async with OidcServer(callback, host="localhost", clock=lambda: NOW) as running:
        running.person("Ann Smith")
        running.person("Bob Jones")
        yield running


@pytest.fixture
async def oo(
    tmp_path: Path, telegram: TelegramServer, provider: OidcServer, port: int, cached_certificates: None
) -> AsyncIterator[Scene]:
    environment = {
        **reaching(telegram),
        "OO_HTTP_PORT": str(port),
        "OO_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "OO_VAULT_KEYS": KEY,
        "OIDC_ISSUER": provider.url,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "OIDC_NAME": "Acme",
    }
    async with scene(tmp_path, NINE, config=PAGES_ON, **environment) as running:
        yield running


async def looks_well(page: Page, title: str) -> None:
    await expect(page).to_have_title(f"{title} · oO")
    await expect_no_faults(page)
    await expect_no_sideways_scrolling(page)


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name).click()


async def test_link_sign_out_and_sign_in_by_the_provider(
    oo: Scene, telegram: TelegramServer, page: Page, port: int
) -> None:
    ann = await welcomed(oo, telegram.user(7, "Ann"))
    await page.goto(link_in(await expect_reply(ann, "/me")))
    await press(page, "Sign in to my page")
    await expect(page).to_have_title("Today · oO")

    await page.goto(f"http://127.0.0.1:{port}/me/access")
    await looks_well(page, "Access")
    await press(page, "Sign in with Acme from now on")
    await press(page, "Ann Smith")
    await expect(page.get_by_text("An account at Acme opens this page.")).to_be_visible()
    await looks_well(page, "Access")

    await page.goto(f"http://127.0.0.1:{port}/me")
    await press(page, "Sign out")
    await looks_well(page, "You are signed out")
    await page.goto(f"http://127.0.0.1:{port}/me")
    await looks_well(page, "Sign in")
    await press(page, "Sign in with Acme")
    await press(page, "Ann Smith")
    await expect(page).to_have_title("Today · oO")
    await expect(page).to_have_url(re.compile(rf"^http://127.0.0.1:{port}/me$"))


async def test_saying_no_at_the_provider_signs_nobody_in(oo: Scene, page: Page, port: int) -> None:
    await page.goto(f"http://127.0.0.1:{port}/sign-in")
    await press(page, "Sign in with Acme")
    await press(page, "Cancel")
    await looks_well(page, "You did not sign in")
    await page.get_by_role("link", name="To the sign-in").click()
    await looks_well(page, "Sign in")
