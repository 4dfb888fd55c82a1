"""The page of an export: everything in it, and nothing in it that acts."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import pytest

from adapters.storage.personal import about
from adapters.storage.store import open_store
from adapters.storage.tables import metadata
from bot.languages.active import speaking
from bot.languages.language import language_of
from bot.screens import texts_export
from bot.screens.export_page import as_text, export_page
from core.people.privacy import collect
from core.store import Store
from tests.core.histories import lived, two_sided
from tests.core.worlds import scene

HOSTILE = (
    "<script>alert(1)</script>",
    "</dd></dl><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "&lt;b&gt; & &amp;",
    "https://example.org <a href='javascript:1'>x</a>",
    "\u202etxt.exe",
    "]]> <!-- -->",
)


@pytest.fixture
async def on_disk(database_url: str) -> AsyncIterator[Store]:
    storage = await open_store(database_url)
    yield storage
    await storage.close()


TAGS = set("html head meta title style body h1 h2 p small ul li dl dt dd".split())  # noqa: SIM905
TITLES = [("de", "Alles, was oO"), ("fr", "Tout ce que oO"), ("es", "Todo lo que oO")]


class Parsed(HTMLParser):
    """Tags, attributes and texts of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.texts: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


async def page_of(store: Store, *titles: str) -> bytes:
    here = scene(store)
    await here.person()
    for title in titles:
        await here.task(title)
    await lived(store, here.clock.now(), two_sided())
    return export_page(await collect(await here.stored(), here.deps))


async def test_whatever_a_title_holds_is_text(on_disk: Store) -> None:
    parsed = Parsed(await page_of(on_disk, *HOSTILE))
    for title in HOSTILE:
        assert title in parsed.texts
    assert set(parsed.tags) <= TAGS
    assert set(parsed.attributes) <= {"lang", "charset", "http-equiv", "content", "name"}


async def test_it_loads_nothing_and_runs_nothing(on_disk: Store) -> None:
    page = (await page_of(on_disk)).decode()
    assert "default-src &#x27;none&#x27;" in page
    assert not re.search(r"<script|<link|<img|<iframe|url\(|@import|src=|href=", page)


async def test_every_table_about_a_person_is_there_with_beliefs_and_decisions(on_disk: Store) -> None:
    page = (await page_of(on_disk, "Pay the rent")).decode()
    for table in metadata.sorted_tables:
        if about(table, "ada") is not None:
            assert texts_export.PAGE_TABLES.get(table.name, table.name) in page
    assert "14 of 18" in page
    assert "Pay the rent" in page
    assert "ada-past-01-09-task" in page


def test_every_table_about_a_person_has_a_heading_in_words() -> None:
    personal = {table.name for table in metadata.sorted_tables if about(table, "ada") is not None}
    assert personal <= texts_export.PAGE_TABLES.keys()


@pytest.mark.parametrize(
    ("code", "title"), [("de", "Alles, was oO"), ("fr", "Tout ce que oO"), ("es", "Todo lo que oO")]
)
async def test_it_is_in_the_persons_language(on_disk: Store, code: str, title: str) -> None:
    with speaking(language_of(code)):
        page = (await page_of(on_disk)).decode()
    assert f'<html lang="{code}">' in page
    assert title in page


def test_values_are_written_for_people() -> None:
    settings = {"times": [{"days": [0, 1], "at": ["09:00:00"]}], "muted": [], "cap": 3, "language": None}
    expected = "times: \n  days: 0, 1\n  at: 09:00:00\nmuted: -\ncap: 3\nlanguage: -"
    assert as_text(settings) == expected
    assert as_text("2026-11-29T13:15:18.825573+00:00") == "2026-11-29 13:15:18"
    assert as_text("see 2026-11-29T13:15:18+00:00") == "see 2026-11-29T13:15:18+00:00"
    plain = {True: "true", 0: "0", 0.5: "0.5", None: "-", "": ""}
    assert {value: as_text(value) for value in plain} == plain


async def test_what_matters_most_comes_first(on_disk: Store) -> None:
    page = (await page_of(on_disk)).decode()
    headings = [page.index(f"<h2>{words} <small>") for words in list(texts_export.PAGE_TABLES.values())[:5]]
    assert headings == sorted(headings)
