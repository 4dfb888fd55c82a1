"""Payloads on their way into the inbox. Only what is stored may be confirmed to Slack.

Bolt parses every payload and passes it to oO's middleware, which runs before Bolt's own: those answer 200 to
what they do not understand, before anything is stored.

Tests: tests/adapters/slack/test_arriving.py.
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
from adapters.slack.notices import Notice, NotificationsChanged, TeamAccess, Uninstalled
from adapters.slack.parse import parse_payload
from adapters.slack.people import People
from core.chat import Update
from core.errors import StoreUnavailable
from core.ports import Accept, Clock

log = logging.getLogger(__name__)

# What Bolt raises when fields are missing that Slack always sends.
_MALFORMED = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)


class Intake:
    """Parses payloads, completes their senders and passes the updates to ``accept``."""

    def __init__(
        self,
        accept: Accept,
        clock: Clock,
        people: People,
        noticed: Callable[[Notice], Awaitable[None]],
    ) -> None:
        self.ignored = 0
        """How many payloads were not for oO."""
        self.commands: Collection[str] = ()
        """Names that are understood without a slash."""
        self._accept = accept
        self._clock = clock
        self._people = people
        self._noticed = noticed
        self._bolt = _bolt(_TakeEverything(self._take))

    async def take(self, payload: Mapping[str, object]) -> HTTPStatus:
        """OK when ``payload`` may be confirmed: it is stored or not for oO. Slack repeats the rest."""
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=dict(payload))
        except _MALFORMED:
            return HTTPStatus.BAD_REQUEST
        answer = await self._bolt.async_dispatch(request)
        return HTTPStatus(answer.status)

    async def _take(self, payload: Mapping[str, object]) -> None:
        update = parse_payload(payload, self._clock.now(), self.commands)
        match update:
            case None:
                self.ignored += 1
            case Uninstalled() | TeamAccess() | NotificationsChanged():
                await self._noticed(update)
            case _:
                await self._accept_from_home(update)

    async def _accept_from_home(self, update: Update) -> None:
        completed = await self._people.complete(update)
        if completed is None:
            self.ignored += 1
        else:
            await self._accept(completed)


class _TakeEverything(AsyncMiddleware):
    """A middleware that handles every payload itself and never calls the next one."""

    def __init__(self, take: Callable[[Mapping[str, object]], Awaitable[None]]) -> None:
        self._take = take

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Confirm what ``take`` has stored."""
        await self._take(req.body)
        return BoltResponse(status=HTTPStatus.OK)


def _bolt(middleware: AsyncMiddleware) -> AsyncApp:
    """Bolt reads SLACK_CLIENT_ID and others from the environment by itself, and would warn that it ignores
    the token. None of what it makes of them is used, as ``middleware`` answers everything.
    """
    bolt = AsyncApp(
        name="oo",
        token="none",  # noqa: S106 - Bolt insists on one, but its own client is never used
        signing_secret="",
        logger=quiet_logger("slack_bolt", logging.ERROR),
        before_authorize=middleware,
        request_verification_enabled=False,  # oO's own is stricter
        ssl_check_enabled=False,
    )
    bolt.error(_not_taken)
    return bolt


async def _not_taken(error: Exception) -> BoltResponse:
    """Answer 503 to every error. Only its type is logged, as its text may hold what a person said."""
    if not isinstance(error, StoreUnavailable):  # the store logs it itself, once
        log.warning("the inbox did not take an update: %s", type(error).__name__)
    return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
