"""Silenced notifications hold back from shortly before their start to their end, while a reading is fresh."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.records import NotificationState
from core.scheduling.silenced import silenced_until

NOON = datetime(2027, 6, 14, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
GUARD = 2 * MINUTE
END = NOON + 60 * MINUTE


def reading(**fields: Any) -> NotificationState:
    """Silenced from noon for an hour, read some minutes ago."""
    usual = {"silenced_from": NOON, "silenced_until": END, "expires_at": NOON + 90 * MINUTE}
    whose = {"account_id": "slack-ada", "person_id": "ada", "read_at": NOON - 5 * MINUTE}
    return NotificationState(**{**whose, **usual, **fields})


@pytest.mark.parametrize(
    ("minute", "silenced"),
    [(-3, False), (-2, True), (-1, True), (0, True), (59, True), (60, False), (61, False)],
)
def test_they_hold_back_from_the_guard_before_their_start_to_their_end(minute: int, silenced: bool) -> None:
    assert silenced_until(reading(), NOON + minute * MINUTE, GUARD) == (END if silenced else None)


def test_without_a_reading_nothing_is_held_back() -> None:
    assert silenced_until(None, NOON, GUARD) is None


@pytest.mark.parametrize("missing", ["silenced_from", "silenced_until"])
def test_a_reading_without_a_start_or_an_end_holds_nothing_back(missing: str) -> None:
    assert silenced_until(reading(**{missing: None}), NOON, GUARD) is None


def test_a_reading_that_is_too_old_holds_nothing_back_from_that_moment_on() -> None:
    old = reading(expires_at=NOON + MINUTE)
    assert silenced_until(old, NOON + MINUTE - timedelta.resolution, GUARD) == END
    assert silenced_until(old, NOON + MINUTE, GUARD) is None
