"""The figures of a person's week: what was done, added, moved; what is open; which tips were followed.

Days are those of the person's zone, so a week in which the clocks change has the hours that it has. What was
taken back counts nowhere, also if it was done in an earlier week.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.records import Person
from core.scheduling.quiet_hours import midnight
from core.store import TipCount, Unit
from core.tasks.history import History, read_history
from core.tasks.sync import refresh
from core.tips.urgency import is_overdue

DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigures:
    """One week, as far as it has passed."""

    start: date
    done: tuple[int, ...]
    """Tasks done on each of the seven days; each time that a repeating task is done counts."""
    added: int
    """New tasks that were not removed again."""
    moved: int
    """Changes of a due date."""
    tips: TipCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """The figures of this week and of the one before, and what is open now."""

    today: date
    week: WeekFigures
    before: WeekFigures
    open: int
    overdue: int


async def read_stats(person: Person, deps: Dependencies, zone: ZoneInfo, *, first_weekday: int = 0) -> Stats:
    """The figures of the week that contains today, and of the week before, after outside tasks were
    refreshed. Weeks start on ``first_weekday``; Monday is 0.
    """
    await refresh(person, deps)
    now = deps.clock.now()
    today = now.astimezone(zone).date()
    start = week_start(today, first_weekday)
    last = start - timedelta(days=DAYS_OF_WEEK)
    async with deps.store.read() as unit:
        history = await read_history(unit, person.person_id, midnight(last, zone))
        tasks = await unit.tasks.outlines(person.person_id)
        return Stats(
            today=today,
            week=await _figures(unit, person, history, start, zone),
            before=await _figures(unit, person, history, last, zone),
            open=len(tasks),
            overdue=sum(is_overdue(task, now, zone) for task in tasks),
        )


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week that contains ``day``."""
    return day - timedelta(days=(day.weekday() - first_weekday) % DAYS_OF_WEEK)


async def _figures(unit: Unit, person: Person, history: History, start: date, zone: ZoneInfo) -> WeekFigures:
    days = [start + timedelta(days=number) for number in range(DAYS_OF_WEEK)]
    end = start + timedelta(days=DAYS_OF_WEEK)
    span = (midnight(start, zone), midnight(end, zone))
    done = Counter(_day(one.at, zone) for one in history.done)
    moved = Counter(_day(one.at, zone) for one in history.moved)
    return WeekFigures(
        start=start,
        done=tuple(done[day] for day in days),
        added=await unit.tasks.count_added(person.person_id, *span),
        moved=sum(moved[day] for day in days),
        tips=await unit.reactions.count_tips(person.person_id, *span),
    )


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
