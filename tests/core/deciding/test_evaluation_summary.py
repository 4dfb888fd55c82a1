"""The figures of an evaluation in short: read from the report, stored, and read again."""

from __future__ import annotations

import math
from typing import Any

import pytest

from core.deciding.evaluation_summary import (
    EVALUATION_NOTE,
    MAX_ROWS,
    store_summary,
    stored_summary,
    summarise,
)
from core.records import EvaluatedGroup, EvaluatedShadow
from core.store import Store
from tests.contracts.store.records import NOW


def figure(value: float, low: float, high: float) -> dict[str, Any]:
    ends = {"low": low, "high": high}
    return {"value": value, "interval": {"low": value, "high": value}, "sequence": ends}


def weights(decisions: int, effective: float) -> dict[str, Any]:
    return {"decisions": decisions, "effective": effective, "mean": 0.98, "largest": 3.0, "clipped": 0.0}


REPORT: dict[str, Any] = {
    "decisions": 450,
    "waiting": 2,
    "unsound": 0,
    "first": "2027-05-01T08:00:00+00:00",
    "last": "2027-06-10T08:00:00+00:00",
    "compared": [
        {
            "policy_id": "epsilon-greedy:epsilon=0.1",
            "wait_days": 0.0,
            "evaluation": {
                "weights": weights(320, 250.4),
                "estimates": [
                    {"name": "IPS", "lift": figure(9.0, 8.0, 10.0)},
                    {"name": "SNDR", "lift": figure(0.02, -0.01, 0.05)},
                ],
            },
        },
        {
            "policy_id": "softmax",
            "wait_days": 2.4,
            "evaluation": {"weights": weights(12, 9.1), "estimates": []},
        },
    ],
    "groups": [
        {
            "of": "served policy",
            "name": "thompson",
            "average": {"decisions": 450, "figure": figure(0.3, 0.2, 0.4)},
        },
        {"of": "prompt version", "name": "tip-v1", "average": {"decisions": 3, "figure": None}},
        {
            "of": "drawn prompt",
            "name": "tip-v2 more than tip-v1",
            "average": {"decisions": 400, "figure": figure(0.01, -0.02, 0.04)},
        },
    ],
}
"""As `oo evaluate --json` prints it, with what is used of it."""


def test_a_report_is_summed_up_by_the_preferred_estimator() -> None:
    found = summarise(REPORT, NOW)
    assert (found.decisions, found.made_at) == (450, NOW)
    better, few = found.shadows
    assert better == EvaluatedShadow(
        policy_id="epsilon-greedy:epsilon=0.1",
        decisions=320,
        effective=250.4,
        mean_weight=0.98,
        more=0.02,
        low=-0.01,
        high=0.05,
        wait_days=0.0,
    )
    assert (few.more, few.low, few.wait_days) == (None, None, 2.4)
    assert found.groups[1] == EvaluatedGroup(of="prompt version", name="tip-v1", decisions=3)
    assert (found.groups[2].value, found.groups[2].high) == (0.01, 0.04)


async def test_a_summary_comes_back_as_stored(either: Store) -> None:
    summary = summarise(REPORT, NOW)
    async with either.begin() as unit:
        assert await stored_summary(unit) is None
        await store_summary(unit, summary)
        assert await stored_summary(unit) == summary


def test_figures_that_are_no_numbers_are_none() -> None:
    report = {**REPORT, "groups": [{**REPORT["groups"][0]}]}
    for wrong in (math.nan, math.inf, "0.3", None):
        report["groups"][0]["average"] = {"decisions": 1, "figure": figure(wrong, wrong, wrong)}  # type: ignore[arg-type]
        (group,) = summarise(report, NOW).groups
        assert (group.value, group.low, group.high) == (None, None, None)


def test_hostile_names_are_cleaned_and_rows_limited() -> None:
    row = {**REPORT["groups"][0], "name": "\x1b[31m" + "x" * 500}
    found = summarise({**REPORT, "groups": [row] * (MAX_ROWS + 5)}, NOW)
    assert len(found.groups) == MAX_ROWS
    assert all(len(one.name) <= 80 and "\x1b" not in one.name for one in found.groups)


@pytest.mark.parametrize(
    "report", [{}, [], None, "text", {**REPORT, "compared": [{}]}, {**REPORT, "groups": 5}]
)
def test_what_is_no_report_is_refused(report: Any) -> None:
    with pytest.raises(ValueError, match="no report"):
        summarise(report, NOW)


async def test_a_summary_of_another_version_is_none(either: Store) -> None:
    for text in ("nonsense", "[]", "null", "{}", '{"made_at": 5}'):
        async with either.begin() as unit:
            await unit.notes.put(None, EVALUATION_NOTE, text)
            assert await stored_summary(unit) is None
