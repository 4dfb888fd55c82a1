"""Decisions for tests, and their parts without a check for None at each place."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from core.records import Context, Decision, Draw, Redelivery, Refusal, ScoredCandidate, Trigger

NOWHERE = Context(now=datetime(2027, 6, 14, 7, tzinfo=UTC), zone="UTC", trigger=Trigger.SCHEDULED)

OF_DRAW = {field.name for field in fields(Draw)}


def draw(action: str, *candidates: ScoredCandidate, **fields: Any) -> Draw:
    """A draw from ``candidates``; what is not given is empty."""
    given = {
        "context": NOWHERE,
        "propensity": 1.0,
        "floor": 0.0,
        "seed": 0,
        "policy_id": "",
        "model_version": "",
        "feature_version": "",
        **fields,
    }
    return Draw(action=action, candidates=candidates, **given)


def draw_of(decision: Decision) -> Draw:
    """What was drawn; fails if nothing was."""
    assert decision.draw is not None
    return decision.draw


def refusal_of(decision: Decision) -> Refusal:
    """Why nothing was drawn; fails if something was."""
    assert decision.refusal is not None
    return decision.refusal


def altered(decision: Decision, **changes: Any) -> Decision:
    """The decision with other fields, its own or those of its draw, by name."""
    of_draw = {name: changes.pop(name) for name in changes.keys() & OF_DRAW}
    result = decision.result
    if of_draw:
        draw = replace(draw_of(decision), **of_draw)
        result = replace(result, draw=draw) if isinstance(result, Redelivery) else draw
    return replace(decision, **{"result": result, **changes})
