"""Notifications in browsers, as ``oo run`` serves them; and the key for them.

Tests: tests/scenarios/test_web_push.py, tests/bot/cli/test_web_push.py.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from bot.app import App
from bot.settings import Settings
from core.chat import Channel
from core.delivery.tickets import ticket
from core.dependencies import Dependencies
from core.people.browsers import KnownBrowsers
from core.ports import Clock, RandomSource
from core.signing import Signer


def new_key() -> str:
    """A new key as it is written into ``OO_PUSH_KEY``."""
    from adapters.web_push.vapid import new_key

    return new_key()


def add_web_push(
    by_channel: MutableMapping[Channel, Any], settings: Settings, clock: Clock, random: RandomSource
) -> None:
    """Add the channel if there is a key. Nothing reaches a browser before ``serve_browsers``."""
    environment = settings.environment
    if environment.oo_push_key is None:
        return
    from adapters.web_push.channel import WebPush
    from adapters.web_push.post import PushServices

    by_channel[Channel.WEB] = WebPush(
        environment.oo_push_key.get_secret_value(),
        contact=environment.push_contact(),
        clock=clock,
        random=random,
        services=PushServices(allow_private=settings.config.push.allow_private),
    )


class _Browsers(KnownBrowsers):
    """The browsers of people, and the tickets for what is shown in them."""

    def __init__(self, deps: Dependencies, signer: Signer) -> None:
        super().__init__(deps)
        self._now = deps.clock.now
        self._signer = signer

    def ticket(self, address: str, message_id: str) -> str:
        return ticket(self._signer, address, message_id, self._now())


def serve_browsers(app: App, by_channel: Mapping[Channel, Any]) -> str | None:
    """From now on the channel knows the browsers of people. Returns the key that they subscribe with; None if
    no tips appear in browsers.
    """
    channel, signer = by_channel.get(Channel.WEB), app.deps.signer
    if channel is None or signer is None:
        return None
    channel.serve(_Browsers(app.deps, signer))
    return str(channel.public_key)
