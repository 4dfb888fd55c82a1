from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from core.errors import BadInput
from core.words.dates.moments import evening, next_week, parse_moment, tomorrow_morning
from tests.core.words.hostile import BOMBS, answered, hostile_text
from tests.core.words.times import BERLIN, NOW, berlin, instants

MOMENTS = {
    "2 h": "2027-03-16 13:20",
    "2h": "2027-03-16 13:20",
    "1.5 hours": "2027-03-16 12:50",
    "1h30": "2027-03-16 12:50",
    "an hour": "2027-03-16 12:20",
    "half an hour": "2027-03-16 11:50",
    "an hour and a half": "2027-03-16 12:50",
    "in 20 minutes": "2027-03-16 11:40",
    "18:30": "2027-03-16 18:30",
    "9am": "2027-03-17 09:00",
    "at 5": "2027-03-16 17:00",
    "until 5": "2027-03-16 17:00",
    "this evening": "2027-03-16 18:30",
    "evening": "2027-03-16 18:30",
    "tonight": "2027-03-16 21:00",
    "noon": "2027-03-16 12:00",
    "midnight": "2027-03-17 00:00",
    "tomorrow": "2027-03-17 09:00",
    "tomorrow morning": "2027-03-17 09:00",
    "tomorrow at 7": "2027-03-17 07:00",
    "day after tomorrow": "2027-03-18 09:00",
    "until monday": "2027-03-22 09:00",
    "monday 8am": "2027-03-22 08:00",
    "tuesday": "2027-03-23 09:00",
    "next week": "2027-03-22 09:00",
    "weekend": "2027-03-20 09:00",
    "for 3 days": "2027-03-19 11:20",
    "for the next 2 weeks": "2027-03-30 11:20",
    "a week": "2027-03-23 11:20",
    "in a couple of days": "2027-03-18 11:20",
    "until 3 May": "2027-05-03 09:00",
    "3.5. 10:00": "2027-05-03 10:00",
    "2028-01-03": "2028-01-03 09:00",
    "in 3 days at 9am": "2027-03-19 09:00",
    "2 Stunden": "2027-03-16 13:20",
    "bis Montag": "2027-03-22 09:00",
    "morgen früh": "2027-03-17 09:00",
}


@pytest.mark.parametrize(("typed", "local"), MOMENTS.items(), ids=MOMENTS)
def test_a_moment_is_understood(typed: str, local: str) -> None:
    assert parse_moment(typed, now=NOW, zone=BERLIN) == berlin(local)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", "not_a_moment"),
        ("when the cows come home", "not_a_moment"),
        ("25:99", "not_a_moment"),
        ("-2 h", "not_a_moment"),
        ("every monday", "not_a_moment"),
        ("30", "not_a_moment"),
        ("31 feb", "not_a_moment"),
        ("2027-01-03", "past"),
        ("this morning", "past"),
        ("0 minutes", "past"),
        ("2 years", "too_far"),
        ("9999 weeks", "too_far"),
        ("2028-04-01", "too_far"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(typed: str, hint: str) -> None:
    with pytest.raises(BadInput, match=hint) as refused:
        parse_moment(typed, now=NOW, zone=BERLIN)
    assert refused.value.values == {"value": typed}


def test_a_day_begins_where_the_caller_says() -> None:
    assert parse_moment("until monday", now=NOW, zone=BERLIN, morning=time()) == berlin("2027-03-22 00:00")


@pytest.mark.parametrize(
    ("now", "typed", "then"),
    [
        ("2027-03-28 01:30", "1 h", "2027-03-28 03:30"),
        ("2027-03-27 12:00", "tomorrow 02:30", "2027-03-28 03:00"),  # the first instant after the gap
        ("2027-03-27 02:30", "in a day", "2027-03-28 03:00"),
        ("2027-03-27 12:00", "in a day", "2027-03-28 12:00"),
        ("2027-10-30 12:00", "tomorrow 02:30", "2027-10-31 02:30"),  # the first of two
        ("2027-03-16 23:50", "20 min", "2027-03-17 00:10"),
        ("2027-12-31 12:00", "tomorrow", "2028-01-01 09:00"),
        ("2028-02-29 12:00", "a year", "2029-02-28 12:00"),
    ],
)
def test_a_moment_is_right_when_clocks_change(now: str, typed: str, then: str) -> None:
    assert parse_moment(typed, now=berlin(now), zone=BERLIN) == berlin(then)


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        ("2027-03-16 00:10", "2027-03-16 18:30"),
        ("2027-03-16 18:29", "2027-03-16 18:30"),
        ("2027-03-16 18:30", None),
        ("2027-03-16 23:00", None),
    ],
)
def test_this_evening_is_offered_until_it_begins(now: str, offered: str | None) -> None:
    assert evening(berlin(now), BERLIN) == (berlin(offered) if offered else None)


def test_tomorrow_morning_and_next_week_are_by_the_persons_calendar() -> None:
    assert tomorrow_morning(NOW, BERLIN) == berlin("2027-03-17 09:00")
    assert next_week(NOW, BERLIN) == berlin("2027-03-22 09:00")
    assert next_week(berlin("2027-03-22 00:00"), BERLIN) == berlin("2027-03-29 09:00")
    assert next_week(berlin("2027-03-21 23:59"), BERLIN) == berlin("2027-03-22 09:00")
    assert tomorrow_morning(datetime(2027, 3, 16, 23, tzinfo=UTC), ZoneInfo("Asia/Tokyo")) == datetime(
        2027, 3, 18, 0, tzinfo=UTC
    )


@given(hostile_text, instants())
def test_any_text_is_a_moment_within_a_year_or_refused(typed: str, now: datetime) -> None:
    moment = answered(lambda: parse_moment(typed, now=now, zone=BERLIN))
    if isinstance(moment, BadInput):
        assert moment.hint in {"not_a_moment", "past", "too_far"}
        assert len(moment.values["value"]) <= 40
    else:
        assert now < moment <= now + timedelta(days=366)


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_huge_text_is_no_moment(bomb: str) -> None:
    with pytest.raises(BadInput, match="not_a_moment"):
        parse_moment(bomb, now=NOW, zone=BERLIN)
