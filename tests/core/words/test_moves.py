"""What is said behind a title: a date, nothing, or something else."""

from __future__ import annotations

import pytest

from core.words.moves import date_in


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("to friday", "friday"),
        (" to next friday ", "next friday"),
        ("auf morgen", "morgen"),
        ("31.2.", "31.2."),
        ("somewhere on friday", "somewhere on friday"),
        ("", ""),
        ("to the moon", None),
    ],
)
def test_words_behind_a_title_are_a_date_nothing_or_something_else(words: str, date: str | None) -> None:
    assert date_in(words) == date
