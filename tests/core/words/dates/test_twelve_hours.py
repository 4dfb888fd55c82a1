"""An early time in an English sentence is in the afternoon; in another language, it is as it is written."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.dates.moments import parse_moment
from core.words.intents import AddTask
from core.words.new_dates import new_date
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)  # a Monday, 9:30
BERLIN = ZoneInfo("Europe/Berlin")

AFTERNOON = {
    "dentist at 4:30": "2026-11-30 16:30",
    "dentist @4:30": "2026-11-30 16:30",
    "remind me at 4:30 to call mum": "2026-11-30 16:30",
    "call mum at 1:15 tomorrow": "2026-12-01 13:15",
    "tomorrow 2:45 dentist": "2026-12-01 14:45",
    "meeting with ann by 5:30": "2026-11-30 17:30",
    "dentist fri 3:20": "2026-12-04 15:20",
    "remind me about the bins every tuesday at 5:45": "2026-12-01 17:45",
    "call bob at 4:30-5:30": "2026-11-30 16:30",
    "remind me at 4.30 to call mum": "2026-11-30 16:30",
    "call ann at 5.15 on friday": "2026-12-04 17:15",
    "dentist tmr 4:30": "2026-12-01 16:30",
    "meeting today between 2:30 and 4": "2026-11-30 14:30",
}
AS_WRITTEN = {
    "dentist at 04:30": "2026-12-01 04:30",
    "dentist at 4:30 am": "2026-12-01 04:30",
    "call mum at 7:30 tomorrow": "2026-12-01 07:30",
    "run at 6:15 tomorrow": "2026-12-01 06:15",
    "flight to rome friday at 5:40": "2026-12-04 05:40",
    "wake me up at 5:30": "2026-12-01 05:30",
    "get up at 4:45 on friday": "2026-12-04 04:45",
    "feed the cat every morning at 5:30": "2026-12-01 05:30",
    "call bob in the morning at 5:30": "2026-12-01 05:30",
    "meeting at 4:30-14:00": "2026-12-01 04:30",
    "flug um 4:30": "2026-12-01 04:30",
    "morgen um 4:30 bus": "2026-12-01 04:30",
    "schicht freitag 5:30": "2026-12-04 05:30",
    "meet at the bar am freitag um 4:30": "2026-12-04 04:30",
    "bus demain à 4:30": "2026-12-01 04:30",
    "on part demain 5:30": "2026-12-01 05:30",
    "mon rendez-vous demain 4:30": "2026-12-01 04:30",
    "autobús mañana a las 4:30": "2026-12-01 04:30",
}


DUE = AFTERNOON | AS_WRITTEN


@each_of(DUE)
def test_a_time_on_a_clock_of_twelve_hours(typed: str) -> None:
    """From six on, and in other languages, it is as it is written."""
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask), found
    assert found.draft is not None
    assert found.draft.due is not None
    assert f"{found.draft.due.on} {found.draft.due.at:%H:%M}" == DUE[typed]


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("until 4:30", "2026-11-30 16:30"),
        ("until 4.30", "2026-11-30 16:30"),
        ("tomorrow at 2:15", "2026-12-01 14:15"),
        ("tomorrow at 8:15", "2026-12-01 08:15"),
        ("bis 4:30", "2026-12-01 04:30"),
        ("morgen 2:15", "2026-12-01 02:15"),
    ],
)
def test_a_snooze_as_well(typed: str, at: str) -> None:
    """What a task says, a snooze says as well."""
    moment = parse_moment(typed, now=NOW, zone=BERLIN)
    assert f"{moment.astimezone(BERLIN):%Y-%m-%d %H:%M}" == at


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("remind me at 2:30 to take the pill", "2026-12-01 02:30"),
        ("remind me at 4 to feed the baby", "2026-12-01 04:00"),
        ("remind me at 5:30 to call the plumber", "2026-12-01 17:30"),
        ("remind me at 1:30 to call the plumber", "2026-12-01 13:30"),
        ("remind me tomorrow at 2:30 to call the plumber", "2026-12-02 14:30"),
        ("remind me at 12:30 to call the plumber", "2026-12-01 12:30"),
    ],
)
def test_what_is_said_in_the_night_may_be_about_this_night(typed: str, at: str) -> None:
    """At 1:50, what comes within three hours."""
    found = understand(typed, now=datetime(2026, 12, 1, 0, 50, tzinfo=UTC), zone=BERLIN)
    assert isinstance(found, AddTask), found
    assert found.draft is not None
    assert found.draft.due is not None
    assert f"{found.draft.due.on} {found.draft.due.at:%H:%M}" == at


@pytest.mark.parametrize("words", ["at 4:30", "at 4.30"])
def test_a_new_time_may_still_be_near_the_old_one(words: str) -> None:
    """A task at 5:00 that is moved "to 4:30" stays in the night."""
    patch = new_date(words, now=NOW, zone=BERLIN)
    assert patch is not None
    assert (str(patch.at), patch.other_half) == ("16:30:00", 6 * 60)
