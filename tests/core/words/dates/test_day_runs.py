from __future__ import annotations

import pytest

from core.words.dates.sentence import sentence_of, tokens_of


def _normal(typed: str) -> str:
    return sentence_of(tokens_of(typed)).english


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("jeden mo mi und fr um 7", "every monday wednesday and friday at 7"),
        ("mo mi fr 7 uhr", "every monday wednesday friday 7 uhr"),
        ("di do 18:00", "every tuesday thursday 18:00"),
        ("lun mar jeu 18h", "every monday tuesday thursday 18 hours"),
        ("Mo Mi Fr", "monday wednesday friday"),
        ("mon wed and fri gym at 7", "every monday wednesday and friday gym at 7"),
        ("tue thu yoga 7am", "every tuesday thursday yoga 7am"),
        ("lun mer ven sport à 7h", "every monday wednesday friday sport at 7 hours"),
    ],
)
def test_weekdays_in_a_row_are_weekdays(typed: str, normal: str) -> None:
    assert _normal(typed) == normal


@pytest.mark.parametrize(
    "typed",
    [
        "so do it at 7",
        "mi casa",
        "fri sat sun 9am",
        "next mon wed fri 7am",
        "mon, wed, fri 7am",
        "call Sam Fri at 7",
        "call Mo Fri 7pm",
        "mon wed fri gym",
    ],
)
def test_what_may_be_something_else_does_not_repeat(typed: str) -> None:
    assert "every" not in _normal(typed)
