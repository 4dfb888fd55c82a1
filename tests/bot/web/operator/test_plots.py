"""Plots: every figure has its place, none is outside, and nothing divides by nothing."""

from __future__ import annotations

import pytest

from bot.web.operator.plots import FOOT, HEIGHT, SIDE, WIDTH, bars, forest

ROOM = HEIGHT - FOOT


def test_the_highest_day_fills_the_height_and_failures_stand_at_the_foot() -> None:
    found = bars([(10, 0), (5, 5), (0, 0), (4, 1)])
    assert [one.height for one in found.bars] == [ROOM, ROOM / 2, 0, round(ROOM * 0.4, 1)]
    assert [one.failed_height for one in found.bars] == [0, ROOM / 2, 0, round(ROOM / 10, 1)]
    for one in found.bars:
        assert one.y + one.height == pytest.approx(ROOM)
        assert one.failed_y + one.failed_height == pytest.approx(ROOM)
    assert all(one.x >= 0 and one.x + one.width <= WIDTH for one in found.bars)
    assert found.limit_y is None


@pytest.mark.parametrize(("limit", "y"), [(10, 0.0), (20, 0.0), (21, None), (0, None), (5, ROOM / 2)])
def test_a_limit_is_drawn_where_bars_come_near_it(limit: int, y: float | None) -> None:
    assert bars([(10, 0)], limit=limit).limit_y == y


@pytest.mark.parametrize("days", [[], [(0, 0)], [(0, 0)] * 14, [(0, 3)]])
def test_days_without_a_call_are_no_fault(days: list[tuple[int, int]]) -> None:
    assert all(one.height == one.failed_height == 0 for one in bars(days, limit=5).bars)


def test_intervals_are_on_one_scale_that_holds_zero() -> None:
    found = forest([(-1.0, 0.0, 1.0), (0.5, 0.75, 1.0)])
    first, second = found.whiskers
    middle = WIDTH / 2
    assert (first.low, first.value, first.high, found.zero) == (SIDE, middle, WIDTH - SIDE, middle)
    assert first.value < second.low < second.value < second.high == WIDTH - SIDE
    assert first.y < second.y < found.height


@pytest.mark.parametrize("interval", [(0.0, 0.0, 0.0), (0.2, 0.2, 0.2), (-0.3, -0.2, -0.1)])
def test_a_lone_interval_is_within_the_plot(interval: tuple[float, float, float]) -> None:
    found = forest([interval])
    (only,) = found.whiskers
    assert all(SIDE <= x <= WIDTH - SIDE for x in (only.low, only.value, only.high, found.zero))
