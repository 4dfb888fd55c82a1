"""Reading a year of a busy calendar: 2,920 single events and 20 series, 1.8 MB."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from adapters.calendars.reading import Days, read_calendar
from benchmarks.table import Row, percentile

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
RUNS = 20


async def measure_calendar(folder: Path) -> list[Row]:
    """Time the reading of two weeks out of a year, as a refresh does it."""
    text = "\r\n".join(_lines())
    days = Days(start=NOW, end=NOW + timedelta(days=14), zone=ZoneInfo("Europe/Berlin"), titles=True)
    times = []
    for _ in range(RUNS):
        started = perf_counter()
        found = read_calendar(text, days)
        times.append((perf_counter() - started) * 1000)
    if len(found.events) != 312 or found.left_out:
        raise AssertionError(f"{len(found.events)} events found, {found.left_out} left out")
    what = f"a year of a busy calendar, {len(text) / 1e6:.1f} MB, p50"
    return [Row(what=what, value=percentile(times, 0.5), goal=100, unit="ms")]


def _lines() -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:ann@example.com")
    for number in range(365 * 8):
        starts = START + timedelta(days=number // 8, hours=number % 8)
        yield from _event(f"{number}@example.com", starts, 45)
    for number in range(20):
        starts = datetime(2023, 1, 2, 9, 0, tzinfo=UTC) + timedelta(minutes=15 * number)
        yield from _event(f"r{number}", starts, 15, "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    yield "END:VCALENDAR"


def _event(uid: str, starts: datetime, minutes: int, *more: str) -> Iterator[str]:
    ends = starts + timedelta(minutes=minutes)
    yield from (
        "BEGIN:VEVENT",
        f"DTSTART;TZID=Europe/Berlin:{starts:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/Berlin:{ends:%Y%m%dT%H%M%S}",
        "DTSTAMP:20260101T000000Z",
        f"UID:{uid}",
        "ORGANIZER;CN=Bob:mailto:bob@example.com",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=ann@e",
        " xample.com;X-NUM-GUESTS=0:mailto:ann@example.com",
        "DESCRIPTION:Some words about the meeting\\, with a link https://example.org/",
        " a-rather-long-path-as-video-calls-have-it?pwd=abcdefghijklmnopqrstuvwxyz\\n",
        " and more words that go on and on",
        "LOCATION:Room 1",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        f"SUMMARY:Meeting {uid}",
        "TRANSP:OPAQUE",
        *more,
        "END:VEVENT",
    )
