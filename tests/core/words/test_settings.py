from __future__ import annotations

from datetime import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import BadInput
from core.records import DayTimes, Preferences, QuietWindow
from core.scheduling.quiet_hours import covers_whole_week
from core.words.dates.clock import format_time, parse_time
from core.words.settings import (
    format_days,
    format_quiet,
    format_times,
    is_off,
    parse_cap,
    parse_quiet,
    parse_times,
)
from tests.core.words.hostile import BOMBS, answered, hostile_text

times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
day_sets = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


# --- Times of day ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("9am", time(9)),
        ("9 a.m.", time(9)),
        ("9:30 pm", time(21, 30)),
        ("21.30", time(21, 30)),
        ("9 Uhr", time(9)),
        ("17h30", time(17, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("9 o’clock", time(9)),
        ("noon", time(12)),
        ("midnight", time(0)),
    ],
)
def test_a_time_is_understood(typed: str, at: time) -> None:
    assert parse_time(typed) == at


@pytest.mark.parametrize(
    "typed", ["25:99", "24:00", "13pm", "0am", "9:5", "9:60", "0930", "", "soon", "٩", "9:30:15"]
)
def test_a_time_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="not_a_time") as refused:
        parse_time(typed)
    assert refused.value.values == {"value": typed}


@given(times)
def test_a_time_as_shown_is_understood_again(at: time) -> None:
    assert parse_time(format_time(at)) == at


# --- Times per weekday -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("9:00 13:00 18:30", "9:00, 13:00, 18:30"),
        ("18:30, 9, 13", "9:00, 13:00, 18:30"),
        ("mon-fri 9 13, sat 10:30", "mon–fri 9:00, 13:00; sat 10:30"),
        ("mon-fri 9, 13", "mon–fri 9:00, 13:00"),
        ("weekdays 8am", "mon–fri 8:00"),
        ("weekends 10 weekdays 8", "mon–fri 8:00; sat, sun 10:00"),
        ("mon, wed and fri 9", "mon, wed, fri 9:00"),
        ("every day at 9 am", "9:00"),
        ("every monday at 9", "mon 9:00"),
        ("mon 9 mon 13", "mon 9:00, 13:00"),
        ("mon-sun 9", "9:00"),
        ("9 mon", "mon 9:00"),
        ("9:30 every day", "9:30"),
        ("at 9 and 17 on weekdays", "mon–fri 9:00, 17:00"),
        ("fri-mon 8", "mon, fri–sun 8:00"),
        ("Montag bis Freitag 9 Uhr", "mon–fri 9:00"),
        ("Mo-Fr 9, Sa 10", "mon–fri 9:00; sat 10:00"),
        ("à 9h, 13h et 18h30", "9:00, 13:00, 18:30"),
        ("tous les jours à 9h et midi", "9:00, 12:00"),
        ("du lundi au vendredi à 9h", "mon–fri 9:00"),
        ("um 9 und 13 Uhr", "9:00, 13:00"),
        ("off", "off"),
        ("none", "off"),
    ],
)
def test_times_are_understood(typed: str, shown: str) -> None:
    assert format_times(parse_times(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "hint", "values"),
    [
        ("", "times_missing", {"value": ""}),
        ("mon-fri", "times_missing", {"value": "mon-fri"}),
        ("mon 9, tue", "times_missing", {"value": "mon 9, tue"}),
        ("9, 25:99", "not_a_time", {"value": "25:99"}),
        ("9-13", "not_a_time", {"value": "9-13"}),
        ("lol", "not_a_time", {"value": "lol"}),
        (" ".join(f"9:{minute}" for minute in range(10, 35)), "too_many_times", {"limit": "24"}),
    ],
)
def test_times_that_make_no_sense_are_refused(typed: str, hint: str, values: dict[str, str]) -> None:
    with pytest.raises(BadInput, match=hint) as refused:
        parse_times(typed)
    assert refused.value.values == values


@given(st.dictionaries(st.integers(0, 6), st.frozensets(times, min_size=1, max_size=5)))
def test_times_as_shown_are_understood_again(week: dict[int, frozenset[time]]) -> None:
    alike: dict[frozenset[time], list[int]] = {}
    for day in sorted(week):
        alike.setdefault(week[day], []).append(day)
    chosen = tuple(DayTimes(days=tuple(days), times=tuple(sorted(at))) for at, days in alike.items())
    assert parse_times(format_times(chosen)) == chosen


def test_the_settings_that_everybody_starts_with_are_understood_again() -> None:
    assert parse_times(format_times(Preferences().times)) == Preferences().times
    assert parse_quiet(format_quiet(Preferences().quiet)) == Preferences().quiet


# --- Quiet hours -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("22:00-07:00", "22:00–7:00"),
        ("22 – 7", "22:00–7:00"),
        ("mon-fri 9-12, 22-7", "mon–fri 9:00–12:00, 22:00–7:00"),
        ("mon-fri 9-12 14-15", "mon–fri 9:00–12:00, mon–fri 14:00–15:00"),
        ("mon 9-12 sat 10-11", "mon 9:00–12:00, sat 10:00–11:00"),
        ("mon, wed 9-12; weekends 0-9", "mon, wed 9:00–12:00, sat, sun 0:00–9:00"),
        ("from 10 pm to 7 am", "22:00–7:00"),
        ("between 22:00 and 7:00", "22:00–7:00"),
        ("on weekdays from 9 until 17", "mon–fri 9:00–17:00"),
        ("von 22 bis 7 Uhr", "22:00–7:00"),
        ("1-2pm", "13:00–14:00"),
        ("9-5pm", "9:00–17:00"),
        ("22-24", "22:00–0:00"),
        ("22-7, 22-7", "22:00–7:00"),
        ("22:00-07:00 mon", "mon 22:00–7:00"),
        ("9-12 14-15 mon-fri", "mon–fri 9:00–12:00, mon–fri 14:00–15:00"),
        ("22-7 on mondays and fridays", "mon, fri 22:00–7:00"),
        ("8-20 sat, 9-12 sun", "sat 8:00–20:00, sun 9:00–12:00"),
        ("22-7, 8-20 sat", "22:00–7:00, sat 8:00–20:00"),
        ("weekends 0:00-24:00", "sat, sun all day"),
        ("sat 0-24", "sat all day"),
        ("weekends all day", "sat, sun all day"),
        ("all day sunday", "sun all day"),
        ("weekdays 22:00-7:00, weekends all day", "mon–fri 22:00–7:00, sat, sun all day"),
        ("mon all day, 22-7", "mon all day, 22:00–7:00"),
        ("sun 0-12, sun 12-24", "sun all day"),
        ("10pm to 7am", "22:00–7:00"),
        ("am Wochenende ganztägig", "sat, sun all day"),
        ("Mo-Fr 22-7, Sa und So den ganzen Tag", "mon–fri 22:00–7:00, sat, sun all day"),
        ("unter der Woche 22 bis 7 Uhr", "mon–fri 22:00–7:00"),
        ("mitternacht bis 7", "0:00–7:00"),
        ("de 22h à 7h", "22:00–7:00"),
        ("entre 22h30 et 6h45", "22:30–6:45"),
        ("22 heures à 7 heures", "22:00–7:00"),
        ("du lundi au vendredi de 22h à 7h", "mon–fri 22:00–7:00"),
        ("lun-ven 22h-7h, mar 12h-13h", "mon–fri 22:00–7:00, tue 12:00–13:00"),
        ("tous les jours de minuit à 7h", "0:00–7:00"),
        ("en semaine 22h-7h, le week-end toute la journée", "mon–fri 22:00–7:00, sat, sun all day"),
        ("off", "off"),
        ("jamais", "off"),
        ("non", "off"),
        ("from 11 in the evening until 8 in the morning", "23:00–8:00"),
        ("von 10 Uhr abends bis 7 Uhr morgens", "22:00–7:00"),
        ("de 10h du soir à 7h du matin", "22:00–7:00"),
    ],
)
def test_quiet_hours_are_understood(typed: str, shown: str) -> None:
    assert format_quiet(parse_quiet(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "hint", "values"),
    [
        ("", "quiet_missing", {"value": ""}),
        ("mon-fri", "quiet_missing", {"value": "mon-fri"}),
        ("22", "not_a_window", {"value": "22"}),
        ("22-", "not_a_window", {"value": "22-"}),
        ("25:99", "not_a_window", {"value": "25:99"}),
        ("22:00-25:99", "not_a_time", {"value": "25:99"}),
        ("9-9", "quiet_same", {"value": "9-9"}),
        ("0-24", "quiet_same", {"value": "0-24"}),
        ("sat 0:00-0:00", "quiet_same", {"value": "0:00-0:00"}),
        ("all day", "quiet_always", {}),
        ("mon-sun all day", "quiet_always", {}),
        ("jusqu'à 7h", "not_a_window", {"value": "-7h"}),
        ("mon 9-12 sat", "not_a_window", {"value": "mon 9-12 sat"}),
        ("9-12 mon 14-15 tue", "not_a_window", {"value": "9-12 mon 14-15 tue"}),
        ("off off", "not_a_window", {"value": "off off"}),
        ("22-7, off", "not_a_window", {"value": "22-7, off"}),
        ("7-22, 22-7", "quiet_always", {}),
        (", ".join(f"9:{minute}-10" for minute in range(10, 25)), "too_many_windows", {"limit": "14"}),
    ],
)
def test_quiet_hours_that_make_no_sense_are_refused(typed: str, hint: str, values: dict[str, str]) -> None:
    with pytest.raises(BadInput, match=hint) as refused:
        parse_quiet(typed)
    assert refused.value.values == values


windows = st.builds(
    lambda days, start, end: QuietWindow(days=days, start=start, end=end), day_sets, times, times
)


@given(st.lists(windows.filter(lambda one: one.start != one.end), unique=True, max_size=8))
def test_quiet_hours_as_shown_are_understood_again(chosen: list[QuietWindow]) -> None:
    assume(not covers_whole_week(chosen))
    assert parse_quiet(format_quiet(tuple(chosen))) == tuple(chosen)


# --- The cap -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "cap"),
    [
        ("3", 3),
        ("0", 0),
        ("20", 20),
        ("three", 3),
        ("zero", 0),
        ("max 5", 5),
        ("5 a day", 5),
        ("3 tips per day", 3),
    ],
)
def test_a_cap_is_understood(typed: str, cap: int) -> None:
    assert parse_cap(typed) == cap


@pytest.mark.parametrize("typed", ["", "21", "-1", "off", "3.5", "²", "9" * 40, "many"])
def test_a_cap_that_makes_no_sense_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="not_a_cap"):
        parse_cap(typed)


# --- Anything at all ---------------------------------------------------------------------------------------


@given(hostile_text)
def test_any_text_is_a_setting_or_refused(typed: str) -> None:
    for parse in (parse_times, parse_quiet, parse_cap, parse_time):
        refused = answered(lambda parse=parse: parse(typed))  # type: ignore[misc]  # a lambda with a default
        if isinstance(refused, BadInput):
            assert all(len(value) <= 40 for value in refused.values.values())


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_huge_text_is_no_setting(bomb: str) -> None:
    for parse in (parse_times, parse_quiet, parse_cap, parse_time):
        with pytest.raises(BadInput):
            parse(bomb)


@pytest.mark.parametrize("text", ["off", " None ", "aus", "jamais"])
def test_a_setting_is_turned_off_in_any_language(text: str) -> None:
    assert is_off(text)
    assert not is_off(f"{text} 9")


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ((6, 0, 1, 2, 3, 4, 5), "every day"),
        ((0, 1, 2, 3, 4), "mon–fri"),
        ((2, 0), "mon, wed"),
        ((0, 1, 4, 5, 6), "mon, tue, fri–sun"),
        ((), ""),
    ],
)
def test_weekdays_are_shown_as_ranges(days: tuple[int, ...], shown: str) -> None:
    assert format_days(days) == shown
