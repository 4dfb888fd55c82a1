"""What Slack's messages leave out: where a person's direct message is, their zone and language."""

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

PROFILE_SECONDS = 3600.0
LOOKUP_SECONDS = 1.2  # Slack wants taps to be confirmed within three
PEOPLE_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a person has set in Slack."""

    zone: str | None = None
    language: str | None = None
    good_until: float = 0.0


class People:
    """Completes senders; what was looked up is remembered."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._profiles: dict[str, Profile] = {}
        self._addresses: dict[str, str] = {}

    async def complete(self, update: Update) -> Update:
        """``update`` with all that is known of its sender.

        Raises ``SendFailed`` or ``TimeoutError`` when no answer could be sent anywhere; a zone that Slack
        does not tell is just not known.
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
            async with asyncio.timeout(LOOKUP_SECONDS):
                opened = await self._api.write("conversations.open", users=user)
            match opened:
                case {"channel": {"id": str(known)}}:
                    pass
                case _:
                    raise SendFailed("no direct message was opened")
        _remember(self._addresses, user, known)
        return known

    async def _profile(self, sender: Sender) -> Profile:
        user, now = user_of(sender), asyncio.get_running_loop().time()
        known = self._profiles.get(user)
        if known and known.good_until > now:
            return known
        try:
            async with asyncio.timeout(LOOKUP_SECONDS):
                answer = await self._api.read("users.info", user=user, include_locale=1)
        except (SendFailed, TimeoutError) as fault:
            log.warning("Slack does not tell a person's zone: %s", fault or type(fault).__name__)
            return Profile()
        match answer:
            case {"user": {} as about}:
                profile = _profile(about, now + PROFILE_SECONDS)
                _remember(self._profiles, user, profile)
                return profile
        return Profile()


def user_of(sender: Sender) -> str:
    """The id of the person without that of their workspace."""
    return sender.external_id.partition("/")[2]


def _profile(about: Mapping[str, object], good_until: float) -> Profile:
    zone = about.get("tz")
    return Profile(
        zone=zone if isinstance(zone, str) else None,
        language=language_tag(about.get("locale")),
        good_until=good_until,
    )


def _remember(memory: dict[str, T], user: str, value: T) -> None:
    """Keep ``value``; the oldest is forgotten when there are too many."""
    if user not in memory and len(memory) >= PEOPLE_REMEMBERED:
        del memory[next(iter(memory))]
    memory[user] = value
