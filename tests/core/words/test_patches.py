"""Changes of a chosen task in words: "friday 9am", "p1", "2 hours", "#home", "no date"."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from core.errors import BadInput
from core.records import Delay, TaskPatch
from core.words.new_dates import new_date
from core.words.patches import merged, parse_move, parse_patch
from tests.core.words.changes import said_patch
from tests.core.words.hostile import answered, hostile_text
from tests.core.words.reported import NOW
from tests.rows import each_of

BERLIN = ZoneInfo("Europe/Berlin")
NO_DATE = "due=None repeats=None repeats_from_done=False"
PATCHES = {
    "friday": "on=2026-11-27",
    "friday 9am": "due=2026-11-27T09:00",
    "tomorrow": "on=2026-11-26",
    "3pm": "at=15:00",
    "at 9": "at=09:00 other_half=360",
    "in 2 hours": "due=2026-11-25T12:00",
    "by a week": "delay=+7d",
    "two days later": "delay=+2d",
    "no date": NO_DATE,
    "p1": "priority=1",
    "urgent": "priority=1",
    "high priority": "priority=1",
    "no priority": "priority=4",
    "lower priority": "priority_step=-1",
    "2 hours": "minutes=120",
    "takes 45 min": "minutes=45",
    "~45m": "minutes=45",
    "(30 min)": "minutes=30",
    "no estimate": "minutes=None",
    "#home": "add_labels=home",
    "#home #work": "add_labels=home,work",
    "no #home": "remove_labels=home",
    "-#home": "remove_labels=home",
    "no labels": "labels=none",
    "+House": "project=House",
    "project House": "project=House",
    "no project": "project=None",
    "note: bring the x-ray": "notes=bring_the_x-ray",
    "no notes": "notes=None",
    "rename to orthodontist": "title=orthodontist",
    "title: Call Bob": "title=Call_Bob",
    "every weekday": "repeats=FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR repeats_from_done=False on=2026-11-25",
    "every 3 days after completion": "repeats=FREQ=DAILY;INTERVAL=3 repeats_from_done=True",
    "once": "repeats=None repeats_from_done=False",
    "friday 9am p1 #home": "due=2026-11-27T09:00 priority=1 add_labels=home",
    "friday 2 hours": "minutes=120 on=2026-11-27",
    "2 hours, friday": "minutes=120 on=2026-11-27",
    "friday and p1": "priority=1 on=2026-11-27",
    "tomorrow, takes 2 hours, p2 +House": "priority=2 minutes=120 project=House on=2026-11-26",
    "today 5pm 30 min // bring cash": "due=2026-11-25T17:00 minutes=30 notes=bring_cash",
    "Freitag 9 Uhr": "due=2026-11-27T09:00",
    "ohne Datum": NO_DATE,
    "2 Stunden": "minutes=120",
    "dauert 2 Stunden und #home": "minutes=120 add_labels=home",
    "hohe Priorität": "priority=1",
    "um eine Woche": "delay=+7d",
    "alle 3 Tage nach Erledigung": "repeats=FREQ=DAILY;INTERVAL=3 repeats_from_done=True",
    "vendredi à 9h": "due=2026-11-27T09:00",
    "vendredi 14 heures": "due=2026-11-27T14:00",
    "sans date": NO_DATE,
    "priorité haute": "priority=1",
    "d'une semaine": "delay=+7d",
}


@pytest.mark.parametrize("typed", PATCHES)
def test_a_change_is_understood(typed: str) -> None:
    patch = parse_patch(typed, now=NOW, zone=BERLIN)
    assert sorted(said_patch(patch).split()) == sorted(PATCHES[typed].split())


@pytest.mark.parametrize("typed", ["", "banana", "friday banana", "p1 p2", "friday monday", "yesterday"])
def test_other_words_are_refused_as_a_whole(typed: str) -> None:
    with pytest.raises(BadInput) as raised:
        parse_patch(typed, now=NOW, zone=BERLIN)
    assert raised.value.hint == "not_a_change"


MOVES = {
    "friday": "on=2026-11-27",
    "to friday": "on=2026-11-27",
    "friday 9am": "due=2026-11-27T09:00",
    "3pm": "at=15:00",
    "a week": "delay=+7d",
    "2 hours": "delay=+120min",
    "next week": "on=2026-11-30",
    "in 2 weeks": "on=2026-12-09",
    "no date": NO_DATE,
    "auf Montag": "on=2026-11-30",
    "eine Woche": "delay=+7d",
    "à lundi": "on=2026-11-30",
    "d'une semaine": "delay=+7d",
    "à 15h": "at=15:00",
    "every monday": "repeats=FREQ=WEEKLY;BYDAY=MO repeats_from_done=False on=2026-11-30",
}


@pytest.mark.parametrize("typed", MOVES)
def test_a_new_date_is_understood(typed: str) -> None:
    assert said_patch(parse_move(typed, now=NOW, zone=BERLIN)) == MOVES[typed]


@pytest.mark.parametrize("typed", ["", "banana", "p1", "#home", "yesterday"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as raised:
        parse_move(typed, now=NOW, zone=BERLIN)
    assert raised.value.hint == "not_a_date"


def test_two_values_for_one_field_do_not_merge() -> None:
    assert merged(TaskPatch(priority=1), TaskPatch(priority=2)) is None
    assert merged(TaskPatch(priority=1), TaskPatch(minutes=5)) == TaskPatch(priority=1, minutes=5)


@given(typed=hostile_text)
def test_no_text_breaks_it(typed: str) -> None:
    for parse in (parse_patch, parse_move):
        found = answered(lambda parse=parse: parse(typed, now=NOW, zone=BERLIN))  # type: ignore[misc]
        assert isinstance(found, TaskPatch) or found.hint in {"not_a_change", "not_a_date", "task_too_long"}


@each_of(
    (
        ("30 minutes earlier", Delay(minutes=-30)),
        ("by an hour sooner", Delay(minutes=-60)),
        ("eine Stunde früher", Delay(minutes=-60)),
        ("um zwei Tage nach vorne", Delay(days=-2)),
        ("une heure plus tôt", Delay(minutes=-60)),
        ("una hora antes", Delay(minutes=-60)),
    )
)
def test_a_date_may_be_earlier_by_an_amount(words: str, delay: Delay) -> None:
    assert new_date(words, now=NOW, zone=BERLIN) == TaskPatch(delay=delay)
