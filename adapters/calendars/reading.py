"""iCalendar (RFC 5545) -> the occurrences of its events within some days.

Pure, with bounded work: it is called in a thread. ``lines`` cuts the text, ``occurrences`` expands the rules.

Tests: tests/adapters/calendars/test_reading.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.calendars.lines import MAX_EVENTS, RawEvent, cut, may_touch, read, value_in, zones_of
from adapters.calendars.occurrences import (
    WRITTEN_DATE,
    YEARS,
    Budget,
    RuleUnusable,
    Span,
    occurrences,
    rule_parts,
    until_of,
)
from adapters.task_files.ics_lines import Property, unescaped_text
from adapters.task_files.ics_values import Moment, parse_moment
from core.errors import CalendarUnusable
from core.records import CalendarCopy, CalendarEvent
from core.scheduling.quiet_hours import instant
from core.scheduling.timezones import zone_or_default
from core.text import clean_strictly

MAX_TITLE = 120  # code points
MAX_NAME = 80
MAX_OCCURRENCES = 5_000
"""Of all events within the days that were asked for."""

MAX_DATES = 5_000
"""Dates that one event may name one by one."""

WHOLE_DAY = timedelta(days=1)
_FREE = frozenset({"FREE", "WORKINGELSEWHERE"})
_SLACK = timedelta(days=2)
"""More than two zones can differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """What is wanted of a calendar."""

    start: datetime
    end: datetime
    """Occurrences are wanted that end after ``start`` and start before ``end``; both aware."""
    zone: ZoneInfo
    """The person's zone, in which floating times and whole days are."""
    titles: bool = False
    owners: frozenset[str] = frozenset()
    """E-mail addresses of the person, in lower case: what they declined does not happen."""


def read_calendar(text: str, days: Days, budget: Budget | None = None) -> CalendarCopy:
    """The occurrences of all events. Raises ``CalendarUnusable``.

    ``budget``: shared by several texts of one account; None: a budget of its own.
    """
    if "BEGIN:VCALENDAR" not in text[:4096].upper():
        raise CalendarUnusable("not_a_calendar")
    if "END:VCALENDAR" not in text[-4096:].upper():
        raise CalendarUnusable("cut_off")
    parts = cut(text)
    if len(parts.events) > MAX_EVENTS:
        raise CalendarUnusable("too_many_events")
    name = clean_strictly(unescaped_text(value_in(parts.head, "X-WR-CALNAME")), MAX_NAME)
    owners = days.owners | ({name.lower()} if "@" in name else set())
    reader = _Reader(days=days, zones=zones_of(parts.head), owners=owners, budget=budget or Budget())
    first, last = f"{days.start - _SLACK:%Y%m%d}", f"{days.end + _SLACK:%Y%m%d}"
    raw = [read(one) for one in parts.events if may_touch(one, first, last)]
    return CalendarCopy(events=reader.events(raw), name=name or None, left_out=reader.left_out)


@dataclass(slots=True, kw_only=True)
class _Reader:
    days: Days
    zones: Mapping[str, str]
    owners: frozenset[str]
    budget: Budget = field(default_factory=Budget)
    left_out: int = 0

    def events(self, raw: list[RawEvent]) -> tuple[CalendarEvent, ...]:
        changed = self._changed(raw)
        found: dict[tuple[str, datetime], CalendarEvent] = {}
        for number, one in enumerate(raw):
            uid = one.text("UID")
            replaced = () if one.first("RECURRENCE-ID") else changed.get(uid, ())
            for event in self._of(one, replaced):
                found[uid or str(number), event.starts_at] = event
            if len(found) > MAX_OCCURRENCES:
                raise CalendarUnusable("too_many_events")
        return tuple(sorted(found.values(), key=lambda one: (one.starts_at, one.ends_at)))

    def _changed(self, raw: list[RawEvent]) -> dict[str, set[datetime]]:
        """By the uid of a series, the occurrences that have an event of their own."""
        changed: dict[str, set[datetime]] = {}
        try:
            for one in raw:
                if at := one.first("RECURRENCE-ID"):
                    changed.setdefault(one.text("UID"), set()).update(self._instants([at]))
        except RuleUnusable:
            raise CalendarUnusable("repeats_too_often") from None
        return changed

    def _of(self, raw: RawEvent, replaced: Collection[datetime]) -> list[CalendarEvent]:
        """The occurrences of one event; one that can't be read is counted and costs no other."""
        if raw.word("STATUS") == "CANCELLED" or self._is_declined(raw):
            return []
        try:
            return list(self._occurrences(raw, replaced))
        except RuleUnusable:
            if self.budget.is_spent:
                raise CalendarUnusable("repeats_too_often") from None
            self.left_out += 1
        except (ValueError, OverflowError):
            self.left_out += 1
        return []

    def _occurrences(self, raw: RawEvent, replaced: Collection[datetime]) -> Iterator[CalendarEvent]:
        begins = raw.first("DTSTART")
        if begins is None:
            raise ValueError("no start")
        moment = self._moment(begins)
        zone = self._zone_of(moment)
        length = self._length(raw, moment, zone)
        is_long = not moment.timed or length >= WHOLE_DAY
        is_busy = bool(length) and not is_long and not _is_free(raw)
        title = clean_strictly(raw.text("SUMMARY"), MAX_TITLE) if self.days.titles else ""
        skipped = self._skipped(raw)
        for local in self._starts(raw, moment, zone, length):
            starts_at = instant(local, zone)
            ends_at = instant(local + length, zone) if not moment.timed else starts_at + length
            if starts_at in replaced or starts_at in skipped or local.date() in skipped:
                continue
            if starts_at < self.days.end and max(ends_at, starts_at + timedelta.resolution) > self.days.start:
                yield CalendarEvent(
                    starts_at=starts_at,
                    ends_at=ends_at,
                    is_busy=is_busy,
                    is_whole_day=not moment.timed,
                    title=title or None,
                )

    def _starts(self, raw: RawEvent, first: Moment, zone: ZoneInfo, length: timedelta) -> list[datetime]:
        """Local starts of all occurrences that may touch the wanted days."""
        span = Span(
            start=_local(self.days.start, zone) - length - WHOLE_DAY,
            end=_local(self.days.end, zone) + WHOLE_DAY,
        )
        more = [_local(at, zone) for at in self._instants(raw.all("RDATE"))]
        rules = [] if raw.first("RECURRENCE-ID") else raw.all("RRULE")
        starts = {first.local, *more}
        for rule in rules[:4]:
            starts.update(occurrences(rule.raw, first.local, span, self.budget, _until(rule.raw, zone)))
        return sorted(at for at in starts if span.start <= at <= span.end)

    def _length(self, raw: RawEvent, begins: Moment, zone: ZoneInfo) -> timedelta:
        if ends := raw.first("DTEND"):
            end = self._moment(ends)
            if end.timed != begins.timed or not begins.timed:
                return max(end.local - begins.local, timedelta())
            last = instant(end.local, self._zone_of(end) if end.utc or end.zone else zone)
            return max(last - instant(begins.local, zone), timedelta())
        if duration := raw.first("DURATION"):
            return _duration(duration.raw)
        return timedelta() if begins.timed else WHOLE_DAY

    def _skipped(self, raw: RawEvent) -> set[object]:
        """The instants, and for dates without a time the days, on which the event does not happen."""
        instants = self._instants(raw.all("EXDATE"))
        days = [
            self._moment(_with_value(one, text)).local.date()
            for one in raw.all("EXDATE")
            for text in one.raw.split(",")[:MAX_DATES]
            if "T" not in text.upper() and text.strip()
        ]
        return {*days, *instants}

    def _instants(self, listed: list[Property]) -> list[datetime]:
        found = []
        for one in listed:
            texts = one.raw.split(",")[:MAX_DATES]
            self.budget.spend(dates=WRITTEN_DATE * len(texts))
            for text in texts:
                try:
                    moment = self._moment(_with_value(one, text.partition("/")[0]))
                    found.append(instant(moment.local, self._zone_of(moment)))
                except (ValueError, OverflowError):
                    continue
        return found

    def _moment(self, one: Property) -> Moment:
        moment = parse_moment(one, self.zones)
        if moment.local.year not in YEARS:
            raise ValueError("beyond the calendar")
        return moment

    def _zone_of(self, moment: Moment) -> ZoneInfo:
        return ZoneInfo("UTC") if moment.utc else zone_or_default(moment.zone, self.days.zone)

    def _is_declined(self, raw: RawEvent) -> bool:
        """Whether the person declined: one of their addresses, or every attendee."""
        answers = {
            one.raw.strip().lower().removeprefix("mailto:"): one.parameters.get("PARTSTAT", "").upper()
            for one in raw.all("ATTENDEE")
        }
        own = [answers[address] for address in self.owners if address in answers]
        return bool(answers) and all(answer == "DECLINED" for answer in own or answers.values())


def _is_free(raw: RawEvent) -> bool:
    return raw.word("TRANSP") == "TRANSPARENT" or raw.word("X-MICROSOFT-CDO-BUSYSTATUS") in _FREE


def _with_value(one: Property, text: str) -> Property:
    return Property(name=one.name, parameters=one.parameters, raw=text, line=one.line)


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _until(rule: str, zone: ZoneInfo) -> datetime | None:
    found = until_of(rule_parts(rule))
    if found is None:
        return None
    at, in_utc = found
    return _local(at.replace(tzinfo=UTC), zone) if in_utc else at


def _duration(text: str) -> timedelta:
    from icalendar import vDuration

    length: timedelta = vDuration.from_ical(text.strip())  # type: ignore[no-untyped-call]
    return max(length, timedelta())
