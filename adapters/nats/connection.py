"""The connection to NATS, and its errors as oO's.

Tests: tests/adapters/nats/test_stream.py, tests/bot/cli/test_event_stream.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext

from core.errors import StreamUnavailable

log = logging.getLogger(__name__)

CONNECT_SECONDS = 5
ANSWER_SECONDS = 10.0
CLOSE_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where NATS is, and how oO signs in there."""

    url: str
    """``nats://`` or ``tls://``, with a login or a token if it needs one; several behind commas."""
    credentials: str | None = None
    """A file with a user's JWT and seed."""
    ca: str | None = None
    """A file with the certificates that sign the server's; None: those of the system."""


class Connection:
    """Connects when it is first needed. Afterwards nats-py connects again by itself."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._client: Client | None = None

    async def jetstream(self) -> JetStreamContext:
        """Raises ``StreamUnavailable`` if nothing answers."""
        if self._client is None or self._client.is_closed:
            self._client = await _connected(self.access)
        return self._client.jetstream(timeout=ANSWER_SECONDS)

    async def close(self) -> None:
        """Disconnect; what was not sent is lost, and published again. Nothing is waited for that is gone."""
        client, self._client = self._client, None
        if client:
            with suppress(NatsError, OSError, TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await client.close()


async def _connected(access: Access) -> Client:
    options: dict[str, Any] = {}
    if access.credentials:
        options["user_credentials"] = access.credentials
    if access.ca:
        options["tls"] = await asyncio.to_thread(_trusting, access.ca)
    async with answering():
        return await nats.connect(
            access.url.split(","),
            name="oO",
            connect_timeout=CONNECT_SECONDS,
            max_reconnect_attempts=1,  # of each server, also before the first connection
            reconnect_time_wait=0,
            allow_reconnect=False,  # whoever needs it connects again: then a request fails at once
            error_cb=_log_error,
            **options,
        )


def _trusting(ca: str) -> Any:
    import ssl

    try:
        return ssl.create_default_context(cafile=ca)
    except (OSError, ssl.SSLError) as fault:
        raise StreamUnavailable(f"NATS_CA: {ca} can't be read: {fault}") from fault


async def _log_error(fault: Exception) -> None:
    log.debug("NATS: %s", type(fault).__name__)


@asynccontextmanager
async def answering() -> AsyncIterator[None]:
    """Raises ``StreamUnavailable`` for whatever NATS or the network raises."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS * 2):
            yield
    except (NatsError, OSError, TimeoutError) as fault:
        raise StreamUnavailable(f"NATS: {_words(fault)}") from fault


def _words(fault: BaseException) -> str:
    """What happened; never the URL, which may hold a password."""
    said = getattr(fault, "description", None)
    return f"{type(fault).__name__}{f': {said}' if said else ''}"
