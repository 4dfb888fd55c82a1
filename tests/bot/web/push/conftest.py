"""Browsers on pages of an oO that can push to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.conversation.update_context import Deployment
from bot.web.page import Site
from bot.web.pages import PAGES
from bot.web.push.desk import PushDesk
from bot.web.service import Pages
from core.chat import Sender, Tapped, Update
from core.delivery.visits import Visits
from core.people.browsers import OfferedSubscription
from core.signing import Signer
from tests.bot.web.browser import KEY, ROOT, Browser
from tests.core.worlds import Scene

SIGNER = Signer([KEY])
OFFER = OfferedSubscription(
    endpoint="https://push.example/one", p256dh="B" + "x" * 86, auth="s" * 22, browser="Firefox, Linux"
)


class Taps:
    """An inbox that takes each update once."""

    def __init__(self) -> None:
        self.taken: dict[str, Tapped] = {}
        self.visits = Visits()
        self.react: Callable[[Tapped], object] | None = None
        """What oO does with a tap."""

    async def accept(self, update: Update) -> None:
        assert isinstance(update, Tapped)
        self.taken.setdefault(update.update_id, update)
        if self.react:
            self.react(update)

    async def answered(self, sender: Sender) -> None:
        """At once."""


@pytest.fixture
def taps() -> Taps:
    return Taps()


def browser_with(world: Scene, taps: Taps | None) -> Browser:
    """A browser that is not signed in; without ``taps``, no tips appear in browsers."""
    deps = replace(world.deps, signer=SIGNER)
    desk = None
    if taps:
        desk = PushDesk(
            public_key="KEY", accept=taps.accept, wait_until_answered=taps.answered, visits=taps.visits
        )
    site = Site(
        deps=deps,
        deployment=Deployment(pages_need=(), root=ROOT),
        root=ROOT,
        address_requests_a_minute=1_000_000,
        push=desk,
    )
    return Browser(pages=Pages(PAGES, site), deps=deps)


@pytest.fixture
def stranger(world: Scene, taps: Taps) -> Browser:
    return browser_with(world, taps)


@pytest.fixture
async def ada(world: Scene, taps: Taps) -> Browser:
    browser = browser_with(world, taps)
    await browser.sign_in(await world.person(owner=True))
    return browser
