"""Dates and times as people say them: ``today 18:30`` in a list, ``on Sunday at 9:00`` in a sentence.

``zone`` is that of the person who reads it.
Tests: tests/bot/screens/test_dates.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.records import Due
from core.tips.urgency import due_instant


def clock(at: time | datetime) -> str:
    """``9:00``, ``18:30``."""
    return f"{at.hour}:{at.minute:02}"


def day(on: date, today: date) -> str:
    """``today``, ``tomorrow``, ``yesterday``, ``Sunday`` within the week, ``Sun 28 Mar``, ``28 Mar 2027``."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    away = (on - today).days
    if away in near:
        return near[away]
    if 1 < away < 7:
        return f"{on:%A}"
    return f"{on:%a} {on.day} {on:%b}" if abs(away) < 300 else f"{on.day} {on:%b} {on.year}"


def weekday(on: date) -> str:
    """``Mon``."""
    return f"{on:%a}"


def on_day(on: date, today: date) -> str:
    """A day in a sentence: ``today``, ``on Sunday``, ``on Sun 28 Mar``."""
    words = day(on, today)
    return f"on {words}" if words[0].isupper() or words[0].isdigit() else words


def moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """An instant in the person's zone: ``today 18:30``."""
    local = at.astimezone(zone)
    return f"{day(local.date(), now.astimezone(zone).date())} {clock(local)}"


def at_moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """An instant in a sentence: ``today at 18:30``, ``on Sunday at 9:00``."""
    local = at.astimezone(zone)
    return f"{on_day(local.date(), now.astimezone(zone).date())} at {clock(local)}"


def at_time(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """``at 10:02`` today, ``on Fri 20 Nov at 10:02`` on other days."""
    return at_moment(at, now, zone).removeprefix("today ")


def until(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The end of a silence: ``Monday`` if it ends with the day before, else ``Monday 9:00``."""
    local = at.astimezone(zone)
    ends_at_midnight = local.time() == time()
    return day(local.date(), now.astimezone(zone).date()) if ends_at_midnight else moment(at, now, zone)


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


def listed(words: Sequence[str]) -> str:
    """``Monday``, ``Monday and Friday``, ``Monday, Wednesday and Friday``."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def counted(number: int, noun: str) -> str:
    """``a day``, ``2 days``; ``an hour``."""
    if number == 1:
        return f"{'an' if noun[0] in 'aeiouh' else 'a'} {noun}"
    return f"{number} {noun}s"


def ago(length: timedelta) -> str:
    """``a day ago``, ``3 weeks ago``, ``2 months ago``; rounded down. A month has 30 days here."""
    weeks, months = length.days // 7, length.days // 30
    if months:
        return f"{counted(months, 'month')} ago"
    return f"{counted(weeks, 'week') if weeks else span(length)} ago"


def percent(probability: float) -> str:
    """``62 %``; a probability close to 0 or 1 is never shown as 0 % or 100 %."""
    if 0 < probability < 0.01:
        return "under 1 %"
    if 0.99 < probability < 1:
        return "over 99 %"
    return f"{round(probability * 100)} %"


UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year", "HOURLY": "hour"}
DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}


def repeating(rule: str) -> str:
    """An RRULE in words: ``every Monday``, ``every 2 weeks``; a source's own words stay as they are."""
    if "FREQ=" not in rule:
        return rule
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").split(";") if "=" in part)
    days = [DAYS[day[-2:]] for day in parts.get("BYDAY", "").split(",") if day[-2:] in DAYS]
    interval = int(parts.get("INTERVAL", "1"))
    ends = _ends(parts.get("UNTIL", ""))
    if days and interval == 1 and parts["FREQ"] == "WEEKLY":
        return (f"every {listed(days)}" if len(days) < 5 else "every weekday") + ends
    unit = UNITS.get(parts["FREQ"], "time")
    return (f"every {unit}" if interval == 1 else f"every {interval} {unit}s") + ends


def _ends(until: str) -> str:
    """`` until 24 Dec 2026``: the last day of a rule; nothing if it has none that can be read."""
    if not until[:8].isdecimal() or len(until) < 8:
        return ""
    last = date(int(until[:4]), int(until[4:6]), int(until[6:8]))
    return f" until {last.day} {last:%b} {last.year}"
