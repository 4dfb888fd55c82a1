"""Notifications in browsers as a channel (Web Push, RFC 8030).

A person has one account here, and as many browsers as they like: a tip is one message, which all of them
show. It counts as sent if one push service accepted it, and is tried again only if none can have.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Collection, Sequence
from datetime import timedelta
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from adapters.clock import random_bytes
from adapters.way_out import WayOut
from adapters.web_push.encryption import SALT_BYTES, encrypt
from adapters.web_push.failures import KeyRefused
from adapters.web_push.post import PushServices
from adapters.web_push.render import Notification, render_notification
from adapters.web_push.vapid import Vapid, private_key
from core.chat import Message
from core.errors import (
    NotSent,
    SendFailed,
    SendRejected,
    SendUnknown,
    SettingsError,
    StoreUnavailable,
    Unreachable,
)
from core.ports import Clock, RandomSource
from core.records import PushSubscription

log = logging.getLogger(__name__)

SHOWN_WITHIN = timedelta(minutes=30)
"""How late a message without an end of its own may appear."""

EDITED_WITHIN = timedelta(days=1)
"""How late an edit may come. It shows nothing unless what it replaces is still shown."""

MAX_REFUSALS_REMEMBERED = 100


class Browsers(Protocol):
    """The browsers of people; ``core/people/browsers.py`` knows them."""

    async def at(self, address: str) -> Sequence[PushSubscription]:
        """The browsers of the person with that address."""
        ...

    async def delivered(self, subscription: PushSubscription) -> None:
        """Note that a message was accepted for a browser."""
        ...

    async def gone(self, subscription: PushSubscription) -> None:
        """Forget a browser that has ended its subscription."""
        ...

    def ticket(self, address: str, message_id: str) -> str:
        """What comes with a tap, to prove whose notification it was on."""
        ...


class WebPush(WayOut):
    """Implements ``core.ports.Messenger``."""

    ignored = 0
    healthy = True
    """There is no connection that could fail. The log tells the operator of a push service that refuses oO's
    key; it is no reason to be unready, as any browser can name a service that refuses everything.
    """

    def __init__(
        self,
        key: str,
        *,
        contact: str,
        clock: Clock,
        random: RandomSource,
        services: PushServices | None = None,
    ) -> None:
        """``key`` and ``contact``: see ``vapid``. Raises ``SettingsError`` if the key is none."""
        try:
            self._vapid = Vapid(key=private_key(key), contact=contact)
        except ValueError:
            raise SettingsError(("OO_PUSH_KEY holds no key; `oo push key` makes one",)) from None
        self._clock = clock
        self._random = random
        self._services = services or PushServices()
        self._browsers: Browsers | None = None
        self._refused: dict[str, None] = {}

    @property
    def public_key(self) -> str:
        """What browsers subscribe with."""
        return self._vapid.public_key

    def serve(self, browsers: Browsers) -> None:
        """Send to these browsers. To be called before anything is sent."""
        self._browsers = browsers

    async def start(self, commands: Collection[object]) -> None:
        """Nothing: push services are asked only when something is sent."""

    async def stop(self) -> None:
        """Close the connections."""
        await self._services.close()

    async def check(self) -> str:
        """What the doctor says."""
        return f"tips can appear in browsers; {self._vapid.contact} is named to push services"

    async def send(self, address: str, message: Message) -> str:
        """Show ``message`` in all browsers of the person; returns its id, which is also its ``Topic``."""
        message_id = self._random.secret()
        await self._show(address, message_id, message, is_edit=False)
        return message_id

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Replace the notification where it is still shown, or still waits for its browser."""
        await self._show(address, message_id, message, is_edit=True)

    # --- One message for all browsers ----------------------------------------------------------------------

    async def _show(self, address: str, message_id: str, message: Message, *, is_edit: bool) -> None:
        browsers = self._browsers
        if browsers is None:
            raise NotSent("not ready yet")
        found = await _found(browsers, address)
        ticket = browsers.ticket(address, message_id)
        shown = Notification(tag=message_id, ticket=ticket, is_edit=is_edit)
        payload = render_notification(message, shown)
        headers = self._headers(message, message_id, is_edit=is_edit)
        outcomes = await asyncio.gather(*(self._push(browsers, one, payload, headers) for one in found))
        fault = worst_that_counts(outcomes)
        if fault:
            raise fault

    async def _push(
        self, browsers: Browsers, one: PushSubscription, payload: bytes, headers: dict[str, str]
    ) -> SendFailed | None:
        """What became of it in one browser; None if its push service accepted it."""
        try:
            await self._post(one, payload, headers)
        except KeyRefused as fault:
            self._tell_operator(one, fault)
            return fault
        except Unreachable as fault:
            await _noted(browsers.gone(one))
            return fault
        except SendFailed as fault:
            return fault
        await _noted(browsers.delivered(one))
        return None

    async def _post(self, one: PushSubscription, payload: bytes, headers: dict[str, str]) -> None:
        origin = str(self._services.checked(one.endpoint).origin())
        ephemeral = ec.generate_private_key(ec.SECP256R1())
        try:
            body = encrypt(payload, one.p256dh, one.auth, salt=random_bytes(SALT_BYTES), ephemeral=ephemeral)
        except ValueError:
            raise Unreachable("no keys of a browser") from None
        signed = {"Authorization": self._vapid.authorization(origin, self._clock.now()), **headers}
        await self._services.post(one.endpoint, body, signed)
        self._refused.pop(origin, None)

    def _headers(self, message: Message, message_id: str, *, is_edit: bool) -> dict[str, str]:
        urgency = "high" if message.urgent else "normal"
        return {
            "TTL": str(self._seconds_left(message, is_edit=is_edit)),
            "Urgency": urgency,
            "Topic": message_id,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
        }

    def _seconds_left(self, message: Message, *, is_edit: bool) -> int:
        """How long the push service may hold it for a browser that is not there."""
        if is_edit:
            return int(EDITED_WITHIN.total_seconds())
        left = message.expires_at - self._clock.now() if message.expires_at else SHOWN_WITHIN
        return max(int(left.total_seconds()), 0)

    def _tell_operator(self, one: PushSubscription, fault: KeyRefused) -> None:
        """Once for each push service, until it accepts something again."""
        origin = str(self._services.checked(one.endpoint).origin())
        if origin in self._refused or len(self._refused) >= MAX_REFUSALS_REMEMBERED:
            return
        self._refused[origin] = None
        log.warning("%s refuses oO's key (%s): was OO_PUSH_KEY or OO_PUSH_CONTACT changed?", origin, fault)


async def _found(browsers: Browsers, address: str) -> Sequence[PushSubscription]:
    """Raises ``NotSent`` if the store fails, ``Unreachable`` if there are none."""
    try:
        found = await browsers.at(address)
    except StoreUnavailable as fault:
        raise NotSent(type(fault).__name__) from fault
    if not found:
        raise Unreachable("no browser")
    return found


async def _noted(noting: Awaitable[None]) -> None:
    """What became of a message is known already: that it can't be noted about a browser changes nothing."""
    try:
        await noting
    except StoreUnavailable as fault:
        log.warning("not noted about a browser: %s", type(fault).__name__)


def worst_that_counts(outcomes: Sequence[SendFailed | None]) -> SendFailed | None:
    """What became of a message for several browsers; None if it was accepted for one.

    It is unknown if it may have been; it can be sent again only if it was nowhere; and the person can't be
    reached only if no browser is left.
    """
    if None in outcomes:
        return None
    faults = [one for one in outcomes if one is not None]
    unknown = [one for one in faults if isinstance(one, SendUnknown)]
    again = [one for one in faults if isinstance(one, NotSent)]
    if unknown or again:
        return unknown[0] if unknown else max(again, key=lambda one: one.retry_after)
    return next(
        (one for one in faults if isinstance(one, SendRejected) and not isinstance(one, Unreachable)),
        faults[0],
    )
