"""Silenced notifications: the time for which a person lets their platform show none."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.records import NotificationState


def silenced_until(state: NotificationState | None, now: datetime, guard: timedelta) -> datetime | None:
    """The end of the silenced notifications that are in force, or begin within ``guard``.

    None if there are none, or the last reading is too old to go by.
    """
    if state is None or now >= state.expires_at:
        return None
    start, end = state.silenced_from, state.silenced_until
    if start is None or end is None or not start - guard <= now < end:
        return None
    return end
