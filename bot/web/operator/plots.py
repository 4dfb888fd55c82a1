"""Plots as SVG without scripts. Colours come from the style sheet; a title says in words what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT = 360, 96, 4
ROW, SIDE = 24, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One day: the whole height, and the part of it at the bottom that failed. In SVG units."""

    x: float
    width: float
    y: float
    height: float
    failed_y: float
    failed_height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars from left to right, on a common scale."""

    bars: tuple[Bar, ...]
    limit_y: float | None
    """Where the line of the limit is; None without one, and where it is far above the bars."""
    width: int = WIDTH
    height: int = HEIGHT


def bars(numbers: Sequence[tuple[int, int]], *, limit: int = 0) -> Bars:
    """``numbers``: (all, failed) of each day. ``limit`` is drawn if the bars come near it; 0 is none."""
    most = max((whole for whole, _ in numbers), default=0)
    is_near = 0 < limit <= 2 * most
    top = max(most, limit if is_near else 0, 1)
    room, step = HEIGHT - FOOT, WIDTH / max(len(numbers), 1)

    def high(number: int) -> float:
        return round(room * number / top, 1)

    return Bars(
        bars=tuple(
            Bar(
                x=round(place * step + step * 0.15, 1),
                width=round(step * 0.7, 1),
                y=round(room - high(whole), 1),
                height=high(whole),
                failed_y=round(room - high(min(failed, whole)), 1),
                failed_height=high(min(failed, whole)),
            )
            for place, (whole, failed) in enumerate(numbers)
        ),
        limit_y=round(room - high(limit), 1) if is_near else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisker:
    """An interval and its value, in SVG units."""

    y: int
    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Intervals one below the other, about the line of no difference."""

    whiskers: tuple[Whisker, ...]
    zero: float
    height: int
    width: int = WIDTH


def forest(intervals: Sequence[tuple[float, float, float]]) -> Forest:
    """``intervals``: (low, value, high), drawn on one scale that holds 0 as well."""
    ends = [0.0, *(end for low, _, high in intervals for end in (low, high))]
    low, span = min(ends), (max(ends) - min(ends)) or 1.0

    def at(value: float) -> float:
        return round(SIDE + (WIDTH - 2 * SIDE) * (value - low) / span, 1)

    whiskers = (
        Whisker(y=ROW * place + ROW // 2, low=at(first), value=at(value), high=at(last))
        for place, (first, value, last) in enumerate(intervals)
    )
    return Forest(whiskers=tuple(whiskers), zero=at(0.0), height=ROW * len(intervals))
