"""One more reminder of what was talked about last, at a time before it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import RemindEarlier
from core.words.lead_times import Lead
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)
EVENING, MORNING, DAY = (Lead(place=place) for place in ("evening", "morning", "day"))


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("remind me the evening before", RemindEarlier(lead=EVENING)),
        ("remind me of it the evening before", RemindEarlier(lead=EVENING)),
        ("remind me about it the night before", RemindEarlier(lead=EVENING)),
        ("remind me the morning of", RemindEarlier(lead=MORNING)),
        ("remind me of it the day before, in the evening", RemindEarlier(lead=DAY, at="in the evening")),
        ("remind me the day before at 5pm", RemindEarlier(lead=DAY, at="at 5pm")),
        ("and also an hour before", RemindEarlier(lead=Lead(minutes=60))),
        ("also 15 minutes before", RemindEarlier(lead=Lead(minutes=15))),
        ("also remind me 2 hours before", RemindEarlier(lead=Lead(minutes=120))),
        ("und auch eine Stunde vorher", RemindEarlier(lead=Lead(minutes=60))),
        ("erinnere mich am Abend davor", RemindEarlier(lead=EVENING)),
        ("et aussi une heure avant", RemindEarlier(lead=Lead(minutes=60))),
        ("rappelle-le-moi la veille au soir", RemindEarlier(lead=EVENING)),
        ("y también una hora antes", RemindEarlier(lead=Lead(minutes=60))),
        ("recuérdamelo la noche anterior", RemindEarlier(lead=EVENING)),
    ],
)
def test_a_reminder_before_the_last_task(said: str, asked: RemindEarlier) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == asked


@pytest.mark.parametrize(
    "said",
    [
        "remind me the evening before to iron my shirt",
        "remind me an hour before",
        "an hour before",
        "also buy milk",
        "also call Ann the day before christmas",
        "remind me the evening before the flight on 12 december",
        "plus d'une heure avant",
    ],
)
def test_other_words_are_no_such_reminder(said: str) -> None:
    assert not isinstance(understand(said, now=NOW, zone=BERLIN), RemindEarlier)
