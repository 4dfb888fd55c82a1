"""A change in words, after the task was chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput
from core.records import Delay, Due, TaskPatch
from core.words.patches import parse_move, parse_patch

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)  # a Monday, nine o'clock in Berlin
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("words", "patch"),
    [
        ("tomorrow 9:00", TaskPatch(due=Due(on=date(2026, 10, 6), at=time(9)))),
        ("to friday", TaskPatch(due=Due(on=date(2026, 10, 9)))),
        ("morgen um 9", TaskPatch(due=Due(on=date(2026, 10, 6), at=time(9)))),
        ("demain", TaskPatch(due=Due(on=date(2026, 10, 6)))),
        ("by a week", TaskPatch(delay=Delay(days=7))),
        ("um 2 Tage", TaskPatch(delay=Delay(days=2))),
        ("by 2 hours", TaskPatch(delay=Delay(minutes=120))),
        ("by a month", TaskPatch(delay=Delay(months=1))),
        ("no date", TaskPatch(due=None)),
        ("every monday", TaskPatch(due=Due(on=date(2026, 10, 5)), repeats="FREQ=WEEKLY;BYDAY=MO")),
        ("p1", TaskPatch(priority=1)),
        ("p4", TaskPatch(priority=4)),
        ("friday p2", TaskPatch(due=Due(on=date(2026, 10, 9)), priority=2)),
        ("takes 30 minutes", TaskPatch(minutes=30)),
        ("dauert 2 Stunden", TaskPatch(minutes=120)),
        ('rename to "Call Zoë"', TaskPatch(title="Call Zoë")),
    ],
)
def test_words_become_new_values(words: str, patch: TaskPatch) -> None:
    assert parse_patch(words, now=NOW, zone=BERLIN) == patch


@pytest.mark.parametrize("words", ["", "sing louder", "takes ages", "tomorrow or so maybe", "by moonlight"])
def test_anything_else_is_refused(words: str) -> None:
    for parse in (parse_patch, parse_move):
        with pytest.raises(BadInput):
            parse(words, now=NOW, zone=BERLIN)
