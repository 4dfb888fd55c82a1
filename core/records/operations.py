"""What the operator sees of a running oO: counts and times, nothing about anybody.

Tests: tests/contracts/store/test_operations.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.records.deliveries import DeliveryState
from core.records.integrations import TokenStatus
from core.records.spending import Spending


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """How late messages were sent that had a time, over some span. Those that were not sent are not in it."""

    count: int = 0
    p50: timedelta | None = None
    """The nearest-rank percentile; None if nothing was sent."""
    p90: timedelta | None = None
    p99: timedelta | None = None
    missed: int = 0
    """Slots that were not served because they had become too old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits to be done now."""

    updates: int = 0
    """Updates that came in and are not handled."""
    oldest_update_at: datetime | None = None
    deliveries: Mapping[DeliveryState, int]
    """Those that are not over: reserved and sending."""
    events: int = 0
    """Events that no task source was told yet."""
    people_due: int = 0
    """People whose decision point has come, those of an `oo chat` that is closed included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionCount:
    """How many connections to a provider are in a state."""

    provider: str
    status: TokenStatus
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DailySpending:
    """What everybody together used the language model for on a day (UTC)."""

    day: date
    spent: Spending
