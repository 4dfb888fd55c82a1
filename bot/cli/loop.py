"""The event loop that oO runs on: uvloop, a third faster from the database's thread and back; asyncio's own
where uvloop does not exist (Windows). And how the garbage collector is kept from stopping it.
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


def settle() -> None:
    """What has been made until now stays: from here on the garbage collector passes it by.

    To look through everything that the libraries keep would hold up every answer for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
