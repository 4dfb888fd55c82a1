"""Every page of a person, with nothing and with hostile things on it."""

from __future__ import annotations

import pytest

from bot.web.me.frame import PAGES
from tests.bot.web.browser import Browser


@pytest.mark.parametrize("address", PAGES.values())
async def test_every_page_opens_for_somebody_new(ada: Browser, address: str) -> None:
    shown = await ada.get(address)
    assert shown.status == 200, shown.text
    assert f'<a href="{address}" aria-current="page">' in shown.html
