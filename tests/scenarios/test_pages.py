"""The person's page in a real browser, signed in from the chat."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.web.me.frame import PAGES
from core.records import Purpose
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import RENT, expect_reply, welcomed
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


async def signed_in(ann: Person, page: Page) -> None:
    """Sign the browser in by the link from the chat."""
    await page.goto(link_in(await expect_reply(ann, "/me")))
    await expect(page).to_have_title("Sign in? · oO")
    await expect_no_faults(page)
    await expect_no_sideways_scrolling(page)
    await page.get_by_role("button", name="Sign in to my page").press("Enter")
    await expect(page).to_have_title("Today · oO")


async def test_from_the_chat_through_every_page_and_out_again(oo: Scene, ann: Person, page: Page) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "/tip")
    receipt = f"/me/tips/{(await oo.latest('7')).decision_id}"
    root = f"http://127.0.0.1:{oo.oo.http_port}"
    await signed_in(ann, page)

    # The tip: by the keyboard. It is redrawn on the page and in the chat.
    await page.get_by_role("button", name="Done", exact=True).first.press("Enter")
    await expect(page.get_by_role("button", name="Undo")).to_be_visible()
    await ann.expect_edit(tip)
    assert await oo.open_tasks(await oo.person("7")) == []

    # A task: added in words, done on the page.
    await page.get_by_role("link", name="Tasks", exact=True).click()
    await page.get_by_label("Add a task").fill("Buy milk #shop")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("Added")
    await expect(page.get_by_role("status")).to_be_focused()
    await page.get_by_role("button", name="Done: Buy milk").click()
    await expect(page.get_by_text("Your list is empty.")).to_be_visible()

    # A setting and a consent.
    await page.get_by_role("link", name="Settings").click()
    await page.get_by_label("Quiet hours", exact=True).fill("21:00-6:00")
    await page.get_by_role("button", name="Save: Quiet hours").click()
    await expect(page.get_by_role("status")).to_contain_text("21:00")
    await page.get_by_role("link", name="Privacy").click()
    await page.get_by_role("button", name="Stop learning").click()
    await expect(page.get_by_role("button", name="Learn again")).to_be_visible()
    known = await oo.person("7")
    assert [one.start.hour for one in known.preferences.quiet] == [21]
    assert not known.allows(Purpose.LEARNING)

    # Every page, the receipt included: without a serious fault, in both schemes, no wider than a phone.
    for address in [*PAGES.values(), receipt]:
        await page.goto(f"{root}{address}")
        await expect(page.locator("h1")).to_be_visible()
        await page.emulate_media(color_scheme="light")
        await expect_no_faults(page)
        await page.emulate_media(color_scheme="dark")
        await expect_no_faults(page, only=("color-contrast",))
        await expect_no_sideways_scrolling(page)
    await page.goto(f"{root}{receipt}")
    await expect(page.get_by_text("What I could choose from")).to_be_visible()

    await page.get_by_role("button", name="Sign out").click()
    await expect(page).to_have_title("You are signed out · oO")
    await expect_no_faults(page)
