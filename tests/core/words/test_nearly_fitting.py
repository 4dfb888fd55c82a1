"""Words that nearly have the form of a date, an amount or a list: what is not one stays as it was typed."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput
from core.records import Due, QuietWindow
from core.text import cluster_boundary
from core.words.asked_reminders import asked_time
from core.words.before_event import event_with_lead
from core.words.dates.days import read_day
from core.words.dates.rrules import with_day
from core.words.inline_lists import as_lines
from core.words.intents import AddTask, ChangeTask, MoveTask
from core.words.new_dates import new_date
from core.words.phrasebooks.books import Chapter
from core.words.schedule_times import times_in, window_in
from core.words.schedules import asked_of_schedule
from core.words.tasks import parse_task
from core.words.understand import understand, wished
from tests.core.words.reported import NOW

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "text",
    [
        "Taxes (deadline: )",
        "taxes, deadline: ,",
        'Read "takes (5 min)" now',
        "Read (5 min) aloud to the kids",
        "takes 5 minutes to boil eggs",
        "Read ca. 5 min of the book",
        "call mom every other friday of the month",
    ],
)
def test_what_is_no_detail_belongs_to_the_title(text: str) -> None:
    draft = parse_task(text, now=NOW, zone=BERLIN)
    found = (draft.title, draft.minutes, draft.deadline, draft.due, draft.repeats)
    assert found == (text, None, None, None, None)


def test_a_day_that_does_not_exist_has_no_day_before_it() -> None:
    assert read_day("3 days before 30 february", NOW.date()) is None
    assert read_day("3 days before 3 february", date(2027, 1, 1)) == date(2027, 1, 31)


@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=DAILY;COUNT=3", "FREQ=DAILY;INTERVAL=0", "every day"])
def test_a_rule_that_is_not_oos_own_gets_no_day(rule: str) -> None:
    assert with_day(rule, NOW.date()) == rule


def test_a_time_that_is_too_long_for_a_task_is_no_moment() -> None:
    with pytest.raises(BadInput, match="not_a_moment"):
        asked_time("x" * 2000, now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    "text",
    [
        "an hour before the party on friday",  # at which hour is that?
        "10 minutes before tomorrow",  # what is then?
        "an hour before " + "y" * 3000,
    ],
)
def test_a_lead_needs_an_event_with_a_time(text: str) -> None:
    assert event_with_lead(text, now=NOW, zone=BERLIN) is None


def test_a_recurrence_in_another_zone_has_its_first_time_there() -> None:
    patch = new_date("every monday at 9 UTC", now=NOW, zone=BERLIN)
    assert patch is not None
    assert isinstance(patch.due, Due)
    assert (patch.due.at, patch.due.zone, patch.repeats) == (time(9), "UTC", "FREQ=WEEKLY;BYDAY=MO")


def test_a_project_of_many_words_and_a_date_of_many_words_are_none() -> None:
    project = understand("move rent to project a b c d e f g h i j k l", now=NOW, zone=BERLIN)
    assert isinstance(project, MoveTask)
    late = "move the rent to something long that has many words, and then many more words than any date has"
    assert not isinstance(understand(late, now=NOW, zone=BERLIN), ChangeTask)


def test_numbers_that_do_not_begin_the_text_are_no_list() -> None:
    assert as_lines("buy 1. milk 2. bread") == "buy 1. milk 2. bread"
    assert as_lines("1. milk 2. bread") == "- milk\n- bread"


def test_hours_of_the_evening_and_the_morning_are_a_night() -> None:
    found = window_in("every day 10 to 7")
    assert found is not None
    assert (found.start, found.end) == (time(22), time(7))
    office = window_in("every day 9 to 5")
    assert isinstance(office, QuietWindow)
    assert (office.start, office.end) == (time(9), time(17))


def test_hours_in_the_order_of_the_day_are_as_they_were_typed() -> None:
    for text, hours in (("9 and 5", (9, 17)), ("8 and 11", (8, 11)), ("1 and 2 and 3", (1, 2, 3))):
        (found,) = times_in(text)
        assert found.times == tuple(map(time, hours)), text


@pytest.mark.parametrize("title", ["Visit The First Of May", "Join The Third Of June club"])
def test_what_looks_like_a_date_in_a_name_is_none(title: str) -> None:
    draft = parse_task(title, now=NOW, zone=BERLIN)
    assert (draft.title, draft.due) == (title, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-12-01 dentist", date(2027, 12, 1)),
        ("01.07.2027 Zahnarzt", date(2027, 7, 1)),
        ("1.7.27 Zahnarzt anrufen", date(2027, 7, 1)),
    ],
)
def test_a_date_in_figures_at_the_beginning_is_one_whatever_follows(text: str, day: date) -> None:
    draft = parse_task(text, now=NOW, zone=BERLIN)
    assert (draft.title, draft.due) == (text.partition(" ")[2], Due(on=day))


@pytest.mark.parametrize("text", ["add it tomorrow", "add this #work", "add it p1", "note that tomorrow"])
def test_it_alone_is_no_new_task_however_it_is_dated(text: str) -> None:
    assert not isinstance(understand(text, now=NOW, zone=BERLIN), AddTask)


@pytest.mark.parametrize(
    "text",
    [
        "recuérdame las llaves cuando salga",
        "recuérdame el cumpleaños",
        "recuérdame si llueve cerrar las ventanas",
    ],
)
def test_an_uncertain_reminder_in_spanish_is_a_task_as_it_was_said(text: str) -> None:
    assert not isinstance(understand(text, now=NOW, zone=BERLIN), AddTask)
    draft = wished(text, now=NOW, zone=BERLIN).draft
    assert draft
    assert (draft.title, draft.due) == (text.removeprefix("recuérdame "), None)


def test_a_limit_of_tips_that_is_no_number_is_no_wish_for_a_schedule() -> None:
    assert asked_of_schedule("at most heaps tips a day") is None
    assert asked_of_schedule("at most some tips a day") is None


def test_a_chapter_has_no_private_words() -> None:
    assert not hasattr(Chapter("talk"), "_NOTHING")


def test_a_text_that_is_shorter_than_the_limit_ends_at_its_own_end() -> None:
    assert cluster_boundary("e\u0301e\u0301", 9) == 4
