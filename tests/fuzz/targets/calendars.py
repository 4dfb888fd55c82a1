"""Calendars and their servers: iCalendar, recurrence rules, the XML of CalDAV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from adapters.calendars.dav import _calendars, _href, _items, _resolved
from adapters.calendars.fetch import Answer
from adapters.calendars.occurrences import Budget, RuleUnusable, Span, occurrences, rule_parts, until_of
from adapters.calendars.reading import MAX_NAME, MAX_OCCURRENCES, MAX_TITLE, Days, read_calendar
from adapters.calendars.todo_text import changed, closed, opened, task_of, todo_in
from core.errors import CalendarUnusable, SourceUnavailable
from core.records import Due
from core.tasks.file_rules import usable_rule
from tests.fuzz.target import Target, by_name, choice, chosen, text_of
from tests.fuzz.targets.files import _ICS

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
DAYS = tuple(
    Days(
        start=start,
        end=start + timedelta(days=length),
        zone=ZoneInfo(zone),
        titles=True,
        owners=frozenset({"a@b.example"}),
    )
    for start in (NOW, datetime(2026, 3, 28, 12, tzinfo=UTC))
    for length in (1, 14, 60)
    for zone in ("Europe/Berlin", "America/St_Johns")
)


# --- Events ------------------------------------------------------------------------------------------------


def _calendar(data: bytes) -> None:
    days, rest = chosen(data, DAYS)
    text = text_of(rest)
    try:
        found = read_calendar(text, days)
    except CalendarUnusable:
        return
    assert len(found.events) <= MAX_OCCURRENCES
    assert len(found.name or "") <= MAX_NAME
    for event in found.events:
        assert event.starts_at < event.ends_at or event.starts_at == event.ends_at
        assert event.ends_at >= days.start
        assert event.starts_at <= days.end
        title = getattr(event, "title", None) or ""
        assert len(title) <= MAX_TITLE
        title.encode()


def _events(*lines: str) -> str:
    body = "\r\n".join(("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:a@b.example\r\n{body}\r\nEND:VCALENDAR\r\n"


_EVENTS = (
    _events("DTSTART;TZID=Europe/Berlin:20261125T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=9", "EXDATE;TZID=Europe/Berlin:20261126T100000"),
    _events("DTSTART;VALUE=DATE:20261126", "DTEND;VALUE=DATE:20261128", "SUMMARY:Trip\\, long", "TRANSP:OPAQUE"),
    _events("DTSTART:20261125T100000Z", "DTEND:20261125T113000Z", "RDATE:20261127T100000Z,20261128T100000Z", "STATUS:CONFIRMED"),
    _events("DTSTART:20261101T100000", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231T000000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example"),
    _events("DTSTART:20261125T100000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;WKST=SU;INTERVAL=2;BYSETPOS=-1", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
    _events("DTSTART:20261125T100000Z", "RRULE:FREQ=YEARLY;BYYEARDAY=1,100,-1;BYHOUR=9,10;BYMINUTE=0,30")
    .replace("END:VCALENDAR", "BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20261126T100000Z\r\nDTSTART:20261126T120000Z\r\nEND:VEVENT\r\nEND:VCALENDAR"),
)  # fmt: skip
_ICS_WORDS = (
    *(
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "UID",
        "STATUS",
        "TRANSP",
        "SUMMARY",
    ),
    *(
        "FREQ=",
        "DAILY",
        "WEEKLY",
        "MONTHLY",
        "YEARLY",
        "HOURLY",
        "SECONDLY",
        "INTERVAL=",
        "COUNT=",
        "UNTIL=",
        "BYDAY=",
        "BYMONTH=",
    ),
    *(
        "BYMONTHDAY=",
        "BYYEARDAY=",
        "BYWEEKNO=",
        "BYSETPOS=",
        "BYHOUR=",
        "BYMINUTE=",
        "BYSECOND=",
        "BYEASTER=",
        "WKST=",
        "MO",
        "-1SU",
        "53MO",
    ),
    *(
        ";TZID=",
        ";VALUE=DATE:",
        ";VALUE=PERIOD:",
        ":",
        ";",
        ",",
        "\r\n",
        "\r\n ",
        "Z",
        "P1W",
        "-PT1H",
        "PT99999999999H",
        "00010101",
        "99991231T235960Z",
    ),
    *(
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "BEGIN:VTIMEZONE",
        "CANCELLED",
        "TRANSPARENT",
        "/PT1H",
        "999999999999",
    ),
)

CALENDARS = Target(
    name="calendars",
    run=_calendar,
    seeds=lambda: [choice(number, text) for number, text in enumerate((*_EVENTS, *_EVENTS))],
    words=lambda: _ICS_WORDS,
    max_bytes=2500,
)


# --- Rules -------------------------------------------------------------------------------------------------


def _rules(data: bytes) -> None:
    """``years back, rule``: of a feed, and of a task in a file."""
    years, rest = chosen(data, (0, 1, 10, 100, 2025))
    rule = text_of(rest)
    dtstart = datetime(max(NOW.year - years, 1), 2, 28, 9, 30)  # noqa: DTZ001 - a local time
    span = Span(start=NOW.replace(tzinfo=None), end=(NOW + timedelta(days=60)).replace(tzinfo=None))
    budget = Budget()
    with suppress(RuleUnusable):
        try:
            ends = until_of(rule_parts(rule))
        except (ValueError, OverflowError):  # what its only caller expects
            ends = None
        found = occurrences(rule, dtstart, span, budget, ends[0] if ends else None)
        assert found == sorted(found)
        assert all(span.start <= at <= span.end and at >= dtstart for at in found)
    usable = usable_rule(rule, date(2026, 11, 25), ZONE)
    assert usable is None or usable_rule(usable, date(2026, 11, 25), ZONE) == usable


RULES = Target(
    name="rules",
    run=_rules,
    seeds=lambda: [
        choice(years, line.partition("RRULE:")[2])
        for years in range(5)
        for text in _EVENTS
        for line in text.splitlines()
        if line.startswith("RRULE:")
    ],
    words=lambda: _ICS_WORDS,
    max_bytes=600,
)


# --- CalDAV ------------------------------------------------------------------------------------------------

_READERS: tuple[Callable[[Answer], Iterable[URL | None]], ...] = (
    lambda answer: [one.url for one in _calendars(answer)],
    lambda answer: [one.url for one in _items(answer)],
    lambda answer: [_href(answer, "{DAV:}current-user-principal")],
    lambda answer: [_href(answer, "{urn:ietf:params:xml:ns:caldav}calendar-home-set")],
)
BASE = URL("https://dav.example:8443/ada/")


def _caldav(data: bytes) -> None:
    """No answer leads to another server."""
    read, body = chosen(data, _READERS)
    with suppress(SourceUnavailable):
        for url in read(Answer(url=BASE, status=207, headers=CIMultiDictProxy(CIMultiDict()), body=body)):
            assert url is None or url.origin() == BASE.origin()
    found = _resolved(BASE, text_of(body[:500]))
    assert found is None or (found.origin() == BASE.origin() and not set(found.raw_path) & set("\r\n\x00 "))


_XML = (
    '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:href>{}</d:href>'
    "<d:propstat><d:prop>{}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
)
_DAV = (
    _XML.format("/ada/cal/", '<d:resourcetype><c:calendar/></d:resourcetype><d:displayname>Home</d:displayname><c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set>'),
    _XML.format("/ada/cal/1.ics", "<d:getetag>&quot;1&quot;</d:getetag><c:calendar-data>BEGIN:VCALENDAR &#x1;&amp;\x01</c:calendar-data>"),
    _XML.format("/", "<d:current-user-principal><d:href>/p/ada%20x/</d:href></d:current-user-principal>"),
    _XML.format("https://dav.example:8443/x", "<c:calendar-home-set><d:href>//evil.example/</d:href></c:calendar-home-set>"),
)  # fmt: skip

CALDAV = Target(
    name="caldav",
    run=_caldav,
    seeds=lambda: [choice(number, text) for number, text in enumerate(_DAV)],
    words=lambda: (
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]>",
        "&#x0;",
        "&#99999999;",
        "&",
        "//evil.example",
        "..",
        "%2e%2e",
        "@",
        "<d:href>",
        "</d:href>",
        "\ufffe",
    ),
    max_bytes=2500,
)


# --- Tasks on CalDAV ---------------------------------------------------------------------------------------


def _todo(data: bytes) -> None:
    """A task that is read can be changed; what is written is read as it was meant."""
    text = text_of(data[1:])
    found = todo_in(text, now=NOW, zone=ZONE)
    if found is None:
        return
    with suppress(SourceUnavailable):
        done = todo_in(closed(text, NOW), now=NOW, zone=ZONE)
        assert done is not None
        assert not done.is_open
    with suppress(SourceUnavailable):
        again = todo_in(opened(text, NOW), now=NOW, zone=ZONE)
        assert again is not None
        assert again.is_open
    if found.task is None:
        return
    task = task_of(found.task, "/1.ics", "ada", project=None)
    moved = Due(on=date(2027, 1, 31), at=time(9, 30), zone="Europe/Berlin")
    with suppress(SourceUnavailable):
        after = todo_in(
            changed(text, replace(task, due=moved), ("due", "title", "notes"), NOW), now=NOW, zone=ZONE
        )
        assert after is not None
        assert after.task is not None
        assert after.task.due == moved
        assert after.task.title == task.title


TODOS = Target(
    name="todos",
    run=_todo,
    seeds=lambda: [choice(0, text) for text in _ICS],
    words=lambda: (
        *_ICS_WORDS,
        "BEGIN:VTODO",
        "END:VTODO",
        "RELATED-TO",
        "RELTYPE=CHILD",
        "SEQUENCE:",
        "PERCENT-COMPLETE:100",
        "COMPLETED:",
    ),
    max_bytes=2500,
)

TARGETS = by_name(CALENDARS, RULES, CALDAV, TODOS)
