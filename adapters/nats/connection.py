"""The connection to NATS, and its errors as oO's."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from nats.aio.client import Client
from nats.errors import AuthorizationError, NoServersError, SecureConnWantedError
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.errors import ServiceUnavailableError

from adapters.nats.credentials import read_credentials
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

    @property
    def place(self) -> str:
        """The servers without their logins, for messages."""
        return "NATS at " + ", ".join(urlsplit(one).netloc.rpartition("@")[2] for one in self.urls)

    @property
    def urls(self) -> list[str]:
        """One for each server."""
        return self.url.split(",")


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

    def answering(self) -> AbstractAsyncContextManager[None]:
        """Raises ``StreamUnavailable``, which names the server, for whatever it or the network raises."""
        return answering(self.access.place)

    async def close(self) -> None:
        """Disconnect; what was not sent is lost, and published again. Nothing is waited for that is gone."""
        client, self._client = self._client, None
        if client:
            with suppress(NatsError, OSError, TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await client.close()


class _Client(Client):
    """Encrypts before it sends anything where TLS is wanted. nats-py does so only if the server demands it,
    and would send the login in plaintext to whoever does not.
    """

    def __init__(self, *, has_ca: bool) -> None:
        super().__init__()
        self._has_ca = has_ca
        self.faults: list[Exception] = []
        """What went wrong with each server."""

    async def note(self, fault: Exception) -> None:
        """Called back for each fault."""
        self.faults.append(fault)
        log.debug("NATS: %s", type(fault).__name__)

    def abandon_unconnected(self) -> None:
        """Close what a failed attempt has left open. After a failed TLS nothing comes: it does not wait."""
        transport: Any = self._transport
        if not self.is_connected and transport:
            transport.close()

    async def _process_info(self, info: dict[str, Any], initial_connection: bool = False) -> None:
        """What the server says first; nothing has been sent by then."""
        server = self._current_server
        is_wanted = self._has_ca or (server is not None and server.uri.scheme == "tls")
        if initial_connection and is_wanted and not info.get("tls_required"):
            if not info.get("tls_available"):
                raise SecureConnWantedError
            info["tls_required"] = True  # it may be used
        await super()._process_info(info, initial_connection)


async def _connected(access: Access) -> Client:
    options: dict[str, Any] = {}
    if access.credentials:
        credentials = await asyncio.to_thread(read_credentials, access.credentials)
        options |= {"user_jwt_cb": lambda: credentials.jwt, "signature_cb": credentials.sign}
    if access.ca:
        options["tls"] = await asyncio.to_thread(_trusting, access.ca)
    client = _Client(has_ca=access.ca is not None)
    async with answering(access.place):
        try:
            await client.connect(
                access.urls,
                name="oO",
                connect_timeout=CONNECT_SECONDS,
                max_reconnect_attempts=1,  # of each server, also before the first connection
                reconnect_time_wait=0,
                allow_reconnect=False,  # whoever needs it connects again: then a request fails at once
                error_cb=client.note,
                **options,
            )
        except NoServersError:
            raise (client.faults or [ConnectionRefusedError()])[-1] from None
        finally:
            client.abandon_unconnected()
    return client


def _trusting(ca: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca)
    except (OSError, ssl.SSLError) as fault:
        raise StreamUnavailable(f"NATS_CA: {ca} can't be read: {fault}") from fault


@asynccontextmanager
async def answering(place: str = "NATS") -> AsyncIterator[None]:
    """Raises ``StreamUnavailable`` for whatever the server at ``place`` or the network raises."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS * 2):
            yield
    except (NatsError, OSError, TimeoutError) as fault:
        raise StreamUnavailable(f"{place} {_words(fault)}") from fault


_REFUSED = "refuses the login: see NATS_URL or NATS_CREDENTIALS, and the accounts of the server"
_NO_TLS = "the server offers no TLS: give it a certificate; nats:// only without a login, or on this machine"
_NO_ANSWER = "gives no answer in time: see that it runs, can be reached, and lets this login use JetStream"
_NO_JETSTREAM = "has no JetStream for this login: start it with -js, and allow it to the account"
_GONE = "has closed the connection: see its log"


def _words(fault: BaseException) -> str:
    """What happened and what to do; never the URL, which may hold a password."""
    said = getattr(fault, "description", None)
    if isinstance(fault, SecureConnWantedError):
        return f"can't be used: {_NO_TLS}"
    if isinstance(fault, ssl.SSLError):
        reason = getattr(fault, "verify_message", "") or fault.reason or type(fault).__name__
        return f"can't be trusted: {reason}; NATS_CA names the certificates that sign its own"
    if isinstance(fault, AuthorizationError) or "Authorization Violation" in _told(fault):
        return _REFUSED
    if isinstance(fault, ServiceUnavailableError):
        return f"{_NO_JETSTREAM}{f' ({said})' if said else ''}"
    if said:
        return f"answers: {said}"
    return _words_about_the_network(fault)


def _words_about_the_network(fault: BaseException) -> str:
    if isinstance(fault, TimeoutError):
        return _NO_ANSWER
    if isinstance(fault, socket.gaierror):
        return f"can't be found: {fault.strerror}; see the name in NATS_URL"
    if isinstance(fault, OSError):
        return f"can't be reached: {fault.strerror or 'no connection'}; see that it runs, and NATS_URL"
    return f"fails: {told}" if (told := _told(fault)) else _GONE


def _told(fault: BaseException) -> str:
    """What the server or nats-py says in words of its own."""
    return str(fault).removeprefix("nats: ").strip("' ") if type(fault) is NatsError else ""
