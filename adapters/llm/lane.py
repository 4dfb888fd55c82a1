"""One kind of question to a model server: few at once, each with a deadline, none after failures in a row."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from adapters.llm.breaker import Breaker
from core.errors import LanguageModelUnavailable

Result = TypeVar("Result")


class Lane:
    """Questions that wait for each other, and for nobody else. ``at_once``: under way at the same time."""

    def __init__(self, at_once: int) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._breaker = Breaker(lambda: asyncio.get_running_loop().time())

    async def ask(self, question: Callable[[float], Awaitable[Result]], deadline: timedelta) -> Result:
        """What ``question`` (given its seconds) returns within ``deadline``, waiting for a place included.

        Raises ``LanguageModelUnavailable``, and at once if that has happened three times in a row: then it
        takes half a minute until one call tries again.
        """
        if not self._breaker.lets_through():
            raise LanguageModelUnavailable("left alone after failures in a row")
        seconds = deadline.total_seconds()
        try:
            async with asyncio.timeout(seconds), self._places:
                answer = await question(seconds)
        except (TimeoutError, LanguageModelUnavailable) as failure:
            self._breaker.failed()
            if isinstance(failure, TimeoutError):
                raise LanguageModelUnavailable(f"no answer within {seconds:.1f} s") from None
            raise
        self._breaker.succeeded()
        return answer
