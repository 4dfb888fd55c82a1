"""Readers of the stream: a durable one that acknowledges, and one that replays everything.

Tests: tests/adapters/nats/test_consuming.py.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from adapters.nats.connection import Connection
from adapters.nats.registry import Registry
from adapters.nats.schema import NotAnEvent, decoded
from adapters.nats.stream import ROOT, STREAM, TRACE_HEADER
from core.records import PublicEvent

log = logging.getLogger(__name__)

BATCH = 100
WAIT_SECONDS = 1.0
ACK_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An event as a consumer gets it."""

    event: PublicEvent
    sequence: int
    """Its place in the stream."""


class Consumer:
    """A durable consumer: it goes on where it was, whichever process it runs in."""

    def __init__(self, connection: Connection, name: str, schemas: bytes | None = None) -> None:
        self._connection = connection
        self._name = name
        self._schemas = schemas

    async def run(self, handle: Callable[[Received], Awaitable[None]], *, until_idle: bool = False) -> int:
        """Hand over every event, then acknowledge it: one that was not acknowledged comes again, up to once
        it was handled. Ends when nothing is left if ``until_idle``. Returns how many events were handled.

        Raises ``StreamUnavailable`` and ``StreamRefused``.
        """
        jetstream = await self._connection.jetstream()
        async with self._connection.answering():
            await Registry(jetstream, self._schemas).admit_reader()
            pulling = await jetstream.pull_subscribe(
                f"{ROOT}.>",
                durable=self._name,
                stream=STREAM,
                config=ConsumerConfig(
                    ack_policy=AckPolicy.EXPLICIT, ack_wait=ACK_WAIT_SECONDS, max_ack_pending=1000
                ),
            )
        handled = 0
        while True:
            messages = await _fetched(self._connection, pulling)
            if not messages and until_idle and await _is_idle(self._connection, pulling):
                return handled
            for message in messages:
                if received := _received(message):
                    await handle(received)
                    handled += 1
                async with self._connection.answering():
                    await message.ack_sync(timeout=ACK_WAIT_SECONDS)


async def replayed(
    connection: Connection, schemas: bytes | None = None, *, after: int = 0
) -> AsyncIterator[Received]:
    """Every event that the stream holds now, behind the place ``after``, in its order."""
    jetstream = await connection.jetstream()
    async with connection.answering():
        await Registry(jetstream, schemas).admit_reader()
        last = (await jetstream.stream_info(STREAM)).state.last_seq
        pulling = await jetstream.pull_subscribe(
            f"{ROOT}.>",
            stream=STREAM,
            config=ConsumerConfig(
                ack_policy=AckPolicy.NONE,
                deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
                opt_start_seq=after + 1,
                inactive_threshold=60.0,
            ),
        )
    try:
        while after < last:
            messages = await _fetched(connection, pulling)
            for message in messages:
                after = message.metadata.sequence.stream
                if received := _received(message):
                    yield received
            if not messages and await _is_idle(connection, pulling):
                return
    finally:
        with suppress(Exception):
            await pulling.unsubscribe()


async def _fetched(connection: Connection, pulling: JetStreamContext.PullSubscription) -> list[Msg]:
    """The next messages. None came in time: there are none, or the server is slow (see ``_is_idle``)."""
    async with connection.answering():
        try:
            return await pulling.fetch(BATCH, timeout=WAIT_SECONDS)
        except TimeoutError:  # nats-py raises its own, a subclass, and asyncio's
            return []


async def _is_idle(connection: Connection, pulling: JetStreamContext.PullSubscription) -> bool:
    """Whether the server has nothing left for the consumer: nothing new, nothing to acknowledge."""
    async with connection.answering():
        info = await pulling.consumer_info()
    return not info.num_pending and not info.num_ack_pending


def _received(message: Msg) -> Received | None:
    """None, with a warning, for what is no event: it is skipped."""
    try:
        event = replace(decoded(message.data), traceparent=(message.headers or {}).get(TRACE_HEADER))
        return Received(event=event, sequence=message.metadata.sequence.stream)
    except NotAnEvent:
        log.warning("message %d is no event", message.metadata.sequence.stream)
        return None


async def described(connection: Connection) -> str:
    """What the stream holds, in words. Raises ``StreamUnavailable``; nothing is written."""
    jetstream = await connection.jetstream()
    async with connection.answering():
        await jetstream.account_info()
        try:
            info = await jetstream.stream_info(STREAM)
        except NotFoundError:
            return f"NATS answers; `oo run` makes the stream {STREAM}"
        await Registry(jetstream).admit_reader()
    return f"NATS answers; {STREAM} holds {info.state.messages} events of schemas that this version reads"
