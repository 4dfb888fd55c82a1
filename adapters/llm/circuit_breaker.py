"""A circuit breaker: after several failures in a row, calls are refused for a while."""

from __future__ import annotations

from collections.abc import Callable

MAX_FAILURES = 3
PAUSE_SECONDS = 30.0


class CircuitBreaker:
    """Opens after ``MAX_FAILURES`` in a row. Then one call per ``pause`` may try, until one succeeds.

    ``now`` is a monotonic clock; all times are in seconds.
    """

    def __init__(self, now: Callable[[], float], pause: float = PAUSE_SECONDS) -> None:
        self._now = now
        self._pause = pause
        self._failures_in_a_row = 0
        self._refuses_until = 0.0

    def allows_call(self) -> bool:
        """Whether a call may be made now. If so after failures, the caller makes the only trial call."""
        if self._failures_in_a_row < MAX_FAILURES:
            return True
        if self._now() < self._refuses_until:
            return False
        self._refuses_until = self._now() + self._pause
        return True

    def record_success(self) -> None:
        """A call succeeded: close the breaker."""
        self._failures_in_a_row = 0

    def record_failure(self) -> None:
        """A call failed."""
        self._failures_in_a_row += 1
        self._refuses_until = self._now() + self._pause
