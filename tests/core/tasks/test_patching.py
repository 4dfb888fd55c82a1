"""A time that says neither am nor pm stays in the half of the day that the task has, if that is near."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from core.records import Due, Task
from core.tasks.patching import patched
from core.words.patches import parse_move
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)  # a Monday, 9:30
BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = date(2026, 12, 2)


def moved(at: str | None, words: str, title: str = "x") -> str:
    """The time of a task on Wednesday after ``words``."""
    known = time.fromisoformat(at) if at else None
    task = Task(task_id="oo-1", person_id="7", title=title, created_at=NOW, due=Due(on=WEDNESDAY, at=known))
    due = patched(task, parse_move(words, now=NOW, zone=BERLIN), now=NOW, zone=BERLIN).due
    return f"{due.at:%H:%M}" if due and due.at else ""


@each_of(
    (
        ("14:00", "3:30", "15:30"),
        ("17:00", "5:30", "17:30"),
        ("18:00", "6:30", "18:30"),
        ("18:00", "at 5:45", "17:45"),
        ("18:00", "7", "19:00"),
        ("18:00", "auf 7", "19:00"),
        ("18:00", "halb 8", "19:30"),
        ("15:00", "um 4 uhr", "16:00"),
        ("15:00", "à 4h", "16:00"),
        ("15:00", "a las 4", "16:00"),
        ("15:00", "at half past 4", "16:30"),
        ("18:00", "friday at 7", "19:00"),
        ("18:00", "tomorrow 6:30", "18:30"),
        ("22:00", "at 11", "23:00"),
        ("06:00", "at 5", "05:00"),
        ("06:00", "6:30", "06:30"),
        ("05:30", "friday at 6", "06:00"),
    )
)
def test_a_bare_time_stays_in_the_half_of_the_day(at: str, words: str, then: str) -> None:
    assert moved(at, words) == then


@each_of(
    (
        ("14:00", "at 9", "09:00"),
        ("17:00", "at 10", "10:00"),
        ("18:00", "9:30", "09:30"),
        ("10:00", "at 3", "15:00"),
        ("10:00", "at 11", "11:00"),
        ("18:00", "7am", "07:00"),
        ("18:00", "07:00", "07:00"),
        ("18:00", "um 9 uhr", "09:00"),
        ("18:00", "à 7h", "07:00"),
        ("18:00", "at 7 in the morning", "07:00"),
        ("06:00", "7pm", "19:00"),
        ("06:00", "19:00", "19:00"),
        ("18:00", "noon", "12:00"),
        (None, "3:30", "03:30"),
        (None, "at 7", "07:00"),
    )
)
def test_other_times_are_as_said(at: str | None, words: str, then: str) -> None:
    assert moved(at, words) == then


@each_of(
    (
        ("Dinner with Sue", "at 7", "19:00"),
        ("Abendessen", "um 8", "20:00"),
        ("Kino", "friday at 8", "20:00"),
        ("Flight to Rome", "at 6", "06:00"),
        ("Frühstück mit Jana", "um 6", "06:00"),
        ("Dinner with Sue", "7am", "07:00"),
        ("Lunch with Bob", "at 12", "12:00"),
        ("Book the dinner", "at 9", "09:00"),
    )
)
def test_without_a_time_the_occasion_tells_the_half(title: str, words: str, then: str) -> None:
    assert moved(None, words, title) == then
