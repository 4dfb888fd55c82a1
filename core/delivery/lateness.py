"""How late what was decided may still be sent, or appear.

Tests: tests/core/delivery/test_lateness.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.deciding.ringing import is_daily
from core.dependencies import Dependencies
from core.records import Decision, Person, Redelivery, Trigger
from core.scheduling.quiet_hours import quiet_starts_within
from core.scheduling.slots import is_stale

MAX_SNOOZED_AGE = timedelta(days=2)
"""How long a snoozed tip that has come back waits for a channel that is not connected."""

MAX_REMINDER_AGE = timedelta(days=3)
"""How long a reminder is tried that provably was not sent."""


def is_too_old(decision: Decision, deps: Dependencies) -> bool:
    """Whether it must not be sent any more."""
    return is_stale(decision.decided_at, deps.clock.now(), _max_age(decision, deps))


def expires_at(decision: Decision, person: Person, deps: Dependencies) -> datetime:
    """Until when a platform may hold it back: it must not appear when it is too old, nor in quiet hours."""
    now = deps.clock.now()
    old_at = max(decision.decided_at + _max_age(decision, deps), now)
    even_if_quiet = isinstance(decision.result, Redelivery) and decision.result.even_if_quiet
    if person.zone is None or even_if_quiet or decision.trigger is Trigger.REQUESTED:
        return old_at
    quiet_at = quiet_starts_within(now, old_at - now, ZoneInfo(person.zone), person.preferences.quiet)
    return quiet_at or old_at


def _max_age(decision: Decision, deps: Dependencies) -> timedelta:
    limits = {Trigger.SNOOZED: MAX_SNOOZED_AGE, Trigger.REMINDER: MAX_REMINDER_AGE}
    limit = deps.rules.availability.freshness
    return limit if is_daily(decision) else limits.get(decision.trigger, limit)
