"""Requests with an ``Idempotency-Key``: repeated, they get the first answer and change nothing again.

Only answers that succeeded are kept: after an error nothing has changed, so the request may be tried again.
The answer is kept in the transaction of the change, so a kill loses both or neither, and of several processes
one makes the change. An operation that waits for a language model holds no transaction: there a process may
end between the change and the keeping. A repetition then runs again, and finds by its ``origin`` what was
done.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from bot.api.operation import Header, Operation
from bot.api.problems import Kind, Problem
from bot.api.wire import RawAnswer
from core.dependencies import Dependencies
from core.errors import NotFound
from core.records import KeptAnswer, Person
from core.store import Unit, Within

Run = Callable[[Dependencies], Awaitable[RawAnswer]]
"""Makes the change and answers; it uses the store of these dependencies."""

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
    """Answers requests that may be repeated; those with the same key one after the other."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def answer(self, request: RepeatableRequest, run: Run, *, at_once: bool) -> RawAnswer:
        """The answer that is kept, else that of ``run``. Raises ``Problem`` if another request used the key.

        ``at_once``: in one transaction.
        """
        lock = self._locks.setdefault((request.person.person_id, request.key), asyncio.Lock())
        async with lock:
            return await (self._at_once if at_once else self._in_steps)(request, run)

    async def _at_once(self, request: RepeatableRequest, run: Run) -> RawAnswer:
        async with self._deps.store.begin(request.person.person_id) as unit:
            if kept := await _kept(unit, request):
                return kept
            answer = await run(replace(self._deps, store=Within(unit)))
            await self.keep(unit, request, answer)
            return answer

    async def _in_steps(self, request: RepeatableRequest, run: Run) -> RawAnswer:
        async with self._deps.store.read() as unit:
            if kept := await _kept(unit, request):
                return kept
        answer = await run(self._deps)
        async with self._deps.store.begin(request.person.person_id) as unit:
            await self.keep(unit, request, answer)
        return answer

    async def keep(self, unit: Unit, request: RepeatableRequest, answer: RawAnswer) -> None:
        """Keep the answer, unless the person was deleted meanwhile."""
        kept = KeptAnswer(
            person_id=request.person.person_id,
            key=request.key,
            fingerprint=request.fingerprint,
            status=answer.status,
            body=answer.body.decode(),
            answered_at=self._deps.clock.now(),
        )
        try:
            await unit.people.get(kept.person_id)
        except NotFound:
            return
        await unit.kept_answers.put(kept)


async def _kept(unit: Unit, request: RepeatableRequest) -> RawAnswer | None:
    kept = await unit.kept_answers.get(request.person.person_id, request.key)
    if kept is None:
        return None
    if kept.fingerprint != request.fingerprint:
        raise Problem(Kind.KEY_REUSED, "Use a new key for every new request.")
    return RawAnswer(
        status=kept.status,
        body=kept.body.encode(),
        content_type="application/json" if kept.body else None,
        headers={"Cache-Control": "no-store", "Idempotency-Replayed": "true"},
    )
