"""A lease: what one process at a time may do, for as long as it says so again and again.

Tests: tests/contracts/store/test_leases.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """What is held, as its holder knows it; another process may hold it by now."""

    name: str
    """What is held, such as ``poll telegram``."""
    holder: str
    """The replica that holds it: a random id of one process."""
    fence: int
    """Grows each time the holder changes. An earlier holder has a smaller one, and by that it is refused."""
    until: datetime
    """When others may take it, by the clock of the store; never to be compared with another clock."""
