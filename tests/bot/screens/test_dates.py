"""Dates and times as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.screens.dates import (
    ago,
    at_due,
    at_moment,
    at_time,
    day,
    due,
    moment,
    on_day,
    overdue,
    percent,
    repeating,
    span,
    until,
)
from core.records import Due

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)  # a Sunday, nine o'clock in Berlin
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("on", "listed", "said"),
    [
        (TODAY, "today", "today"),
        (date(2026, 11, 23), "tomorrow", "tomorrow"),
        (date(2026, 11, 21), "yesterday", "yesterday"),
        (date(2026, 11, 24), "Tuesday", "on Tuesday"),
        (date(2026, 11, 28), "Saturday", "on Saturday"),
        (date(2026, 11, 29), "Sun 29 Nov", "on Sun 29 Nov"),
        (date(2026, 11, 20), "Fri 20 Nov", "on Fri 20 Nov"),
        (date(2027, 3, 28), "Sun 28 Mar", "on Sun 28 Mar"),
        (date(2028, 3, 28), "28 Mar 2028", "on 28 Mar 2028"),
    ],
)
def test_days(on: date, listed: str, said: str) -> None:
    assert day(on, TODAY) == listed
    assert on_day(on, TODAY) == said


def test_moments_are_told_in_the_persons_zone() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past midnight in Berlin

    assert moment(late, NOW, BERLIN) == "tomorrow 0:30"
    assert at_moment(late, NOW, BERLIN) == "tomorrow at 0:30"
    assert moment(late, NOW, ZoneInfo("America/New_York")) == "today 18:30"


def test_what_happened_today_needs_no_day() -> None:
    assert at_time(NOW, NOW, BERLIN) == "at 9:00"
    assert at_time(NOW - timedelta(days=1), NOW, BERLIN) == "yesterday at 9:00"
    assert at_time(NOW - timedelta(days=2), NOW, BERLIN) == "on Fri 20 Nov at 9:00"


def test_a_silence_that_ends_at_midnight_ends_with_the_day() -> None:
    midnight = datetime(2026, 11, 23, 23, tzinfo=UTC)

    assert until(midnight, NOW, BERLIN) == "Tuesday"
    assert until(midnight + timedelta(hours=9), NOW, BERLIN) == "Tuesday 9:00"


def test_due_dates_keep_their_own_zone() -> None:
    in_tokyo = Due(on=date(2026, 11, 23), at=time(9), zone="Asia/Tokyo")

    assert due(in_tokyo, NOW, BERLIN) == "tomorrow 1:00"
    assert at_due(Due(on=date(2026, 11, 24)), NOW, BERLIN) == "on Tuesday"
    assert at_due(Due(on=TODAY, at=time(18, 30)), NOW, BERLIN) == "today at 18:30"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (Due(on=date(2026, 11, 21)), "a day"),
        (Due(on=date(2026, 11, 12)), "10 days"),
        (Due(on=TODAY, at=time(8)), "an hour"),
        (Due(on=TODAY, at=time(8, 59)), "a minute"),
        (Due(on=TODAY, at=time(6, 30)), "2 hours"),
    ],
)
def test_overdue(when: Due, said: str) -> None:
    assert overdue(when, NOW, BERLIN) == said


def test_spans_are_rounded_down_as_people_do() -> None:
    assert span(timedelta(seconds=3)) == "a minute"
    assert span(timedelta(minutes=59)) == "59 minutes"
    assert span(timedelta(hours=23, minutes=59)) == "23 hours"
    assert ago(timedelta(days=6)) == "6 days ago"
    assert ago(timedelta(days=20)) == "2 weeks ago"
    assert ago(timedelta(days=400)) == "13 months ago"


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.62, "62 %"), (1, "100 %"), (0.999, "over 99 %"), (0.001, "under 1 %"), (0, "0 %")],
)
def test_a_chance_is_never_rounded_to_certainty(probability: float, said: str) -> None:
    assert percent(probability) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=WEEKLY;BYDAY=MO", "every Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "every Monday and Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "every Saturday and Sunday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every 2 weeks on Monday"),
        ("FREQ=MONTHLY", "every month"),
        ("FREQ=MONTHLY;BYDAY=1MO", "every first Monday of the month"),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3", "every year"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261224", "every Monday until 24 Dec 2026"),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20270131", "every 3 days until 31 Jan 2027"),
        ("every 2 days", "every 2 days"),
        ("ev mon at 9", "ev mon at 9"),
    ],
)
def test_recurrences(rule: str, said: str) -> None:
    assert repeating(rule) == said
