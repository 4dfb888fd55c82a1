"""What Slack's payloads leave out: the channel of a person's direct messages, their zone and language."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from adapters.slack.api import Api
from core.chat import Sender, Update
from core.errors import SendFailed
from core.text import language_tag

log = logging.getLogger(__name__)

T = TypeVar("T")

PROFILE_TTL_SECONDS = 3600.0
MAX_PEOPLE_CACHED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a person has set in Slack; None where Slack does not say."""

    zone: str | None = None
    language: str | None = None
    expires_at: float = 0.0
    """Event loop's time from which on it is asked for again."""


class People:
    """Completes senders, with a cache."""

    def __init__(self, api: Api, *, lookup_seconds: float, max_cached: int = MAX_PEOPLE_CACHED) -> None:
        """``lookup_seconds``: how long one request to Slack may take."""
        self._api = api
        self._lookup_seconds = lookup_seconds
        self._max_cached = max_cached
        self._profiles: dict[str, Profile] = {}
        self._addresses: dict[str, str] = {}

    async def complete(self, update: Update) -> Update:
        """``update`` with the sender's address, zone and language.

        Raises ``SendFailed`` or ``TimeoutError`` when the address is unknown, as no answer could be sent. A
        zone or language that Slack does not say stays None.
        """
        sender = update.sender
        address, profile = await self._address(sender), await self._profile(sender)
        return replace(
            update,
            sender=replace(sender, address=address, zone=profile.zone, language=profile.language),
        )

    async def _address(self, sender: Sender) -> str:
        user = user_of(sender)
        known = sender.address or self._addresses.get(user)
        if known is None:
            async with asyncio.timeout(self._lookup_seconds):
                opened = await self._api.write("conversations.open", users=user)
            match opened:
                case {"channel": {"id": str(known)}}:
                    pass
                case _:
                    raise SendFailed("no direct message was opened")
        self._cache(self._addresses, user, known)
        return known

    async def _profile(self, sender: Sender) -> Profile:
        user, now = user_of(sender), asyncio.get_running_loop().time()
        known = self._profiles.get(user)
        if known and known.expires_at > now:
            return known
        try:
            async with asyncio.timeout(self._lookup_seconds):
                answer = await self._api.read("users.info", user=user, include_locale=1)
        except (SendFailed, TimeoutError) as fault:
            log.warning("Slack does not tell a person's zone: %s", fault or type(fault).__name__)
            return Profile()
        match answer:
            case {"user": {} as about}:
                profile = _profile(about, now + PROFILE_TTL_SECONDS)
                self._cache(self._profiles, user, profile)
                return profile
        return Profile()

    def _cache(self, cache: dict[str, T], user: str, value: T) -> None:
        """Store ``value``; when the cache is full, its oldest entry is dropped."""
        if user not in cache and len(cache) >= self._max_cached:
            del cache[next(iter(cache))]
        cache[user] = value


def user_of(sender: Sender) -> str:
    """The person's id without that of their workspace."""
    return sender.external_id.partition("/")[2]


def _profile(about: Mapping[str, object], expires_at: float) -> Profile:
    zone = about.get("tz")
    return Profile(
        zone=zone if isinstance(zone, str) else None,
        language=language_tag(about.get("locale")),
        expires_at=expires_at,
    )
