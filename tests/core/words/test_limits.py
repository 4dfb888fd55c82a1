"""Bare words that limit times: what they say of a task, and what they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.records import Due, Task, TaskPatch
from core.words.intents import AddQuiet, SetCap, SetTimes, Several
from core.words.limits import Limit, days_left_out, is_limit, limited, read_limit
from core.words.schedules import time_to_write
from core.words.understand import limit_alone, understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)  # a Monday, 11:00
WEEKEND, SUNDAY = frozenset({5, 6}), frozenset({6})


def limit_of(text: str) -> Limit | None:
    return limit_alone(text, understand(text, now=NOW, zone=BERLIN), now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    "text",
    [
        "not before noon", "but not before noon", "only after noon", "nicht vor 12 Uhr", "erst ab 12 Uhr",
        "erst nach 12 Uhr", "pas avant midi", "seulement après midi", "no antes de las 12",
    ],
)  # fmt: skip
def test_the_earliest_time(text: str) -> None:
    assert limit_of(text) == Limit(earliest=time(12))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("only on weekdays", WEEKEND), ("weekdays only", WEEKEND), ("not on weekends", WEEKEND),
        ("no weekends", WEEKEND), ("skip weekends", WEEKEND), ("but not on the weekend", WEEKEND),
        ("except sundays", SUNDAY), ("except on sunday", SUNDAY), ("not on sundays", SUNDAY),
        ("nur werktags", WEEKEND), ("nicht am Wochenende", WEEKEND), ("außer sonntags", SUNDAY),
        ("außer am Sonntag", SUNDAY), ("uniquement en semaine", WEEKEND), ("pas le week-end", WEEKEND),
        ("pas le dimanche", SUNDAY), ("sauf le dimanche", SUNDAY), ("solo entre semana", WEEKEND),
        ("no los domingos", SUNDAY), ("excepto los domingos", SUNDAY), ("salvo el domingo", SUNDAY),
    ],
)  # fmt: skip
def test_days_that_are_left_out(text: str, days: frozenset[int]) -> None:
    assert limit_of(text) == Limit(not_on=days)


@pytest.mark.parametrize(
    "text", ["only in the morning", "nur vormittags", "seulement le matin", "solo por la mañana"]
)
def test_a_part_of_the_day(text: str) -> None:
    assert limit_of(text) == Limit(at=time(9), is_part=True)


@pytest.mark.parametrize(
    "text",
    [
        "only at 9 and 17", "only between 9 and 17", "nothing after 17:00", "only weekdays, not before 9",
        "every second day is enough", "only on wednesday", "on weekends not before 10",
    ],
)  # fmt: skip
def test_what_is_not_sure_for_a_task(text: str) -> None:
    assert limit_of(text) == Limit()


@pytest.mark.parametrize(
    "text",
    [
        "no messages before 9", "no tips on sundays", "don't write before 9", "never text me on sundays",
        "only write me on weekdays", "quiet hours 22-7", "write me at 8", "not during work",
        "schreib mir nicht vor 9", "nur werktags schreiben", "keine Nachrichten am Wochenende",
        "störe mich nicht vor 9", "ne m'écris pas avant 9h", "écris-moi seulement le matin",
        "pas de messages le dimanche", "no me escribas antes de las 9", "escríbeme solo por la mañana",
        "no, weekends", "no, sunday", "no friday", "every day except sunday", "call mom on sundays",
        "no sugar on sundays", "nichts", "plus d'eau", "only milk", "skip gym", "max 2 a day",
    ],
)  # fmt: skip
def test_other_texts(text: str) -> None:
    assert limit_of(text) is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("notify me at 2pm", "at 2pm"), ("ping me at 14:30", "at 14:30"), ("text me at 4", "at 4"),
        ("melde dich um 15 Uhr", "um 15 uhr"), ("escríbeme a las 16", "a las 16"), ("send me tips at 8", ""),
        ("écris-moi à 17h", "à 17h"), ("only write me at 8", ""), ("schreib mir nur um 8", ""), ("hello", ""),
        ("set my times to 8", ""),
    ],
)  # fmt: skip
def test_the_time_at_which_to_write(text: str, when: str) -> None:
    assert time_to_write(text) == when


def test_several_limits_of_times_are_not_sure_for_a_task() -> None:
    asked = (SetTimes(text="9:00"), AddQuiet(text="12:00-14:00"))
    typed = ("mornings", "not at lunch")
    assert read_limit(", ".join(typed), Several(asked=asked, typed=typed)) == Limit()
    assert read_limit("mornings, twice", Several(asked=(*asked, SetCap(text="2")), typed=typed)) is None


def test_a_limit_is_no_task() -> None:
    assert is_limit("Skip weekends.")
    assert not is_limit("skip the gym on sunday")
    assert days_left_out("no friday") == frozenset()


def task(on: date, at: time | None = None, repeats: str | None = None) -> Task:
    due = Due(on=on, at=at)
    return Task(task_id="t", person_id="p", title="gym", created_at=NOW, due=due, repeats=repeats)


SATURDAY = date(2026, 12, 5)
TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("of", "limit", "wanted"),
    [
        (task(SATURDAY), Limit(earliest=time(12)), TaskPatch(at=time(12))),
        (task(SATURDAY, time(8)), Limit(earliest=time(12)), TaskPatch(at=time(12))),
        (task(SATURDAY, time(13)), Limit(earliest=time(12)), None),
        (task(TODAY), Limit(earliest=time(10)), None),
        (task(SATURDAY), Limit(at=time(9), is_part=True), TaskPatch(at=time(9))),
        (task(SATURDAY, time(10)), Limit(at=time(9), is_part=True), None),
        (task(SATURDAY, time(10)), Limit(at=time(15)), TaskPatch(at=time(15))),
        (task(SATURDAY), Limit(), None),
        (replace(task(SATURDAY), due=None), Limit(at=time(9)), None),
        (task(SATURDAY), Limit(not_on=WEEKEND), None),
        (
            task(SATURDAY, repeats="FREQ=DAILY"),
            Limit(not_on=WEEKEND),
            TaskPatch(repeats="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", on=date(2026, 12, 7)),
        ),
        (
            task(TODAY, time(8), "FREQ=WEEKLY;BYDAY=MO,SU"),
            Limit(not_on=SUNDAY),
            TaskPatch(repeats="FREQ=WEEKLY;BYDAY=MO", on=date(2026, 12, 7)),
        ),
        (task(TODAY, repeats="FREQ=WEEKLY;BYDAY=SA,SU"), Limit(not_on=WEEKEND), None),
        (task(TODAY, repeats="FREQ=WEEKLY;BYDAY=MO"), Limit(not_on=WEEKEND), None),
        (task(TODAY, repeats="FREQ=DAILY;INTERVAL=2"), Limit(not_on=WEEKEND), None),
        (task(TODAY, repeats="FREQ=MONTHLY;BYMONTHDAY=3"), Limit(not_on=WEEKEND), None),
        (task(TODAY, repeats="every day"), Limit(not_on=WEEKEND), None),
    ],
)
def test_the_change_of_a_task(of: Task, limit: Limit, wanted: TaskPatch | None) -> None:
    assert limited(of, limit, now=NOW, zone=BERLIN) == wanted
