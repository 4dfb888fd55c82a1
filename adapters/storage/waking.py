"""How processes on one PostgreSQL wake each other: LISTEN on a connection of its own.

A notification says only that there may be something to do; what, is in the tables. Whoever misses one finds
it out by looking there from time to time, so a connection that is down makes oO slower and loses nothing.

Tests: tests/adapters/storage/test_waking.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from adapters.storage.updates import WAKE_CHANNEL
from core.errors import StoreUnavailable

log = logging.getLogger(__name__)

CHECK_SECONDS = 10.0
"""How often a silent connection is asked whether it is still there."""

RETRY_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Pauses before the first attempts to connect again; the last one is repeated."""

FAILURES = (
    StoreUnavailable,
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What connecting and asking may raise."""


async def listen(
    connect: Callable[[], Awaitable[Any]],
    heard: Callable[[], None],
    *,
    check_seconds: float = CHECK_SECONDS,
    retry_seconds: tuple[float, ...] = RETRY_SECONDS,
) -> None:
    """Call ``heard`` for each notification, and after each connection, as some may have been missed before.

    ``connect`` opens a connection of asyncpg. It ends only when it is cancelled.
    """
    attempts = 0
    while True:
        try:
            connection = await connect()
        except FAILURES:
            pass  # the store logs that its server does not answer
        else:
            attempts = 0 if await _hear(connection, heard, check_seconds) else attempts
        await asyncio.sleep(retry_seconds[min(attempts, len(retry_seconds) - 1)])
        attempts += 1


async def _hear(connection: Any, heard: Callable[[], None], check_seconds: float) -> bool:
    """Listen until the connection ends, or does not answer; whether it could be listened to."""
    ended, is_heard = asyncio.Event(), False
    connection.add_termination_listener(lambda _: ended.set())
    try:
        await connection.add_listener(WAKE_CHANNEL, lambda *_: heard())
        is_heard = True
        heard()
        while not ended.is_set():
            try:
                async with asyncio.timeout(check_seconds):
                    await ended.wait()
            except TimeoutError:
                await connection.execute("SELECT 1", timeout=check_seconds)
    except FAILURES as fault:
        log.info("the connection that listens has ended: %s", type(fault).__name__)
    finally:
        connection.terminate()
    return is_heard
