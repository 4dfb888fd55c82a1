"""The evaluation in words: phrases shared by terminal and page, and the report for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.evaluate.report import EvaluationReport, ServedGroup, ShadowComparison
from core.bandit.evaluation.evaluate import (
    MEAN_WEIGHT_RANGE,
    MIN_EFFECTIVE_SAMPLE,
    Estimate,
    Evaluation,
    Figure,
    Weights,
)
from core.bandit.evaluation.intervals import Interval
from core.bandit.evaluation.logged import DEFAULT_CLIP
from core.text import clean

CARRY_OVER_NOTE = (
    "What a choice changes later is left out: who serves meets situations of their own making, as what is"
    " chosen well gets done. Living with a policy may earn less than these figures say."
)
EXPLANATIONS = (
    "Interval: 95 %, for looking once; approximate (studentised, corrected for skewness).",
    "Every day: 95 % however often one looks (an asymptotic confidence sequence).",
    "The six estimators answer one question; where they differ much, trust none. In doubt, read SNDR.",
    "DM and Switch-DR are as right as their reward model; clipped estimates are biased.",
    "Guaranteed: holds for any sample size, from the range of rewards and true probabilities.",
    "Looking once, it needs independent decisions; every day, rewards that no later tap changes.",
    "The two guarantees use different methods: either may be the tighter one.",
    "Decisions count as independent: this speaks of these people at such times, not of others.",
    CARRY_OVER_NOTE,
)
PREFERRED_ESTIMATOR = "SNDR"
"""SNDR has a low variance for few decisions and is consistent even if the reward model is wrong."""

ESTIMATES = (
    "estimator",
    "value",
    "interval",
    "every day",
    "clipped",
    "clipped, interval",
    "more than served",
    "more, interval",
    "more, every day",
)
GROUPS = ("group", "decisions", "mean reward", "interval", "every day")


def heading(report: EvaluationReport) -> str:
    """The number of decisions and their dates."""
    if report.first is None or report.last is None:
        return "No decision with a known outcome yet."
    said = f"{report.decisions:,} decisions from {report.first:%Y-%m-%d} to {report.last:%Y-%m-%d}."
    if report.waiting:
        said += f" {report.waiting:,} more still wait for a reaction."
    if report.invalid:
        said += f" {report.invalid:,} left out: their figures can't be true."
    return said


def weights(of: Weights) -> str:
    """The effective sample size and the importance weights for a policy."""
    said = (
        f"effective sample {of.effective:,.0f} of {of.decisions:,} decisions, weights: mean {of.mean:.3f},"
        f" largest {of.largest:.1f}, {of.clipped:.1%} above {DEFAULT_CLIP:g}"
    )
    if of.enough and not of.sound:
        plausible = f"{MEAN_WEIGHT_RANGE.low:g}–{MEAN_WEIGHT_RANGE.high:g}"
        said += f"; a mean outside {plausible} is an alarm: are the logged probabilities true?"
    return said


def too_few_decisions(effective: float, wait_days: float | None) -> str:
    """Why there is no result yet, and how long to wait."""
    needed = f"an effective sample of {effective:,.0f}, {MIN_EFFECTIVE_SAMPLE:.0f} are needed"
    return f"Too little to say anything: {needed}. {time_to_wait(wait_days)}"


def comparison_sentence(found: Evaluation) -> str:
    """Which policy looks better. The confidence sequence is approximate; ``oo promote`` gives the proof."""
    names = [one.name for one in found.estimates]
    lift = found.estimate(PREFERRED_ESTIMATOR if PREFERRED_ESTIMATOR in names else names[0]).lift
    if lift.sequence.low > 0:
        return (
            "In these situations it looks better than what was served. `oo promote` says if that is proved."
        )
    if lift.sequence.high < 0:
        return "In these situations it looks worse than what was served."
    return "Whether it would have earned more or less than what was served, the log does not say yet."


def guaranteed(once: Interval, always: Interval) -> str:
    """Both non-asymptotic intervals with their methods."""
    return (
        f"{interval(always)}, every day (confidence sequence);"
        f" {interval(once)}, looking once (empirical Bernstein)"
    )


def time_to_wait(days: float | None) -> str:
    """How long to wait for enough decisions."""
    if days is None:
        return "It does not grow; waiting will not help."
    return f"At the rate so far, wait about {days_in_words(days)} more."


def days_in_words(days: float) -> str:
    """``12 days``, rounded up."""
    whole = max(1, -int(-days // 1))
    return "1 day" if whole == 1 else f"{whole:,} days"


def number(value: float) -> str:
    """Four decimals with a sign; a minus sign instead of a hyphen, and no negative zero."""
    return f"{round(value, 4) + 0.0:+.4f}".replace("-", "−")


def interval(found: Interval) -> str:
    """``+0.1200 to +0.1400``."""
    return f"{number(found.low)} to {number(found.high)}"


def estimate_row(estimate: Estimate) -> tuple[str, ...]:
    """The cells of a row below ``ESTIMATES``."""
    return (
        estimate.name,
        *_figure(estimate.plain),
        number(estimate.clipped.value),
        interval(estimate.clipped.interval),
        number(estimate.lift.value),
        interval(estimate.lift.interval),
        interval(estimate.lift.sequence),
    )


def group_row(group: ServedGroup) -> tuple[str, ...]:
    """The cells of a row below ``GROUPS``; with too few decisions the third says so."""
    name, decisions = f"{group.of}: {name_of(group.name)}", f"{group.average.decisions:,}"
    if group.average.figure is None:
        return name, decisions, f"Too few to say anything. {time_to_wait(group.wait_days)}"
    return name, decisions, *_figure(group.average.figure)


def _figure(figure: Figure) -> tuple[str, str, str]:
    return number(figure.value), interval(figure.interval), interval(figure.sequence)


def name_of(name: str) -> str:
    """A name from the log made harmless, as it may hold anything."""
    return clean(name, 80)


# --- For a terminal ----------------------------------------------------------------------------------------


def format_report(report: EvaluationReport) -> str:
    """The report for a terminal."""
    return "\n".join(_lines(report))


def _lines(report: EvaluationReport) -> Iterator[str]:
    yield heading(report)
    for compared in report.compared:
        yield ""
        yield from _compared(compared)
    if report.groups:
        yield ""
        yield from table((GROUPS, *map(group_row, report.groups)))
    if report.decisions:
        yield ""
        yield from EXPLANATIONS


def _compared(compared: ShadowComparison) -> Iterator[str]:
    found = compared.evaluation
    yield f"{name_of(compared.policy_id)}: {weights(found.weights)}"
    if found.served is None or found.guaranteed is None:
        yield too_few_decisions(found.weights.effective, compared.wait_days)
        return
    yield comparison_sentence(found)
    yield from table((ESTIMATES, *map(estimate_row, found.estimates)))
    yield f"served: {number(found.served.value)}, {interval(found.served.interval)}"
    yield f"guaranteed: {guaranteed(found.guaranteed, found.looks[-1].interval)}"


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Aligned columns; the last cell of a row shorter than the first is not aligned."""
    whole = [row for row in rows if len(row) == len(rows[0])]
    cut = [row[: min(map(len, rows))] for row in rows]
    narrow = range(len(cut[0]) - (1 if len(whole) < len(rows) else 0))
    widths = {place: max(len(row[place]) for row in rows) for place in narrow}
    for place in range(len(rows[0])):
        widths.setdefault(place, max(len(row[place]) for row in whole))
    for row in rows:
        yield "  " + "  ".join(cell.ljust(widths[place]) for place, cell in enumerate(row)).rstrip()
