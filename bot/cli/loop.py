"""The event loop, and how garbage collection is kept from blocking it.

uvloop makes a round trip to the database's thread a third faster than asyncio; it does not exist on Windows.

Tests: tests/bot/cli/test_starting.py.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.cli.logs import log_unhandled

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run ``main`` to its end; returns what it returns, raises what it raises."""
    with asyncio.Runner(loop_factory=_new_loop) as runner:
        return runner.run(main)


def _new_loop() -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":
        new_loop = asyncio.new_event_loop
    else:
        from uvloop import new_event_loop as new_loop
    loop: asyncio.AbstractEventLoop = new_loop()
    loop.set_exception_handler(log_unhandled)
    return loop


def freeze_gc() -> None:
    """Exclude all present objects from future garbage collection.

    A full collection over the libraries' objects would block every answer for 0.1 s.
    """
    gc.collect()
    gc.freeze()
