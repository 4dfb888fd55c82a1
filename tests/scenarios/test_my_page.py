"""The way from the chat to the person's page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.vault import format_key
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import expect_reply, welcomed
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Person, TelegramServer

KEY = format_key(bytes(range(32)))
PAGES_ON = "http: {pages: true}"


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    return await welcomed(oo, telegram.user(7, "Ann"))


@pytest.fixture
async def with_pages(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> AsyncIterator[Scene]:
    environment = {**reaching(telegram), "OO_PUBLIC_URL": "https://oo.example/", "OO_VAULT_KEYS": KEY}
    async with scene(tmp_path, NINE, config=PAGES_ON, **environment) as running:
        yield running


async def test_without_pages_the_chat_says_what_has_to_be_set(ann: Person) -> None:
    said = (await expect_reply(ann, "/me")).text
    for name in ("http.pages", "OO_PUBLIC_URL", "oo vault key"):
        assert name in said


async def test_with_pages_a_button_opens_the_page_and_nothing_else_shows_the_link(
    with_pages: Scene, telegram: TelegramServer
) -> None:
    ann = await welcomed(with_pages, telegram.user(7, "Ann"))
    urls = set()
    for words in ("/me", "/me"):
        said = await expect_reply(ann, words)
        (button,) = said.buttons
        assert re.fullmatch(r"https://oo\.example/sign-in/[\w-]{22}", button.url or "")
        assert "sign-in" not in said.text
        urls.add(button.url)
    assert len(urls) == 2
