"""The table of all pages."""

from __future__ import annotations

import re
from collections import Counter

from bot.web.page import Access, Page
from bot.web.pages import PAGES
from tests.bot.web.browser import Browser
from tests.rows import each_of

OPEN = {"", "static", "sign-in", "sign-out", "signed-out", "sw.js", "push", "mail"}
"""First segments of addresses that need no session; below ``/mail`` a signature is needed."""


def test_no_page_is_there_twice() -> None:
    found = Counter((page.method, re.sub(r"{\w+}", "{}", page.path)) for page in PAGES)
    assert [one for one, count in found.items() if count > 1] == []


@each_of(PAGES, ids=lambda page: page.path)
def test_what_is_below_me_is_for_the_person_only(page: Page) -> None:
    segment = page.path.split("/")[1]
    wanted = {"me": Access.PERSON, "operator": Access.OPERATOR}
    if segment not in OPEN and not page.path.startswith("/operator/sign-in"):
        assert page.access is wanted[segment]


def test_what_needs_no_token_is_sent_by_service_workers_and_proves_itself() -> None:
    assert {page.path for page in PAGES if page.is_signed} == {"/push/tap", "/push/renew"}


async def test_nobody_sees_anything_of_a_person_without_signing_in(stranger: Browser) -> None:
    await stranger.get("/sign-in")
    for page in PAGES:
        if page.access is not Access.NOBODY:
            address = re.sub(r"{\w+}", "x", page.path)
            answer = await (stranger.submit(address) if page.method == "POST" else stranger.get(address))
            assert (answer.status, answer.answer.body) == (303, b"")
            assert answer.location in ("/sign-in", "/operator/sign-in")
