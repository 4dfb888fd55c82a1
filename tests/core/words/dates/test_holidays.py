"""Days of holidays, by the tables of the United States, of churches, and of France."""

from __future__ import annotations

from datetime import date

from core.words.dates.holidays import next_holiday
from tests.rows import each_of

TODAY = date(2026, 11, 30)

HOLIDAYS = {
    "christmas": "2026-12-25", "boxing day": "2026-12-26", "new year": "2027-01-01", "epiphany": "2027-01-06",
    "mardi gras": "2027-02-09", "ash wednesday": "2027-02-10", "mothering sunday": "2027-03-07",
    "good friday": "2027-03-26", "easter": "2027-03-28", "easter monday": "2027-03-29",
    "ascension day": "2027-05-06", "mother's day": "2027-05-09", "mothers day": "2027-05-09",
    "pentecost": "2027-05-16", "whit monday": "2027-05-17", "corpus christi": "2027-05-27",
    "mother's day in france": "2027-05-30", "memorial day": "2027-05-31", "father's day": "2027-06-20",
    "labor day": "2027-09-06", "thanksgiving": "2027-11-25", "black friday": "2027-11-26",
    "cyber monday": "2026-11-30", "advent": "2027-11-28",
}  # fmt: skip


@each_of(list(HOLIDAYS.items()))
def test_a_holiday_is_on_its_next_day(name: str, on: str) -> None:
    known = name if name != "mardi gras" else "tuesday gras"  # in the normal form
    assert next_holiday(known, TODAY) == date.fromisoformat(on)


@each_of([("thanksgiving", "2026-11-26"), ("black friday", "2026-11-27"), ("cyber monday", "2026-11-30")])
def test_so_is_one_of_this_year_and_today(name: str, on: str) -> None:
    day = date.fromisoformat(on)
    assert next_holiday(name, date(2026, 11, 1)) == day
    assert next_holiday(name, day) == day


def test_mothers_day_of_france_gives_way_to_pentecost() -> None:
    assert next_holiday("mother's day in france", date(2031, 1, 1)) == date(2031, 5, 25)
    assert next_holiday("mother's day in france", date(2026, 1, 1)) == date(2026, 5, 31)
    assert next_holiday("mother's day in france", date(2012, 1, 1)) == date(2012, 6, 3)  # Pentecost: 27 May
