"""Plots and their tables."""

from __future__ import annotations

import re

from bot.web.me.plots import BOTTOM, HEIGHT, TOP, WIDTH, Figure, bars
from tests.bot.web.browser import Browser
from tests.bot.web.me.test_acting import press
from tests.core.worlds import Scene

ROOM = HEIGHT - TOP - BOTTOM


def test_shares_fill_the_height_at_one_hundred_percent() -> None:
    figures = [
        Figure(name="a", value=4, of=4),
        Figure(name="b", value=1, of=4),
        Figure(name="c", value=0, of=0),
    ]
    plot = bars("p", "P", figures)
    assert [one.height for one in plot.bars] == [ROOM, ROOM / 4, 0.0]
    assert [one.y + one.height for one in plot.bars] == [HEIGHT - BOTTOM] * 3
    assert all(one.x >= 0 and one.x + one.width <= WIDTH for one in plot.bars)


def test_numbers_fill_the_height_at_the_largest() -> None:
    plot = bars("p", "P", [Figure(name="a", value=2), Figure(name="b", value=8)])
    assert [one.height for one in plot.bars] == [ROOM / 4, ROOM]


def test_nothing_is_no_fault() -> None:
    assert bars("p", "P", []).bars == ()
    assert [one.height for one in bars("p", "P", [Figure(name="a", value=0)]).bars] == [0.0]


async def test_every_plot_has_its_figures_as_a_table(world: Scene, ada: Browser) -> None:
    await world.task("rent")
    await world.slot("2027-06-14 09:00")
    await ada.get("/me")
    await press(ada, "Done")
    shown = await ada.get("/me/helped")
    assert "Of 1 tips you followed 1." in shown.text
    plots = re.findall(r"<svg.*?</svg>", shown.html, re.DOTALL)
    tables = re.findall(r"<table>.*?</table>", shown.html, re.DOTALL)
    assert len(plots) == len(tables) == 4
    for plot, table in zip(plots, tables, strict=True):
        assert 'role="img" aria-labelledby="plot-' in plot
        assert plot.count("<rect") == table.count('<th scope="row">')
    assert "1 of 1" in tables[0]
