"""What browsers send to the pages: addresses, headers and forms."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode

from bot.web.pages import PAGES
from tests.bot.web.browser import Browser, browser_of
from tests.fuzz.target import Shape, Target, by_name, choice, chosen, text_of
from tests.fuzz.targets.worlds import SameWorld, run

# --- Pages -------------------------------------------------------------------------------------------------


class _Pages(SameWorld):
    """Ada has a task, and is signed in."""

    def __init__(self) -> None:
        super().__init__()
        self.browser: Browser = run(self._prepared())
        self.keep()
        self.cookies = dict(self.browser.cookies)

    async def _prepared(self) -> Browser:
        ada = await self.scene.person()
        await self.scene.task("Pay rent")
        browser = browser_of(self.scene)
        await browser.sign_in(ada)
        await browser.get("/me/tasks")
        return browser


_PAGES = _Pages()
UNAVAILABLE = 503  # there is no key, or no store
_NAMES = re.compile(r"{[a-z_]+}")
_ADDRESSES = tuple(_NAMES.sub("{}", page.path) for page in PAGES if page.method == "GET")
_FORMS = tuple(_NAMES.sub("{}", page.path) for page in PAGES if page.method == "POST")


def _pages(data: bytes) -> None:
    """Nothing that is sent comes back as markup, and nothing ends in a bug."""
    address, rest = chosen(data, (*_ADDRESSES, *_FORMS))
    text = text_of(rest)
    _PAGES.reset()
    browser = _PAGES.browser
    browser.cookies = dict(_PAGES.cookies)
    path, _, query = text.partition("?")
    where = address.format(quote(path, errors="replace")) + (f"?{query}" if query else "")
    hostile = f"oo<script>{text}</script>"
    if address in _FORMS:
        pairs = (part.partition("=") for part in text.split("&"))
        fields: dict[str, Any] = {name or "x": value for name, _, value in pairs}
        for name in ("address", "headers", "self", "csrf"):
            fields.pop(name, None)
        reply = run(browser.submit(where, **{"text": hostile, **fields}))
    else:
        reply = run(
            browser.get(where, accept_language=text, origin=text, hx_request="true" if len(text) % 2 else "")
        )
    assert reply.status < 500 or reply.status == UNAVAILABLE, f"{where}: {reply.status}"
    if reply.answer.headers.get("Content-Type", "text/html").startswith("text/html"):
        assert "oo<script" not in reply.answer.body.decode("utf-8", "replace").lower()
    location = reply.location or "/"
    assert location.startswith("/")
    assert not location.startswith("//")
    assert not any(set(f"{name}{value}") & set("\r\n\x00") for name, value in reply.answer.headers.items())


PAGES_TARGET = Target(
    name="pages",
    run=_pages,
    seeds=lambda: [
        *(choice(number, "Pay rent?page=2&q=x") for number in range(len(_ADDRESSES))),
        *(
            choice(
                number,
                urlencode(
                    {"text": "add call mum tomorrow", "back": "/me/tasks", "token": "x.0", "card": "1"}
                ),
            )
            for number in range(len(_ADDRESSES), len(_ADDRESSES) + len(_FORMS))
        ),
    ],
    shape=Shape.WORDS,
    words=lambda: (
        "&",
        "=",
        "?",
        "text=",
        "back=",
        "token=",
        "card=",
        "typed=",
        "field.title=",
        "q=",
        "page=",
        "//evil.example",
        "%0d%0a",
        "http://[",
        "<b>",
        '"><img src=x>',
        "{{7*7}}",
        "/me",
        "add ",
        "/tasks",
        "csrf=",
    ),
    max_bytes=500,
)

TARGETS = by_name(PAGES_TARGET)
