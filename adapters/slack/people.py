"""What Slack's payloads leave out: the channel of a person's direct messages, their zone and language."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from adapters.slack.workspaces import Place, Workspaces, workspace_of
from core.chat import Said, Sender, Update
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

    def __init__(
        self, workspaces: Workspaces, *, lookup_seconds: float, max_cached: int = MAX_PEOPLE_CACHED
    ) -> None:
        """``lookup_seconds``: how long one request to Slack may take."""
        self._workspaces = workspaces
        self._lookup_seconds = lookup_seconds
        self._max_cached = max_cached
        self._profiles: dict[str, Profile] = {}
        self._addresses: dict[str, str] = {}

    async def complete(self, update: Update) -> Update | None:
        """``update`` with the sender's address, zone and language; None if oO is not at home in their
        workspace.

        Raises ``SendFailed`` or ``TimeoutError`` when the address is unknown, as no answer could be sent. A
        zone or language that Slack does not say stays None.
        """
        sender = update.sender
        place = await self._workspaces.place(workspace_of(sender))
        if place is None:
            return None
        address, profile = await self._address(sender, place), await self._profile(sender, place)
        sender = replace(sender, address=place.prefix + address, zone=profile.zone, language=profile.language)
        if isinstance(update, Said) and place.prefix:
            files = tuple(replace(one, reference=place.prefix + one.reference) for one in update.files)
            return replace(update, sender=sender, files=files)
        return replace(update, sender=sender)

    async def _address(self, sender: Sender, place: Place) -> str:
        who = sender.external_id
        known = sender.address or self._addresses.get(who)
        if known is None:
            async with asyncio.timeout(self._lookup_seconds):
                opened = await place.api.write("conversations.open", users=user_of(sender))
            match opened:
                case {"channel": {"id": str(known)}}:
                    pass
                case _:
                    raise SendFailed("no direct message was opened")
        self._cache(self._addresses, who, known)
        return known

    async def _profile(self, sender: Sender, place: Place) -> Profile:
        who, now = sender.external_id, asyncio.get_running_loop().time()
        known = self._profiles.get(who)
        if known and known.expires_at > now:
            return known
        try:
            async with asyncio.timeout(self._lookup_seconds):
                answer = await place.api.read("users.info", user=user_of(sender), include_locale=1)
        except (SendFailed, TimeoutError) as fault:
            log.warning("Slack does not tell a person's zone: %s", fault or type(fault).__name__)
            return Profile()
        match answer:
            case {"user": {} as about}:
                profile = _profile(about, now + PROFILE_TTL_SECONDS)
                self._cache(self._profiles, who, profile)
                return profile
        return Profile()

    def _cache(self, cache: dict[str, T], who: str, value: T) -> None:
        """Store ``value``; when the cache is full, its oldest entry is dropped."""
        if who not in cache and len(cache) >= self._max_cached:
            del cache[next(iter(cache))]
        cache[who] = value


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
