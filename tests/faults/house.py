"""One oO with people on two channels, whose services are behind proxies.

Tests: tests/faults/test_faults.py.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adapters.pace import UNLIMITED
from bot.cli.serve import running
from bot.settings import load_settings
from core.chat import Channel
from core.records import Decision, Delivery
from tests.databases import url_in
from tests.faults.limits import FastClock, shortened
from tests.scenarios.conftest import certificates
from tests.scenarios.slack_talk import account
from tests.scenarios.slack_talk import welcomed as welcomed_in_slack
from tests.scenarios.talking import code_in, expect_reply, invited, welcomed
from tests.scenarios.test_my_page import KEY
from tests.scenarios.world import Scene
from tests.servers.slack import SlackServer
from tests.servers.slack.person import Person as SlackPerson
from tests.servers.telegram import Person, TelegramServer
from tests.waiting import WAIT_LIMIT

if TYPE_CHECKING:
    from tests.faults.service import Service

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
"""Monday 23 November 2026, 11:00 in Berlin: too late for the slot of the morning."""

SLOT = timedelta(hours=2, seconds=5)
"""From the start of a day to a slot of everybody's: 13:00 in Berlin."""

PAUSE = 0.02

ACK_SECONDS = 3.0
"""Slack's own limit: what is not confirmed by then is sent again."""

CONFIG = """
jobs:
  {push: 0.1, remind: 86400, deliver: 0.1, relay: 0.1, publish: 0.1, sync: 0.2, rewards: 86400, mail: 86400,
   embed: 86400, learn: 86400, tokens: 86400, watch: 0.5, prune: 86400}
policy: {serve: "epsilon-greedy:epsilon=0.000001"}
todoist: {deadline_seconds: 1.5, sync_after_seconds: 30}
calendar: {allow_private: true, refresh_minutes: 1}
push: {allow_private: true}
http: {pages: true}
writing: {deadline_asked_seconds: 1.5, deadline_scheduled_seconds: 1.5}
"""


class LogLines(logging.Handler):
    """The lines of a warning and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name} {record.getMessage()}")


@dataclass(slots=True, kw_only=True)
class House:
    """The running oO, and who lives with it."""

    folder: Path
    clock: FastClock
    telegram: TelegramServer
    slack: SlackServer
    log: LogLines = field(default_factory=LogLines)
    scene: Scene | None = None
    """The running oO; None between two of them."""
    day: int = 0
    number: int = 0

    @property
    def oo(self) -> Scene:
        """The running oO."""
        assert self.scene is not None
        return self.scene

    @property
    def ann(self) -> Person:
        """The owner, in Telegram."""
        return self.telegram.user(7, "Ann")

    @property
    def tom(self) -> Person:
        """A guest in Telegram."""
        return self.telegram.user(8, "Tom")

    @property
    def bob(self) -> SlackPerson:
        """A guest in Slack."""
        return self.slack.user("U1", name="Bob")

    def next_number(self) -> int:
        """A number that no task has yet."""
        self.number += 1
        return self.number

    def next_day(self) -> None:
        """It is the next morning."""
        self.day += 1
        self.clock.set((START + timedelta(days=self.day)).isoformat())

    def slot(self) -> None:
        """It is just past a slot of everybody's."""
        self.clock.set((START + timedelta(days=self.day) + SLOT).isoformat())

    async def guest(self, user_id: int, name: str) -> Person:
        """Another guest in Telegram, after onboarding."""
        return await invited(self.oo, self.ann, self.telegram.user(user_id, name))

    async def deliveries(self, external_id: str, channel: Channel) -> list[Delivery]:
        """What is known of today's pushes to somebody, newest first."""
        since = START + timedelta(days=self.day) + SLOT
        async with self.oo.app.store.read() as unit:
            found = await unit.people.account(channel, external_id)
            if found is None:
                return []
            decisions = await unit.decisions.latest(found.person_id, 10)
            today = [one for one in decisions if _is_push(one) and one.decided_at >= since]
            return [one for decision in today for one in await unit.deliveries.of(decision.decision_id)]


def _is_push(decision: Decision) -> bool:
    return decision.tip is not None and decision.trigger.value != "requested"


@asynccontextmanager
async def house(folder: Path, services: Sequence[Service]) -> AsyncIterator[House]:
    """People who have agreed and have connected what ``services`` need; then oO again, with short limits."""
    async with AsyncExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr("adapters.telegram.api.httpx.create_ssl_context", certificates)
        clock = FastClock(START)
        telegram = await stack.enter_async_context(TelegramServer(flood=None))
        slack = ProxiedSlack()
        await stack.enter_async_context(slack)
        here = House(folder=folder, clock=clock, telegram=telegram, slack=slack)
        environment = {
            "DATABASE_URL": url_in(folder),
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "OO_VAULT_KEYS": KEY,
            "OO_PUBLIC_URL": "https://oo.example.net",
        }
        for service in services:
            environment |= await service.open(here, stack)
        async with _oo(here, environment):
            await _settle(here)
            for service in services:
                await service.settle()
            await here.oo.app.intake.wait_until_answered()
        stack.enter_context(shortened())
        await stack.enter_async_context(_oo(here, environment))
        stack.enter_context(_listening(here.log))
        moving = asyncio.create_task(clock.run())
        stack.callback(moving.cancel)
        await slack.expect_connection()
        yield here


@asynccontextmanager
async def _oo(here: House, environment: dict[str, str]) -> AsyncIterator[None]:
    file = here.folder / "config.yaml"
    file.write_text(CONFIG)
    values = {"OO_HTTP_PORT": "0", "OO_CONFIG": str(file), **environment}
    async with running(load_settings(values, here.folder), clock=here.clock, rate=UNLIMITED) as oo:
        here.scene = Scene(oo=oo, clock=here.clock)
        yield
        here.scene = None


async def _settle(here: House) -> None:
    await welcomed(here.oo, here.ann)
    await invited(here.oo, here.ann, here.tom)
    await welcomed_in_slack(here.bob, code_in(await expect_reply(here.ann, "/invite")))


class _Listening:
    def __init__(self, handler: logging.Handler) -> None:
        self._handler = handler

    def __enter__(self) -> None:
        logging.getLogger().addHandler(self._handler)

    def __exit__(self, *_exc: object) -> None:
        logging.getLogger().removeHandler(self._handler)


_listening = _Listening


class ProxiedSlack(SlackServer):
    """Its sockets are opened where its API was asked: behind the proxy, if there is one."""

    def __init__(self) -> None:
        super().__init__(
            post_burst=1000, ack_within=ACK_SECONDS, retry_after=(0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 4.0)
        )
        self.proxy_port: int | None = None

    @property
    def own_port(self) -> int:
        """Where it listens itself."""
        return int(self._local.url.rsplit(":", 1)[1])

    def _socket_url(self) -> str:
        url = super()._socket_url()
        return url.replace(f":{self.own_port}/", f":{self.proxy_port}/") if self.proxy_port else url


async def until(
    found: Callable[[], Awaitable[bool]] | Callable[[], bool], *, within: float = WAIT_LIMIT
) -> float | None:
    """Wait until ``found`` says so; the seconds that this took, None if it did not come to that."""
    began = time.monotonic()
    last = began + within
    while time.monotonic() <= last:
        answer = found()
        if answer if isinstance(answer, bool) else await answer:
            return time.monotonic() - began
        await asyncio.sleep(PAUSE)
    return None


def slack_account(person: SlackPerson) -> str:
    """The external id of somebody in Slack."""
    return account(person)
