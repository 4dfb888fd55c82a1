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
    """The nearest-rank percentile, in whole seconds, rounded down; None if nothing was sent."""
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
class Queues:
    """What waits, for a look every few seconds: nothing is counted beyond a limit."""

    updates: int
    """Updates that came in and are not handled; these are all counted."""
    oldest_update_at: datetime | None
    deliveries: Mapping[DeliveryState, int]
    """Deliveries by state, the largest value being the limit."""
    oldest_at: Mapping[DeliveryState, datetime]
    """Since when the oldest delivery is reserved or sending, or until when it is to wait."""
    people_due: int
    longest_due_at: datetime | None
    """When the decision point was that has been due for longest."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedShadow:
    """What a shadow would have earned, in short."""

    policy_id: str
    decisions: int
    effective: float
    """Effective sample size."""
    mean_weight: float
    """Near 1 if the logged probabilities are true."""
    more: float | None = None
    """How much more it would have earned for each decision than what was served; None: too few decisions."""
    low: float | None = None
    """Lower end of its 95 % confidence sequence, which holds however often one looks."""
    high: float | None = None
    wait_days: float | None = None
    """Days until there are enough decisions; None if that can't be foreseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedGroup:
    """What decisions with something in common earned."""

    of: str
    """What they have in common: ``served policy``, ``drawn prompt``, …"""
    name: str
    decisions: int
    value: float | None = None
    """Mean reward; None: too few decisions."""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSummary:
    """The figures of `oo evaluate` at one time."""

    made_at: datetime
    decisions: int
    first: datetime | None = None
    last: datetime | None = None
    shadows: tuple[EvaluatedShadow, ...] = ()
    groups: tuple[EvaluatedGroup, ...] = ()
