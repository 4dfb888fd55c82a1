"""The registry of schemas: a bucket of JetStream's key-value store.

The key ``oo.events.v1`` holds the latest version, the rule by which versions follow each other, and which
database writes; ``oo.events.v1.N`` holds the descriptor set of version N.

Tests: tests/adapters/nats/test_registry.py.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from nats.js import JetStreamContext
from nats.js.errors import BucketNotFoundError, KeyNotFoundError, KeyWrongLastSequenceError
from nats.js.kv import KeyValue

from adapters.nats.compatibility import RULE, missing
from adapters.nats.schema import EVENT, descriptor_set
from core.errors import StreamRefused, StreamUnavailable

BUCKET = "OO_SCHEMAS"
SUBJECT = "oo.events.v1"
ATTEMPTS = 5
_NOTHING = "no schemas are registered: `oo run` does that when NATS_URL is set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the registry says about a subject."""

    subjects: str
    """Where messages of these schemas are published."""
    message: str
    """The type of the messages."""
    rule: str
    """How a version may differ from the one before."""
    writer: str
    """Names the database that publishes; nobody else may."""
    version: int
    """The latest."""


class Registry:
    """Checks this version's schemas against the registered ones."""

    def __init__(self, stream: JetStreamContext, schemas: bytes | None = None) -> None:
        """``schemas``: those of this process, as a descriptor set; None: those that it came with."""
        self._stream = stream
        self._schemas = schemas or descriptor_set()

    async def admit_writer(self, writer: str) -> None:
        """Register these schemas, if they are new, for the database ``writer``.

        Raises ``StreamRefused`` if they are incompatible, or if another database publishes.
        """
        bucket = await self._bucket()
        for _ in range(ATTEMPTS):
            try:
                return await self._register(bucket, writer)
            except KeyWrongLastSequenceError:
                continue  # another process has registered its schemas just now
        raise StreamUnavailable("the registry of schemas is changed all the time")

    async def admit_reader(self) -> None:
        """Check that this process understands what is published. Raises ``StreamRefused``."""
        try:
            bucket = await self._stream.key_value(BUCKET)
        except BucketNotFoundError:
            raise StreamRefused(
                "no schemas are registered: `oo run` does that when NATS_URL is set"
            ) from None
        entry, _ = await _entry(bucket)
        if entry is None:
            raise StreamRefused(_NOTHING)
        self._check(entry, await _version(bucket, entry.version))

    async def _bucket(self) -> KeyValue:
        try:
            return await self._stream.key_value(BUCKET)
        except BucketNotFoundError:
            return await self._stream.create_key_value(bucket=BUCKET, history=8)

    async def _register(self, bucket: KeyValue, writer: str) -> None:
        entry, revision = await _entry(bucket)
        if entry is None:
            version = 1
        else:
            if entry.writer != writer:
                raise StreamRefused(
                    "another database publishes to this NATS: give each oO an account of its own, or delete"
                    f" the bucket {BUCKET} and the stream to take over"
                )
            registered = await _version(bucket, entry.version)
            self._check(entry, registered)
            if not missing(self._schemas, registered):
                return  # the same, or older ones beside a newer process
            version = entry.version + 1
        await bucket.put(f"{SUBJECT}.{version}", self._schemas)
        latest = Entry(subjects="oo.events.>", message=EVENT, rule=RULE, writer=writer, version=version)
        raw = json.dumps(asdict(latest)).encode()
        await (bucket.update(SUBJECT, raw, last=revision) if entry else bucket.create(SUBJECT, raw))

    def _check(self, entry: Entry, registered: bytes) -> None:
        """One of the two has to contain the other. Raises ``StreamRefused``."""
        if entry.rule != RULE:
            raise StreamRefused(f"the registry has a rule that this version does not know: {entry.rule}")
        lost = missing(registered, self._schemas)
        if lost and missing(self._schemas, registered):
            raise StreamRefused(
                f"the schemas of this version do not fit version {entry.version} of {SUBJECT}: {lost[0]}"
            )


async def _entry(bucket: KeyValue) -> tuple[Entry | None, int]:
    try:
        found = await bucket.get(SUBJECT)
    except KeyNotFoundError:
        return None, 0
    try:
        return Entry(**json.loads(found.value or b"")), found.revision or 0
    except (ValueError, TypeError) as fault:
        raise StreamRefused(f"the registry's entry {SUBJECT} can't be read") from fault


async def _version(bucket: KeyValue, version: int) -> bytes:
    try:
        return (await bucket.get(f"{SUBJECT}.{version}")).value or b""
    except KeyNotFoundError:
        raise StreamRefused(f"the registry lacks version {version} of {SUBJECT}") from None
