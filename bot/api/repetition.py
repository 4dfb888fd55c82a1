"""Requests with an ``Idempotency-Key``: repeated, they get the first answer and change nothing again.

Only answers that succeeded are kept: after an error nothing has changed, so the request may be tried again.
Between the change and the keeping of the answer a process may end; then a repetition runs again, and finds by
its ``origin``, or by the state of the tip, that there is nothing left to do.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

from bot.api.operation import Header, Operation
from bot.api.problems import Kind, Problem
from bot.api.wire import RawAnswer
from core.dependencies import Dependencies
from core.errors import NotFound
from core.records import KeptAnswer, Person

KEY_HEADER = Header(
    name="Idempotency-Key",
    meaning="Names the request: repeated with the same key and body, it gets the same answer for a day.",
    pattern=r"[!-~]{1,200}",
)


def headers_of(operation: Operation) -> tuple[Header, ...]:
    """The headers that an operation understands."""
    return (*operation.takes, *((KEY_HEADER,) if operation.repeatable else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatableRequest:
    """A request that may be repeated."""

    person: Person
    key: str
    fingerprint: str

    @property
    def origin(self) -> str:
        """A name for the request that nobody else's request has."""
        return "api-" + _digest(self.person.person_id.encode(), self.key.encode())[:32]


def repeatable(person: Person, key: str, *, method: str, path: str, body: bytes) -> RepeatableRequest:
    """The request with that key."""
    fingerprint = _digest(method.encode(), path.encode(errors="replace"), body)
    return RepeatableRequest(person=person, key=key, fingerprint=fingerprint)


def _digest(*parts: bytes) -> str:
    """A hash that two different sequences of parts do not share."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


class Repetitions:
    """Lets requests with the same key through one after the other."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def alone(self, request: RepeatableRequest) -> AsyncIterator[RawAnswer | None]:
        """Yields the answer that is kept, if any. Raises ``Problem`` if another request used the key.

        No other request with the key is handled meanwhile.
        """
        lock = self._locks.setdefault((request.person.person_id, request.key), asyncio.Lock())
        async with lock:
            yield await self._kept(request)

    async def _kept(self, request: RepeatableRequest) -> RawAnswer | None:
        async with self._deps.store.read() as unit:
            kept = await unit.kept_answers.get(request.person.person_id, request.key)
        if kept is None:
            return None
        if kept.fingerprint != request.fingerprint:
            raise Problem(Kind.KEY_REUSED, "Use a new key for every new request.")
        return RawAnswer(
            status=kept.status,
            body=kept.body.encode(),
            content_type="application/json" if kept.body else None,
            headers={"Idempotency-Replayed": "true"},
        )

    async def keep(self, request: RepeatableRequest, answer: RawAnswer) -> None:
        """Keep the answer, unless the person was deleted meanwhile."""
        kept = KeptAnswer(
            person_id=request.person.person_id,
            key=request.key,
            fingerprint=request.fingerprint,
            status=answer.status,
            body=answer.body.decode(),
            answered_at=self._deps.clock.now(),
        )
        async with self._deps.store.begin() as unit:
            try:
                await unit.people.get(kept.person_id)
            except NotFound:
                return
            await unit.kept_answers.put(kept)
