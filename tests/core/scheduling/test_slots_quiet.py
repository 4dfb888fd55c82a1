"""Quiet hours by hand-made examples: recurring silence on the wall clock."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest

from core.records import QuietWindow
from core.scheduling.quiet_hours import (
    YEARS,
    covers_whole_week,
    instant,
    is_quiet,
    opening,
    quiet_days,
    quiet_starts_within,
    quiet_until,
    wall_clock,
    whole_day,
)
from tests.core.minutes import HOUR, MINUTE, utc, window

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietWindow(start=time(22), end=time(7))
WEEKEND = QuietWindow(start=time(20), end=time(19, 59), days=(4, 5, 6))


@pytest.mark.parametrize(
    ("windows", "at", "until"),
    [
        ([NIGHT], "2027-07-01T19:59", None),
        ([NIGHT], "2027-07-01T20:00", "2027-07-02T05:00"),
        ([NIGHT], "2027-07-02T05:00", None),
        ([window("22:00", "02:30")], "2027-03-28T00:30", "2027-03-28T01:00"),
        ([window("22:00", "02:30")], "2027-03-28T00:30:00.5", "2027-03-28T01:00"),
        ([window("22:00", "02:30")], "2027-10-31T00:15", "2027-10-31T00:30"),
        ([window("22:00", "02:30")], "2027-10-31T01:15", "2027-10-31T01:30"),
        ([window("22:00", "02:30")], "2027-10-31T00:45", None),
        ([window("01:30", "03:00")], "2027-10-31T00:45", "2027-10-31T02:00"),
        ([window("02:30", "04:00")], "2027-10-31T00:29", None),
        ([window("02:30", "04:00")], "2027-10-31T00:45", "2027-10-31T03:00"),  # begun, it lasts
        ([window("02:30", "04:00")], "2027-10-31T01:00", "2027-10-31T03:00"),
        ([window("02:30", "04:00")], "2027-10-31T01:45", "2027-10-31T03:00"),
        ([window("02:15", "02:45")], "2027-10-31T00:15", "2027-10-31T00:45"),
        ([window("02:15", "02:45")], "2027-10-31T01:00", None),
        ([window("02:15", "02:45")], "2027-10-31T01:15", "2027-10-31T01:45"),
        ([window("22:00", "02:00"), window("02:00", "02:45")], "2027-03-27T23:00", "2027-03-28T01:00"),
        ([window("22:00", "06:00", 4)], "2027-07-02T23:00", "2027-07-03T04:00"),
        ([window("22:00", "06:00", 4)], "2027-07-01T23:00", None),
        ([WEEKEND], "2027-07-02T18:00", "2027-07-03T17:59"),
        ([WEEKEND, window("19:59", "20:01", 5, 6)], "2027-07-02T18:00", "2027-07-05T17:59"),
        ([window("09:00", "09:00")], "2027-07-01T07:00", None),
        ([], "2027-07-01T22:00", None),
    ],
)
def test_quiet_lasts_while_the_wall_clock_shows_a_time_inside_a_window(
    windows: list[QuietWindow], at: str, until: str | None
) -> None:
    assert quiet_until(utc(at), BERLIN, windows) == (utc(until) if until else None)
    assert is_quiet(utc(at), BERLIN, windows) == (until is not None)


@pytest.mark.parametrize(
    ("zone", "quiet", "begins", "again", "ends"),
    [
        (
            "Europe/Berlin",
            window("02:30", "06:00"),
            "2027-10-31T00:30",
            "2027-10-31T01:00",
            "2027-10-31T05:00",
        ),
        (
            "Australia/Lord_Howe",
            window("01:45", "06:00"),
            "2027-04-03T14:45",
            "2027-04-03T15:00",
            "2027-04-03T19:30",
        ),
        (
            "Antarctica/Troll",
            window("02:30", "06:00"),
            "2027-10-31T00:30",
            "2027-10-31T01:00",
            "2027-10-31T06:00",
        ),
        (
            "America/Havana",
            window("00:30", "06:00"),
            "2027-11-07T04:30",
            "2027-11-07T05:00",
            "2027-11-07T11:00",
        ),
        (
            "America/St_Johns",
            window("00:00", "06:00"),
            "2010-11-07T02:30",
            "2010-11-07T02:31",
            "2010-11-07T09:30",
        ),
        (
            "Europe/Berlin",
            window("02:30", "06:00", 6),
            "2027-10-31T00:30",
            "2027-10-31T01:00",
            "2027-10-31T05:00",
        ),
    ],
)
def test_what_has_begun_lasts_when_the_clocks_go_back_behind_its_start(
    zone: str, quiet: QuietWindow, begins: str, again: str, ends: str
) -> None:
    place = ZoneInfo(zone)
    assert not is_quiet(utc(begins) - MINUTE, place, [quiet])
    for at in (utc(begins), utc(again), utc(again) + MINUTE):
        assert quiet_until(at, place, [quiet]) == utc(ends)
    assert quiet_starts_within(utc(begins) - HOUR, 3 * HOUR, place, [quiet]) == utc(begins)
    assert opening(utc(again), MINUTE, place, [quiet]) == utc(ends)


HAVANA, SECOND_MIDNIGHT = ZoneInfo("America/Havana"), utc("2027-11-07T05:00")  # a Sunday


def test_a_window_that_lasts_into_the_next_day_has_begun_though_the_clocks_go_back_behind_its_start() -> None:
    nearly_all_day = window("00:30", "00:15")
    at = SECOND_MIDNIGHT + 20 * MINUTE
    assert quiet_until(at, HAVANA, [nearly_all_day]) == utc("2027-11-08T05:15")


def test_a_window_of_another_day_has_not_begun_in_a_repeated_hour() -> None:
    at = SECOND_MIDNIGHT + 20 * MINUTE
    assert is_quiet(at, HAVANA, [window("00:30", "06:00", 6)])
    assert not is_quiet(at, HAVANA, [window("00:30", "06:00", 5)])


def test_a_window_without_length_is_never_quiet() -> None:
    empty = QuietWindow(start=time(0, 30), end=time(0, 30))
    assert not is_quiet(SECOND_MIDNIGHT + 20 * MINUTE, HAVANA, [empty])
    assert not is_quiet(SECOND_MIDNIGHT + 30 * MINUTE, HAVANA, [empty])


def test_a_day_that_is_quiet_as_a_whole_is_known() -> None:
    assert quiet_days([NIGHT, *whole_day((5, 6)), window("00:00", "12:00", 0)]) == {5, 6}
    assert quiet_until(utc("2027-07-03T10:00"), BERLIN, whole_day((5, 6))) == utc("2027-07-04T22:00")
    assert not quiet_days([window("00:00", "23:59")])


def test_whole_days_are_stored_as_these_windows_so_they_stay_known() -> None:
    assert quiet_days([window("00:00", "12:00", 5), window("12:00", "00:00", 5, 6)]) == {5}


def test_no_zone_overflows_on_the_first_and_the_last_day_that_callers_accept() -> None:
    days = [
        datetime.combine(date(YEARS[0], 1, 1), time()),
        datetime.combine(date(YEARS[-1], 12, 31), time(23, 59)),
    ]
    for zone in map(ZoneInfo, available_timezones()):
        assert all(abs(wall_clock(instant(local, zone), zone) - local) <= 24 * HOUR for local in days)


@pytest.mark.parametrize(
    ("at", "span", "quiet_from"),
    [
        ("2027-07-01T19:58", 1, None),
        ("2027-07-01T19:58", 2, "2027-07-01T20:00"),
        ("2027-07-01T20:00", 0, "2027-07-01T20:00"),
        ("2027-07-01T19:59", 0, None),
        ("2027-07-01T12:00", 24 * 60, "2027-07-01T20:00"),
        ("2027-07-02T05:00", 24 * 60, "2027-07-02T20:00"),
    ],
)
def test_a_guard_sees_quiet_hours_coming(at: str, span: int, quiet_from: str | None) -> None:
    found = quiet_starts_within(utc(at), span * MINUTE, BERLIN, [NIGHT])
    assert found == (utc(quiet_from) if quiet_from else None)


def test_a_guard_sees_the_first_of_several_windows() -> None:
    windows = [window("13:00", "14:00"), window("12:00", "12:10"), window("12:30", "12:40")]
    assert quiet_starts_within(utc("2027-07-01T09:00"), 5 * HOUR, BERLIN, windows) == utc("2027-07-01T10:00")


def test_where_no_gap_is_as_long_as_the_guard_the_search_ends_after_two_weeks() -> None:
    at, windows = utc("2027-07-01T08:00"), [window("10:00", "08:00")]
    assert opening(at, 2 * HOUR - MINUTE, ZoneInfo("UTC"), windows) == at
    assert opening(at, 2 * HOUR, ZoneInfo("UTC"), windows) == at + 14 * 24 * HOUR


def test_a_guard_sees_a_window_that_the_clocks_jump_into() -> None:
    windows = [window("02:15", "03:30")]
    assert quiet_starts_within(utc("2027-03-28T00:59"), MINUTE, BERLIN, windows) == utc("2027-03-28T01:00")


@pytest.mark.parametrize(
    ("windows", "whole"),
    [
        ([], False),
        ([NIGHT], False),
        ([NIGHT, window("07:00", "22:00")], True),
        ([NIGHT, window("07:00", "22:00", 0, 1, 2, 3, 4, 5)], False),
        ([window("07:00", "06:59")], False),
        ([window("07:00", "06:59"), window("06:30", "07:30")], True),
        ([window("09:00", "09:00")], False),
        (
            [
                *(window("12:00", "11:00", 1), window("11:01", "00:00", 2)),  # a minute on Wednesday
                *(window("00:00", "12:05", 0, 1, 3, 4, 5, 6), window("12:00", "00:00", 0, 3, 4, 5, 6)),
            ],
            False,
        ),
    ],
)
def test_windows_that_leave_no_moment_are_recognised(windows: list[QuietWindow], whole: bool) -> None:
    assert covers_whole_week(windows) == whole


def test_quiet_without_end_is_an_error_not_an_endless_loop() -> None:
    with pytest.raises(ValueError, match="never end"):
        quiet_until(utc("2027-07-01T12:00"), BERLIN, [NIGHT, window("07:00", "22:00")])


def test_quiet_goes_on_a_week_longer_when_the_clocks_skip_its_only_end() -> None:
    windows = [
        window("02:31", "02:30", *range(6)),
        window("02:30", "02:31", *range(6)),
        window("02:31", "02:30", 6),
    ]
    assert quiet_until(utc("2027-03-22T12:00"), BERLIN, windows) == utc("2027-04-04T00:30")


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2027-07-01T19:58:59", "2027-07-01T19:58:59"),
        ("2027-07-01T19:59", "2027-07-02T05:01"),
        ("2027-07-01T20:00", "2027-07-02T05:01"),
        ("2027-07-02T04:59", "2027-07-02T05:01"),
        ("2027-07-02T05:00", "2027-07-02T05:01"),
        ("2027-07-02T05:01", "2027-07-02T05:01"),
    ],
)
def test_it_opens_where_no_quiet_hours_are_near(at: str, opens: str) -> None:
    windows = [NIGHT, window("07:00", "07:01")]
    assert opening(utc(at), MINUTE, BERLIN, windows) == utc(opens)


def test_gaps_too_short_for_a_tip_are_no_endless_loop() -> None:
    windows = [NIGHT, window("07:01", "22:00")]
    at = utc("2027-07-01T12:00")
    assert opening(at, MINUTE, BERLIN, windows) == utc("2027-07-16T05:00")
