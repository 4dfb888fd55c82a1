"""Plots as inline SVG without scripts; colours come from the page's style, every text is escaped."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from core.bandit.evaluation.evaluate import Figure, Look
from core.bandit.evaluation.intervals import Interval

WIDTH = 360  # the width of a phone, so that text is not scaled down there
LEFT, RIGHT = 92, 14
TOP, ROW, BOTTOM = 8, 26, 26
HEIGHT = 170  # of ``over_time``
EARLY_SHARE = 0.1  # the first decisions, which do not set the scale of ``over_time``
MAX_NAME_CHARACTERS = 13  # that fit left of the axis


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row of a forest plot."""

    name: str
    figure: Figure
    clipped: float | None = None
    """Drawn as a hollow circle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Maps values to coordinates between ``start`` and ``end``."""

    values: Interval
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (value - self.values.low) / (self.values.high - self.values.low)
        return round(self.start + (self.end - self.start) * min(max(share, 0.0), 1.0), 1)

    def ticks(self, most: int = 5) -> list[float]:
        """About ``most`` round values."""
        step = _round_step((self.values.high - self.values.low) / most)
        first = math.ceil(self.values.low / step - 1e-9)
        last = math.floor(self.values.high / step + 1e-9)
        return [count * step for count in range(first, last + 1)]


def forest(title: str, bars: Sequence[Bar], reference: float | None = None) -> str:
    """A row for each bar: the value, its interval (thick), its sequence (thin); a line at ``reference``."""
    ends = [end for bar in bars for end in (bar.figure.sequence.low, bar.figure.sequence.high)]
    scale = _scale([*ends, *(bar.clipped for bar in bars if bar.clipped is not None)], reference)
    bottom = TOP + ROW * len(bars)
    parts = [*_x_axis(scale, bottom)]
    if reference is not None:
        parts.append(_line("reference", scale.at(reference), TOP, scale.at(reference), bottom))
    for number, bar in enumerate(bars):
        parts += _bar(bar, scale, TOP + ROW * (number + 0.5))
    return _svg(title, bottom + BOTTOM, parts)


def over_time(title: str, looks: Sequence[Look], reference: float) -> str:
    """The interval over the number of decisions, as a band; a line at ``reference``. The wide intervals of
    the
    first looks are cut off by the plot.
    """
    late = [look for look in looks if look.decisions >= looks[-1].decisions * EARLY_SHARE]
    ends = [end for look in late for end in (look.interval.low, look.interval.high)]
    values = _scale(ends, reference)
    up = Scale(values=values.values, start=HEIGHT, end=TOP)
    along = Scale(values=Interval(low=0, high=looks[-1].decisions), start=LEFT, end=WIDTH - RIGHT)
    upper = [_point(along.at(look.decisions), up.at(look.interval.high)) for look in looks]
    lower = [_point(along.at(look.decisions), up.at(look.interval.low)) for look in reversed(looks)]
    parts = [f'<polygon class="band" points="{" ".join(upper + lower)}"/>']
    for tick in up.ticks(most=8):  # there is more room for numbers than on the x axis
        parts.append(_line("grid", LEFT, up.at(tick), WIDTH - RIGHT, up.at(tick)))
        parts.append(_text(LEFT - 6, up.at(tick) + 4, _tick(tick), anchor="end"))
    parts.append(_line("reference", LEFT, up.at(reference), WIDTH - RIGHT, up.at(reference)))
    parts.append(_text(LEFT, HEIGHT + 18, "0"))
    parts.append(_text(WIDTH - RIGHT, HEIGHT + 18, f"{looks[-1].decisions:,} decisions", anchor="end"))
    return _svg(title, HEIGHT + BOTTOM, parts)


def _bar(bar: Bar, scale: Scale, y: float) -> Iterator[str]:
    figure = bar.figure
    name = bar.name if len(bar.name) <= MAX_NAME_CHARACTERS else f"{bar.name[: MAX_NAME_CHARACTERS - 1]}…"
    yield _text(LEFT - 6, y + 4, name, anchor="end")
    yield _line("sequence", scale.at(figure.sequence.low), y, scale.at(figure.sequence.high), y)
    yield _line("interval", scale.at(figure.interval.low), y, scale.at(figure.interval.high), y)
    if bar.clipped is not None:
        yield f'<circle class="clipped" cx="{scale.at(bar.clipped)}" cy="{y}" r="4"/>'
    yield f'<circle class="value" cx="{scale.at(figure.value)}" cy="{y}" r="4"/>'


def _x_axis(scale: Scale, bottom: float) -> Iterator[str]:
    for tick in scale.ticks():
        yield _line("grid", scale.at(tick), TOP, scale.at(tick), bottom)
        yield _text(scale.at(tick), bottom + 16, _tick(tick), anchor="middle")


def _scale(values: Iterable[float], reference: float | None) -> Scale:
    shown = [value for value in values if math.isfinite(value)] + ([] if reference is None else [reference])
    low, high = min(shown), max(shown)
    margin = (high - low) * 0.04 or 0.01
    return Scale(values=Interval(low=low - margin, high=high + margin), start=LEFT, end=WIDTH - RIGHT)


def _round_step(rough: float) -> float:
    """The smallest 1, 2 or 5 times a power of ten that is not below ``rough``."""
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(factor for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))


def _tick(value: float) -> str:
    return f"{value:.4g}".replace("-", "−") if abs(value) > 1e-12 else "0"


def _point(x: float, y: float) -> str:
    return f"{x},{y}"


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(title: str, height: float, parts: Iterable[str]) -> str:
    """``title``: for screen readers."""
    name = escape(title)
    head = f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{name}"><title>{name}</title>'
    return f"{head}{''.join(parts)}</svg>"
