"""Slack's answers about silenced notifications, whatever they hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.slack.notifications import INDEFINITE, parse_notifications

NOW = datetime(2027, 6, 14, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def hours(start: datetime, end: datetime) -> dict[str, Any]:
    return {
        "dnd_enabled": True,
        "next_dnd_start_ts": seconds(start),
        "next_dnd_end_ts": seconds(end),
        "snooze_enabled": False,
    }


def snooze(end: datetime) -> dict[str, Any]:
    return {"snooze_enabled": True, "snooze_endtime": seconds(end)}


def window(status: object) -> tuple[datetime | None, datetime | None]:
    found = parse_notifications(status, NOW)
    return found.silenced_from, found.silenced_until


NONE = (None, None)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (hours(NOW - HOUR, NOW + HOUR), (NOW - HOUR, NOW + HOUR)),
        (hours(NOW + HOUR, NOW + 9 * HOUR), (NOW + HOUR, NOW + 9 * HOUR)),
        (hours(NOW - 2 * HOUR, NOW - HOUR), NONE),
        (hours(NOW + HOUR, NOW - HOUR), NONE),
        (hours(NOW - HOUR, NOW + HOUR) | {"dnd_enabled": False}, NONE),
        ({"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}, NONE),
        (snooze(NOW + HOUR), (NOW, NOW + HOUR)),
        (snooze(NOW - HOUR), NONE),
        (snooze(NOW + HOUR) | {"snooze_enabled": False}, NONE),
        (hours(NOW + HOUR, NOW + 9 * HOUR) | snooze(NOW + HOUR), (NOW, NOW + 9 * HOUR)),
        (hours(NOW + 3 * HOUR, NOW + 9 * HOUR) | snooze(NOW + HOUR), (NOW, NOW + HOUR)),
        (hours(NOW - HOUR, NOW + 9 * HOUR) | snooze(NOW + HOUR), (NOW - HOUR, NOW + 9 * HOUR)),
        ({"snooze_enabled": True, "snooze_is_indefinite": True}, (NOW, NOW + INDEFINITE)),
    ],
)
def test_the_time_now_counts_with_what_follows_it_else_the_next(
    status: dict[str, Any], expected: tuple[datetime | None, datetime | None]
) -> None:
    assert window(status) == expected


@pytest.mark.parametrize("junk", [None, True, "x", "1900000000", -1, 0, 1, 1e300, float("nan"), [], {}])
def test_what_is_no_time_is_none(junk: object) -> None:
    good = hours(NOW - HOUR, NOW + HOUR)
    for key in ("next_dnd_start_ts", "next_dnd_end_ts"):
        assert window(good | {key: junk}) == NONE
    assert window({"snooze_enabled": True, "snooze_endtime": junk}) == NONE
    assert window(junk) == NONE


def test_the_zone_comes_from_the_profile() -> None:
    assert parse_notifications({}, NOW, zone="Europe/Berlin").zone == "Europe/Berlin"
    assert parse_notifications({}, NOW, zone=["x"]).zone is None
