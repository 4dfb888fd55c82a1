"""Delivery to the app as Slack does it: an ack within 3 s, and further attempts for events."""

import asyncio
import uuid
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.servers.slack.changes import Changes
from tests.servers.slack.elements import Json
from tests.servers.slack.records import Ack, Delivery, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryAttempt:
    """One attempt to deliver something to the app."""

    kind: Kind
    payload: Json
    envelope_id: str
    number: int = 0
    """0 for the first attempt."""
    reason: str = ""
    """Slack's word for why the previous attempt failed; empty for the first one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResult:
    """The result of an attempt."""

    problem: str | None = None
    """Slack's word for why there was no ack; None if there was one."""
    response: Any = None
    no_retry: bool = False


class Transport(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    async def transmit(self, attempt: DeliveryAttempt, *, within: float) -> AttemptResult:
        """Send the attempt and wait at most `within` seconds for the ack."""


class Dispatcher:
    """Delivers things one after the other over the present transport, and records every attempt."""

    def __init__(
        self, *, transport: Transport, changes: Changes, ack_within: float, retry_after: Sequence[float]
    ) -> None:
        self.transport = transport
        self.deliveries: list[Delivery] = []
        self.acks: list[Ack] = []
        self._changes = changes
        self.ack_within = ack_within
        self._retry_after = tuple(retry_after)
        self._running: set[asyncio.Task[None]] = set()
        self._bugs: list[Exception] = []

    async def deliver(self, kind: Kind, payload: Json) -> Delivery:
        """Make the first attempt; if an event is not acknowledged, the others follow in the background."""
        delivery = Delivery(kind=kind, payload=payload, envelope_id=_envelope_id())
        self.deliveries.append(delivery)
        result = await self._attempt(delivery)
        if kind == "events_api" and result.problem and not result.no_retry:
            self.later(self._retry(delivery, result))
        return delivery

    async def redeliver(self, delivery: Delivery, *, times: int = 1) -> None:
        """Send the same envelope with the same `event_id` again, whether or not it was acknowledged."""
        for _ in range(times):
            await self._attempt(delivery, reason="timeout", envelope_id=delivery.envelope_id)

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` in the background until the dispatcher stops."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._done)

    async def stop(self) -> None:
        """Cancel further attempts; raises faults of the background work."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._bugs:
            raise ExceptionGroup("deliveries in the background", self._bugs)

    async def _retry(self, delivery: Delivery, result: AttemptResult) -> None:
        for pause in self._retry_after:
            await asyncio.sleep(pause)
            result = await self._attempt(delivery, reason=result.problem or "")
            if result.problem is None or result.no_retry:
                return

    async def _attempt(self, delivery: Delivery, *, reason: str = "", envelope_id: str = "") -> AttemptResult:
        number = len(delivery.attempts)
        attempt = DeliveryAttempt(
            kind=delivery.kind,
            payload=delivery.payload,
            envelope_id=envelope_id or (_envelope_id() if number else delivery.envelope_id),
            number=number,
            reason=reason,
        )
        clock = asyncio.get_running_loop().time
        started = clock()
        result = await self.transport.transmit(attempt, within=self.ack_within)
        latency = clock() - started if result.problem is None else None
        ack = Ack(attempt=number, latency=latency, problem=result.problem, response=result.response)
        delivery.attempts.append(ack)
        self.acks.append(ack)
        self._changes.notify()
        return result

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and isinstance(bug := task.exception(), Exception):
            self._bugs.append(bug)


def _envelope_id() -> str:
    return str(uuid.uuid4())  # noqa: TID251 - Slack makes its own
