"""A circuit breaker: what has failed several times in a row is left alone for a while."""

from __future__ import annotations

from collections.abc import Callable

FAILURES = 3
PAUSE = 30.0


class Breaker:
    """Opens after ``FAILURES`` in a row; then one call in ``pause`` seconds may try, until one succeeds.

    ``now`` is a monotonic clock in seconds.
    """

    def __init__(self, now: Callable[[], float], pause: float = PAUSE) -> None:
        self._now = now
        self._pause = pause
        self._in_row = 0
        self._closed_until = 0.0

    def lets_through(self) -> bool:
        """Whether a call may be made now."""
        if self._in_row < FAILURES:
            return True
        if self._now() < self._closed_until:
            return False
        self._closed_until = self._now() + self._pause  # the others wait for what this one finds
        return True

    def succeeded(self) -> None:
        """A call worked."""
        self._in_row = 0

    def failed(self) -> None:
        """A call did not."""
        self._in_row += 1
        self._closed_until = self._now() + self._pause
