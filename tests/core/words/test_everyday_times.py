"""Times as people type them every day, in the half of the day and on the day that they mean."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import AddTask
from core.words.tasks import TaskDraft
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 11, 0, tzinfo=BERLIN)  # a Monday

NIGHTS = {
    "remind me at 12 tonight to turn off the oven": "turn off the oven 12-01 00:00",
    "tonight at 12:30 call Bob": "call Bob 12-01 00:30",
    "heute Nacht um 12 Taxi": "Taxi 12-01 00:00",
    "heute Nacht um halb eins Taxi": "Taxi 12-01 00:30",
    "heute Abend um 12 Uhr Taxi": "Taxi 12-01 00:00",
    "esta noche a las 12 llamar a mamá": "llamar a mamá 12-01 00:00",
    "ce soir à 12h appeler papa": "appeler papa 12-01 00:00",
    "appeler papa cette nuit à 1h": "appeler papa 12-01 01:00",
    "call mum tomorrow night at 12:30": "call mum 12-02 00:30",
    "dinner friday night at 12": "dinner 12-05 00:00",
    "dinner monday night at 12": "dinner 12-01 00:00",
    "every night at 12 take pills": "take pills 12-01 00:00",
    "every friday night at 12 take pills": "take pills 12-04 23:59",
    "Taxi Freitag nachts um 0:30": "Taxi 12-04 00:30",
    "buy wine tonight at noon": "buy wine 11-30 12:00",
    "lunch tomorrow at 12": "lunch 12-01 12:00",
    "Treffen heute um 12": "Treffen 11-30 12:00",
    "call Bob tonight at 11": "call Bob 11-30 23:00",
    "call Bob this afternoon at 12": "call Bob 11-30 12:00",
    "midnight tonight call Bob": "call Bob 11-30 23:59",
}


def _said(draft: TaskDraft) -> str:
    due = draft.due
    at = f"{due.at:%H:%M}" if due and due.at else ""
    return " ".join(filter(None, (draft.title, f"{due.on:%m-%d}" if due else "", at)))


def drafts(typed: str, now: datetime = NOW) -> tuple[str, ...]:
    found = understand(typed, now=now, zone=BERLIN)
    assert isinstance(found, AddTask)
    return tuple(map(_said, found.drafts))


@pytest.mark.parametrize("typed", NIGHTS)
def test_twelve_at_night_is_midnight(typed: str) -> None:
    assert drafts(typed) == (NIGHTS[typed],)


@pytest.mark.parametrize(
    ("typed", "said"), [("tonight at 2 call Bob", "01"), ("call Bob tonight at 12", "02")]
)
def test_past_midnight_the_night_has_begun(typed: str, said: str) -> None:
    (found,) = drafts(typed, datetime(2026, 12, 1, 0, 10, tzinfo=BERLIN))
    assert found.startswith(f"call Bob 12-{said}")
