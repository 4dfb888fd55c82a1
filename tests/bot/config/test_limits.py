"""The limits that an operator sets: budgets and retention."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from bot.config import Config
from core.dependencies import BudgetRules, Price
from core.records import MICROS, Spending


def rules_of(**section: object):  # type: ignore[no-untyped-def]
    return Config.model_validate({"budget": section}).rules().budget


def test_without_a_configuration_nothing_is_limited() -> None:
    assert Config().rules().budget == BudgetRules()


def test_limits_and_prices_reach_the_core() -> None:
    budget = rules_of(
        calls=100,
        money=2.5,
        tokens_per_person=9000,
        input_prices={"tip-generator": 0.25},
        output_prices={"judge": 8},
    )
    assert budget != BudgetRules()
    assert budget.in_all == Spending(calls=100, micros=round(2.5 * MICROS))
    assert budget.per_person == Spending(tokens=9000)
    assert budget.prices == {"tip-generator": Price(input=0.25), "judge": Price(output=8.0)}


@pytest.mark.parametrize(
    "section",
    [
        {"money": 5},
        {"money_per_person": 0.1, "input_prices": {"tip-generator": 0}},
        {"calls": -1},
        {"calls": 1.5},
        {"tokens": True},
        {"money": "much"},
        {"input_prices": {"somebody": 1}},
        {"input_prices": {"tip-generator": -1}},
        {"budget": 1},
    ],
)
def test_what_makes_no_sense_is_refused(section: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        rules_of(**section)


def test_days_become_spans_and_events_may_stay() -> None:
    kept = Config.model_validate({"retention": {"buttons": 30, "events": 0}}).rules().retention
    assert (kept.buttons, kept.events) == (timedelta(days=30), timedelta())


@pytest.mark.parametrize("section", [{"buttons": 0}, {"updates": -1}, {"events": -1}, {"decisions": 3}])
def test_no_row_goes_before_a_day_is_over(section: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Config.model_validate({"retention": section})
