"""Features as a test reads them: by name, and to the grid's precision."""

from __future__ import annotations

from core.bandit.grid import STEPS_PER_UNIT
from core.policies.features import FEATURES, features
from core.records import Context, TipCandidate

WORDING = ("wording_1", "wording_2", "wording_3")


def named(moment: Context, candidate: TipCandidate) -> dict[str, float]:
    """The features that are not 0, by name; without the wording, whose numbers are a hash's."""
    return {name: value for name, value in whole(moment, candidate).items() if value and name not in WORDING}


def whole(moment: Context, candidate: TipCandidate) -> dict[str, float]:
    """All features by name."""
    (row,) = features(moment, [candidate])
    return {feature.name: value for feature, value in zip(FEATURES, row, strict=True)}


def near(value: float) -> float:
    """The figure to the grid's precision."""
    return round(value * STEPS_PER_UNIT) / STEPS_PER_UNIT


def counts(**by_hour: int) -> tuple[int, ...]:
    """Counts by hour, given as h9=3."""
    return tuple(by_hour.get(f"h{hour}", 0) for hour in range(24))
