"""Slots by hand-made examples: each instant below can be checked against a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.records import DayTimes, Moved, Pause, Preferences, QuietWindow, Slot
from core.scheduling.quiet_hours import DEFAULT_GUARD, FOREVER, instant, whole_day
from core.scheduling.slots import is_stale, next_decision_point, next_slot, plan, slots
from tests.core.minutes import DAY, HOUR, MINUTE, clocks, daily, utc, window

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietWindow(start=time(22), end=time(7))
MONDAY = ("2027-07-05T06:30", "2027-07-05T13:00", "2027-07-05T22:30")
WEEKEND = QuietWindow(start=time(20), end=time(19, 59), days=(4, 5, 6))


# --- Instants ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "local", "at"),
    [
        ("Europe/Berlin", "2027-07-01T09:00", "2027-07-01T07:00"),
        ("Europe/Berlin", "2027-03-28T01:59", "2027-03-28T00:59"),
        ("Europe/Berlin", "2027-03-28T02:00", "2027-03-28T01:00"),
        ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:00"),
        ("Europe/Berlin", "2027-03-28T03:00", "2027-03-28T01:00"),
        ("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T00:30"),
        ("Europe/Berlin", "2027-10-31T03:00", "2027-10-31T02:00"),
        ("Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:30"),
        ("Australia/Lord_Howe", "2027-04-04T01:45", "2027-04-03T14:45"),
        ("Antarctica/Troll", "2027-03-28T01:30", "2027-03-28T01:00"),
        ("Antarctica/Troll", "2027-10-31T02:30", "2027-10-31T00:30"),
        ("America/Havana", "2026-03-08T00:00", "2026-03-08T05:00"),
        ("America/Havana", "2027-11-07T00:30", "2027-11-07T04:30"),
        ("America/Santiago", "2027-04-03T23:30", "2027-04-04T02:30"),
        ("America/Santiago", "2027-04-04T00:00", "2027-04-04T04:00"),
        ("Pacific/Apia", "2011-12-30T15:00", "2011-12-30T10:00"),
        ("Africa/Monrovia", "1972-01-07T00:30:00", "1972-01-07T00:44:30"),
    ],
)
def test_a_wall_clock_time_is_its_first_valid_instant(zone: str, local: str, at: str) -> None:
    assert instant(datetime.fromisoformat(local), ZoneInfo(zone)) == utc(at)


def test_a_remembered_fold_does_not_choose_the_second_occurrence() -> None:
    assert instant(datetime(2027, 10, 31, 2, 30, fold=1), BERLIN) == utc("2027-10-31T00:30")  # noqa: DTZ001 - a wall-clock time


@pytest.mark.parametrize(
    ("zone", "times", "start", "instants", "moved"),
    [
        ("Europe/Berlin", "02:30", "2027-03-27", ["27T01:30", "28T01:00", "29T00:30"], 1),
        ("Europe/Berlin", "02:30", "2027-10-30", ["30T00:30", "31T00:30", "01T01:30"], None),
        ("Australia/Lord_Howe", "02:30", "2027-10-02", ["01T16:00", "02T15:30", "03T15:30"], None),
        ("Australia/Lord_Howe", "02:15", "2027-10-02", ["01T15:45", "02T15:30", "03T15:15"], 1),
        ("Australia/Lord_Howe", "02:30", "2027-04-03", ["02T15:30", "03T16:00", "04T16:00"], None),
        ("Antarctica/Troll", "02:30", "2027-03-27", ["27T02:30", "28T01:00", "29T00:30"], 1),
        ("Antarctica/Troll", "02:30", "2027-10-30", ["30T00:30", "31T00:30", "01T02:30"], None),
        ("America/Havana", "02:30", "2026-03-07", ["07T07:30", "08T06:30", "09T06:30"], None),
        ("America/Havana", "02:30", "2027-11-06", ["06T06:30", "07T07:30", "08T07:30"], None),
    ],
)
def test_a_daily_time_comes_once_on_each_local_date(
    zone: str, times: str, start: str, instants: list[str], moved: int | None
) -> None:
    planned = plan(
        daily(clocks(times), window("23:00", "02:00")),
        ZoneInfo(zone),
        start=date.fromisoformat(start),
        days=3,
    )
    assert [f"{slot.at:%dT%H:%M}" for slot in planned] == instants
    assert [index for index, slot in enumerate(planned) if slot.moved == (Moved.CLOCKS_FORWARD,)] == (
        [] if moved is None else [moved]
    )
    first = date.fromisoformat(start)
    assert [slot.key for slot in planned] == [f"{first + ahead * DAY}T{times}" for ahead in range(3)]


def test_a_time_skipped_at_midnight_stays_on_its_date() -> None:
    (slot,) = plan(daily(clocks("00:30")), ZoneInfo("America/Havana"), start=date(2026, 3, 8), days=1)
    assert (slot.at, f"{slot.local}") == (utc("2026-03-08T05:00"), "2026-03-08 01:00:00")


def test_a_date_that_never_was_has_no_slots() -> None:
    planned = plan(daily(clocks("09:00")), ZoneInfo("Pacific/Apia"), start=date(2011, 12, 29), days=3)
    assert [slot.key for slot in planned] == ["2011-12-29T09:00", "2011-12-31T09:00"]


# --- Slots -------------------------------------------------------------------------------------------------


def test_slots_inside_one_quiet_window_become_one_at_its_end() -> None:
    wish = daily(clocks("23:30", "06:00", "07:00", "12:00"), NIGHT)
    found = list(slots(wish, BERLIN, after=utc("2027-07-01T20:00"), until=utc("2027-07-02T18:00")))
    assert found == [
        Slot(
            key="2027-07-01T23:30",
            at=utc("2027-07-02T05:00"),
            local=datetime.fromisoformat("2027-07-02T07:00"),
            moved=(Moved.QUIET,),
            merged=("2027-07-02T06:00", "2027-07-02T07:00"),
        ),
        Slot(
            key="2027-07-02T12:00",
            at=utc("2027-07-02T10:00"),
            local=datetime.fromisoformat("2027-07-02T12:00"),
        ),
    ]


def test_a_skipped_time_that_lands_in_quiet_hours_says_both() -> None:
    (slot,) = plan(daily(clocks("02:30"), window("03:00", "05:00")), BERLIN, start=date(2027, 3, 28), days=1)
    assert slot.moved == (Moved.CLOCKS_FORWARD, Moved.QUIET)
    assert slot.at == utc("2027-03-28T03:00")


def test_a_slot_in_quiet_hours_that_the_clocks_repeat_comes_at_their_end() -> None:
    (slot,) = plan(daily(clocks("02:45"), window("02:30", "06:00")), BERLIN, start=date(2027, 10, 31), days=1)
    assert (slot.at, slot.moved) == (utc("2027-10-31T05:00"), (Moved.QUIET,))


def test_a_day_that_is_quiet_all_day_has_no_slots_and_none_are_carried_past_it() -> None:
    weekdays = QuietWindow(start=time(22), end=time(7), days=(0, 1, 2, 3, 4))
    wish = daily(clocks("06:30", "13:00", "22:30"), weekdays, *whole_day((5, 6)))
    found = plan(wish, BERLIN, start=date(2027, 7, 2), days=4)  # from Friday to Monday
    assert [slot.key for slot in found] == ["2027-07-02T06:30", "2027-07-02T13:00", *MONDAY]
    assert next_slot(wish, BERLIN, after=utc("2027-07-03T10:00"), guard=DEFAULT_GUARD) == found[2]


def test_slots_come_after_the_start_and_up_to_the_end() -> None:
    wish = daily(clocks("09:00", "13:00", "18:30"))
    found = slots(wish, BERLIN, after=utc("2027-07-01T07:00"), until=utc("2027-07-02T07:00"))
    assert [slot.key for slot in found] == ["2027-07-01T13:00", "2027-07-01T18:30", "2027-07-02T09:00"]


def test_where_midnight_comes_twice_the_first_one_counts() -> None:
    wish = daily(clocks("00:00"))
    found = slots(
        wish, ZoneInfo("America/St_Johns"), after=utc("2010-11-07T02:00"), until=utc("2010-11-07T02:45")
    )
    assert [(slot.key, slot.at) for slot in found] == [("2010-11-07T00:00", utc("2010-11-07T02:30"))]


def test_a_time_named_twice_for_a_weekday_is_one_slot() -> None:
    wish = Preferences(
        times=(DayTimes(days=(3,), times=(time(9),)), DayTimes(days=(3, 4), times=(time(8), time(9)))),
        quiet=(),
    )
    planned = plan(wish, BERLIN, start=date(2027, 7, 1), days=3)
    assert [(slot.key, slot.merged) for slot in planned] == [
        (f"2027-07-{key}", ()) for key in ("01T08:00", "01T09:00", "02T08:00", "02T09:00")
    ]


def test_a_slot_moved_over_days_is_found_from_inside_the_silence() -> None:
    wish = daily(clocks("21:00"), WEEKEND, window("19:59", "20:01", 5, 6))
    for after in ("2027-07-02T20:00", "2027-07-04T12:00", "2027-07-05T17:58"):
        slot = next_slot(wish, BERLIN, after=utc(after), guard=DEFAULT_GUARD)
        assert slot is not None
        assert (slot.key, slot.at) == ("2027-07-02T21:00", utc("2027-07-05T17:59"))
        assert slot.merged == ("2027-07-03T21:00", "2027-07-04T21:00")


def test_nothing_is_planned_without_times() -> None:
    wish = Preferences(times=())
    assert next_slot(wish, BERLIN, after=utc("2027-07-01T07:00"), guard=DEFAULT_GUARD) is None
    assert plan(wish, BERLIN, start=date(2027, 7, 1), days=7) == []


def test_a_year_of_slots_is_worked_out_only_as_far_as_asked() -> None:
    found = slots(daily(clocks("09:00")), BERLIN, after=utc("2027-07-01T07:00"), until=FOREVER)
    assert next(found).key == "2027-07-02T09:00"


def test_a_pause_leaves_out_slots_before_its_end_and_the_plan_shows_them() -> None:
    wish = daily(clocks("09:00", "18:00"))
    end = utc("2027-07-02T07:00")
    slot = next_slot(wish, BERLIN, after=utc("2027-07-01T07:00"), guard=DEFAULT_GUARD, pauses=(Pause(end),))
    assert slot is not None
    assert slot.at == end
    planned = plan(wish, BERLIN, start=date(2027, 7, 1), days=2, pauses=(Pause(end),))
    assert [slot.moved for slot in planned] == [(Moved.PAUSED,), (Moved.PAUSED,), (), ()]


def test_an_old_pause_brings_nothing_back() -> None:
    slot = next_slot(
        daily([time(9)]),
        BERLIN,
        after=utc("2027-07-01T12:00"),
        guard=DEFAULT_GUARD,
        pauses=(Pause(utc("2027-06-01T00:00")),),
    )
    assert slot is not None
    assert slot.key == "2027-07-02T09:00"


def test_a_pause_without_end_has_no_next_slot() -> None:
    wish = daily([time(9)])
    assert (
        next_slot(wish, BERLIN, after=utc("2027-07-01T12:00"), guard=DEFAULT_GUARD, pauses=(Pause(FOREVER),))
        is None
    )
    assert list(slots(wish, BERLIN, after=FOREVER - DAY, until=FOREVER, pauses=(Pause(FOREVER),))) == []


def test_between_an_instant_and_itself_there_is_no_slot() -> None:
    at = utc("2027-07-01T07:00")
    assert list(slots(daily([time(9)]), BERLIN, after=at, until=at)) == []
    assert len(list(slots(daily([time(9)]), BERLIN, after=at - MINUTE, until=at))) == 1


def test_a_pause_without_end_is_stored_as_this_date_so_it_stays_one() -> None:
    stored = datetime(9999, 1, 1, tzinfo=UTC)
    wish = daily([time(9)])
    after = utc("2027-07-01T12:00")
    assert next_slot(wish, BERLIN, after=after, guard=DEFAULT_GUARD, pauses=(Pause(stored),)) is None
    assert next_decision_point(wish, BERLIN, after=after, pauses=(Pause(stored),)) is None


def test_after_a_pause_of_months_comes_the_first_slot_that_is_not_in_it() -> None:
    slot = next_slot(
        daily([time(9)]),
        BERLIN,
        after=utc("2027-07-01T12:00"),
        guard=DEFAULT_GUARD,
        pauses=(Pause(utc("2027-12-24T09:00")),),
    )
    assert slot is not None
    assert slot.key == "2027-12-25T09:00"


def test_flying_west_brings_no_served_slot_again() -> None:
    served = frozenset({"2027-07-01T09:00"})
    after = utc("2027-07-01T07:05")
    slot = next_slot(
        daily(clocks("09:00", "13:00")),
        ZoneInfo("America/New_York"),
        after=after,
        guard=DEFAULT_GUARD,
        served=served,
    )
    assert slot is not None
    assert (slot.key, slot.at) == ("2027-07-01T13:00", utc("2027-07-01T17:00"))


def test_flying_east_keeps_what_the_new_clock_has_passed_within_reach() -> None:
    served = frozenset({"2027-07-01T09:00"})
    wish = daily(clocks("09:00", "13:00", "18:00"))
    found = slots(
        wish,
        ZoneInfo("Asia/Tokyo"),
        after=utc("2027-06-30T22:00"),
        until=utc("2027-07-01T09:00"),
        served=served,
    )
    assert [slot.key for slot in found] == ["2027-07-01T13:00", "2027-07-01T18:00"]


def test_a_merged_slot_that_was_served_leaves_the_others_their_turn() -> None:
    slot = next_slot(
        daily(clocks("23:30", "06:00"), NIGHT),
        BERLIN,
        after=utc("2027-07-01T22:00"),
        guard=DEFAULT_GUARD,
        served=frozenset({"2027-07-01T23:30"}),
    )
    assert slot is not None
    assert (slot.key, slot.merged) == ("2027-07-02T06:00", ())


def test_the_next_decision_point_is_a_slot_or_an_earlier_snooze() -> None:
    wish, after = daily(clocks("09:00", "13:00")), utc("2027-07-01T08:00")

    def next_point(*snoozes: str, pauses: tuple[Pause, ...] = ()) -> datetime | None:
        return next_decision_point(
            wish, BERLIN, after=after, waiting=[utc(snooze) for snooze in snoozes], pauses=pauses
        )

    assert next_point() == utc("2027-07-01T11:00")
    assert next_point("2027-07-01T10:00", "2027-07-01T09:30") == utc("2027-07-01T09:30")
    assert next_point("2027-07-01T12:00") == utc("2027-07-01T11:00")
    assert next_point("2027-06-01T12:00") == after
    assert next_point("2027-07-01T09:00", pauses=(Pause(utc("2027-07-01T20:00")),)) == utc("2027-07-01T20:00")
    assert next_point("2027-07-01T09:00", pauses=(Pause(utc("2027-06-01T20:00")),)) == utc("2027-07-01T09:00")
    assert next_point("2027-07-01T09:00", pauses=(Pause(FOREVER),)) is None


def test_without_times_a_snooze_is_the_only_decision_point() -> None:
    wish, after = Preferences(times=()), utc("2027-07-01T08:00")
    assert next_decision_point(wish, BERLIN, after=after) is None
    assert next_decision_point(wish, BERLIN, after=after, waiting=[after + HOUR]) == after + HOUR


def test_the_next_decision_point_passes_over_served_slots() -> None:
    served = frozenset({"2027-07-01T13:00"})
    point = next_decision_point(
        daily(clocks("09:00", "13:00")), BERLIN, after=utc("2027-07-01T08:00"), served=served
    )
    assert point == utc("2027-07-02T07:00")


def test_a_slot_is_stale_once_it_has_waited_longer_than_the_limit() -> None:
    at = utc("2027-07-01T09:00")
    assert not is_stale(at, at + HOUR, HOUR)
    assert is_stale(at, at + HOUR + MINUTE, HOUR)
    assert not is_stale(at, at - HOUR, HOUR)
