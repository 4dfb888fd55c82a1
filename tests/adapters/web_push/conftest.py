"""A local push service, and the channel with the browsers that subscribed there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.clock import SystemRandomSource
from adapters.web_push.channel import WebPush
from adapters.web_push.post import PushServices
from adapters.web_push.vapid import new_key
from core.records import PushSubscription
from tests.adapters.inbox import NOW, StillClock
from tests.servers.push import Browser, PushService

ADDRESS = "ada-in-browsers"


class Known:
    """Ada's browsers."""

    def __init__(self) -> None:
        self.here: list[PushSubscription] = []
        self.accepted: list[str] = []

    async def at(self, address: str) -> tuple[PushSubscription, ...]:
        return tuple(self.here) if address == ADDRESS else ()

    async def delivered(self, subscription: PushSubscription) -> None:
        self.accepted.append(subscription.subscription_id)

    async def gone(self, subscription: PushSubscription) -> None:
        self.here.remove(subscription)

    def ticket(self, address: str, message_id: str) -> str:
        return f"ticket of {address} for {message_id}"

    def add(self, browser: Browser) -> None:
        self.here.append(
            PushSubscription(
                subscription_id=browser.name,
                person_id="ada",
                endpoint=browser.endpoint,
                p256dh=browser.p256dh,
                auth=browser.auth,
                browser="Firefox, Android",
                created_at=NOW,
            )
        )


def built(
    known: Known, *, seconds: float = 30.0, key: str | None = None, allow_private: bool = True
) -> WebPush:
    """A channel that knows these browsers."""
    channel = WebPush(
        key or new_key(),
        contact="mailto:operator@example.org",
        clock=StillClock(),
        random=SystemRandomSource(),
        services=PushServices(allow_private=allow_private, seconds=seconds),
    )
    channel.serve(known)
    return channel


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with PushService(lambda: NOW) as service:
        yield service


@pytest.fixture
def known() -> Known:
    return Known()


@pytest.fixture
async def channel(known: Known) -> AsyncIterator[WebPush]:
    channel = built(known)
    yield channel
    await channel.stop()


@pytest.fixture
def phone(service: PushService, known: Known, channel: WebPush) -> Browser:
    """A browser of Ada's."""
    return subscribed(service, known, channel)


def subscribed(service: PushService, known: Known, channel: WebPush) -> Browser:
    """Another browser of Ada's."""
    browser = service.subscribe(channel.public_key)
    known.add(browser)
    return browser
