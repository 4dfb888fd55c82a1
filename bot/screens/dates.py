"""Dates and times as people say them: ``today 18:30`` in a list, ``on Sunday at 9:00`` in a sentence.

``zone`` is that of the person who reads it. All of it is in the active language, with the forms of its
country (``bot/languages``).
Tests: tests/bot/screens/test_dates.py, tests/bot/screens/test_dates_in_languages.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.languages.forms import forms
from bot.screens import recurrences, texts_dates
from core.records import Due
from core.tips.urgency import due_instant

MAX_DAYS_WITHOUT_YEAR = 300


def clock(at: time | datetime) -> str:
    """``9:00``, ``18:30``."""
    return forms().clock(at)


def day(on: date, today: date) -> str:
    """``today``, ``tomorrow``, ``yesterday``, ``Sunday`` within the week, ``Sun 28 Mar``, ``28 Mar 2027``."""
    return _near_day(on, today) or (forms().weekday(on) if _is_this_week(on, today) else _date(on, today))


def day_to_type(on: date, today: date) -> str:
    """As ``day``, in a form that oO understands when it is typed: in lower case, or as 2026-12-12."""
    near = _near_day(on, today) or (forms().weekday(on) if _is_this_week(on, today) else None)
    return near.lower() if near else on.isoformat()


def _near_day(on: date, today: date) -> str | None:
    near = {0: "TODAY", 1: "TOMORROW", -1: "YESTERDAY"}.get((on - today).days)
    return getattr(texts_dates, near) if near else None


def _is_this_week(on: date, today: date) -> bool:
    return 1 < (on - today).days < 7


def _date(on: date, today: date) -> str:
    is_near = abs((on - today).days) < MAX_DAYS_WITHOUT_YEAR
    return forms().near_date(on) if is_near else forms().far_date(on)


def weekday(on: date) -> str:
    """``Mon``."""
    return forms().short_weekday(on)


def first_weekday() -> int:
    """The weekday that begins a week where the person lives; Monday is 0."""
    return forms().first_weekday


def on_day(on: date, today: date) -> str:
    """A day in a sentence: ``today``, ``on Sunday``, ``on Sun 28 Mar``."""
    sentence = texts_dates.ON_WEEKDAY if _is_this_week(on, today) else texts_dates.ON_DATE
    return _near_day(on, today) or sentence.format(day=day(on, today))


def since_day(on: date, today: date) -> str:
    """``since yesterday``, ``since Sun 28 Mar``."""
    sentence = texts_dates.SINCE_NEAR if _near_day(on, today) else texts_dates.SINCE_DATE
    return sentence.format(day=day(on, today))


def moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """An instant in the person's zone: ``today 18:30``."""
    return local_moment(at.astimezone(zone), now.astimezone(zone).date())


def local_moment(local: datetime, today: date) -> str:
    """A wall-clock time in a list: ``today 18:30``."""
    return texts_dates.MOMENT.format(day=day(local.date(), today), time=clock(local))


def at_moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """An instant in a sentence: ``today at 18:30``, ``on Sunday at 9:00``."""
    return at_local_moment(at.astimezone(zone), now.astimezone(zone).date())


def at_local_moment(local: datetime, today: date) -> str:
    """A wall-clock time in a sentence: ``today at 18:30``."""
    return texts_dates.AT_MOMENT.of(local.hour, day=on_day(local.date(), today), time=clock(local))


def at_time(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """``at 10:02`` today, ``on Fri 20 Nov at 10:02`` on other days."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    return at_clock(local) if local.date() == today else at_local_moment(local, today)


def at_clock(at: time | datetime) -> str:
    """``at 10:02``."""
    return texts_dates.AT_TIME.of(at.hour, time=clock(at))


def until(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The end of a silence: ``Monday`` if it ends with the day before, else ``Monday 9:00``."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    sentence = texts_dates.UNTIL_WEEKDAY if _is_this_week(local.date(), today) else texts_dates.UNTIL_DATE
    words = _near_day(local.date(), today) or sentence.format(day=day(local.date(), today))
    ends_at_midnight = local.time() == time()
    return words if ends_at_midnight else texts_dates.MOMENT.format(day=words, time=clock(local))


def due(when: Due, now: datetime, zone: ZoneInfo) -> str:
    """When a task is due: ``tomorrow 9:00``, ``yesterday``. A fixed zone is converted to ``zone``."""
    if when.at is None:
        return day(when.on, now.astimezone(zone).date())
    return moment(due_instant(when, zone), now, zone)


def at_due(when: Due, now: datetime, zone: ZoneInfo) -> str:
    """When a task is due, in a sentence: ``tomorrow at 9:00``, ``on Sunday``."""
    if when.at is None:
        return on_day(when.on, now.astimezone(zone).date())
    return at_moment(due_instant(when, zone), now, zone)


def overdue(when: Due, now: datetime, zone: ZoneInfo) -> str:
    """How long a task has been overdue: in days if only a day was set, else since its time."""
    if when.at is None:
        return span(timedelta(days=(now.astimezone(zone).date() - when.on).days))
    return span(now - due_instant(when, zone))


def span(length: timedelta) -> str:
    """``3 minutes``, ``2 hours``, ``a day``, ``12 days``; rounded down, at least a minute."""
    if length >= timedelta(days=1):
        return counted(length.days, "day")
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return counted(hours, "hour") if hours else counted(max(minutes, 1), "minute")


def exactly(minutes: int) -> str:
    """``90 minutes``, ``2 hours``, ``36 hours``, ``a day``: in the largest unit that fits without a rest."""
    units = ((24 * 60, "day"), (60, "hour"), (1, "minute"))
    size, noun = next(unit for unit in units if minutes % unit[0] == 0)
    return counted(minutes // size, noun)


def listed(words: Sequence[str]) -> str:
    """``Monday``, ``Monday and Friday``, ``Monday, Wednesday and Friday``."""
    return forms().listed(words)


def counted(number: int, noun: str) -> str:
    """``a day``, ``2 days``; ``an hour``. ``noun`` is a key of ``texts_dates.COUNTS``."""
    return texts_dates.COUNTS[noun].of(number)


def ago(length: timedelta) -> str:
    """``a day ago``, ``3 weeks ago``, ``2 months ago``; rounded down. A month has 30 days here."""
    weeks, months = length.days // 7, length.days // 30
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    steps = (
        timedelta(days=30 * months),
        timedelta(weeks=weeks),
        timedelta(days=length.days),
        timedelta(hours=hours),
        timedelta(minutes=max(minutes, 1)),
    )
    return forms().ago(next(filter(None, steps)))


def percent(probability: float) -> str:
    """``62 %``; a probability close to 0 or 1 is never shown as 0 % or 100 %."""
    if 0 < probability < 0.01:
        return texts_dates.UNDER.format(share=forms().percent(0.01))
    if 0.99 < probability < 1:
        return texts_dates.OVER.format(share=forms().percent(0.99))
    return forms().percent(probability)


def repeating(rule: str) -> str:
    """An RRULE in words: ``every Monday``, ``every 2 weeks``; a source's own words stay as they are."""
    return recurrences.in_words(rule)
