"""Estimates, labels, projects and notes within the text of a task (``details.tsv``)."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.words.details import MAX_NOTES, read_details
from core.words.tasks import TaskDraft, parse_task
from tests.core.words.hostile import hostile_text
from tests.core.words.reported import NOW

BERLIN = ZoneInfo("Europe/Berlin")
_LINES = Path(__file__).with_name("details.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in _LINES if line and not line.startswith("# ")]


def shown(draft: TaskDraft) -> str:
    """The details as in the table."""
    found = (
        f"{draft.minutes} min" if draft.minutes else "",
        *(f"#{label}" for label in draft.labels),
        f"+{draft.project}" if draft.project else "",
        f"// {draft.notes}" if draft.notes else "",
    )
    return " ".join(one for one in found if one)


@pytest.mark.parametrize(("typed", "title", "details"), ROWS, ids=[row[0] for row in ROWS])
def test_details_leave_the_title_and_other_words_stay_in_it(typed: str, title: str, details: str) -> None:
    draft = parse_task(typed, now=NOW, zone=BERLIN)
    assert (draft.title, shown(draft)) == (title, details)


@given(title=st.sampled_from(["call mom", "Miete zahlen", "payer le loyer"]), minutes=st.integers(1, 24 * 60))
def test_any_number_of_minutes_in_brackets_is_the_estimate(title: str, minutes: int) -> None:
    draft = parse_task(f"{title} ({minutes} min)", now=NOW, zone=BERLIN)
    assert (draft.title, draft.minutes) == (title, minutes)


def test_what_takes_longer_than_a_day_is_no_estimate() -> None:
    assert parse_task("write a book, takes 100 hours", now=NOW, zone=BERLIN).minutes is None


def test_long_notes_do_not_make_the_title_too_long() -> None:
    draft = parse_task(f"call mom // {'about it ' * 200}", now=NOW, zone=BERLIN)
    assert draft.title == "call mom"
    assert draft.notes is not None
    assert len(draft.notes) <= MAX_NOTES


@given(typed=hostile_text)
def test_no_text_breaks_it_and_a_title_is_never_lost(typed: str) -> None:
    assert read_details(typed).text.strip() or not typed.strip()
