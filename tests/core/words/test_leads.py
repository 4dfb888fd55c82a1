"""How long before a task's time its reminder comes."""

from __future__ import annotations

import pytest

from core.words.intents import RemindBefore
from core.words.leads import MAX_LEAD, Lead, parse_lead, parse_lead_of_task


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("15 minutes before", 15),
        ("30", 30),
        ("an hour before each task", 60),
        ("eine Stunde vorher", 60),
        ("2 days before", 2 * 24 * 60),
        ("a week before", MAX_LEAD),
        ("at the time.", 0),
        ("0", 0),
        ("9999", 9999),
    ],
)
def test_a_lead_is_an_amount_of_minutes(text: str, minutes: int) -> None:
    assert parse_lead(text) == Lead(minutes=minutes)


@pytest.mark.parametrize("text", ["off", "none", "aus", "jamais", "Off."])
def test_a_lead_can_be_turned_off(text: str) -> None:
    assert parse_lead(text) == Lead(minutes=None)


@pytest.mark.parametrize(
    "text", ["", "banana", "two months before", "8 days", "10081", "12345", "before", "x" * 500]
)
def test_anything_else_and_more_than_a_week_is_no_lead(text: str) -> None:
    assert parse_lead(text) is None


@pytest.mark.parametrize(
    ("text", "minutes", "title"),
    [
        ("half an hour before the dentist", 30, "the dentist"),
        ("me 10 minutes before lunch.", 10, "lunch"),
    ],
)
def test_a_lead_of_one_task_names_it(text: str, minutes: int, title: str) -> None:
    assert parse_lead_of_task(text) == RemindBefore(minutes=minutes, title=title)


@pytest.mark.parametrize("text", ["half an hour", "banana before the dentist", "off before the dentist", ""])
def test_without_an_amount_or_a_task_nothing_is_meant(text: str) -> None:
    assert parse_lead_of_task(text) is None
