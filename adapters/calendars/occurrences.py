"""The dates of a recurrence rule within a span of days, with bounded work whatever the rule says.

``dateutil`` computes the dates. By itself it would search a rule without dates up to the year 9999, and would
count every date since the start. So the start is moved close to the span where that changes nothing, the end
of the span is the end of the rule, and a rule that still costs too much is refused.

Tests: tests/adapters/calendars/test_occurrences.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

MAX_RULE = 500  # code points
MAX_STEPS = 10_000
"""Most days, weeks, hours … that are counted since the start of one rule."""

MAX_TIMES_A_DAY = 48
YEARS = range(1900, 2200)

_PARTS = re.compile(r"[A-Z-]+=[^;=]+(;[A-Z-]+=[^;=]+)*")
_UNTIL = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(Z?))?")
_DAYS = {"DAILY": 1, "WEEKLY": 7}
_UNITS = {"HOURLY": 1 / 24, "DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
"""Length of a step in days, at least. Rules by minutes and seconds are refused."""

_COSTS = {"HOURLY": 1, "DAILY": 1, "WEEKLY": 2, "MONTHLY": 5, "YEARLY": 40}
"""Work for one step, relative to that for a day."""

_CHOOSES_DAYS = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYEASTER")


class RuleUnusable(ValueError):
    """The rule can't be read, or costs too much."""


@dataclass(slots=True)
class Budget:
    """How much work the rules of one calendar may still take, in steps of a day."""

    left: int = 400_000

    def spend(self, cost: int) -> None:
        """Raises ``RuleUnusable`` once all is spent."""
        self.left -= cost
        if self.left < 0:
            raise RuleUnusable("all rules together cost too much")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From ``start`` to ``end``, as local times (naive)."""

    start: datetime
    end: datetime


def occurrences(
    rule: str, dtstart: datetime, span: Span, budget: Budget, until: datetime | None
) -> list[datetime]:
    """The dates of ``rule`` from ``span.start`` to ``span.end``, both included; local times (naive).

    ``until``: the end of the rule as a local time, where the rule has one in UTC. Raises ``RuleUnusable``.
    """
    parts = rule_parts(rule)
    try:
        return _occurrences(parts, dtstart, span, budget, until)
    except RuleUnusable:
        raise
    except (ValueError, OverflowError, IndexError, TypeError, KeyError) as fault:
        raise RuleUnusable("no rule") from fault


def rule_parts(rule: str) -> dict[str, str]:
    """The parts of a rule by name. Raises ``RuleUnusable``."""
    text = re.sub(r"\s", "", rule[: MAX_RULE + 1]).upper().strip(";")
    if len(text) > MAX_RULE or not _PARTS.fullmatch(text):
        raise RuleUnusable("no rule")
    return dict(part.split("=", 1) for part in text.split(";"))


def until_of(parts: dict[str, str]) -> tuple[datetime, bool] | None:
    """The end of a rule as it stands there, and whether it is in UTC. A day lasts until its end."""
    found = _UNTIL.fullmatch(parts.get("UNTIL", ""))
    if found is None:
        return None
    on = datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 - a local time
    if found[4] is None:
        return on + timedelta(days=1, microseconds=-1), False
    return on.replace(hour=int(found[4]), minute=int(found[5]), second=min(int(found[6]), 59)), bool(found[7])


def _occurrences(
    parts: dict[str, str], dtstart: datetime, span: Span, budget: Budget, until: datetime | None
) -> list[datetime]:
    freq, interval = parts.get("FREQ", ""), int(parts.get("INTERVAL", "1"))
    if freq not in _UNITS or interval < 1 or dtstart.year not in YEARS:
        raise RuleUnusable("too often, or never")
    if _times_a_day(parts) > MAX_TIMES_A_DAY:
        raise RuleUnusable("too often")
    end = min(span.end, until) if until else span.end
    if end < span.start or end < dtstart:
        return []
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    if count is None:
        parts, dtstart = _moved_on(parts, dtstart, span.start, freq, interval)
    elif not any(name.startswith("BY") for name in parts) and freq in _DAYS:
        dtstart, count = _counted_on(dtstart, span.start, timedelta(days=_DAYS[freq] * interval), count)
    steps = max((end - dtstart).total_seconds() / 86_400 / _UNITS[freq] / interval, 1.0)
    if steps > MAX_STEPS:
        raise RuleUnusable("it would take too many steps")
    budget.spend(50 + int(steps) * _COSTS[freq] * max(_times_a_day(parts), 1))
    return list(_dates(parts, dtstart, span.start, end, count))


def _dates(
    parts: dict[str, str], dtstart: datetime, start: datetime, end: datetime, count: int | None
) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr

    if count is not None and count < 1:
        return
    text = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL"))
    for number, at in enumerate(rrulestr(f"{text};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=dtstart)):
        if count is not None and number >= count:
            return
        if at >= start:
            yield at


def _times_a_day(parts: dict[str, str]) -> int:
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= parts[name].count(",") + 1 if name in parts else 1
    return times * (24 if parts.get("FREQ") == "HOURLY" and "BYHOUR" not in parts else 1)


def _counted_on(dtstart: datetime, start: datetime, step: timedelta, count: int) -> tuple[datetime, int]:
    """The start and the count of a rule with one date for each step, without those before ``start``."""
    skipped = max((start - dtstart) // step, 0)
    return dtstart + skipped * step, count - skipped


def _moved_on(
    parts: dict[str, str], dtstart: datetime, start: datetime, freq: str, interval: int
) -> tuple[dict[str, str], datetime]:
    """The same rule from a later start: by whole intervals, not after ``start``."""
    if freq in ("MONTHLY", "YEARLY"):
        return _months_on(parts, dtstart, start, freq, interval)
    step = timedelta(days=_UNITS[freq] * interval)
    return parts, dtstart + max((start - dtstart) // step - 1, 0) * step


def _months_on(
    parts: dict[str, str], dtstart: datetime, start: datetime, freq: str, interval: int
) -> tuple[dict[str, str], datetime]:
    months = (start.year - dtstart.year) * 12 + start.month - dtstart.month
    length = interval * (12 if freq == "YEARLY" else 1)
    skipped = (months // length - 1) * length
    if skipped <= 0:
        return parts, dtstart
    if not any(name in parts for name in _CHOOSES_DAYS):
        parts = {**parts, "BYMONTHDAY": str(dtstart.day)}
        if freq == "YEARLY":
            parts.setdefault("BYMONTH", str(dtstart.month))
    ahead = dtstart.year * 12 + dtstart.month - 1 + skipped
    first_month = 1 if freq == "YEARLY" else ahead % 12 + 1
    return parts, dtstart.replace(year=ahead // 12, month=first_month, day=1)
