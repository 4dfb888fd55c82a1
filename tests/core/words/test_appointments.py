"""A bare number after the day of an appointment is its hour; after the day of anything else it is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from core.records import Due
from core.words.intents import AddTask
from core.words.tasks import parse_task
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)  # a monday
BERLIN = ZoneInfo("Europe/Berlin")


@each_of(
    [
        ("vet appt tuesday 4", "vet appt", 1, 16),
        ("Dentist thu 3", "Dentist", 3, 15),
        ("haircut friday 5", "haircut", 4, 17),
        ("doctor mon 10", "doctor", 7, 10),
        ("meeting with Ann tuesday 11", "meeting with Ann", 1, 11),
        ("lunch with tom friday 12", "lunch with tom", 4, 12),
        ("vet tomorrow 4", "vet", 1, 16),
        ("Zahnarzt Donnerstag 15", "Zahnarzt", 3, 15),
        ("tierarzt dienstag 4", "tierarzt", 1, 16),
        ("Zahnarzt morgen 9", "Zahnarzt", 1, 9),
        ("coiffeur vendredi 10", "coiffeur", 4, 10),
        ("dentiste demain 9", "dentiste", 1, 9),
        ("dentista jueves 4", "dentista", 3, 16),
        ("dentista mañana 9", "dentista", 1, 9),
    ]
)
def test_an_appointment_has_its_hour(typed: str, title: str, day: int, hour: int) -> None:
    due = Due(on=date(2026, 12, day), at=time(hour))
    draft = parse_task(typed, now=NOW, zone=BERLIN)
    assert (draft.title, draft.due) == (title, due)
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    assert [(one.title, one.due) for one in found.drafts] == [(title, due)]


@each_of(
    [
        "read chapter 3", "order pizza friday 4", "run friday 5", "tickets friday 4", "dentist friday 40",
        "meeting room 4", "pay invoice friday 12", "episode thursday 3", "meeting tuesday 2 people",
        "Seite Montag 3", "chapitre jeudi 3", "capítulo jueves 3",
    ]
)  # fmt: skip
def test_other_numbers_are_no_hours(typed: str) -> None:
    draft = parse_task(typed, now=NOW, zone=BERLIN)
    assert draft.due is None or draft.due.at is None


def test_a_number_past_twelve_that_is_the_date_as_well_is_no_hour() -> None:
    draft = parse_task("dentist friday 18", now=datetime(2026, 12, 14, 10, tzinfo=UTC), zone=BERLIN)
    assert draft.due is None or draft.due.at is None
    assert parse_task("dentist friday 18", now=NOW, zone=BERLIN).due == Due(on=date(2026, 12, 4), at=time(18))
