"""oO's events for other programs: where they are published, and the commands that read them.

Tests: tests/bot/cli/test_event_stream.py.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.app import App, open_app
from bot.settings import Settings
from core.errors import SettingsError
from core.learning.from_events import LearnedFromEvents, Parity
from core.learning.public_events import public_events
from core.ports import EventStream
from core.records import PublicEvent

if TYPE_CHECKING:
    from adapters.nats import Connection, Received

CONSUMERS = ("log", "learning")
PAGE = 500
PAUSE_SECONDS = 1.0


def event_stream(settings: Settings) -> EventStream | None:
    """Where events are published; None without NATS_URL: then nothing of NATS is imported."""
    if settings.environment.nats_url is None:
        return None
    from adapters.nats import NatsStream

    return NatsStream(_connection(settings))


def _connection(settings: Settings) -> Connection:
    """Raises ``SettingsError`` without NATS_URL."""
    environment = settings.environment
    if environment.nats_url is None:
        raise SettingsError(("NATS_URL: it is not set, so events are published nowhere",))
    from adapters.nats import Access, Connection

    access = Access(
        url=environment.nats_url.get_secret_value(),
        credentials=environment.nats_credentials,
        ca=environment.nats_ca,
    )
    return Connection(access)


@asynccontextmanager
async def _connected(settings: Settings) -> AsyncIterator[Connection]:
    connection = _connection(settings)
    try:
        yield connection
    finally:
        await connection.close()


async def check_stream(settings: Settings) -> str:
    """What NATS holds, for the doctor. Raises ``StreamUnavailable``."""
    from adapters.nats import described

    async with _connected(settings) as connection:
        return await described(connection)


async def print_events(settings: Settings, *, follow: bool, after: int, from_nats: bool) -> None:
    """Print events behind the position ``after`` as JSON lines; with ``follow`` until it is interrupted."""
    if from_nats:
        await _print_from_nats(settings, follow=follow, after=after)
        return
    async with open_app(settings) as app:
        while True:
            after = await _print_page(app, after) or after
            if not follow and await _is_over(app, after):
                return
            if await _is_over(app, after):
                await asyncio.sleep(PAUSE_SECONDS)


async def _print_page(app: App, after: int) -> int | None:
    async with app.store.read() as unit:
        events = await public_events(unit, await unit.events.after(after, PAGE))
    for event in events:
        _print(event)
    return events[-1].position if events else None


async def _is_over(app: App, after: int) -> bool:
    async with app.store.read() as unit:
        return not await unit.events.after(after, 1)


async def _print_from_nats(settings: Settings, *, follow: bool, after: int) -> None:
    from adapters.nats import replayed

    place = 0
    async with _connected(settings) as connection:
        while True:
            async for received in replayed(connection, after=place):
                place = received.sequence
                if received.event.position > after:
                    _print(received.event)
            if not follow:
                return
            await asyncio.sleep(PAUSE_SECONDS)


async def consume_log(settings: Settings, *, until_idle: bool) -> None:
    """The durable consumer ``log``: prints each event, then acknowledges it."""
    from adapters.nats import Consumer

    async def handle(received: Received) -> None:
        _print(received.event)

    async with _connected(settings) as connection:
        await Consumer(connection, "log").run(handle, until_idle=until_idle)


async def compare_learning(settings: Settings) -> Parity:
    """Rebuild what was learned from the events that NATS holds, and compare it with the database."""
    from adapters.nats import replayed

    async with open_app(settings) as app, _connected(settings) as connection:
        learned = LearnedFromEvents()
        async for received in replayed(connection):
            learned.add(received.event)
        async with app.store.read() as unit:
            return await learned.compared(unit)


def _print(event: PublicEvent) -> None:
    sys.stdout.write(json.dumps(event.as_dict()) + "\n")
    sys.stdout.flush()
