"""Asks for the times of a task that is wanted several times a day, and offers some outside the quiet hours.

Tests: tests/scenarios/test_times_a_day.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.screens import texts_times_a_day as words
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.records import Person
from core.scheduling.quiet_hours import instant, is_quiet, wall_clock
from core.scheduling.timezones import zone_of
from core.words.intents import TimesADay
from core.words.listed_times import MAX_TIMES

_OFFERS = {
    2: ((9, 18), (8, 20)),
    3: ((9, 13, 17), (8, 14, 20)),
    4: ((9, 12, 15, 18), (8, 12, 16, 20)),
    5: ((9, 12, 15, 18, 21), (8, 11, 14, 17, 20)),
    6: ((9, 11, 13, 15, 17, 19), (8, 10, 12, 14, 16, 18)),
}
"""Hours of the day, by how many there are."""


def ask_times(wanted: TimesADay, person: Person, now: datetime) -> Message:
    """Asks at which times, with times on buttons; a button adds a task for each of them."""
    count = min(wanted.count, MAX_TIMES)
    free = _free_hours(person, now)
    offers = [hours for hours in _OFFERS[count] if free.issuperset(hours)] or _spread(count, sorted(free))
    rows = [(_offer(wanted, hours),) for hours in offers]
    alone = (Button(label=words.WITHOUT_TIMES, verb="confirm", arg=f"add_task {wanted.title}"),)
    said = say(words.ASK, *rows, alone, title=wanted.title)
    more = [say(words.AT_MOST, most=MAX_TIMES)] if wanted.count > MAX_TIMES else []
    example = words.EXAMPLE_REMIND if wanted.reminds else words.EXAMPLE
    return join(said, *more, say(example, title=wanted.title))


def _free_hours(person: Person, now: datetime) -> set[int]:
    """The full hours that are in no quiet hours on any day of the next week."""
    zone = zone_of(person)
    today = wall_clock(now, zone).date()
    days = [today + timedelta(days=ahead) for ahead in range(7)]

    def is_free(hour: int) -> bool:
        moments = (instant(datetime.combine(day, time(hour)), zone) for day in days)
        return not any(is_quiet(at, zone, person.preferences.quiet) for at in moments)

    return {hour for hour in range(24) if is_free(hour)}


def _spread(count: int, free: Sequence[int]) -> list[tuple[int, ...]]:
    """Hours that are as far apart as the free ones allow; none if there are too few."""
    if len(free) < count:
        return []
    step = (len(free) - 1) / (count - 1)
    return [tuple(free[round(number * step)] for number in range(count))]


def _offer(wanted: TimesADay, hours: Sequence[int]) -> Button:
    """Read as if it had been typed, in the words that are understood in every language."""
    said = [f"{hour}:00" for hour in hours]
    listed = f"{', '.join(said[:-1])} and {said[-1]}"
    verb = "remind" if wanted.reminds else "add_task"
    return Button(label=", ".join(said), verb="confirm", arg=f"{verb} {wanted.title} every day at {listed}")
