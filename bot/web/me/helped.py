"""What helped: which tips were followed when, the week, and the hold-out test.

Tests: tests/bot/web/me/test_plots.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.conversation.holdout import show_helped
from bot.languages.forms import forms
from bot.screens import texts_me
from bot.screens.dates import first_weekday
from bot.web.me.context import context_of
from bot.web.me.frame import card, show
from bot.web.me.plots import Figure, Plot, bars
from bot.web.page import Answer, Visit
from core.learning.beliefs import DAY_PARTS, Evidence, evidence_of
from core.scheduling.quiet_hours import midnight
from core.scheduling.timezones import zone_of
from core.tasks.history import read_history
from core.tasks.stats import week_start

WEEKS = 8


async def helped(visit: Visit) -> Answer:
    """Plots with their tables."""
    ctx = context_of(visit)
    async with visit.deps.store.read() as unit:
        evidence = await evidence_of(unit, ctx.person, ctx.now)
    plots = [_by_part(evidence), _by_weekday(evidence), _by_week(evidence, visit)] if evidence else []
    return show(
        visit,
        "me/helped.html",
        "helped",
        plots=[*plots, await _done_in_week(visit)],
        shown=len(evidence),
        done=sum(one.followed for one in evidence),
        test=card(visit, "test", await show_helped(ctx, "")),
    )


def _share(name: str, tips: Sequence[Evidence]) -> Figure:
    done = sum(one.followed for one in tips)
    words = texts_me.DONE_OF.format(done=done, shown=len(tips))
    return Figure(name=name, value=done, of=len(tips), words=words)


def _grouped(
    evidence: Sequence[Evidence], names: Sequence[str], group: Callable[[Evidence], int]
) -> list[Figure]:
    return [
        _share(name, [one for one in evidence if group(one) == number]) for number, name in enumerate(names)
    ]


def _by_part(evidence: Sequence[Evidence]) -> Plot:
    ends = list(DAY_PARTS.values())
    names = [texts_me.PARTS[name] for name in DAY_PARTS]
    figures = _grouped(evidence, names, lambda one: bisect_right(ends, one.at.hour))
    return bars("parts", texts_me.PLOTS["parts"], figures)


def _by_weekday(evidence: Sequence[Evidence]) -> Plot:
    first = first_weekday()
    names = [_weekday(first + number) for number in range(7)]
    figures = _grouped(evidence, names, lambda one: (one.at.weekday() - first) % 7)
    return bars("days", texts_me.PLOTS["days"], figures)


def _by_week(evidence: Sequence[Evidence], visit: Visit) -> Plot:
    today = visit.deps.clock.now().astimezone(zone_of(visit.whose)).date()
    start = week_start(today, first_weekday())
    weeks = [start - timedelta(weeks=WEEKS - 1 - number) for number in range(WEEKS)]
    names = [texts_me.WEEK.format(day=week.day, month=week.month) for week in weeks]
    figures = _grouped(evidence, names, lambda one: (one.at.date() - weeks[0]).days // 7)
    return bars("weeks", texts_me.PLOTS["weeks"], figures)


def _weekday(number: int) -> str:
    """Its short name; Monday is 0."""
    return forms().short_weekday(date(2024, 1, 1 + number % 7))


async def _done_in_week(visit: Visit) -> Plot:
    """Tasks done in the last seven days, from what is stored."""
    zone = zone_of(visit.whose)
    today = visit.deps.clock.now().astimezone(zone).date()
    days = [today - timedelta(days=6 - number) for number in range(7)]
    async with visit.deps.store.read() as unit:
        history = await read_history(unit, visit.whose.person_id, midnight(days[0], zone))
    done = [one.at.astimezone(zone).date() for one in history.done]
    figures = [
        Figure(name=_weekday(day.weekday()), value=done.count(day), words=str(done.count(day)))
        for day in days
    ]
    return bars("done", texts_me.PLOTS["done"], figures)
