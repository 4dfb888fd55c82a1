"""Sentences filled with values: what is put in stays literal, and a sentence ends once."""

from __future__ import annotations

import pytest

from bot.screens import texts
from bot.screens.markup import say


def shown(sentence: str, **values: str) -> str:
    """The text of the first line."""
    return "".join(span.text for span in say(sentence, **values).lines[0].spans)


@pytest.mark.parametrize(
    ("title", "details", "said"),
    [
        ("fill out walkies.", "", "Added: fill out walkies."),
        ("Call Ann!", "", "Added: Call Ann!"),
        ("Milk?", "", "Added: Milk?"),
        ("Read chapters 1, 2, …", "", "Added: Read chapters 1, 2, …"),
        ("Wait...", "", "Added: Wait..."),
        ("fill out walkies.", ", tomorrow", "Added: fill out walkies., tomorrow."),
        ("Pay rent", "", "Added: Pay rent."),
        ("🧺", "", "Added: 🧺."),
    ],
)
def test_a_sentence_whose_last_value_ends_it_has_no_second_full_stop(
    title: str, details: str, said: str
) -> None:
    assert shown(texts.ADDED, title=title, details=details) == said


def test_a_full_stop_is_left_out_within_one_span_as_well() -> None:
    assert (
        shown("I won't write about {topics}. Fine.", topics="work etc.")
        == "I won't write about work etc. Fine."
    )
