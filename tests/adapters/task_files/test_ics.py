from datetime import UTC, date, datetime, time
from typing import Any

import icalendar
import pytest

from core.records import Due, FileTask, TaskFormat
from tests.adapters.task_files.drafts import NOW
from tests.adapters.task_files.reading import FORMATS, read, said

FIRST = date(2026, 12, 1)
TEN = Due(on=FIRST, at=time(10))

# As the programs export them.
NEXTCLOUD = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Nextcloud Tasks v0.16
X-WR-CALNAME:Personal
BEGIN:VTODO
UID:2d2b9c4c
CREATED:20261101T080000
LAST-MODIFIED:20261120T080000
DTSTAMP:20261120T080000
SUMMARY:Plan the trip
DESCRIPTION:Trains\\, hotel\\nand
  a museum
PRIORITY:1
CATEGORIES:travel,fun
DUE;VALUE=DATE:20261201
PERCENT-COMPLETE:30
STATUS:IN-PROCESS
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Alarm
TRIGGER;RELATED=END:-PT15M
END:VALARM
END:VTODO
BEGIN:VTODO
UID:77aa
SUMMARY:Book the train
RELATED-TO:2d2b9c4c
END:VTODO
BEGIN:VTODO
UID:77ab
SUMMARY:Old
STATUS:COMPLETED
COMPLETED:20261110T080000Z
END:VTODO
END:VCALENDAR
"""
APPLE = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Apple Inc.//macOS 13.0//EN\r
BEGIN:VTIMEZONE\r
TZID:Europe/Berlin\r
BEGIN:STANDARD\r
DTSTART:19961027T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VTODO\r
CREATED:20261101T080000Z\r
UID:7C2A-11\r
SUMMARY:Medikamente nehmen\r
DTSTART;TZID=Europe/Berlin:20261201T100000\r
DUE;TZID=Europe/Berlin:20261201T100000\r
RRULE:FREQ=DAILY;INTERVAL=1\r
PRIORITY:5\r
X-APPLE-SORT-ORDER:690\r
END:VTODO\r
END:VCALENDAR\r
"""
TASKS_ORG = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:+//IDN tasks.org//android-130000//EN
BEGIN:VTODO
DTSTAMP:20261120T080000Z
UID:5013
CREATED:20261101T080000Z
SUMMARY:Water the plants
PRIORITY:9
DUE;TZID=Europe/Berlin:20261201T100000
RRULE:FREQ=WEEKLY;INTERVAL=2;FROM=COMPLETION
ESTIMATED-DURATION:PT45M
END:VTODO
END:VCALENDAR
"""


def todo(*lines: str) -> str:
    return "\n".join(["BEGIN:VCALENDAR", "BEGIN:VTODO", "SUMMARY:Task", *lines, "END:VTODO", "END:VCALENDAR"])


def test_nextclouds_tasks_are_read() -> None:
    file = read(NEXTCLOUD, "personal.ics")
    trip, train = file.tasks

    assert (trip.title, trip.notes) == ("Plan the trip", "Trains, hotel\nand a museum")
    assert (trip.priority, trip.labels, trip.project) == (1, ("travel", "fun"), "Personal")
    assert (trip.due, trip.uid) == (Due(on=FIRST), "2d2b9c4c")
    assert trip.created_at == datetime(2026, 11, 1, 7, tzinfo=UTC)
    assert (train.title, train.parent) == ("Book the train", 0)
    assert (file.left_out, file.unreadable) == (1, ())


def test_apples_reminders_are_read() -> None:
    [pills] = read(APPLE, "Erinnerungen.ics").tasks

    assert (pills.title, pills.repeats, pills.priority) == ("Medikamente nehmen", "FREQ=DAILY", 2)
    assert pills.due == Due(on=FIRST, at=time(10), zone="Europe/Berlin")


def test_the_tasks_of_tasks_org_are_read() -> None:
    [plants] = read(TASKS_ORG, "tasks.ics").tasks

    assert (plants.repeats, plants.repeats_from_done) == ("FREQ=WEEKLY;INTERVAL=2", True)
    assert (plants.minutes, plants.priority) == (45, 3)


PROPERTIES: dict[tuple[str, ...], dict[str, Any]] = {
    ("DUE:20261201T100000",): {"due": TEN},
    ("DUE;VALUE=DATE:20261201",): {"due": Due(on=FIRST)},
    ("DUE:20261201",): {"due": Due(on=FIRST)},
    ("DUE:20261201T090000Z",): {"due": Due(on=FIRST, at=time(10), zone="Europe/Berlin")},
    ("DUE:20261201T233000Z",): {"due": Due(on=date(2026, 12, 2), at=time(0, 30), zone="Europe/Berlin")},
    ("DUE;TZID=America/New_York:20261201T100000",): {
        "due": Due(on=FIRST, at=time(10), zone="America/New_York")
    },
    ('DUE;TZID="W. Europe Standard Time":20261201T100000',): {
        "due": Due(on=FIRST, at=time(10), zone="Europe/Berlin")
    },
    ("DUE;TZID=/freeassociation.sourceforge.net/Europe/Paris:20261201T100000",): {
        "due": Due(on=FIRST, at=time(10), zone="Europe/Paris")
    },
    ("DUE;TZID=Middle-earth:20261201T100000",): {"due": TEN},
    ("due;value=date:20261201", "priority:9"): {"due": Due(on=FIRST), "priority": 3},
    ("DTSTART;VALUE=DATE:20261201",): {"due": Due(on=FIRST)},
    ("DTSTART:20261201T083000", "DURATION:PT1H30M"): {"due": TEN},
    ("DTSTART;VALUE=DATE:20261101", "DUE;VALUE=DATE:20261201"): {"due": Due(on=FIRST)},
    ("DURATION:PT30M",): {"minutes": 30},
    ("DUE;VALUE=DATE:20261201", "RRULE:FREQ=MONTHLY"): {
        "due": Due(on=FIRST),
        "repeats": "FREQ=MONTHLY;BYMONTHDAY=1",
    },
    ("DUE;VALUE=DATE:20261201", "RRULE:FREQ=WEEKLY;COUNT=3"): {
        "due": Due(on=FIRST),
        "repeats": "FREQ=WEEKLY;UNTIL=20261215",
    },
    ("DUE:20261201T100000", "RRULE:FREQ=WEEKLY;UNTIL=20261231T235959Z;WKST=MO"): {
        "due": TEN,
        "repeats": "FREQ=WEEKLY;UNTIL=20270101",
    },
    ("DUE;VALUE=DATE:20261201", "RRULE:FREQ=SECONDLY"): {"due": Due(on=FIRST)},
    ("DUE;VALUE=DATE:20261201", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"): {"due": Due(on=FIRST)},
    ("DUE;VALUE=DATE:20261201", "RRULE:FREQ=DAILY;COUNT=1"): {"due": Due(on=FIRST)},
    ("RRULE:FREQ=DAILY",): {},
    ("PRIORITY:0",): {},
    ("CATEGORIES:a\\,b,c", "CATEGORIES:C,d"): {"labels": ("a,b", "c", "d")},
    ("DESCRIPTION:one", "URL:https://example.com", "LOCATION:Rome"): {
        "notes": "one\nRome\nhttps://example.com"
    },
    ("X-OO-PROJECT:Home",): {"project": "Home"},
    ("SUMMARY:Second", "STATUS:NEEDS-ACTION"): {},
    ("DUE;VALUE=DATE:99991231",): {},
}


@pytest.mark.parametrize("lines", PROPERTIES)
def test_properties_are_read_as_the_standard_says(lines: tuple[str, ...]) -> None:
    file = read(todo(*lines), "a.ics")

    assert file.unreadable == ()
    assert [said(task) for task in file.tasks] == [PROPERTIES[lines]]


@pytest.mark.parametrize(
    "line",
    [
        "no colon",
        "DUE:tomorrow",
        "DUE:20261341",
        "DUE;TZID:20261201T1000",
        "PRIORITY:high",
        "DURATION:long",
    ],
)
def test_a_broken_line_costs_that_line_only_and_is_named(line: str) -> None:
    file = read(todo(line, "CATEGORIES:kept"), "a.ics")

    assert [said(task) for task in file.tasks] == [{"labels": ("kept",)}]
    assert file.unreadable == (4,)


def test_tasks_without_an_end_a_title_or_a_calendar_cost_no_other() -> None:
    lines = """BEGIN:VCALENDAR
BEGIN:VTODO
SUMMARY:Never ended
BEGIN:VTODO
UID:empty
END:VTODO
BEGIN:VEVENT
SUMMARY:No task
END:VEVENT
END:VCALENDAR
BEGIN:VCALENDAR
X-WR-CALNAME:Other
BEGIN:VTODO
SUMMARY:In another calendar
END:VTODO
END:VCALENDAR
BEGIN:VTODO
SUMMARY:In none
"""
    file = read(lines, "a.ics")

    assert [(task.title, task.project) for task in file.tasks] == [
        ("Never ended", None), ("In another calendar", "Other"), ("In none", None),
    ]  # fmt: skip
    assert file.unreadable == (4,)


def test_single_dates_of_a_repeating_task_and_repeated_ids_are_left_out() -> None:
    lines = """BEGIN:VCALENDAR
BEGIN:VTODO
UID:1
SUMMARY:First
END:VTODO
BEGIN:VTODO
UID:1
RECURRENCE-ID:20261201T100000
SUMMARY:Moved
END:VTODO
BEGIN:VTODO
UID:1
SUMMARY:Again
END:VTODO
END:VCALENDAR"""
    file = read(lines, "a.ics")

    assert ([task.title for task in file.tasks], file.left_out) == (["First"], 2)


def test_parents_are_found_by_either_relation() -> None:
    lines = "\n".join(
        f"BEGIN:VTODO\nUID:{uid}\nSUMMARY:{uid}\n{related}\nEND:VTODO"
        for uid, related in (
            ("child", "RELATED-TO;RELTYPE=PARENT:top"),
            ("top", "RELATED-TO;RELTYPE=SIBLING:child"),
            ("lost", "RELATED-TO:nobody"),
        )
    )
    file = read(f"BEGIN:VCALENDAR\n{lines}\nEND:VCALENDAR", "a.ics")

    assert [task.parent for task in file.tasks] == [1, None, None]


def test_what_is_written_is_a_calendar_for_others() -> None:
    task = FileTask(
        title="Pay; the, rent", due=Due(on=FIRST, at=time(10), zone="Europe/Berlin"), repeats="FREQ=WEEKLY",
        priority=2, minutes=30, uid="u1", notes="a\nb",
    )  # fmt: skip
    content = FORMATS.write((task,), TaskFormat.ICS, now=NOW)

    calendar = icalendar.Calendar.from_ical(content)
    [todo] = calendar.walk("VTODO")
    assert str(todo["SUMMARY"]) == "Pay; the, rent"
    due: Any = todo["DUE"]
    assert due.dt.isoformat() == "2026-12-01T10:00:00+01:00"
    assert (todo["PRIORITY"], str(todo["UID"]), str(todo["DESCRIPTION"])) == (5, "u1", "a\nb")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
