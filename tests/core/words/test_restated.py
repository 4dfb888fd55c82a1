"""A to-do that says nothing but a title and a time of day may be one that is on the list."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.records import TaskPatch
from core.words.intents import AddTask
from core.words.restated import restated_time
from core.words.understand import understand
from tests.core.words.changes import said_patch
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)  # a Monday, 9:30
BERLIN = ZoneInfo("Europe/Berlin")


def patch_of(typed: str) -> TaskPatch | None:
    wish = understand(typed, now=NOW, zone=BERLIN)
    draft = wish.draft if isinstance(wish, AddTask) else None
    return restated_time(typed, draft, now=NOW, zone=BERLIN) if draft else None


@each_of(
    (
        ("oma um 15 uhr", "at=15:00"),
        ("bob at 5", "at=17:00 other_half=360"),
        ("sorry, bob at 4pm", "at=16:00"),
        ("call bob at 5pm", "at=17:00"),
        ("dentiste à 16h", "at=16:00"),
        ("dentista a las 16", "at=16:00"),
    )
)
def test_the_time_is_a_change(typed: str, patch: str) -> None:
    found = patch_of(typed)
    assert found
    assert said_patch(found) == patch


@each_of(
    (
        "oma morgen um 15 uhr", "bob friday at 5", "bob tonight", "bob in 2 hours", "bob every day at 5",
        "remind me at 5 to call bob", "add bob at 5pm", "bob at 5pm p1", "buy milk", "bob friday",
    )
)  # fmt: skip
def test_what_says_more_is_a_to_do_of_its_own(typed: str) -> None:
    assert patch_of(typed) is None
