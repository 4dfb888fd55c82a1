"""The text of a task on a CalDAV server: whatever it is, it is changed as a whole, or left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar.timezone import tzp

from adapters.calendars.todo_text import changed, closed, opened, task_of, todo_in
from core.errors import SourceUnavailable
from core.records import FileTask
from tests.rows import each_of

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
TODO = "BEGIN:VTODO\r\nUID:1\r\nSUMMARY:Pay\r\nDUE;TZID=Mars/Base:20261201T090000\r\nEND:VTODO\r\n"
END = "END:VCALENDAR\r\n"
TASK = task_of(FileTask(title="Pay"), "/1.ics", "ada", project=None)
OFFSETS = (
    "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0500\r\nTZOFFSETTO:+0500\r\nEND:STANDARD\r\n"
)


@each_of(
    [
        "",
        "BEGIN:VTODO",
        "END:VTODO",
        f"{HEAD}{END}",
        f"BEGIN:VCALEN>AR\r\nTZID:Custom\r\nEND:VTIMEZONE\r\n{TODO}{END}",
        f"BEGIN:X\r\nTZID:Custom\r\nEND:VTIMEZONE\r\n{TODO}END:X",
        f"{HEAD}BEGIN:VTIMEZONE\r\nTZID:Custom\r\nEND:VTIMEZONE\r\n{TODO}{END}",
        f"{HEAD}BEGIN:VTIMEZONE\r\nTZID:A\r\nBEGIN:STANDARD\r\nDTSTART:x\r\nTZOFFSETTO:99\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n{TODO}{END}",
        f"{HEAD}END:VTIMEZONE\r\n{TODO}{END}",
        f"{HEAD}{TODO}" * 3,
        f"{HEAD}" * 3000,
        f"{HEAD}{TODO.replace('SUMMARY', 'SUM;MARY')}{END}",
        f"{HEAD}{TODO.replace('DUE;TZID=Mars/Base', 'DUE;TZID=')}{END}",
    ]
)
def test_a_text_that_makes_no_sense_is_refused_as_one(text: str) -> None:
    for change in (closed, opened, lambda text, now: changed(text, TASK, ("due", "title"), now)):
        try:
            written = change(text, NOW)
        except SourceUnavailable:
            continue
        assert todo_in(written, now=NOW, zone=ZoneInfo("Europe/Berlin"))


def test_a_zone_that_one_text_describes_holds_for_no_other() -> None:
    zone = f"BEGIN:VTIMEZONE\r\nTZID:Mars/Base\r\n{OFFSETS}END:VTIMEZONE\r\n"
    assert "Mars/Base" in closed(f"{HEAD}{zone}{TODO}{END}", NOW)
    assert tzp.timezone("Mars/Base") is None
    assert tzp.timezone("Europe/Berlin") is not None
    with pytest.raises(SourceUnavailable):
        closed(HEAD, NOW + timedelta(days=1))
    assert tzp.timezone("Mars/Base") is None
