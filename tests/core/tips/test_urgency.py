"""How pressing a task is: due dates as instants, the order of tasks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.records import Due, Task
from core.tips.urgency import by_urgency, due_day, due_instant, is_overdue
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY

TODAY = NOW.date()
TOKYO = ZoneInfo("Asia/Tokyo")
APIA = ZoneInfo("Pacific/Apia")


@pytest.mark.parametrize(
    ("due", "instant"),
    [
        (Due(on=TODAY), datetime(2027, 6, 14, 22, tzinfo=UTC)),
        (Due(on=TODAY, at=time(9)), datetime(2027, 6, 14, 7, tzinfo=UTC)),
        (Due(on=TODAY, at=time(9), zone="Asia/Tokyo"), datetime(2027, 6, 14, 0, tzinfo=UTC)),
        (Due(on=TODAY, zone="Asia/Tokyo"), datetime(2027, 6, 14, 15, tzinfo=UTC)),
        (Due(on=TODAY.replace(month=3, day=28), at=time(2, 30)), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (Due(on=TODAY, at=time(9), zone="Mars/Base"), datetime(2027, 6, 14, 7, tzinfo=UTC)),
        (Due(on=TODAY, at=time(9), zone="../../etc/passwd"), datetime(2027, 6, 14, 7, tzinfo=UTC)),
    ],
)
def test_a_due_date_is_an_instant_where_the_person_or_the_task_is(due: Due, instant: datetime) -> None:
    assert due_instant(due, BERLIN) == instant


@pytest.mark.parametrize("zone", [None, "Mars/Base", "Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("at", [None, time(), time(23, 59)])
def test_the_first_and_last_dates_are_clamped(at: time | None, zone: str | None) -> None:
    first, last = (due_instant(Due(on=on, at=at, zone=zone), BERLIN) for on in (date.min, date.max))
    assert first < NOW - 36_500 * DAY < NOW + 36_500 * DAY < last


def test_a_date_is_overdue_when_its_day_is_over_there() -> None:
    task = Task(task_id="t", person_id="ada", title="t", created_at=NOW, due=Due(on=TODAY))
    assert not is_overdue(task, datetime(2027, 6, 14, 21, 59, tzinfo=UTC), BERLIN)
    assert is_overdue(task, datetime(2027, 6, 14, 22, tzinfo=UTC), BERLIN)
    assert is_overdue(task, datetime(2027, 6, 14, 15, tzinfo=UTC), TOKYO)


def test_the_most_pressing_task_comes_first() -> None:
    def task(title: str, due: Due | None = None, priority: int = 4, age: int = 0) -> Task:
        return Task(
            task_id=title,
            person_id="ada",
            title=title,
            created_at=NOW - age * DAY,
            priority=priority,
            due=due,
        )

    ordered = [
        task("overdue by a week", Due(on=TODAY - 7 * DAY)),
        task("overdue by a day, urgent", Due(on=TODAY - DAY), 1),
        task("overdue by a day", Due(on=TODAY - DAY)),
        task("today, urgent", Due(on=TODAY), 1),
        task("today at ten", Due(on=TODAY, at=time(10))),
        task("today at noon", Due(on=TODAY, at=time(12))),
        task("today", Due(on=TODAY)),
        task("tomorrow", Due(on=TODAY + DAY), 1),
        task("no date, urgent", None, 1),
        task("no date, old", None, 4, 9),
        task("no date", None, 4),
    ]
    shuffled = ordered[::2] + ordered[1::2][::-1]
    assert [one.title for one in by_urgency(shuffled, NOW, BERLIN)] == [one.title for one in ordered]


@pytest.mark.parametrize(
    ("due", "zone", "day"),
    [
        (Due(on=TODAY, at=time(3)), BERLIN, TODAY),
        (Due(on=TODAY, at=time(3), zone="Asia/Tokyo"), BERLIN, TODAY - DAY),
        (Due(on=TODAY, at=time(23), zone="America/New_York"), BERLIN, TODAY + DAY),
        (Due(on=TODAY, zone="Asia/Tokyo"), BERLIN, TODAY),
        (Due(on=TODAY, at=time(3), zone="No/Where"), TOKYO, TODAY),
        (Due(on=date(2011, 12, 30), at=time(12)), APIA, date(2011, 12, 31)),  # that day did not exist there
    ],
)
def test_a_time_in_another_zone_may_fall_on_another_day(due: Due, zone: ZoneInfo, day: date) -> None:
    assert due_day(due, zone) == day
