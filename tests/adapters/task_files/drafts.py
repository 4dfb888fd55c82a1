"""Any task that oO may hold, for properties of the formats."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from core.records import Due, FileTask
from core.tasks.file_tasks import cleaned

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

HOSTILE = (
    "=1+1", "@home", "+1", "x", "(A)", "(A) b", "due:2026-01-01", "rec:1w", "note:a", "id:1", "p:1", "h:1",
    "t:1", "\\", "\\@a", "\\\\x", "2026-01-01", "x done", "-5", "'=", "'@", "task,a,b", "section,", '"',
    "100%", "%20", "END:VTODO", "BEGIN:VTODO", "a;b,c:d", "oO: due:2020-01-01", "project:a", "\tq", "é",
    "日本", "👩\u200d👩\u200d👧", "#", "pri:A", "TYPE,CONTENT", 'a"b', "\\n", "a\\,b",
    "section:a", "deadline:2026-01-01", "/", "a / b",
)  # fmt: skip
ZONES = ("Europe/Berlin", "UTC", "America/New_York", "Pacific/Chatham", "Etc/UTC")
RULES = (
    "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=2FR", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28", "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;UNTIL=20301224", "FREQ=MONTHLY;BYMONTHDAY=-1",
)  # fmt: skip

words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))
texts = st.lists(words, min_size=1, max_size=5).map(" ".join)
notes = st.lists(texts, min_size=1, max_size=4).map("\n".join)
dues = st.builds(
    Due,
    on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    at=st.none() | st.times().map(lambda at: time(at.hour, at.minute)),
    zone=st.none() | st.sampled_from(ZONES),
)


@st.composite
def file_tasks(draw: st.DrawFn, *, dated: bool = True) -> tuple[FileTask, ...]:
    """Clean tasks with all fields; ids are unique, and pieces follow their task."""
    found: list[FileTask] = []
    for raw in draw(st.lists(_raw(), max_size=6)):
        task = cleaned(raw, now=NOW, zone=BERLIN)
        if task:
            parent = draw(st.none() | st.integers(0, len(found) - 1)) if found else None
            found.append(replace(task, uid=f"oo-{len(found)}", parent=parent))
    return tuple(found)


def _raw() -> st.SearchStrategy[FileTask]:
    return st.builds(
        FileTask,
        title=texts,
        due=st.none() | dues,
        priority=st.integers(1, 4),
        repeats=st.none() | st.sampled_from(RULES),
        repeats_from_done=st.booleans(),
        minutes=st.none() | st.integers(1, 10_000),
        labels=st.lists(texts, max_size=3).map(tuple),
        project=st.none() | texts,
        section=st.none() | texts,
        deadline=st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31)),
        notes=st.none() | notes,
        created_at=st.none()
        | st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 1)).map(  # noqa: DTZ001
            lambda at: at.replace(tzinfo=UTC, microsecond=0)
        ),
    )
