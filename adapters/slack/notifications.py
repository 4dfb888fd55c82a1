"""Slack's words for silenced notifications -> a ``NotificationReading``. Pure; never raises.

Somebody silences them until a time (a snooze of Slack's), or has hours for that; Slack tells the window that
is in force, else the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from core.records import NotificationReading

Json = Mapping[str, object]

MAX_SECONDS = 32_503_680_000
"""The year 3000: a later time is none."""

INDEFINITE = timedelta(days=1)
"""How long notifications count as silenced that are so until further notice; they are read again before."""

INFO_METHOD = "dnd.info"
CHANGED_EVENT = "dnd_updated_user"


def parse_notifications(status: object, now: datetime, *, zone: object = None) -> NotificationReading:
    """``status``: an answer of ``INFO_METHOD``, or ``dnd_status`` of an event. ``zone``: from the profile."""
    window = _window(status, now) if isinstance(status, Mapping) else None
    return NotificationReading(
        silenced_from=window[0] if window else None,
        silenced_until=window[1] if window else None,
        zone=zone if isinstance(zone, str) else None,
    )


def _window(status: Json, now: datetime) -> tuple[datetime, datetime] | None:
    """The time of silenced notifications: the one now, with hours that follow it at once, else the next."""
    planned, snoozed = _hours(status, now), _snoozed_until(status, now)
    if snoozed is None:
        return planned
    if planned and planned[0] <= snoozed:
        return min(now, planned[0]), max(snoozed, planned[1])
    return now, snoozed


def _hours(status: Json, now: datetime) -> tuple[datetime, datetime] | None:
    start, end = _instant(status.get("next_dnd_start_ts")), _instant(status.get("next_dnd_end_ts"))
    if status.get("dnd_enabled") is not True or start is None or end is None:
        return None
    return (start, end) if start < end and now < end else None


def _snoozed_until(status: Json, now: datetime) -> datetime | None:
    if status.get("snooze_enabled") is not True:
        return None
    if status.get("snooze_is_indefinite") is True:
        return now + INDEFINITE
    end = _instant(status.get("snooze_endtime"))
    return end if end and now < end else None


def _instant(seconds: object) -> datetime | None:
    """A time in Unix seconds; None for anything else."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 1 < seconds < MAX_SECONDS:
        return None
    return datetime.fromtimestamp(seconds, UTC)
