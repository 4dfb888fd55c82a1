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

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run ``main`` to its end; returns what it returns, raises what it raises."""
    if sys.platform == "win32":
        return asyncio.run(main)
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)


def freeze_gc() -> None:
    """Exclude all present objects from future garbage collection.

    A full collection over the libraries' objects would block every answer for 0.1 s.
    """
    gc.collect()
    gc.freeze()
