"""The stream ``OO_EVENTS``: oO's event log as JetStream keeps it.

Tests: tests/adapters/nats/test_stream.py.
"""

from __future__ import annotations

import hashlib
import re

from nats.js import JetStreamContext
from nats.js.api import RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import NotFoundError

from adapters.nats.connection import Connection
from adapters.nats.registry import Registry
from adapters.nats.schema import NotAnEvent, decoded, encoded
from core.ports import StreamState
from core.records import PublicEvent

STREAM = "OO_EVENTS"
ROOT = "oo.events"
NOBODY = "-"
"""In place of a person, in subjects of events about oO itself."""

DUPLICATES_SECONDS = 120.0
"""How long JetStream itself knows an event by its id. Later repetitions are known by ``event_id``."""

TRACE_HEADER = "traceparent"
TRIMMED_AT_ONCE = 1000


def subject_of(event: PublicEvent) -> str:
    """``oo.events.PERSON.KIND``."""
    return f"{subject_root(event.person_id)}.{event.kind}"


def subject_root(person_id: str | None) -> str:
    """The subject of all events of a person, without the kind."""
    return f"{ROOT}.{_token(person_id) if person_id else NOBODY}"


def _token(person_id: str) -> str:
    """The id; one that can't be part of a subject is replaced by a digest."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", person_id):
        return person_id
    return hashlib.sha256(person_id.encode(errors="replace")).hexdigest()


class NatsStream:
    """Writes the stream."""

    def __init__(self, connection: Connection, schemas: bytes | None = None) -> None:
        """``schemas``: a descriptor set to register, instead of this version's."""
        self._connection = connection
        self._schemas = schemas

    async def open(self, writer: str) -> StreamState:
        """Make the stream if it is missing; check the registry."""
        jetstream = await self._connection.jetstream()
        async with self._connection.answering():
            await Registry(jetstream, self._schemas).admit_writer(writer)
            try:
                await jetstream.stream_info(STREAM)
            except NotFoundError:
                await jetstream.add_stream(_config())
        return await self.state()

    async def state(self) -> StreamState:
        """What it holds."""
        jetstream = await self._connection.jetstream()
        async with self._connection.answering():
            return await _state(jetstream)

    async def publish(self, event: PublicEvent, *, repetition: str = "") -> None:
        """Store the event; returns when JetStream has it. Its trace goes along in the header of W3C Trace
        Context.
        """
        name = f"{event.event_id}:{repetition}" if repetition else event.event_id
        headers = {"Nats-Msg-Id": name, **({TRACE_HEADER: event.traceparent} if event.traceparent else {})}
        jetstream = await self._connection.jetstream()
        async with self._connection.answering():
            await jetstream.publish(subject_of(event), encoded(event), stream=STREAM, headers=headers)

    async def erase(self, person_id: str) -> None:
        """Delete all events of the person."""
        jetstream = await self._connection.jetstream()
        async with self._connection.answering():
            await jetstream.purge_stream(STREAM, subject=f"{subject_root(person_id)}.>")

    async def clear(self) -> None:
        """Delete all events."""
        jetstream = await self._connection.jetstream()
        async with self._connection.answering():
            await jetstream.purge_stream(STREAM)

    async def oldest(self) -> float | None:
        """When the oldest event happened."""
        jetstream = await self._connection.jetstream()
        async with self._connection.answering():
            info = await jetstream.stream_info(STREAM)
            if not info.state.messages:
                return None
            return await _happened_at(jetstream, info.state.first_seq)

    async def trim(self, before: float) -> None:
        """Delete the oldest events, some at once."""
        jetstream = await self._connection.jetstream()
        async with self._connection.answering():
            for _ in range(TRIMMED_AT_ONCE):
                info = await jetstream.stream_info(STREAM)
                if not info.state.messages or not await _is_old(jetstream, info.state.first_seq, before):
                    return
                await jetstream.purge_stream(STREAM, seq=info.state.first_seq + 1)

    async def close(self) -> None:
        """Disconnect."""
        await self._connection.close()


def _config() -> StreamConfig:
    return StreamConfig(
        name=STREAM,
        subjects=[f"{ROOT}.>"],
        storage=StorageType.FILE,
        retention=RetentionPolicy.LIMITS,
        duplicate_window=DUPLICATES_SECONDS,
        allow_direct=True,
    )


async def _state(jetstream: JetStreamContext) -> StreamState:
    info = await jetstream.stream_info(STREAM)
    created = info.created.isoformat() if info.created else ""
    return StreamState(created=created, last=info.state.last_seq, messages=info.state.messages)


async def _is_old(jetstream: JetStreamContext, sequence: int, before: float) -> bool:
    return await _happened_at(jetstream, sequence) < before


async def _happened_at(jetstream: JetStreamContext, sequence: int) -> float:
    """When the message happened; one that is no event of ours is older than any."""
    found = await jetstream.get_msg(STREAM, seq=sequence)
    try:
        return decoded(found.data or b"").happened_at.timestamp()
    except NotAnEvent:
        return 0.0
