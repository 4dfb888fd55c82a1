"""Plots as shapes for a template: no script draws them, and each has a table with the same figures.

Tests: tests/bot/web/me/test_plots.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 150
LEFT, TOP, BOTTOM = 4, 16, 22
GAP = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one bar shows."""

    name: str
    value: int
    """Done."""
    of: int | None = None
    """Out of so many; None: a number by itself."""
    words: str = ""
    """The figure as the table has it."""

    @property
    def height(self) -> float:
        """What the length of the bar stands for."""
        return float(self.value) if self.of is None else self.value / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar in the coordinates of the plot."""

    figure: Figure
    x: float
    y: float
    width: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Bars, and what they are about."""

    name: str
    """For addresses within the page."""
    title: str
    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM


def bars(name: str, title: str, figures: Sequence[Figure]) -> Plot:
    """A plot of upright bars. Shares fill the height at 100 %, numbers at the largest."""
    most = (
        1.0 if any(one.of is not None for one in figures) else max((one.height for one in figures), default=0)
    )
    step = (WIDTH - 2 * LEFT) / max(len(figures), 1)
    found = [_bar(one, LEFT + number * step, step, most) for number, one in enumerate(figures)]
    return Plot(name=name, title=title, bars=tuple(found))


def _bar(figure: Figure, x: float, step: float, most: float) -> Bar:
    room = HEIGHT - TOP - BOTTOM
    height = round(room * figure.height / most, 1) if most else 0.0
    return Bar(
        figure=figure,
        x=round(x + GAP / 2, 1),
        y=round(HEIGHT - BOTTOM - height, 1),
        width=round(step - GAP, 1),
        height=height,
        middle=round(x + step / 2, 1),
    )
