"""The person's page in a real browser, signed in from the chat."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import expect_reply, welcomed
from tests.scenarios.test_my_page import KEY, PAGES_ON
from tests.scenarios.world import Scene, scene
from tests.servers.browser import chromium, expect_no_faults, expect_no_sideways_scrolling, page
from tests.servers.telegram import Message, Person, TelegramServer

__all__ = ["chromium", "page"]


def free_port() -> int:
    """A port on which nobody listens. The links in the chat name it before oO listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    port = str(free_port())
    environment = {
        **reaching(telegram),
        "OO_HTTP_PORT": port,
        "OO_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "OO_VAULT_KEYS": KEY,
    }
    async with scene(tmp_path, NINE, config=PAGES_ON, **environment) as running:
        yield running


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    return await welcomed(oo, telegram.user(7, "Ann"))


def link_in(message: Message) -> str:
    """The address that the button of a message opens."""
    (button,) = message.buttons
    assert button.url
    return button.url


async def test_from_the_chat_to_the_page_and_out_again(ann: Person, page: Page) -> None:
    await page.goto(link_in(await expect_reply(ann, "/me")))
    await expect(page).to_have_title("Sign in? · oO")
    await expect_no_faults(page)
    await expect_no_sideways_scrolling(page)
    await page.get_by_role("button", name="Sign in to my page").press("Enter")
    await expect(page).to_have_title("Today · oO")
    await expect_no_faults(page)
    await page.get_by_role("button", name="Sign out").click()
    await expect(page).to_have_title("You are signed out · oO")
    await expect_no_faults(page)
