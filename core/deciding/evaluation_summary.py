"""The figures of the last evaluation of the log, in short, so that the operator's page need not compute them.

A job runs `oo evaluate` in a process of its own and stores its figures here (``jobs/evaluation.py``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from core.records import EvaluatedGroup, EvaluatedShadow, EvaluationSummary
from core.store import Unit
from core.text import clean

EVALUATION_NOTE = "evaluation"
"""Key of the note of oO that holds the summary, as JSON."""

PREFERRED_ESTIMATOR = "SNDR"
"""As `oo evaluate` prefers it; the first one if it is missing."""

MAX_ROWS = 40
"""Groups and shadows in a summary: enough for every policy and prompt that anybody compares."""

_MAX_NAME = 80
_Document = Mapping[str, Any]


def summarise(report: _Document, made_at: datetime) -> EvaluationSummary:
    """The summary of what `oo evaluate --json` printed. Raises ``ValueError`` if it is no such report."""
    try:
        return EvaluationSummary(
            made_at=made_at,
            decisions=int(report["decisions"]),
            first=_moment(report["first"]),
            last=_moment(report["last"]),
            shadows=tuple(map(_shadow, report["compared"][:MAX_ROWS])),
            groups=tuple(map(_group, report["groups"][:MAX_ROWS])),
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"no report of oo evaluate: {type(fault).__name__}") from fault


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _shadow(compared: _Document) -> EvaluatedShadow:
    evaluation = compared["evaluation"]
    weights, estimates = evaluation["weights"], {one["name"]: one for one in evaluation["estimates"]}
    best = estimates.get(PREFERRED_ESTIMATOR) or next(iter(estimates.values()), None)
    lift = best["lift"] if best else {}
    return EvaluatedShadow(
        policy_id=clean(str(compared["policy_id"]), _MAX_NAME),
        decisions=int(weights["decisions"]),
        effective=float(weights["effective"]),
        mean_weight=float(weights["mean"]),
        **_figure(lift, "more"),
        wait_days=_finite(compared["wait_days"]),
    )


def _group(group: _Document) -> EvaluatedGroup:
    average = group["average"]
    return EvaluatedGroup(
        of=clean(str(group["of"]), _MAX_NAME),
        name=clean(str(group["name"]), _MAX_NAME),
        decisions=int(average["decisions"]),
        **_figure(average["figure"] or {}, "value"),
    )


def _figure(figure: _Document, name: str) -> dict[str, float | None]:
    sequence = figure.get("sequence") or {}
    ends = {end: _finite(sequence.get(end)) for end in ("low", "high")}
    return {name: _finite(figure.get("value")), **ends}


def _finite(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


async def store_summary(unit: Unit, summary: EvaluationSummary) -> None:
    """Replace the stored one."""
    await unit.notes.put(None, EVALUATION_NOTE, json.dumps(asdict(summary), default=datetime.isoformat))


async def stored_summary(unit: Unit) -> EvaluationSummary | None:
    """The stored one; None if there is none, or one of another version of oO."""
    text = await unit.notes.get(None, EVALUATION_NOTE)
    if text is None:
        return None
    try:
        stored = json.loads(text)
        return EvaluationSummary(
            **{
                **stored,
                "made_at": datetime.fromisoformat(stored["made_at"]),
                "first": _moment(stored["first"]),
                "last": _moment(stored["last"]),
                "shadows": tuple(EvaluatedShadow(**one) for one in stored["shadows"]),
                "groups": tuple(EvaluatedGroup(**one) for one in stored["groups"]),
            }
        )
    except (ValueError, KeyError, TypeError):
        return None
