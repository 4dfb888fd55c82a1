"""An event loop that waits for nothing: when all of it sleeps, its time jumps to the next that wakes."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

ROUND_SECONDS = 1e-7


class _Jump(selectors.SelectSelector):
    """Counts the seconds that it was asked to wait, and a little for each round of the loop."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("nothing will ever happen")
        self.now += timeout + ROUND_SECONDS
        return super().select(0)


class JumpingLoop(asyncio.SelectorEventLoop):
    """Its time begins at 0."""

    def __init__(self) -> None:
        self._jump = _Jump()
        super().__init__(self._jump)

    def time(self) -> float:
        return self._jump.now

    def stand_still(self, span: float) -> None:
        """Let ``span`` seconds pass in which the loop does nothing."""
        self._jump.now += span


def jumping(main: Coroutine[Any, Any, T]) -> T:
    """Run ``main`` to its end."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(main)
