"""What /remind and a language model ask to be reminded of."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.asked_reminders import reminder_wish

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)  # a Sunday, 9:00 in Berlin


@pytest.mark.parametrize(
    ("text", "title", "due"),
    [
        ("in 20 minutes to drink water", "drink water", "2026-11-22 09:20"),
        ("me in 20 minutes to drink water", "drink water", "2026-11-22 09:20"),
        ("remind me in 20 minutes to drink water", "drink water", "2026-11-22 09:20"),
        ("to drink water in 20 minutes", "drink water", "2026-11-22 09:20"),
        ("drink water at 15:00", "drink water", "2026-11-22 15:00"),
        ("Remind me at 15:00 to drink water", "drink water", "2026-11-22 15:00"),
        ("tomorrow at 8 to drink water", "drink water", "2026-11-23 08:00"),
        ("in 20 Minuten Wasser trinken", "Wasser trinken", "2026-11-22 09:20"),
        ("erinnere mich um 15 Uhr an die Milch", "die Milch", "2026-11-22 15:00"),
        ("Wasser trinken um 15:00", "Wasser trinken", "2026-11-22 15:00"),
        ("call Ann at 15:00 about the rent", "call Ann about the rent", "2026-11-22 15:00"),
        ("boire de l'eau à 15h", "boire de l'eau", "2026-11-22 15:00"),
        ("rappelle-moi à 15h de boire de l'eau", "boire de l'eau", "2026-11-22 15:00"),
    ],
)
def test_a_reminder_is_asked_for_with_or_without_saying_so(text: str, title: str, due: str) -> None:
    (draft,) = reminder_wish(text, now=NOW, zone=BERLIN).drafts
    assert draft.reminds
    assert draft.title == title
    assert draft.due is not None
    assert draft.due.at is not None
    assert f"{draft.due.on} {draft.due.at:%H:%M}" == due


@pytest.mark.parametrize("text", ["", "me", "remind me", "me to"])
def test_what_only_begins_names_nothing(text: str) -> None:
    assert not reminder_wish(text, now=NOW, zone=BERLIN).drafts
