"""How fast a platform lets oO write, as all processes on a database know it.

Tests: tests/contracts/store/test_paces.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceState:
    """The state of one limit, such as that of a chat or of a bot."""

    name: str
    """A keyed hash: it names nobody."""
    free_at: datetime
    """When all turns that were given will be used up and forgotten, by the clock of the store."""
    held_until: datetime
    """Until when the platform wants nothing; long ago if it never asked oO to wait."""
