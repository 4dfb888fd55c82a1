"""Facts carry fields; their text is for prompts only."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.records import Due, LoadFact, LoggedFact, MomentFact, Task, TaskFact
from core.tips.facts import known_facts, text_of
from tests.core.moments import BERLIN, NOW, task

TITLE = "Report; was due Monday; priority 1 of 4"


def test_facts_are_the_local_time_the_load_and_each_task_by_its_fields() -> None:
    due = Due(on=date(2026, 10, 2))
    now = NOW + timedelta(seconds=59, microseconds=1)
    late, undated = task(TITLE, due, priority=2), task("Rest")
    assert known_facts((late, undated), now, BERLIN, open_tasks=7, overdue_tasks=1) == (
        MomentFact(fact_id="now", on=date(2026, 10, 5), at=time(9)),
        LoadFact(fact_id="load", open_tasks=7, overdue_tasks=1),
        TaskFact(fact_id="t1", task_id=late.task_id, title=TITLE, due=due, is_overdue=True, priority=2),
        TaskFact(fact_id="t2", task_id=undated.task_id, title="Rest", due=None, is_overdue=False, priority=4),
    )


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/Berlin", "It is Tuesday 6 October 2026, 00:30."),
        ("America/New_York", "It is Monday 5 October 2026, 18:30."),
        ("Asia/Kathmandu", "It is Tuesday 6 October 2026, 04:15."),
    ],
)
def test_the_time_is_the_persons_own(zone: str, text: str) -> None:
    now = datetime(2026, 10, 5, 22, 30, 41, tzinfo=UTC)
    moment, load = known_facts((), now, ZoneInfo(zone), open_tasks=0, overdue_tasks=0)
    assert (text_of(moment), text_of(load)) == (text, "0 open tasks, 0 of them overdue.")


def test_due_dates_are_written_in_full() -> None:
    def text(due: Due | None, later: float = 0) -> str:
        known = Task(task_id="t", person_id="ada", title="Eat", created_at=NOW, due=due)
        now = NOW + timedelta(hours=later)
        return text_of(known_facts((known,), now, BERLIN, open_tasks=1, overdue_tasks=0)[2])

    at = Due(on=date(2026, 10, 5), at=time(9, 5))
    assert text(None) == "Task: Eat; no due date; priority 4 of 4"
    assert text(at) == "Task: Eat; due Monday 5 October 2026 09:05; priority 4 of 4"
    assert text(at, 1) == "Task: Eat; was due Monday 5 October 2026 09:05; priority 4 of 4"


def test_a_fact_that_was_logged_as_text_is_shown_as_it_was() -> None:
    assert text_of(LoggedFact(fact_id="t1", task_id="t", text="Task: Eat")) == "Task: Eat"
