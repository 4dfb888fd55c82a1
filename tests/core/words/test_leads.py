"""How long before a task's time its reminder comes."""

from __future__ import annotations

import pytest

from core.words.intents import RemindBefore, SetLead
from core.words.leads import MAX_LEAD, Lead, parse_lead, parse_lead_of_task
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW
from tests.rows import each_of


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("15 minutes before", 15),
        ("30", 30),
        ("an hour before each task", 60),
        ("eine Stunde vorher", 60),
        ("2 days before", 2 * 24 * 60),
        ("a week before", MAX_LEAD),
        ("at the time.", 0),
        ("0", 0),
        ("9999", 9999),
    ],
)
def test_a_lead_is_an_amount_of_minutes(text: str, minutes: int) -> None:
    assert parse_lead(text) == Lead(minutes=minutes)


@pytest.mark.parametrize("text", ["off", "none", "aus", "jamais", "Off."])
def test_a_lead_can_be_turned_off(text: str) -> None:
    assert parse_lead(text) == Lead(minutes=None)


@pytest.mark.parametrize(
    "text", ["", "banana", "two months before", "8 days", "10081", "12345", "before", "x" * 500]
)
def test_anything_else_and_more_than_a_week_is_no_lead(text: str) -> None:
    assert parse_lead(text) is None


@pytest.mark.parametrize(
    ("text", "minutes", "title"),
    [
        ("half an hour before the dentist", 30, "the dentist"),
        ("me 10 minutes before lunch.", 10, "lunch"),
    ],
)
def test_a_lead_of_one_task_names_it(text: str, minutes: int, title: str) -> None:
    assert parse_lead_of_task(text) == RemindBefore(minutes=minutes, title=title)


@pytest.mark.parametrize("text", ["half an hour", "banana before the dentist", "off before the dentist", ""])
def test_without_an_amount_or_a_task_nothing_is_meant(text: str) -> None:
    assert parse_lead_of_task(text) is None


# --- In so many words --------------------------------------------------------------------------------------


@each_of(
    (
        ("remind me of everything 10 minutes before", 10),
        ("remind me 10 minutes before everything", 10),
        ("always remind me 10 minutes before", 10),
        ("Please always remind me half an hour early", 30),
        ("remind me of every task an hour before", 60),
        ("remind me a day before every appointment", 24 * 60),
        ("remind me 5 minutes ahead by default", 5),
        ("remind me of all tasks on time", 0),
        ("erinnere mich immer 10 Minuten vorher", 10),
        ("erinnere mich 15 Minuten vor jedem Termin", 15),
        ("erinnere mich an alle Aufgaben eine Stunde vorher", 60),
        ("erinnere mich pünktlich an alles", 0),
        ("rappelle-moi toujours 10 minutes avant", 10),
        ("rappelle-moi 10 minutes avant chaque rendez-vous", 10),
        ("rappelle-moi tout une heure à l'avance", 60),
        ("recuérdame todo 10 minutos antes", 10),
        ("recuerdame 15 minutos antes de cada cita", 15),
        ("recuérdame siempre media hora antes", 30),
        ("always remind me the day before", 24 * 60),
        ("erinner mich immer am Tag vorher", 24 * 60),
        ("rappelle-moi tout la veille", 24 * 60),
        ("recuérdame todo un día antes", 24 * 60),
    )
)
def test_the_lead_of_all_tasks_is_asked_for(typed: str, minutes: int) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, SetLead)
    assert parse_lead(found.text) == Lead(minutes=minutes)


@each_of(
    (
        "remind me 10 minutes before the meeting", "remind me to pay everything before friday",
        "don't remind me about lunch before", "always remind me to call Mum before 5",
        "erinnere mich immer an Milch", "rappelle-moi toujours de manger", "recuérdame todo el texto mañana",
    )
)  # fmt: skip
def test_one_task_is_not_all_tasks(typed: str) -> None:
    assert not isinstance(understand(typed, now=NOW, zone=BERLIN), SetLead)


@each_of(
    (
        "don't remind me of everything 10 minutes before", "no reminders 10 minutes before",
        "don't remind me before every task", "erinner mich nicht mehr 10 Minuten vorher",
        "erinnere mich an alles nicht 10 Minuten vorher", "keine Erinnerungen vorher",
        "ne me rappelle plus 10 minutes avant", "plus de rappels avant chaque tâche",
        "no me recuerdes todo 10 minutos antes", "sin recordatorios antes",
    )
)  # fmt: skip
def test_tasks_are_announced_no_longer(typed: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) == SetLead(text="off")


@each_of(("remind me of everything two weeks before", "erinnere mich immer 10 Wochen vorher"))
def test_a_lead_that_is_too_long_is_refused_and_no_task(typed: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, SetLead)
    assert parse_lead(found.text) is None


@each_of(("remind me of everything", "erinnere mich an alle Termine", "rappelle-moi toutes mes tâches"))
def test_without_an_amount_the_lead_stays(typed: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) == SetLead(text="")
