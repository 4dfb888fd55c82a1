"""Guesses of outcomes use only outcomes that were known when the decision was drawn."""

from __future__ import annotations

import numpy as np
import pytest

from core.bandit.evaluation.guess import count_known_before, guesses


def test_what_is_settled_at_the_moment_of_the_draw_counts() -> None:
    decided_at = np.array([0.0, 1.0, 2.0, 3.0])
    assert count_known_before(decided_at, decided_at + 2).tolist() == [0, 0, 1, 2]
    assert count_known_before(np.zeros(0), np.zeros(0)).tolist() == []


def test_what_is_settled_before_an_earlier_decision_is_waits_for_it() -> None:
    """As after a journey: the day of the first one ends last."""
    settled_at = np.array([8.0, 5.0, 9.0, 12.0])
    assert count_known_before(np.array([0.0, 1.0, 6.0, 9.0]), settled_at).tolist() == [0, 0, 0, 3]


def test_a_guess_is_the_mean_of_a_half_and_of_what_was_settled() -> None:
    made = guesses(np.array([1.0, 0.0, 1.0, 1.0]), np.array([0, 0, 1, 3]))
    assert made.tolist() == pytest.approx([0.5, 0.5, 1.5 / 2, 2.5 / 4])


def test_later_outcomes_change_no_guess() -> None:
    known_before = np.array([0, 0, 1, 2])
    one, other = (guesses(np.array([1.0, 0.0, *rest]), known_before) for rest in ((0.0, 1.0), (1.0, 0.0)))
    assert one.tolist() == other.tolist()
