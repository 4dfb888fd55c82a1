"""The way in, by whichever transport: what is durable may be confirmed to Slack, nothing else.

Bolt takes every payload apart and hands it to its one middleware, which stands before all others: those
answer 200 to what they did not understand, before anything is durable.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from http import HTTPStatus

from slack_bolt.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.api import quiet_logger
from adapters.slack.parse import Uninstalled, parse_payload
from adapters.slack.people import People
from core.errors import StoreUnavailable
from core.ports import Accept, Clock

log = logging.getLogger(__name__)

# Bolt looks at places that Slack fills and nobody else need fill.
_SHAPELESS = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)


class Intake:
    """Hands updates in. ``ignored`` counts what was not for oO; ``commands`` are understood as bare words."""

    def __init__(
        self, accept: Accept, clock: Clock, people: People, uninstalled: Callable[[], Awaitable[None]]
    ) -> None:
        self.ignored = 0
        self.commands: Collection[str] = ()
        self._accept = accept
        self._clock = clock
        self._people = people
        self._uninstalled = uninstalled
        self._bolt = _bolt(_Door(self._take))

    async def take(self, payload: Mapping[str, object]) -> HTTPStatus:
        """OK when ``payload`` may be confirmed: it is durable or not for oO. Slack repeats the rest."""
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=dict(payload))
        except _SHAPELESS:
            return HTTPStatus.BAD_REQUEST
        answer = await self._bolt.async_dispatch(request)
        return HTTPStatus(answer.status)

    async def _take(self, payload: Mapping[str, object]) -> None:
        update = parse_payload(payload, self._clock.now(), self.commands)
        match update:
            case None:
                self.ignored += 1
            case Uninstalled():
                await self._uninstalled()
            case _:
                await self._accept(await self._people.complete(update))


class _Door(AsyncMiddleware):
    """Bolt's middleware: nothing gets past it."""

    def __init__(self, take: Callable[[Mapping[str, object]], Awaitable[None]]) -> None:
        self._take = take

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Confirm what was taken."""
        await self._take(req.body)
        return BoltResponse(status=HTTPStatus.OK)


def _bolt(door: AsyncMiddleware) -> AsyncApp:
    bolt = AsyncApp(
        name="oo",
        token="none",  # noqa: S106 - Bolt insists on one, but its own client is never used
        signing_secret="",
        logger=quiet_logger("slack_bolt"),
        before_authorize=door,
        request_verification_enabled=False,  # oO's own is stricter
        ssl_check_enabled=False,
    )
    bolt.error(_not_taken)
    return bolt


async def _not_taken(error: Exception) -> BoltResponse:
    """Whatever kept the inbox from taking it, the answer is the same. Its text may hold what was said."""
    if not isinstance(error, StoreUnavailable):  # the store says so itself, once
        log.warning("the inbox did not take an update: %s", type(error).__name__)
    return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
