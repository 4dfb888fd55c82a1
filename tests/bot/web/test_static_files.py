"""Files for browsers."""

from __future__ import annotations

import re

from bot.web.static_files import FOLDER, address_of, files
from tests.bot.web.browser import Browser


async def test_a_file_is_kept_for_ever_at_the_address_with_its_hash(stranger: Browser) -> None:
    for name in files():
        got = await stranger.get(address_of(name))
        assert got.status == 200
        assert got.answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert got.answer.body == (FOLDER / name).read_bytes()
        assert got.answer.cookies == ()


async def test_other_addresses_are_none(stranger: Browser) -> None:
    for name in ("oo.css", "oo.000000000000.css", "..", "%2e%2e", "htmx.js", "__init__.py"):
        assert (await stranger.get(f"/static/{name}")).status == 404


def test_the_styles_name_no_other_address() -> None:
    """Fonts and images of others would tell them who looks."""
    styles = (FOLDER / "oo.css").read_text()
    assert re.findall(r"url\(|@import|https?:", styles) == []
