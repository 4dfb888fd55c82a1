"""The figures of the last evaluation in words: shadows, what was served, prompts side by side.

Tests: tests/bot/web/operator/test_pages.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from bot.screens import texts_operator as words
from bot.web.operator import numbers
from bot.web.operator.plots import Forest, forest
from core.bandit.evaluation.evaluate import MEAN_WEIGHT_RANGE
from core.records import EvaluatedGroup, EvaluatedShadow, EvaluationSummary

DRAWN = "drawn prompt"
WRITTEN = "prompt version"
MORE_THAN = " more than "


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowRow:
    """A shadow compared with what was served."""

    policy: str
    decisions: str
    effective: str
    more: str
    """Why there is none yet, without an interval."""
    interval: str
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """What decisions with something in common earned."""

    name: str
    decisions: str
    reward: str
    interval: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRows:
    """The evaluation in words."""

    made: str = ""
    """When it was computed, from how much; empty without an evaluation."""
    shadows: tuple[ShadowRow, ...] = ()
    plot: Forest | None = None
    """Intervals of the shadows that have one, in their order."""
    served: tuple[GroupRow, ...] = ()
    drawn: tuple[GroupRow, ...] = ()
    """Prompts that were drawn at random, and their differences."""
    written: tuple[GroupRow, ...] = ()
    """Tips by the prompt that wrote them."""


def evaluation_rows(summary: EvaluationSummary | None) -> EvaluationRows:
    """In the active language."""
    if summary is None:
        return EvaluationRows()
    decisions = words.DECISIONS.of(summary.decisions)
    bounds = [
        (one.low, one.more, one.high)
        for one in summary.shadows
        if one.low is not None and one.more is not None and one.high is not None
    ]
    return EvaluationRows(
        made=words.EVALUATED.format(time=numbers.moment(summary.made_at), decisions=decisions),
        shadows=tuple(map(_shadow, summary.shadows)),
        plot=forest(bounds) if bounds else None,
        served=tuple(_group(one, kind=True) for one in summary.groups if one.of in words.GROUPS),
        drawn=_of(DRAWN, summary.groups),
        written=_of(WRITTEN, summary.groups),
    )


def _shadow(shadow: EvaluatedShadow) -> ShadowRow:
    more = _too_few(shadow.wait_days) if shadow.more is None else numbers.reward(shadow.more)
    is_sound = shadow.more is None or shadow.mean_weight in MEAN_WEIGHT_RANGE
    warning = "" if is_sound else words.WRONG_WEIGHTS.format(weight=numbers.weight(shadow.mean_weight))
    return ShadowRow(
        policy=shadow.policy_id,
        decisions=numbers.whole(shadow.decisions),
        effective=numbers.whole(int(shadow.effective)),
        more=more,
        interval=numbers.interval(shadow.low, shadow.high),
        warning=warning,
    )


def _too_few(wait_days: float | None) -> str:
    return words.TOO_FEW if wait_days is None else words.TOO_FEW_WAIT.of(max(1, ceil(wait_days)))


def _of(of: str, groups: Iterable[EvaluatedGroup]) -> tuple[GroupRow, ...]:
    return tuple(_group(one) for one in groups if one.of == of)


def _group(group: EvaluatedGroup, *, kind: bool = False) -> GroupRow:
    new, more, old = group.name.partition(MORE_THAN)
    name = words.MORE_THAN.format(new=new, old=old) if more and group.of == DRAWN else group.name
    return GroupRow(
        name=f"{words.GROUPS[group.of]}: {name}" if kind else name,
        decisions=numbers.whole(group.decisions),
        reward=words.TOO_FEW if group.value is None else numbers.reward(group.value),
        interval=numbers.interval(group.low, group.high),
    )
