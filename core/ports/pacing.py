"""How fast a platform lets oO write: what all processes together have used up, and what it demanded.

Tests: tests/adapters/test_stored_pace.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit of a platform, such as that of a chat or of a bot."""

    name: str
    """Unique on the platform."""
    interval: float
    """Seconds between two messages once the burst is used up; 0 means that only its holds count."""
    burst: int
    """How many messages may go at once after a rest."""


class PaceBook(Protocol):
    """What is known of a platform's limits."""

    def left(self, name: str) -> float:
        """How many seconds the platform still wants nothing of that limit, as far as this process knows."""
        ...

    def hold(self, name: str, span: float) -> None:
        """The platform wants nothing for ``span`` seconds. Never shortens an earlier hold."""
        ...

    async def turn(self, limits: Sequence[Limit], max_wait: float) -> float:
        """Take a turn at every limit; returns how many seconds from now it is.

        Raises ``NotSent``, and takes none, if that were more than ``max_wait``, or if the platform wants
        nothing.
        """
        ...
