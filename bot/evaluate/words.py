"""The evaluation in words: what the printed table and the page have in common, and the table itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.evaluate.report import Compared, Group, Report
from core.bandit.evaluation.evaluate import ENOUGH, SOUND, Estimate, Evaluation, Figure, Weights
from core.bandit.evaluation.intervals import Interval
from core.bandit.evaluation.logged import CLIP
from core.text import clean

CARRIED_OVER = (
    "What a choice changes later is left out: who serves meets situations of their own making, as what is"
    " chosen well gets done. Living with a policy may earn less than these figures say."
)
EXPLAINED = (
    "Interval: 95 %, for looking once; approximate (studentised, corrected for skewness).",
    "Every day: 95 % however often one looks (an asymptotic confidence sequence).",
    "The six estimators answer one question; where they differ much, trust none. In doubt, read SNDR.",
    "DM and Switch-DR are as right as their reward model; clipped estimates are biased.",
    "Guaranteed: holds for any sample size, from the range of rewards and true probabilities.",
    "Looking once, it needs independent decisions; every day, rewards that no later tap changes.",
    "The two guarantees use different methods: either may be the tighter one.",
    "Decisions count as independent: this speaks of these people at such times, not of others.",
    CARRIED_OVER,
)
READ_FIRST = "SNDR"
"""Steady where decisions are few, and right in the long run whatever the reward model is worth."""

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


def heading(report: Report) -> str:
    """How much was read."""
    if report.first is None or report.last is None:
        return "No decision with a known outcome yet."
    said = f"{report.decisions:,} decisions from {report.first:%Y-%m-%d} to {report.last:%Y-%m-%d}."
    if report.waiting:
        said += f" {report.waiting:,} more still wait for a reaction."
    if report.invalid:
        said += f" {report.invalid:,} left out: their figures can't be true."
    return said


def weights(of: Weights) -> str:
    """How much the log is worth for this policy."""
    said = (
        f"effective sample {of.effective:,.0f} of {of.decisions:,} decisions, weights: mean {of.mean:.3f},"
        f" largest {of.largest:.1f}, {of.clipped:.1%} above {CLIP:g}"
    )
    if of.enough and not of.sound:
        plausible = f"{SOUND.low:g}–{SOUND.high:g}"
        said += f"; a mean outside {plausible} is an alarm: are the logged probabilities true?"
    return said


def refusal(effective: float, wait_days: float | None) -> str:
    """Why nothing is said, and how long to wait."""
    needed = f"an effective sample of {effective:,.0f}, {ENOUGH:.0f} are needed"
    return f"Too little to say anything: {needed}. {waiting(wait_days)}"


def verdict(found: Evaluation) -> str:
    """Which of the two is better, in a sentence. Its sequence is approximate: proof is for ``oo promote``."""
    names = [one.name for one in found.estimates]
    lift = found.estimate(READ_FIRST if READ_FIRST in names else names[0]).lift
    if lift.sequence.low > 0:
        return (
            "In these situations it looks better than what was served. `oo promote` says if that is proved."
        )
    if lift.sequence.high < 0:
        return "In these situations it looks worse than what was served."
    return "Whether it would have earned more or less than what was served, the log does not say yet."


def guaranteed(once: Interval, always: Interval) -> str:
    """Both intervals that hold for any sample size, with their methods."""
    return (
        f"{interval(always)}, every day (confidence sequence);"
        f" {interval(once)}, looking once (empirical Bernstein)"
    )


def waiting(days: float | None) -> str:
    """How long until something can be said."""
    if days is None:
        return "It does not grow; waiting will not help."
    return f"At the rate so far, wait about {span(days)} more."


def span(days: float) -> str:
    """Rounded up: ``12 days``."""
    whole = max(1, -int(-days // 1))
    return "1 day" if whole == 1 else f"{whole:,} days"


def number(value: float) -> str:
    """With a real minus sign, and none before a zero."""
    return f"{round(value, 4) + 0.0:+.4f}".replace("-", "−")


def interval(found: Interval) -> str:
    """``+0.1200 to +0.1400``."""
    return f"{number(found.low)} to {number(found.high)}"


def estimate_row(estimate: Estimate) -> tuple[str, ...]:
    """The cells of an estimate, as in ``ESTIMATES``."""
    return (
        estimate.name,
        *_figure(estimate.plain),
        number(estimate.clipped.value),
        interval(estimate.clipped.interval),
        number(estimate.lift.value),
        interval(estimate.lift.interval),
        interval(estimate.lift.sequence),
    )


def group_row(group: Group) -> tuple[str, ...]:
    """The cells of a group, as in ``GROUPS``; a refusal in the third."""
    name, decisions = f"{group.of}: {name_of(group.name)}", f"{group.average.decisions:,}"
    if group.average.figure is None:
        return name, decisions, f"Too few to say anything. {waiting(group.wait_days)}"
    return name, decisions, *_figure(group.average.figure)


def _figure(figure: Figure) -> tuple[str, str, str]:
    return number(figure.value), interval(figure.interval), interval(figure.sequence)


def name_of(name: str) -> str:
    """A name from the log, which may hold anything."""
    return clean(name, 80)


# --- The printed table -------------------------------------------------------------------------------------


def printed(report: Report) -> str:
    """All of it, for a terminal."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield heading(report)
    for compared in report.compared:
        yield ""
        yield from _compared(compared)
    if report.groups:
        yield ""
        yield from table((GROUPS, *map(group_row, report.groups)))
    if report.decisions:
        yield ""
        yield from EXPLAINED


def _compared(compared: Compared) -> Iterator[str]:
    found = compared.evaluation
    yield f"{name_of(compared.policy_id)}: {weights(found.weights)}"
    if found.served is None or found.guaranteed is None:
        yield refusal(found.weights.effective, compared.wait_days)
        return
    yield verdict(found)
    yield from table((ESTIMATES, *map(estimate_row, found.estimates)))
    yield f"served: {number(found.served.value)}, {interval(found.served.interval)}"
    yield f"guaranteed: {guaranteed(found.guaranteed, found.looks[-1].interval)}"


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as their widest cell; a row that is shorter than the first ends in a sentence."""
    whole = [row for row in rows if len(row) == len(rows[0])]
    cut = [row[: min(map(len, rows))] for row in rows]
    narrow = range(len(cut[0]) - (1 if len(whole) < len(rows) else 0))
    widths = {place: max(len(row[place]) for row in rows) for place in narrow}
    for place in range(len(rows[0])):
        widths.setdefault(place, max(len(row[place]) for row in whole))
    for row in rows:
        yield "  " + "  ".join(cell.ljust(widths[place]) for place, cell in enumerate(row)).rstrip()
