"""Dates, spans and recurrences in words, in each language."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.languages.active import speaking
from bot.languages.language import language_of
from bot.screens import dates, texts_agenda, texts_dates
from bot.screens.settings import at_times_words, quiet_words
from core.records import Preferences
from core.tasks.filters import Days, TaskFilter, parse_filter
from core.words.settings import parse_quiet, parse_times

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)  # a Sunday, nine o'clock in Berlin
TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[3]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


SAID: dict[str, tuple[Callable[[], str], str, str, str]] = {
    "tomorrow": (
        lambda: dates.at_moment(at(23, 9), NOW, BERLIN),
        "morgen um 9:00",
        "demain à 9:00",
        "mañana a las 9:00",
    ),
    "one o'clock": (
        lambda: dates.at_time(at(22, 1, 30), NOW, BERLIN),
        "um 1:30",
        "à 1:30",
        "a la 1:30",
    ),
    "weekday": (
        lambda: dates.at_moment(at(26, 18, 30), NOW, BERLIN),
        "am Donnerstag um 18:30",
        "jeudi à 18:30",
        "el jueves a las 18:30",
    ),
    "date": (
        lambda: dates.on_day(date(2026, 12, 24), TODAY),
        "am Do., 24. Dez.",
        "le jeu. 24 déc.",
        "el jue, 24 dic",
    ),
    "in a list": (
        lambda: dates.moment(at(24, 17), NOW, BERLIN),
        "Dienstag 17:00",
        "mardi 17:00",
        "martes 17:00",
    ),
    "far": (
        lambda: dates.day(date(2028, 3, 28), TODAY),
        "28. März 2028",
        "28 mars 2028",
        "28 mar 2028",
    ),
    "since": (
        lambda: dates.since_day(date(2026, 11, 21), TODAY),
        "seit gestern",
        "depuis hier",
        "desde ayer",
    ),
    "until": (
        lambda: dates.until(at(24, 0), NOW, BERLIN),
        "Dienstag",
        "mardi",
        "el martes",
    ),
    "a span": (lambda: dates.span(timedelta(days=1)), "1 Tag", "1 jour", "1 día"),
    "spans": (lambda: dates.span(timedelta(hours=5)), "5 Stunden", "5 heures", "5 horas"),
    "a day ago": (lambda: dates.ago(timedelta(days=1)), "vor 1 Tag", "il y a 1 jour", "hace 1 día"),
    "ago": (
        lambda: dates.ago(timedelta(days=65)),
        "vor 2 Monaten",
        "il y a 2 mois",
        "hace 2 meses",
    ),
    "one": (lambda: dates.counted(1, "task"), "eine Aufgabe", "1 tâche", "una tarea"),
    "many": (lambda: dates.counted(3, "task"), "3 Aufgaben", "3 tâches", "3 tareas"),
    "none": (lambda: dates.counted(0, "task"), "0 Aufgaben", "0 tâche", "0 tareas"),
    "under": (
        lambda: dates.percent(0.001),
        "unter 1\xa0%",
        "moins de 1\xa0%",
        "menos del 1\xa0%",
    ),
    "every Monday": (
        lambda: dates.repeating("FREQ=WEEKLY;BYDAY=MO,FR"),
        "jeden Montag und Freitag",
        "chaque lundi et vendredi",
        "cada lunes y viernes",
    ),
    "every second week": (
        lambda: dates.repeating("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        "alle 2 Wochen am Freitag",
        "toutes les 2 semaines le vendredi",
        "cada 2 semanas el viernes",
    ),
    "last Friday": (
        lambda: dates.repeating("FREQ=MONTHLY;BYDAY=-1FR"),
        "jeden letzten Freitag im Monat",
        "chaque dernier vendredi du mois",
        "cada último viernes del mes",
    ),
    "second Friday": (
        lambda: dates.repeating("FREQ=MONTHLY;INTERVAL=2;BYDAY=2FR"),
        "alle 2 Monate am zweiten Freitag",
        "tous les 2 mois le deuxième vendredi",
        "cada 2 meses el segundo viernes",
    ),
    "last day": (
        lambda: dates.repeating("FREQ=MONTHLY;BYMONTHDAY=-1"),
        "jeden letzten Tag im Monat",
        "chaque dernier jour du mois",
        "cada último día del mes",
    ),
    "days of the month": (
        lambda: dates.repeating("FREQ=MONTHLY;BYMONTHDAY=1,15"),
        "jeden Monat am 1. und 15.",
        "chaque mois le 1er et 15",
        "cada mes el 1 y 15",
    ),
    "ends": (
        lambda: dates.repeating("FREQ=DAILY;UNTIL=20261224"),
        "jeden Tag bis 24. Dez. 2026",
        "chaque jour jusqu'au 24 déc. 2026",
        "cada día hasta el 24 dic 2026",
    ),
    "counted": (
        lambda: dates.repeating("FREQ=DAILY;COUNT=10"),
        "jeden Tag, 10-mal",
        "chaque jour, 10 fois",
        "cada día, 10 veces",
    ),
    "times": (
        lambda: at_times_words(Preferences(times=parse_times("mon-fri 1:00 9:00, sat 11:00"))),
        "wochentags um 1:00 und 9:00; samstags um 11:00",
        "en semaine à 1:00 et 9:00\xa0; le samedi à 11:00",
        "entre semana a la 1:00 y 9:00; los sábados a las 11:00",
    ),
    "quiet": (
        lambda: quiet_words(Preferences(quiet=parse_quiet("mon-fri 9-12, sun all day"))),
        "wochentags 9:00–12:00, sonntags ganztägig",
        "en semaine 9:00–12:00, le dimanche toute la journée",
        "entre semana 9:00–12:00, los domingos todo el día",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_words_of_time(name: str) -> None:
    say, *expected = SAID[name]

    for tag, words in zip(("de", "fr", "es"), expected, strict=True):
        with speaking(language_of(tag)):
            assert say() == words


def test_english_of_a_country_has_its_forms() -> None:
    with speaking(language_of("en-US")):
        assert dates.at_moment(at(26, 18, 30), NOW, BERLIN) == "on Thursday at 6:30 PM"
        assert dates.on_day(date(2026, 12, 24), TODAY) == "on Thu, Dec 24"
        assert dates.clock(time(0, 5)) == "12:05 AM"


@pytest.mark.parametrize("tag", ["en", "en-US", "de", "fr", "es", "es-MX"])
def test_what_is_shown_of_quiet_hours_can_be_typed(tag: str) -> None:
    quiet = parse_quiet("mon-fri 9-12, wed 13:00-14:00, 22-7, sat, sun all day")

    with speaking(language_of(tag)):
        assert parse_quiet(quiet_words(Preferences(quiet=quiet))) == quiet


@pytest.mark.parametrize("tag", ["en", "en-US", "de", "fr", "es", "es-MX"])
@pytest.mark.parametrize("ahead", [0, 1, 3, 20, 300])
def test_a_day_that_is_to_be_typed_is_a_filter(tag: str, ahead: int) -> None:
    on = TODAY + timedelta(days=ahead)
    with speaking(language_of(tag)):
        typed = dates.day_to_type(on, TODAY)
    assert parse_filter(typed, now=NOW, zone=BERLIN) == TaskFilter(days=Days(first=on, last=on))


@pytest.mark.parametrize("tag", ["en", "de", "fr", "es"])
def test_the_week_that_is_to_be_typed_is_a_filter(tag: str) -> None:
    with speaking(language_of(tag)):
        typed = texts_agenda.FILTER_WEEK
    found = parse_filter(typed, now=NOW, zone=BERLIN)
    assert found == TaskFilter(days=Days(first=TODAY, last=TODAY + timedelta(days=6)))


def test_everything_that_is_counted_can_be_counted_in_every_language() -> None:
    nouns = set()
    for file in ROOT.glob("bot/**/*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(func=ast.Name(id="counted"), args=[_, ast.Constant(value=str(noun))]):
                    nouns.add(noun)

    assert nouns
    assert nouns <= set(texts_dates.COUNTS)
