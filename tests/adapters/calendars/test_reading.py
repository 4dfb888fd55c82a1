"""Calendars as the world writes them, and as an attacker would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.calendars.lines import MAX_EVENTS, may_touch
from adapters.calendars.reading import Days, read_calendar
from core.errors import CalendarUnusable
from core.records import CalendarCopy
from tests.servers.feeds import calendar

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = "20261130"


def days(**changed: Any) -> Days:
    usual: dict[str, Any] = {"start": NOW, "end": NOW + timedelta(days=14), "zone": BERLIN, "titles": True}
    return Days(**{**usual, **changed})


def read(*events: str, name: str = "", zones: str = "", **changed: Any) -> CalendarCopy:
    return read_calendar(calendar(*events, name=name, zones=zones), days(**changed))


def starts(*events: str, **changed: Any) -> list[str]:
    """Local starts in Berlin; those that are no meetings in parentheses."""
    found = []
    for one in read(*events, **changed).events:
        local = f"{one.starts_at.astimezone(BERLIN):%m-%dT%H:%M}"
        found.append(local if one.is_busy else f"({local})")
    return found


def hour(start: str = f"DTSTART:{MONDAY}T090000Z", *lines: str) -> str:
    return "\n".join(["UID:1", start, "DURATION:PT1H", *lines])


@pytest.mark.parametrize(
    ("start", "local"),
    [
        (f"DTSTART:{MONDAY}T090000Z", "11-30T10:00"),
        (f"DTSTART;TZID=Europe/Berlin:{MONDAY}T090000", "11-30T09:00"),
        (f"DTSTART;TZID=America/New_York:{MONDAY}T090000", "11-30T15:00"),
        (f"DTSTART;TZID=W. Europe Standard Time:{MONDAY}T090000", "11-30T09:00"),
        (f"DTSTART;TZID=Eastern Standard Time:{MONDAY}T090000", "11-30T15:00"),
        (f'DTSTART;TZID="India Standard Time":{MONDAY}T090000', "11-30T04:30"),
        (f"DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Tokyo:{MONDAY}T090000", "11-30T01:00"),
        (f"DTSTART:{MONDAY}T090000", "11-30T09:00"),
        (f"DTSTART;TZID=Nowhere/Land:{MONDAY}T090000", "11-30T09:00"),
        (f"dtstart;tzid=europe/berlin:{MONDAY}T090000", "11-30T09:00"),
        (f"DTSTART;VALUE=DATE-TIME;TZID=Europe/Berlin:{MONDAY}T090000", "11-30T09:00"),
    ],
)
def test_a_time_is_in_its_zone_and_a_floating_one_in_the_person_s(start: str, local: str) -> None:
    assert starts(hour(start)) == [local]


def test_a_zone_may_be_described_in_the_calendar_even_if_that_is_broken() -> None:
    zones = "BEGIN:VTIMEZONE\nTZID:Custom 1\nX-LIC-LOCATION:Asia/Tokyo\nBEGIN:STANDARD\nDTSTART:nonsense\n"
    event = hour(f"DTSTART;TZID=Custom 1:{MONDAY}T090000")
    assert starts(event, zones=zones) == ["11-30T01:00"]
    assert starts(event, zones=f"{zones}RRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n") == [
        "11-30T01:00"
    ]


def test_the_clocks_may_change_in_a_series() -> None:
    event = hour("DTSTART;TZID=America/New_York:20200106T090000", "RRULE:FREQ=WEEKLY")
    around = {"start": datetime(2027, 3, 7, tzinfo=UTC), "end": datetime(2027, 3, 31, tzinfo=UTC)}
    assert starts(event, **around) == ["03-08T15:00", "03-15T14:00", "03-22T14:00", "03-29T15:00"]


# --- What is no meeting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ("TRANSP:TRANSPARENT",),
        ("transp:transparent",),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE",),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",),
    ],
)
def test_what_is_marked_as_free_is_no_meeting(lines: tuple[str, ...]) -> None:
    assert starts(hour(f"DTSTART:{MONDAY}T090000Z", *lines)) == ["(11-30T10:00)"]


@pytest.mark.parametrize("lines", [("TRANSP:OPAQUE",), ("STATUS:TENTATIVE",), ("STATUS:CONFIRMED",)])
def test_what_may_happen_is_a_meeting(lines: tuple[str, ...]) -> None:
    assert starts(hour(f"DTSTART:{MONDAY}T090000Z", *lines)) == ["11-30T10:00"]


@pytest.mark.parametrize(
    "lines",
    [
        ("STATUS:CANCELLED",),
        ("Status:Cancelled",),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:ann@example.com",),
        (
            "ATTENDEE;CN=Ann;PARTSTAT=DECLINED:MAILTO:Ann@Example.com",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@b.org",
        ),
        ('ATTENDEE;CN="A: B; C";PARTSTAT=DECLINED:mailto:ann@example.com',),
    ],
)
def test_what_is_cancelled_or_declined_does_not_happen(lines: tuple[str, ...]) -> None:
    event = hour(f"DTSTART:{MONDAY}T090000Z", *lines)
    assert starts(event, owners=frozenset({"ann@example.com"})) == []
    assert starts(event, name="ann@example.com") == []


def test_what_others_declined_happens() -> None:
    declined = (
        "ATTENDEE;PARTSTAT=DECLINED:mailto:bob@b.org",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.com",
    )
    assert starts(hour(f"DTSTART:{MONDAY}T090000Z", *declined), name="ann@example.com") == ["11-30T10:00"]
    assert starts(hour(f"DTSTART:{MONDAY}T090000Z", *declined)) == ["11-30T10:00"]


@pytest.mark.parametrize(
    ("lines", "ends"),
    [
        (f"DTSTART;VALUE=DATE:{MONDAY}", "12-01T00:00"),
        (f"DTSTART;VALUE=DATE:{MONDAY}\nDTEND;VALUE=DATE:20261203", "12-03T00:00"),
        (f"DTSTART:{MONDAY}", "12-01T00:00"),
        (f"DTSTART;VALUE=DATE:{MONDAY}\nDURATION:P2D", "12-02T00:00"),
    ],
)
def test_whole_days_are_no_meetings_and_begin_at_midnight_where_the_person_is(lines: str, ends: str) -> None:
    (event,) = read(f"UID:1\n{lines}\nSUMMARY:Fair").events
    assert (event.is_busy, event.is_whole_day, event.title) == (False, True, "Fair")
    assert f"{event.starts_at.astimezone(BERLIN):%m-%dT%H:%M}" == "11-30T00:00"
    assert f"{event.ends_at.astimezone(BERLIN):%m-%dT%H:%M}" == ends


def test_what_lasts_a_day_or_longer_and_a_mere_point_in_time_are_no_meetings() -> None:
    long = f"UID:1\nDTSTART:{MONDAY}T090000Z\nDTEND:20261202T090000Z"
    point = f"UID:2\nDTSTART:{MONDAY}T100000Z"
    backwards = f"UID:3\nDTSTART:{MONDAY}T110000Z\nDTEND:{MONDAY}T090000Z"
    assert starts(long, point, backwards) == ["(11-30T10:00)", "(11-30T11:00)", "(11-30T12:00)"]


def test_an_event_that_has_begun_is_read_and_one_that_is_over_is_not() -> None:
    running = "UID:1\nDTSTART:20261129T110000Z\nDTEND:20261129T130000Z"
    over = "UID:2\nDTSTART:20261129T110000Z\nDTEND:20261129T120000Z"
    later = "UID:3\nDTSTART:20261213T120000Z\nDTEND:20261213T130000Z"
    assert starts(running, over, later) == ["11-29T12:00"]


# --- Series and their exceptions ---------------------------------------------------------------------------


def test_single_dates_of_a_series_are_left_out_moved_or_cancelled() -> None:
    series = hour("DTSTART;TZID=Europe/Berlin:20261102T090000", "RRULE:FREQ=DAILY;UNTIL=20261205T235959Z")
    series += "\nEXDATE;TZID=Europe/Berlin:20261130T090000,20261201T090000\nEXDATE:20261202T080000Z"
    moved = "UID:1\nRECURRENCE-ID;TZID=Europe/Berlin:20261203T090000\nDURATION:PT1H"
    moved += "\nDTSTART;TZID=Europe/Berlin:20261203T150000"
    gone = "UID:1\nRECURRENCE-ID:20261204T080000Z\nDTSTART:20261204T080000Z\nDURATION:PT1H\nSTATUS:CANCELLED"
    assert starts(moved, series, gone) == ["12-03T15:00", "12-05T09:00"]


def test_an_exception_may_be_moved_into_the_wanted_days_or_out_of_them() -> None:
    series = hour("DTSTART:20261101T090000Z", "RRULE:FREQ=MONTHLY")
    into = "UID:1\nRECURRENCE-ID:20270101T090000Z\nDTSTART:20261210T090000Z\nDURATION:PT1H"
    out = "UID:1\nRECURRENCE-ID:20261201T090000Z\nDTSTART:20270301T090000Z\nDURATION:PT1H"
    assert starts(series, into, out) == ["12-10T10:00"]


def test_a_date_without_a_time_leaves_out_the_occurrence_of_that_day() -> None:
    event = hour("DTSTART:20261130T090000Z", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20261201")
    assert starts(event) == ["11-30T10:00", "12-02T10:00"]


def test_further_dates_may_be_named_one_by_one() -> None:
    event = hour("DTSTART:20261130T090000Z", "RDATE:20261202T100000Z,20261203T100000Z")
    event += "\nRDATE;VALUE=PERIOD:20261204T100000Z/PT2H"
    assert starts(event) == ["11-30T10:00", "12-02T11:00", "12-03T11:00", "12-04T11:00"]


def test_a_birthday_comes_every_year() -> None:
    event = "UID:1\nDTSTART;VALUE=DATE:19701201\nRRULE:FREQ=YEARLY\nSUMMARY:Ann"
    assert starts(event) == ["(12-01T00:00)"]


# --- How it is written -------------------------------------------------------------------------------------


def test_titles_are_unfolded_unescaped_and_cleaned() -> None:
    title = "SUMMARY;LANGUAGE=en:Bud\n get\\, re\n\tview\\n\u202eevil\u200b <b>x</b>"
    (event,) = read(hour(f"DTSTART:{MONDAY}T090000Z", title)).events
    assert event.title == "Budget, review evil <b>x</b>"


def test_titles_are_not_read_unless_they_are_wanted() -> None:
    (event,) = read(hour(f"DTSTART:{MONDAY}T090000Z", "SUMMARY:Secret"), titles=False).events
    assert event.title is None


def test_alarms_and_other_components_say_nothing_about_an_event() -> None:
    declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.c"
    alarm = f"BEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT9H\nSUMMARY:Alarm\n{declined}\nEND:VALARM"
    event = f"UID:1\n{alarm}\nDTSTART:{MONDAY}T090000Z\nDTEND:{MONDAY}T100000Z\nSUMMARY:Event"
    (found,) = read(event).events
    assert (found.title, found.ends_at - found.starts_at) == ("Event", timedelta(hours=1))
    todo = "BEGIN:VTODO\nUID:9\nDTSTART:20261130T090000Z\nSUMMARY:To do\nEND:VTODO\n"
    assert read(hour(), zones=todo).events == read(hour()).events


def test_lines_may_end_in_any_way() -> None:
    text = calendar(hour())
    for end in ("\r\n", "\n", "\r"):
        assert len(read_calendar(text.replace("\r\n", end), days()).events) == 1


def test_an_event_that_can_t_be_read_is_counted_and_costs_no_other() -> None:
    bad = (
        "UID:2\nSUMMARY:no start",
        "UID:3\nDTSTART:nonsense",
        "UID:4\nDTSTART:20261130T990000Z",
        "UID:5\nDTSTART:20261130T090000Z\nDURATION:soon",
        "UID:6\nDTSTART:20261130T090000Z\nDTEND:later",
        "UID:7\nDTSTART:20261130T090000Z\nRRULE:FREQ=NEVER",
        "UID:8\nDTSTART:00010101T000000Z\nRRULE:FREQ=DAILY",
        "UID:9\nDTSTART:20201130T090000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY",
        "UID:10\nDTSTART:20261130T090000Z\nRRULE:FREQ=MINUTELY;COUNT=1000000000",
        "UID:11\nDTSTART:20261130T090000Z\nDTEND:99991231T235959Z",
    )
    copy = read(*bad, hour())
    assert [event.starts_at for event in copy.events] == [datetime(2026, 11, 30, 9, tzinfo=UTC)]
    assert copy.left_out == len(bad)


def test_an_event_of_ten_thousand_years_is_over_or_left_out() -> None:
    assert starts("UID:1\nDTSTART:19000101T000000Z\nDURATION:P3650000D") == []
    assert starts("UID:1\nDTSTART:19000101T000000Z\nDTEND:21990101T000000Z") == ["(01-01T01:00)"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_a_calendar"),
        ("<html><body>BEGIN: no</body></html>", "not_a_calendar"),
        ("BEGIN:VCARD\nFN:Ann\nEND:VCARD", "not_a_calendar"),
        (calendar(hour())[:-20], "cut_off"),
        ("BEGIN:VCALENDAR\n", "cut_off"),
    ],
)
def test_what_is_no_whole_calendar_is_refused(text: str, reason: str) -> None:
    with pytest.raises(CalendarUnusable) as refused:
        read_calendar(text, days())
    assert refused.value.reason == reason


def test_a_calendar_with_too_many_events_is_refused() -> None:
    event = "BEGIN:VEVENT\nEND:VEVENT\n" * (MAX_EVENTS + 1)
    with pytest.raises(CalendarUnusable) as refused:
        read_calendar(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR", days())
    assert refused.value.reason == "too_many_events"


def test_a_calendar_whose_rules_are_a_bomb_together_is_refused() -> None:
    events = (f"UID:{n}\nDTSTART:20100101T000000Z\nRRULE:FREQ=DAILY;BYDAY=MO;COUNT=9999" for n in range(500))
    with pytest.raises(CalendarUnusable) as refused:
        read(*events)
    assert refused.value.reason == "repeats_too_often"


@pytest.mark.parametrize(
    ("duration", "is_read"),
    [
        *(("PT30M", False), ("PT1H30M", False), ("PT23H59M", False), ("PT999M", False), ("PT45M10S", False)),
        *(
            ("PT24H", True),
            ("P1D", True),
            ("PT9999H", True),
            ("P4W", True),
            ("PT1000M", True),
            ("-PT1H", True),
        ),
        *(("P30DT1H", True), ("nonsense", True), ("", True)),
    ],
)
def test_an_event_of_long_ago_is_read_only_if_it_may_last_until_now(duration: str, is_read: bool) -> None:
    event = f"\nDTSTART:20261001T090000Z\nDURATION:{duration}\nUID:1\n"
    assert may_touch(event, "20261126", "20261215") is is_read


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "UTC"])
def test_a_meeting_that_began_the_day_before_is_read_wherever_it_is(zone: str) -> None:
    begins = (NOW - timedelta(hours=23)).astimezone(ZoneInfo(zone))
    event = f"UID:1\nDTSTART;TZID={zone}:{begins:%Y%m%dT%H%M%S}\nDURATION:PT23H59M"
    assert len(read(event).events) == 1


@pytest.mark.parametrize("name", ["EXDATE", "RDATE", "RECURRENCE-ID"])
def test_dates_that_are_written_out_are_limited_in_all(name: str) -> None:
    dates = ",".join(["20261130T090000Z"] * 5_000)
    with pytest.raises(CalendarUnusable) as refused:
        read(*(f"{hour()}\n{name}:{dates}".replace("UID:1", f"UID:{n}") for n in range(20)))
    assert refused.value.reason == "repeats_too_often"


def test_a_calendar_with_too_many_occurrences_is_refused() -> None:
    events = (
        f"UID:{n}\nDTSTART:20261101T000000Z\nRRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))}"
        for n in range(40)
    )
    with pytest.raises(CalendarUnusable) as refused:
        read(*events)
    assert refused.value.reason == "too_many_events"


@pytest.mark.parametrize(
    "hostile",
    [
        "SUMMARY:" + "x" * 3_000_000,
        "X-" + "A" * 1_000_000 + ":1",
        "ATTENDEE" + ';X="a"' * 100_000 + ":mailto:a@b.c",
        "EXDATE:" + ",".join(["20261130T090000Z"] * 100_000),
        "RDATE:" + ",".join(["20261201T090000Z"] * 100_000),
        "BEGIN:VALARM\n" * 50_000,
        "END:VALARM\n" * 50_000,
        "\n".join(f"RRULE:FREQ=DAILY;INTERVAL={n}" for n in range(1, 2_000)),
        ":" * 1_000_000,
        ";" * 1_000_000,
        "DTSTART;" * 200_000,
    ],
)
def test_hostile_lines_cost_a_bounded_amount_of_work(hostile: str) -> None:
    assert len(read(f"{hour()}\n{hostile}", hour().replace("UID:1", "UID:2")).events) >= 1


def test_the_calendar_s_name_is_cleaned() -> None:
    assert read(hour(), name="Wo\\, rk\u202e").name == "Wo, rk"
    assert read(hour()).name is None
