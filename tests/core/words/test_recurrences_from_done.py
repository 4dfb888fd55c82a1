"""Recurrences that count from the completion."""

from __future__ import annotations

import pytest

from core.words.recurrence_from_done import without_from_done

FROM_DONE = {
    "every 3 days after completion": "every 3 days",
    "water plants every 3 days after completion": "water plants every 3 days",
    "every 3 days after I did it": "every 3 days",
    "water plants 3 days after I did it": "water plants every 3 days",
    "every week after it is done": "every week",
    "every 2 weeks from completion": "every 2 weeks",
    "alle 3 Tage nach Erledigung": "alle 3 Tage",
    "Blumen gießen 3 Tage nach Erledigung": "Blumen gießen alle 3 Tage",
    "alle 2 Wochen nachdem ich es gemacht habe": "alle 2 Wochen",
    "tous les 3 jours après l'avoir fait": "tous les 3 jours",
    "arroser 3 jours après l’avoir fait": "arroser tous les 3 jours",
}


@pytest.mark.parametrize("typed", FROM_DONE)
def test_the_words_for_the_completion_are_taken_off(typed: str) -> None:
    found = without_from_done(typed)
    assert found.from_done
    assert found.text == FROM_DONE[typed]


@pytest.mark.parametrize(
    "typed",
    ["every 3 days", "call Ann after lunch", "sleep after work", "nach Hause", "après le travail", "after"],
)
def test_other_words_stay(typed: str) -> None:
    found = without_from_done(typed)
    assert (found.text, found.from_done) == (typed, False)
