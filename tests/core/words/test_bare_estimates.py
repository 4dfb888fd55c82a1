"""An estimate without any word for it, in any order with title, date, label and priority."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from core.words.tasks import TaskDraft, parse_task

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)  # a Sunday, 9:00 in Berlin

ORDERS: dict[tuple[str, ...], time | None] = {
    ("dentist", "tomorrow 9am", "1h", "#health", "p1"): time(9),
    ("call Bob", "friday", "30 min", "#health", "p1"): None,
    ("Zahnarzt", "morgen um 9", "1 Std", "#health", "p1"): time(9),
    ("Bob anrufen", "am Freitag", "30 Minuten", "#health", "p1"): None,
    ("dentiste", "demain à 9h", "30 min", "#health", "p1"): time(9),
    ("appeler Bob", "vendredi", "30 minutes", "#health", "p1"): None,
    ("dentista", "mañana a las 9", "30 min", "#health", "p1"): time(9),
    ("llamar a Bob", "el viernes", "1 hora", "#health", "p1"): None,
}


def parse(text: str) -> TaskDraft:
    return parse_task(text, now=NOW, zone=BERLIN)


@pytest.mark.parametrize("parts", ORDERS, ids=lambda parts: parts[0])
def test_the_details_of_a_task_may_stand_in_any_order(parts: tuple[str, ...]) -> None:
    title, _, amount, *_ = parts
    for order in permutations(parts):
        draft = parse(" ".join(order))
        assert (draft.title, draft.priority, draft.labels) == (title, 1, ("health",)), order
        assert draft.minutes == (30 if amount.startswith("30") else 60), order
        assert draft.due is not None, order
        assert draft.due.at == ORDERS[parts], order


TASKS = {
    "call Bob friday 30 min": ("call Bob", 30),
    "30 min call Bob friday": ("call Bob", 30),
    "friday 30 min call Bob": ("call Bob", 30),
    "call Bob 30 min friday": ("call Bob", 30),
    "call Bob friday, 30 min": ("call Bob", 30),
    "30 min: call Bob friday": ("call Bob", 30),
    "meeting tomorrow 3pm 1h": ("meeting", 60),
    "meeting tomorrow 3pm 1h30": ("meeting", 90),
    "call Bob friday 2 hours": ("call Bob", 120),
    "call Bob friday 1h 30min": ("call Bob", 90),
    "gym every monday 7pm 90min": ("gym", 90),
    "write report #work 2 hours": ("write report", 120),
    "meditate every day 10 min": ("meditate", 10),
    "walk the dog friday half an hour": ("walk the dog", 30),
    "Zahnarzt morgen 9 Uhr 30 min": ("Zahnarzt", 30),
    "Bericht schreiben Freitag 2 Stunden": ("Bericht schreiben", 120),
    "dentiste demain 9h 30 min": ("dentiste", 30),
    "dentiste demain 9h 1h": ("dentiste", 60),
    "dentista mañana a las 9 media hora": ("dentista", 30),
}


@pytest.mark.parametrize("text", TASKS)
def test_an_amount_beside_a_date_is_an_estimate(text: str) -> None:
    draft = parse(text)
    assert (draft.title, draft.minutes) == TASKS[text]
    assert draft.due or draft.labels


TITLES = {
    "boil eggs 10 min": None,
    "buy a 2h parking ticket tomorrow": None,
    "walk 20 minutes tomorrow": 20,
    "30 min run tomorrow": 30,
    "leave 30 min early tomorrow": None,
    "book a room for 2 hours tomorrow": None,
    "2 hours of homework tomorrow": None,
    "take a pill 30 min before lunch tomorrow": None,
    "30 min vor dem Essen Tablette nehmen morgen": None,
    "the 30 min": None,
}


@pytest.mark.parametrize("text", TITLES)
def test_an_amount_that_belongs_to_the_title_stays_there(text: str) -> None:
    draft = parse(text)
    words = text.removesuffix(" tomorrow").removesuffix(" morgen")
    assert (draft.title, draft.minutes) == (words, TITLES[text])


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("dentiste demain 9h", time(9)),
        ("dentiste demain 1h", time(13)),
        ("call Bob in 30 min", time(9, 30)),
        ("Anruf in 2 Stunden", time(11)),
        ("pill every 2 hours", None),
    ],
)
def test_a_time_is_no_estimate(text: str, at: time | None) -> None:
    draft = parse(text)
    assert draft.minutes is None
    assert at is None or (draft.due is not None and draft.due.at == at)


def test_nothing_but_details_is_no_task_with_an_estimate() -> None:
    draft = parse("30 min friday")
    assert draft.title == "30 min"
    assert draft.due is not None
    assert draft.due.on == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Montag Miete zahlen", "Miete zahlen"),
        ("Mittwoch den Müll rausbringen", "den Müll rausbringen"),
        ("lundi payer le loyer", "payer le loyer"),
        ("vendredi appeler Bob", "appeler Bob"),
    ],
)
def test_a_german_or_french_to_do_may_begin_with_its_day(text: str, title: str) -> None:
    draft = parse(text)
    assert draft.title == title
    assert draft.due is not None


@pytest.mark.parametrize("text", ["Monday Blues", "mardi gras", "samedi noir", "Freitag frei"])
def test_a_name_that_begins_with_a_day_keeps_it(text: str) -> None:
    assert (parse(text).title, parse(text).due) == (text, None)
