"""A new date for a task that is named by its place in a list, and dates that merely look like it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import ChangeTask
from core.words.numbered import places_in
from core.words.placed_dates import read_placed_date
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the second one should be at 5pm", 2),
        ("the second one at 5pm", 2),
        ("the last one on friday", -1),
        ("2 to friday", 2),
        ("number two at 17:00", 2),
        ("die zweite um 17 uhr", 2),
        ("die zweite soll um 17 uhr sein", 2),
        ("den ersten auf Freitag", 1),
        ("la deuxième à 17h", 2),
        ("la deuxième devrait être à 17h", 2),
        ("la segunda a las 17", 2),
        ("la segunda debería ser a las 17", 2),
    ],
)
def test_a_place_and_a_date_are_a_change(text: str, place: int) -> None:
    intent = understand(text, now=NOW, zone=BERLIN)
    assert isinstance(intent, ChangeTask)
    assert places_in(intent.title) == (place,)
    assert intent.only_if_it_fits


@pytest.mark.parametrize(
    "text",
    [
        "the first of may", "am ersten um 17 uhr", "zweite Mahnung um 17 uhr", "second dentist at 5pm",
        "first day on monday", "le premier mai", "el primero de mayo", "the second one", "at 5pm",
    ],
)  # fmt: skip
def test_a_date_and_a_title_are_none(text: str) -> None:
    assert read_placed_date(text, now=NOW, zone=BERLIN) is None
