"""What people type into a field of a task, as a patch."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.task_fields import (
    MAX_LABELS,
    MAX_NOTES,
    When,
    field_patch,
    form_patch,
    merged,
    only_moves,
)
from core.errors import BadInput
from core.records import Delay, Due, TaskPatch

WHEN = When(now=datetime(2026, 11, 22, 8, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
FRIDAY = date(2026, 11, 27)

FIELDS: list[tuple[str, str, TaskPatch]] = [
    ("title", "  Call\u202e  Bob tomorrow ", TaskPatch(title="Call Bob tomorrow")),
    ("title", "none", TaskPatch(title="none")),
    ("title", "🦷", TaskPatch(title="🦷")),
    ("due", "none", TaskPatch(due=None)),
    ("due", "-", TaskPatch(due=None)),
    ("due", "", TaskPatch(due=None)),
    ("due", "Keine", TaskPatch(due=None)),
    ("priority", "p2", TaskPatch(priority=2)),
    ("priority", "4", TaskPatch(priority=4)),
    ("minutes", "30", TaskPatch(minutes=30)),
    ("minutes", "none", TaskPatch(minutes=None)),
    ("labels", "health, Phone calls, health", TaskPatch(labels=("health", "Phone calls"))),
    ("labels", "#health @phone", TaskPatch(labels=("health", "phone"))),
    ("labels", "none", TaskPatch(labels=())),
    ("labels", ", ,#", TaskPatch(labels=())),
    ("project", "+House", TaskPatch(project="House")),
    ("project", "House rules", TaskPatch(project="House rules")),
    ("project", "aucun", TaskPatch(project=None)),
    ("project", "House / Kitchen", TaskPatch(project="House", section="Kitchen")),
    ("project", "House /", TaskPatch(project="House", section=None)),
    ("project", "/ Kitchen", TaskPatch(project=None, section="Kitchen")),
    ("project", "A/B", TaskPatch(project="A/B")),
    ("deadline", "15 december", TaskPatch(deadline=date(2026, 12, 15))),
    ("deadline", "2026-12-15", TaskPatch(deadline=date(2026, 12, 15))),
    ("deadline", "by friday", TaskPatch(deadline=FRIDAY)),
    ("deadline", "Frist 15.12.", TaskPatch(deadline=date(2026, 12, 15))),
    ("deadline", "keine", TaskPatch(deadline=None)),
    ("notes", "Ask for <b>Ann</b>", TaskPatch(notes="Ask for <b>Ann</b>")),
    ("notes", "rien", TaskPatch(notes=None)),
]


@pytest.mark.parametrize(("name", "typed", "patch"), FIELDS)
def test_a_typed_value_is_a_patch(name: str, typed: str, patch: TaskPatch) -> None:
    assert field_patch(name, typed, WHEN) == patch


@pytest.mark.parametrize("typed", ["later", "every friday", "yesterday", "3", "2 hours", "9am"])
def test_a_deadline_is_a_day_to_come(typed: str) -> None:
    with pytest.raises(BadInput) as raised:
        field_patch("deadline", typed, WHEN)
    assert raised.value.hint == "not_a_deadline"


def test_a_form_without_the_section_takes_the_task_out_of_it() -> None:
    before = {"project": "House / Kitchen"}
    assert form_patch({"project": "House"}, before, WHEN) == TaskPatch(project="House", section=None)
    assert form_patch({"project": ""}, before, WHEN) == TaskPatch(project=None, section=None)
    assert form_patch({"project": "House / Kitchen"}, before, WHEN) == TaskPatch()


def test_a_typed_date_is_read_like_that_of_a_new_task() -> None:
    patch = field_patch("due", "friday 9am", WHEN)

    assert only_moves(patch)
    assert patch != TaskPatch(due=None)


@pytest.mark.parametrize(
    ("name", "typed", "hint"),
    [
        ("title", "", "task_empty"),
        ("title", "   ...", "task_empty"),
        ("title", "x" * 400, "task_too_long"),
        ("due", "blue", "not_a_date"),
        ("due", "p1", "not_a_date"),
        ("due", "x" * 10_000, "not_a_date"),
        ("priority", "p9", "not_a_priority"),
        ("priority", "high\x00", "not_a_priority"),
        ("minutes", "0", "not_an_estimate"),
        ("minutes", "99999999999", "not_an_estimate"),
        ("minutes", "blue", "not_an_estimate"),
        ("minutes", "-5", "not_an_estimate"),
        ("labels", " ".join(f"label{n}" for n in range(MAX_LABELS + 1)), "too_many_labels"),
    ],
)
def test_what_cannot_be_read_is_refused(name: str, typed: str, hint: str) -> None:
    with pytest.raises(BadInput) as refused:
        field_patch(name, typed, WHEN)

    assert refused.value.hint == hint
    assert all(len(value) <= 200 for value in refused.value.values.values())


def test_long_notes_are_cut() -> None:
    notes = field_patch("notes", "x" * 100_000, WHEN).notes

    assert isinstance(notes, str)
    assert len(notes) == MAX_NOTES


BEFORE = {
    "title": "Dentist",
    "due": "2026-11-27 9:00",
    "priority": "p4",
    "minutes": "",
    "labels": "",
    "project": "",
    "notes": "",
}


def test_of_a_form_only_what_was_changed_counts() -> None:
    assert form_patch(BEFORE, BEFORE, WHEN) == TaskPatch()
    assert form_patch({}, BEFORE, WHEN) == TaskPatch()
    filled = BEFORE | {"title": "Orthodontist", "priority": "p1", "labels": "health", "color": "red"}
    assert form_patch(filled, BEFORE, WHEN) == TaskPatch(title="Orthodontist", priority=1, labels=("health",))
    assert form_patch(BEFORE | {"due": ""}, BEFORE, WHEN) == TaskPatch(due=None)


def test_one_bad_field_refuses_the_whole_form() -> None:
    with pytest.raises(BadInput):
        form_patch(BEFORE | {"title": "Orthodontist", "minutes": "blue"}, BEFORE, WHEN)


def test_a_later_patch_wins() -> None:
    due = Due(on=FRIDAY, at=time(9))

    both = merged(TaskPatch(priority=1, due=None), TaskPatch(due=due, add_labels=("a",)))

    assert both == TaskPatch(priority=1, due=due, add_labels=("a",))


@pytest.mark.parametrize(
    ("patch", "moves"),
    [
        (TaskPatch(due=None), True),
        (TaskPatch(delay=Delay(days=1)), True),
        (TaskPatch(due=Due(on=FRIDAY), repeats="FREQ=DAILY"), True),
        (TaskPatch(due=None, priority=1), False),
        (TaskPatch(add_labels=("a",)), False),
        (TaskPatch(title="x"), False),
        (TaskPatch(add_notes="Ask for the key"), False),
    ],
)
def test_a_move_changes_nothing_but_the_date(patch: TaskPatch, moves: bool) -> None:
    assert only_moves(patch) is moves
