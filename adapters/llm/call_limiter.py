"""Limits for one kind of call to a model server: concurrency, a deadline, and a circuit breaker.

Tests: tests/adapters/llm/test_failing.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from adapters.llm.circuit_breaker import CircuitBreaker
from core.errors import AnswerLost, LanguageModelUnavailable, NotAsked

Result = TypeVar("Result")


class CallLimiter:
    """At most ``max_concurrency`` calls run at once; the others wait."""

    def __init__(self, max_concurrency: int) -> None:
        self._slots = asyncio.Semaphore(max_concurrency)
        self._breaker = CircuitBreaker(lambda: asyncio.get_running_loop().time())

    async def run(self, call: Callable[[float], Awaitable[Result]], deadline: timedelta) -> Result:
        """What ``call`` returns. It gets the deadline in seconds; waiting for a free slot counts.

        Raises ``LanguageModelUnavailable``; ``NotAsked`` if no slot was free in time, and at once while the
        circuit breaker is open.
        """
        if not self._breaker.allows_call():
            raise NotAsked("left alone after failures in a row")
        seconds, is_asked = deadline.total_seconds(), False
        try:
            async with asyncio.timeout(seconds), self._slots:
                is_asked = True
                result = await call(seconds)
        except (TimeoutError, LanguageModelUnavailable) as failure:
            self._breaker.record_failure()
            if isinstance(failure, TimeoutError):
                late = AnswerLost if is_asked else NotAsked
                raise late(f"no answer within {seconds:.1f} s") from None
            raise
        self._breaker.record_success()
        return result
