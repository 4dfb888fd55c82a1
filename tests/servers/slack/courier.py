"""Handing things to the app as Slack does: an ack within three seconds, and further attempts for events."""

import asyncio
import uuid
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.servers.slack.bell import Bell
from tests.servers.slack.elements import Json
from tests.servers.slack.records import Ack, Delivery, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One attempt: the first has number 0 and no reason."""

    kind: Kind
    payload: Json
    envelope_id: str
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The app's answer to a parcel; `problem` is Slack's word for why there was no ack, None if there was."""

    problem: str | None = None
    response: Any = None
    no_retry: bool = False


class Lane(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    async def carry(self, parcel: Parcel, *, within: float) -> Receipt:
        """Hand the parcel over and wait at most `within` seconds for the ack."""


class Courier:
    """Delivers one thing after another over the lane of the day and keeps account of every attempt."""

    def __init__(self, *, lane: Lane, bell: Bell, ack_within: float, retry_after: Sequence[float]) -> None:
        self.lane = lane
        self.deliveries: list[Delivery] = []
        self.acks: list[Ack] = []
        self._bell = bell
        self.ack_within = ack_within
        self._retry_after = tuple(retry_after)
        self._running: set[asyncio.Task[None]] = set()
        self._bugs: list[Exception] = []

    async def deliver(self, kind: Kind, payload: Json) -> Delivery:
        """Make the first attempt; if an event is not acknowledged, the others follow in the background."""
        delivery = Delivery(kind=kind, payload=payload, envelope_id=_envelope_id())
        self.deliveries.append(delivery)
        receipt = await self._attempt(delivery)
        if kind == "events_api" and receipt.problem and not receipt.no_retry:
            self.later(self._retry(delivery, receipt))
        return delivery

    async def redeliver(self, delivery: Delivery, *, times: int = 1) -> None:
        """Send the same envelope with the same `event_id` again, whether or not it was acknowledged."""
        for _ in range(times):
            await self._attempt(delivery, reason="timeout", envelope_id=delivery.envelope_id)

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this in the background until the courier stops."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._done)

    async def stop(self) -> None:
        """Give up all further attempts; raises what went wrong in the background."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._bugs:
            raise ExceptionGroup("deliveries in the background", self._bugs)

    async def _retry(self, delivery: Delivery, receipt: Receipt) -> None:
        for pause in self._retry_after:
            await asyncio.sleep(pause)
            receipt = await self._attempt(delivery, reason=receipt.problem or "")
            if receipt.problem is None or receipt.no_retry:
                return

    async def _attempt(self, delivery: Delivery, *, reason: str = "", envelope_id: str = "") -> Receipt:
        number = len(delivery.attempts)
        parcel = Parcel(
            kind=delivery.kind,
            payload=delivery.payload,
            envelope_id=envelope_id or (_envelope_id() if number else delivery.envelope_id),
            attempt=number,
            reason=reason,
        )
        clock = asyncio.get_running_loop().time
        started = clock()
        receipt = await self.lane.carry(parcel, within=self.ack_within)
        latency = clock() - started if receipt.problem is None else None
        ack = Ack(attempt=number, latency=latency, problem=receipt.problem, response=receipt.response)
        delivery.attempts.append(ack)
        self.acks.append(ack)
        self._bell.ring()
        return receipt

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and isinstance(bug := task.exception(), Exception):
            self._bugs.append(bug)


def _envelope_id() -> str:
    return str(uuid.uuid4())  # noqa: TID251 - Slack makes its own
