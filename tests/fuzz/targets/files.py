"""Files of tasks: what is read from one, written, and read again is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from adapters.task_files import MAX_TASKS, TaskFileFormats
from core.errors import FileUnusable
from core.records import FileTask, TaskFile, TaskFormat
from core.tasks.file_tasks import content_digest, text_keys
from tests.fuzz.target import Target, by_name, choice, chosen
from tests.fuzz.targets.words_of import encoded

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
FORMATS = TaskFileFormats()
NAMES = {
    TaskFormat.TODO_TXT: ("todo.txt", "", "Home [12] (3).csv"),
    TaskFormat.TODOIST_CSV: ("tasks.csv", "Home [12].csv", "x.txt"),
    TaskFormat.ICS: ("tasks.ics", "", "todo.txt"),
}


def _file(data: bytes, format: TaskFormat) -> None:
    name, content = chosen(data, NAMES[format])
    try:
        found = FORMATS.read(content, name=name, now=NOW, zone=ZONE)
    except FileUnusable:
        return
    _checked(found)
    for one in TaskFormat:
        _written(found.tasks, one)


def _checked(found: TaskFile) -> None:
    assert len(found.tasks) + len(found.unreadable) <= MAX_TASKS
    assert all(number > 0 for number in found.unreadable)
    for task in found.tasks:
        assert task.title
        assert task.parent is None or 0 <= task.parent < len(found.tasks)
        for text in (task.title, task.notes, task.project, task.uid, *task.labels):
            (text or "").encode()
        content_digest(task)
    text_keys(found.tasks)


def _written(tasks: tuple[FileTask, ...], format: TaskFormat) -> None:
    """What is written can be read, is not a formula, and holds all titles in their order."""
    acyclic = tuple(
        replace(task, parent=task.parent if (task.parent or 0) < place else None)
        for place, task in enumerate(tasks)
    )
    written = FORMATS.write(acyclic, format, now=NOW)
    if not acyclic:
        return
    again = FORMATS.read(written, name=NAMES[format][0], now=NOW, zone=ZONE)
    assert again.format is format
    assert not again.unreadable, (format, again.unreadable)
    assert sorted(task.title for task in again.tasks) == sorted(task.title for task in acyclic), format
    once = FORMATS.write(again.tasks, format, now=NOW)
    twice = FORMATS.write(
        FORMATS.read(once, name=NAMES[format][0], now=NOW, zone=ZONE).tasks, format, now=NOW
    )
    assert _without_uids(once) == _without_uids(twice), f"{format} changes again and again"


def _without_uids(written: bytes) -> list[bytes]:
    return [line for line in written.splitlines() if not line.startswith(b"UID:")]


_TODO_TXT = (
    "(A) 2026-11-01 Call mum +Home @phone due:2026-12-01 at:09:00 tz:Europe/Berlin rec:+2w est:30m id:1\nBuy milk p:1\n",
    "x 2026-11-02 2026-11-01 done\n\\x not done\nnote:a%20b Plan rec:1b t:2026-12-24 h:1 pri:B\n",
    "Pay rrule:FREQ%3DMONTHLY;BYMONTHDAY%3D1 due:2026-12-01 from:done project:Big%20Plan\r\n",
)
_CSV_HEAD = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG\n"
_CSV = (
    _CSV_HEAD
    + 'section,Home,,,,,,,,,,,,\ntask,Pay @bills,"a ""b""",1,1,,,every! 2 weeks,en,Europe/Berlin,30,minute,,\ntask,Sub,,4,2,,,1. Dezember 9:00,de,,,,2026-12-24,en\nnote,A comment,,,,,,,,,,,,\n',
    _CSV_HEAD
    + "task,=1+1,,4,1,,,,,,,,,\nnote,oO: rec:+2w due:2026-12-01 project:X,,,,,,,,,,,,\nmeta,view_style=list,,,,,,,,,,,,\n",
    "\ufeff" + _CSV_HEAD.replace(",", ";") + "task;Semicolon;;4;1;;;demain;fr;;;;;\n",
)
_ICS_HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Home\r\n"
_ICS_ZONE = "BEGIN:VTIMEZONE\r\nTZID:Custom\r\nX-LIC-LOCATION:Europe/Berlin\r\nEND:VTIMEZONE\r\n"
_ICS = (
    _ICS_HEAD
    + _ICS_ZONE
    + "BEGIN:VTODO\r\nUID:1\r\nSUMMARY:Pay\\, rent\r\nDUE;TZID=Custom:20261201T090000\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1\r\n"
    "PRIORITY:1\r\nCATEGORIES:a,b\r\nDESCRIPTION:long\r\n  folded\r\nDURATION:PT1H30M\r\nCREATED:20261101T000000Z\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
    _ICS_HEAD
    + "BEGIN:VTODO\r\nUID:2\r\nSUMMARY;LANGUAGE=de:Sub\r\nRELATED-TO;RELTYPE=PARENT:1\r\nDTSTART;VALUE=DATE:20261224\r\nESTIMATED-DURATION:P1W\r\n"
    "X-OO-REPEATS-FROM-DONE:TRUE\r\nX-OO-ZONE:Asia/Tokyo\r\nSTATUS:NEEDS-ACTION\r\nEND:VTODO\r\nBEGIN:VTODO\r\nSTATUS:COMPLETED\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
)


def _target(name: str, format: TaskFormat, files: tuple[str, ...], words: tuple[str, ...]) -> Target:
    return Target(
        name=name,
        run=partial(_file, format=format),
        seeds=lambda: [*(choice(number, one) for number, one in enumerate(files)), *_wide(files)],
        words=lambda: words,
        max_bytes=2500,
    )


def _wide(files: tuple[str, ...]) -> list[bytes]:
    return [
        b"0" + files[0].encode("utf-16"),
        b"0" + files[0].encode("cp1252", "replace"),
        *encoded(("0", "0PK\x03\x04")),
    ]


TARGETS = by_name(
    _target(
        "todo-files",
        TaskFormat.TODO_TXT,
        _TODO_TXT,
        ("due:", "rec:", "rrule:", "est:", "tz:", "at:", "note:", "project:", "id:", "p:", "t:", "h:1", "pri:", "\\", "%0A", "%", "x ", "(A) ", "BEGIN:VTODO", "2026-02-30", "1d2h3m", "FREQ%3DDAILY"),
    ),
    _target(
        "csv-files",
        TaskFormat.TODOIST_CSV,
        _CSV,
        ("task,", "section,", "note,", "oO: ", "TYPE", "CONTENT", '"', '""', "every day", "every 2nd monday", "jeden Tag", ",,,,", "=", "@", "\t", "minutes", "hours", "99999", "%0A"),
    ),
    _target(
        "ics-files",
        TaskFormat.ICS,
        _ICS,
        ("BEGIN:VTODO\r\n", "END:VTODO\r\n", "BEGIN:VALARM\r\n", "BEGIN:VCALENDAR\r\n", ";TZID=", ";VALUE=DATE:", "RRULE:FREQ=", "BYDAY=1MO", "UNTIL=", "COUNT=3", "INTERVAL=0", "P1W", "PT1H", "-P1D", "\\n", "\\,", "\r\n ", "RECURRENCE-ID:", "00010101T000000Z", "99991231T235959"),
    ),
)  # fmt: skip
