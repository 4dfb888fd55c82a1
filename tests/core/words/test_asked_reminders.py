"""What /remind and a language model ask to be reminded of."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput
from core.records import Due
from core.words.asked_reminders import asked_time, at_instant, is_to_do, reminder_wish

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


@pytest.mark.parametrize(
    ("text", "due", "repeats"),
    [
        ("in 20 minutes", "2026-11-22 09:20", None),
        ("tomorrow", "2026-11-23 09:00", None),
        ("every weekday at 8", "2026-11-23 08:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ],
)
def test_a_time_may_be_typed_by_itself(text: str, due: str, repeats: str | None) -> None:
    asked = asked_time(text, now=NOW, zone=BERLIN)
    assert f"{asked.due.on} {asked.due.at:%H:%M}" == due
    assert asked.repeats == repeats


@pytest.mark.parametrize(
    ("text", "hint"), [("to call mum", "not_a_moment"), ("yesterday at 8", "past"), ("", "not_a_moment")]
)
def test_what_is_no_time_is_told(text: str, hint: str) -> None:
    with pytest.raises(BadInput, match=hint):
        asked_time(text, now=NOW, zone=BERLIN)


def test_a_reminder_is_never_earlier_than_was_asked() -> None:
    asked = at_instant(NOW + timedelta(seconds=1), BERLIN)
    assert asked.due == Due(on=NOW.date(), at=time(9, 1))
    assert at_instant(NOW, BERLIN).due == Due(on=NOW.date(), at=time(9))


@pytest.mark.parametrize(
    ("text", "names"), [("to call mum", True), ("me to call mum", True), ("tomorrow", False)]
)
def test_an_argument_may_name_a_to_do_without_a_time(text: str, names: bool) -> None:
    assert is_to_do(text) is names
