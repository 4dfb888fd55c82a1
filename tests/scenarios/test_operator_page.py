"""The operator's page in a real browser, on the machine itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from core.incidents import notice
from core.records import IncidentKind
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.test_my_page import KEY
from tests.scenarios.world import Scene, scene
from tests.servers.browser import (
    DESKTOP,
    PHONE,
    chromium,
    expect_no_faults,
    expect_no_sideways_scrolling,
    page,
)
from tests.servers.telegram import TelegramServer

__all__ = ["chromium", "page"]

ON = "http: {pages: true, operator_on_loopback: true}\n"


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    environment = {**reaching(telegram), "OO_VAULT_KEYS": KEY}
    async with scene(tmp_path, NINE, config=ON, **environment) as running:
        yield running


async def test_an_incident_is_seen_acknowledged_and_over(oo: Scene, page: Page) -> None:
    deps = oo.app.deps
    async with deps.store.begin() as unit:
        await notice(unit, IncidentKind.DELIVERY_UNKNOWN, deps.clock.now(), "telegram")
    await page.goto(f"http://127.0.0.1:{oo.oo.http_port}/operator")
    await expect(page).to_have_title("An incident needs you · Operator · oO")
    for size in (PHONE, DESKTOP):
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in ("dark", "light"):
            await page.emulate_media(color_scheme=scheme)
            await expect_no_faults(page)
            await expect_no_sideways_scrolling(page)
    await page.get_by_role("button", name="Acknowledge").press("Enter")
    await expect(page).to_have_title("A known incident goes on · Operator · oO")
    await expect(page.get_by_text("on this machine, 20")).to_be_visible()
    await expect_no_faults(page)
