"""The report of a simulation as tables."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.simulate.judge import JudgeSummary
from bot.simulate.report import MeanRewards, SimulationReport, TipGroup


def print_report(report: SimulationReport) -> None:
    """Tables on stdout."""
    console = Console(soft_wrap=True)
    kinds, rewards = _groups("By kind", report.kinds), _groups("By reward", report.rewards)
    weeks = [_weeks(report), _knowledge(report)] if report.weeks else []
    for table in (_summary(report), *weeks, kinds, rewards, _weights(report)):
        console.print(table)


def _summary(report: SimulationReport) -> Table:
    table = Table("", "", title=f"{report.people} people, {report.days} days", show_header=False)
    importance = report.importance
    table.add_row("drawn by", ", ".join(f"{name} ({count})" for name, count in report.policies.items()))
    if report.reward:
        _add_reward(table, report.reward)
    if report.judged:
        _add_judged(table, report.judged)
    table.add_row(
        "messages", f"{report.messages}, {report.messages_per_person_and_day:.2f} per person and day"
    )
    table.add_row("silent", ", ".join(f"{name} {count}" for name, count in report.silences.items()))
    table.add_row(
        "importance weight",
        f"mean {importance.mean:.4f}, largest {importance.largest:.1f}, effective sample"
        f" {importance.effective:.0f} of {importance.decisions}",
    )
    return table


def _add_reward(table: Table, reward: MeanRewards) -> None:
    table.add_row(
        "reward, of an oracle", f"{reward.percent:.1f} % (an even choice {reward.percent_uniform:.1f} %)"
    )
    table.add_row("reward per decision", f"{reward.served:.4f} of {reward.oracle:.4f}")


def _add_judged(table: Table, judged: JudgeSummary) -> None:
    rulings = ", ".join(f"{name} {count}" for name, count in judged.rulings.items())
    table.add_row("played by", f"{escape(judged.model)}, {judged.prompt}, asked {judged.calls} times")
    table.add_row("its rulings", rulings or "none")
    for why, count in judged.stood_in.items():
        table.add_row("people stood in", f"{count}: {escape(why)}")
    table.add_row("reward, of an oracle", "unknown: what a judge would say to another tip, nobody knows")
    table.add_row("the same seed", "does not make the same report: the judge answers as it likes")


def _weeks(report: SimulationReport) -> Table:
    table = Table("week", "decisions", "reward", "of the oracle", "even choice", title="Week by week")
    for number, week in enumerate(report.weeks, start=1):
        shares = (f"{week.percent:.1f} %", f"{week.percent_uniform:.1f} %")
        table.add_row(str(number), str(week.decisions), f"{week.served:.4f}", *shares)
    return table


def _knowledge(report: SimulationReport) -> Table:
    """The knowledge of each week on the same situations."""
    table = Table(
        "who knows", "reward", "of the oracle", title="All situations again, with what was known when"
    )
    for step in report.knowledge:
        table.add_row(step.knows, f"{step.earns:.4f}", f"{step.percent:.1f} %")
    return table


def _groups(title: str, groups: Sequence[TipGroup]) -> Table:
    table = Table("", "tips", "mean reward", title=title)
    for group in groups:
        table.add_row(group.name, str(group.tips), f"{group.mean_reward:+.4f}")
    return table


def _weights(report: SimulationReport) -> Table:
    table = Table("feature", "weight", "learned", title="Largest weights")
    for one in report.learned:
        table.add_row(one.feature, f"{one.weight:+.3f}", f"{one.change:+.3f}")
    return table
