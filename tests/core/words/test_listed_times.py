"""Several times in one to-do: each is a task of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.words.intents import AddTask
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)  # a Monday, 10:00
BERLIN = ZoneInfo("Europe/Berlin")


def times_of(typed: str) -> list[str]:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    dues = [draft.due for draft in found.drafts]
    return [f"{due.on:%a %d} {due.at or ''}".strip() for due in dues if due]


@each_of(
    (
        ("swim tuesday, thursday at 7", ["Tue 01 07:00:00", "Thu 03 07:00:00"]),
        ("remind me to swim on tuesday, thursday at 7", ["Tue 01 07:00:00", "Thu 03 07:00:00"]),
        ("call Mum tuesday at 6 and thursday at 7", ["Tue 01 18:00:00", "Thu 03 07:00:00"]),
        ("remind me to call Mum next monday and Dad next tuesday", ["Mon 07", "Tue 08"]),
    )
)
def test_each_time_is_a_task(typed: str, times: list[str]) -> None:
    assert times_of(typed) == times
