"""oO's own time limits, shortened, so that what hangs costs a test seconds; and a clock that runs fast.

Tests: tests/faults/test_faults.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

import adapters.mail.channel
import adapters.mail.connection
import adapters.nats.connection
import adapters.oidc.relying_party
import adapters.slack
import adapters.slack.api
import adapters.storage.postgresql_connecting
import adapters.telegram
import adapters.todoist
import adapters.web_push.post
from adapters.calendars import fetch
from adapters.llm import call_limiter
from adapters.llm.circuit_breaker import CircuitBreaker
from tests.scenarios.world import HandClock

ANSWER_SECONDS = 1.5
"""For whatever waits 10 s or more in the product."""

BREAKER_SECONDS = 1.0
STATEMENT_SECONDS = 3.0

TICK_SECONDS = 0.05


@contextmanager
def shortened() -> Iterator[None]:
    """For adapters that are made within the block."""
    with pytest.MonkeyPatch.context() as patch:
        _channels(patch)
        _sources(patch)
        patch.setattr(adapters.nats.connection, "CONNECT_SECONDS", 1)
        patch.setattr(adapters.nats.connection, "ANSWER_SECONDS", ANSWER_SECONDS / 2)
        patch.setattr(call_limiter, "CircuitBreaker", partial(CircuitBreaker, pause=BREAKER_SECONDS))
        patch.setattr(adapters.storage.postgresql_connecting, "CONNECT_SECONDS", ANSWER_SECONDS)
        patch.setattr(adapters.storage.postgresql_connecting, "STATEMENT_SECONDS", STATEMENT_SECONDS)
        yield


def _channels(patch: pytest.MonkeyPatch) -> None:
    telegram = adapters.telegram.Limits(
        connect=ANSWER_SECONDS, answer=ANSWER_SECONDS, poll=1, first_pause=0.05, max_pause=0.5
    )
    patch.setattr(adapters.telegram, "Telegram", partial(adapters.telegram.Telegram, limits=telegram))
    slack = adapters.slack.Limits(
        connect=ANSWER_SECONDS, answer=ANSWER_SECONDS, heartbeat=2.0, first_pause=0.05, max_pause=0.5
    )
    patch.setattr(adapters.slack, "Slack", partial(adapters.slack.Slack, limits=slack))
    mail = adapters.mail.connection.Limits(
        command=ANSWER_SECONDS, until_end=2 * ANSWER_SECONDS, end=ANSWER_SECONDS, retry=1.0
    )
    patch.setattr(adapters.mail, "Mail", partial(adapters.mail.channel.Mail, limits=mail))
    services = adapters.web_push.post.PushServices
    patch.setattr(adapters.web_push.post, "PushServices", partial(services, seconds=ANSWER_SECONDS))


def _sources(patch: pytest.MonkeyPatch) -> None:
    todoist = partial(adapters.todoist.Todoist, answer_seconds=ANSWER_SECONDS)
    patch.setattr(adapters.todoist, "Todoist", todoist)
    patch.setattr(fetch, "Fetcher", partial(fetch.Fetcher, seconds=ANSWER_SECONDS))
    party = adapters.oidc.relying_party.RelyingParty
    patch.setattr(adapters.oidc.relying_party, "RelyingParty", partial(party, answer_seconds=ANSWER_SECONDS))


class FastClock(HandClock):
    """A clock that moves on its own while ``running``."""

    speed = 4.0
    """Seconds of oO's for each second; a busy machine has fewer."""

    async def run(self) -> None:
        """Move until cancelled."""
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.move(seconds=self.speed * TICK_SECONDS)
