"""Chromium for tests: Debian's, driven by Playwright. One browser for a test process, a new context (cookies,
storage, colours, width) for each test.

Playwright's loop must be that of the test, so the browser itself is a process of its own, to which each test
connects.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from tests.waiting import WAIT_LIMIT

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
SERIOUS = ("serious", "critical")

_ENDPOINT = re.compile(r"DevTools listening on (ws://\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chromium:
    """A browser that runs."""

    endpoint: str


def launched(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """Start Chromium with a fresh profile; returns it and where it listens."""
    if CHROMIUM is None:
        pytest.fail("these tests need Chromium: apt-get install chromium")
    home = {**os.environ, "HOME": str(folder)}
    process = subprocess.Popen(
        [CHROMIUM, *OPTIONS, f"--user-data-dir={folder / 'profile'}", "about:blank"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=home,
        start_new_session=True,
    )
    assert process.stderr
    for line in process.stderr:
        if found := _ENDPOINT.search(line):
            return process, found[1]
    raise AssertionError("Chromium ended before it listened")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The browser of this test process."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process, endpoint = launched(Path(folder))
        try:
            yield Chromium(endpoint=endpoint)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stderr:
                process.stderr.close()


@asynccontextmanager
async def connected(chromium: Chromium) -> AsyncIterator[Browser]:
    """The browser as the running loop drives it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(chromium.endpoint)
        try:
            yield browser
        finally:
            await browser.close()


@pytest.fixture
async def page(chromium: Chromium) -> AsyncIterator[Page]:
    """An empty page in a context of its own, as wide as a phone's. Errors of its console fail the test."""
    async with connected(chromium) as browser:
        context = await browser.new_context(viewport=PHONE, locale="en-GB", color_scheme="light")  # type: ignore[arg-type]
        context.set_default_timeout(WAIT_LIMIT * 1000)
        opened = await context.new_page()
        problems: list[str] = []
        opened.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        opened.on("pageerror", lambda fault: problems.append(str(fault)))
        yield opened
        await context.close()
        assert problems == []


async def expect_no_faults(page: Page, *, only: tuple[str, ...] = ()) -> None:
    """axe-core finds nothing serious on the page that is shown; ``only`` by the rules of these names."""
    found = await Axe().run(page, options={"runOnly": list(only)} if only else None)
    serious: list[Any] = [
        (one["id"], one["help"], [node["target"] for node in one["nodes"]])
        for one in found.response["violations"]
        if one["impact"] in SERIOUS
    ]
    assert serious == [], f"{page.url}: {serious}"


async def expect_no_sideways_scrolling(page: Page) -> None:
    """Nothing is wider than the screen."""
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
