"""Times of a reminder that cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.impossible_times import impossible_reminder
from core.words.intents import AddTask
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)  # a Sunday, 9:00 in Berlin

IMPOSSIBLE = {
    "remind me in -5 minutes to drink": "in -5 minutes",
    "remind me in 0 minutes to drink": "in 0 minutes",
    "remind me in zero hours to drink": "in zero hours",
    "remind me at 25:00 to call Bob": "at 25:00",
    "remind me to call Bob at 25:00": "at 25:00",
    "remind me at 12:75 to call Bob": "at 12:75",
    "remind me at 24:30 to call Bob": "at 24:30",
    "remind me at 13pm to call Bob": "at 13pm",
    "remind me on 30 february to call Bob": "30 february",
    "remind me on june 31st to call Bob": "june 31st",
    "erinnere mich in 0 Minuten an den Tee": "in 0 Minuten",
    "erinnere mich in -3 Stunden an den Tee": "in -3 Stunden",
    "erinnere mich um 25 Uhr an den Tee": "um 25 Uhr",
    "erinnere mich um 25:00 an den Tee": "um 25:00",
    "erinnere mich am 30. Februar an den Tee": "30. Februar",
    "rappelle-moi dans 0 minutes d'appeler Bob": "dans 0 minutes",
    "rappelle-moi à 25h d'appeler Bob": "à 25h",
    "rappelle-moi le 31 novembre d'appeler Bob": "31 novembre",
    "recuérdame en 0 minutos llamar a Ana": "en 0 minutos",
    "recuérdame a las 25 llamar a Ana": "a las 25",
    "recuérdame el 30 de febrero llamar a Ana": "30 de febrero",
}
PAST = {
    "remind me yesterday to call Bob": "yesterday",
    "remind me to call Bob yesterday": "yesterday",
    "remind me last week to call Bob": "last week",
    "erinnere mich gestern an den Tee": "gestern",
    "rappelle-moi hier d'appeler Bob": "hier",
    "recuérdame ayer llamar a Ana": "ayer",
    "remind me 2 hours ago to call Bob": "2 hours ago",
}


def fault_of(text: str) -> tuple[str, str]:
    intent = understand(text, now=NOW, zone=BERLIN)
    assert isinstance(intent, AddTask)
    assert intent.fault is not None
    return intent.fault.hint, intent.fault.values["value"]


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_time_that_cannot_be_is_named(text: str) -> None:
    assert fault_of(text) == ("no_time_to_come", IMPOSSIBLE[text])


@pytest.mark.parametrize("text", PAST)
def test_a_time_that_has_passed_is_named(text: str) -> None:
    assert fault_of(text) == ("past", PAST[text])


@pytest.mark.parametrize(
    "text",
    [
        "remind me in 5 minutes to drink", "remind me at 24:00 to sleep", "remind me at 12:30 to eat",
        "remind me to call the house at 25 Main street", "remind me on 29 february to call Bob",
        "remind me about last year's taxes", "remind me tomorrow to read page 0", "remind me at 12pm to eat",
        "erinnere mich um 24 Uhr an den Tee", "rappelle-moi à 23h d'appeler Bob", "remind me",
        "recuérdame a las 12 llamar a Ana", 'remind me to write "at 25:00"', "call Bob at 25:00",
    ],
)  # fmt: skip
def test_any_other_time_is_let_through(text: str) -> None:
    assert impossible_reminder(text) is None
