from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.words.matching import best_match, matches
from tests.core.words.hostile import BOMBS, HUGE_TEXT_SECONDS, hostile_text

TITLES = (
    "Pay rent",
    "Send rent receipt to landlord",
    "Water the plants",
    "Call the dentist",
    "Call Anna",
    "Quarterly report",
    "Café für Léa buchen",
)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Pay rent", "Pay rent"),
        ("pay RENT!", "Pay rent"),
        ("the rent", "Pay rent"),
        ("plants", "Water the plants"),
        ("watering the plants", None),
        ("dentist", "Call the dentist"),
        ("dentist call", "Call the dentist"),
        ("quartely report", "Quarterly report"),
        ("quarter", None),
        ("reports", "Quarterly report"),
        ("plant", "Water the plants"),
        ("receipt", "Send rent receipt to landlord"),
        ("cafe lea", "Café für Léa buchen"),
        ("call", None),
        ("the", None),
        ("groceries", None),
        ("", None),
    ],
)
def test_a_few_words_name_a_task_or_none(words: str, title: str | None) -> None:
    index = best_match(words, TITLES)
    assert (TITLES[index] if index is not None else None) == title


def test_two_tasks_of_the_same_name_are_ambiguous() -> None:
    assert best_match("buy milk", ["Buy milk", "buy milk"]) is None
    assert best_match("anything", []) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rent", ["Pay rent", "Send rent receipt to landlord"]),
        ("call", ["Call Anna", "Call the dentist"]),
        ("Pay rent", ["Pay rent"]),
        ("le café", ["Café für Léa buchen"]),
        ("groceries", []),
        ("", []),
    ],
)
def test_all_that_may_be_meant_are_named(words: str, found: list[str]) -> None:
    assert sorted(TITLES[index] for index in matches(words, TITLES)) == found


def test_one_task_is_found_among_five_hundred() -> None:
    verbs, things = ("Buy", "Call", "Fix", "Read", "Send"), ("lamp", "aunt", "bike", "book", "letter")
    titles = [f"{verb} {thing} number {number}" for verb in verbs for thing in things for number in range(20)]
    titles.insert(250, "Pay the rent")
    assert len(titles) == 501
    assert best_match("rent", titles) == 250
    assert titles[best_match("bike number 7 fix", titles) or 0] == "Fix bike number 7"
    assert best_match("bike", titles) is None
    assert len(matches("fix bike", titles)) == 20


@given(hostile_text, st.lists(hostile_text, max_size=5))
def test_any_words_name_a_task_or_none(words: str, titles: list[str]) -> None:
    index = best_match(words, titles)
    assert index is None or 0 <= index < len(titles)


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_huge_text_is_answered_at_once(bomb: str) -> None:
    titles = [
        f"{word}ing the {word}er number {number}" for number in range(100) for word in ("pay", "call", "sat")
    ]
    begun = time.thread_time()
    best_match(bomb, titles)
    assert time.thread_time() - begun < HUGE_TEXT_SECONDS
