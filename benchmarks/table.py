"""The table of ``make bench``, and percentiles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure."""

    what: str
    value: float
    """In ``unit``."""
    goal: float | None
    """The largest acceptable value, in ``unit``; None: there is no goal."""
    unit: str

    @property
    def is_met(self) -> str:
        if self.goal is None:
            return ""
        return "yes" if self.value <= self.goal else "NO"


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: the smallest value that at least ``share`` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def spread(what: str, values: Sequence[float], *, p50: float, p99: float, unit: str = "ms") -> list[Row]:
    """Two rows: median and 99th percentile of ``values``, with their goals."""
    return [
        Row(what=f"{what}, p50", value=percentile(values, 0.5), goal=p50, unit=unit),
        Row(what=f"{what}, p99", value=percentile(values, 0.99), goal=p99, unit=unit),
    ]


def show(rows: Sequence[Row]) -> None:
    """Print the table."""
    table = Table(title="oO")
    for name in ("figure", "measured", "goal", "met"):
        table.add_column(name, justify="left" if name in ("figure", "met") else "right")
    for row in rows:
        goal = "" if row.goal is None else f"≤ {row.goal:g} {row.unit}"
        table.add_row(row.what, f"{row.value:.1f} {row.unit}", goal, row.is_met)
    Console(width=100).print(table)
