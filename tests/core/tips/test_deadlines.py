"""A deadline makes a task as pressing as a due date would; the earlier one of both counts everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import numpy as np
import pytest

from core.policies.feature_inputs import FeatureInputs
from core.records import Due, Task, TaskOutline, TipCandidate, TipKind, TipSource
from core.tips.facts import known_facts, text_of
from core.tips.grounding import ungrounded
from core.tips.recent_facts import recent_facts
from core.tips.urgency import by_urgency, is_overdue, pressing_due, pressure
from tests.core.moments import BERLIN, NOW, moment, task

TODAY = NOW.astimezone(BERLIN).date()
DAY = timedelta(days=1)


def limited(title: str, deadline: date, due: Due | None = None, **fields: object) -> Task:
    return replace(task(title, due), deadline=deadline, **fields)  # type: ignore[arg-type]


def on(days: int, at: time | None = None) -> Due:
    return Due(on=TODAY + days * DAY, at=at)


@pytest.mark.parametrize(
    ("due", "days", "earlier"),
    [
        (None, 3, on(3)),
        (on(5), 3, on(3)),
        (on(2), 3, on(2)),
        (on(3), 3, on(3)),
        (on(3, time(9)), 3, on(3, time(9))),
        (on(4, time(9)), 3, on(3)),
    ],
)
def test_the_earlier_date_presses(due: Due | None, days: int, earlier: Due) -> None:
    assert pressing_due(limited("t", TODAY + days * DAY, due), BERLIN) == earlier


def test_a_deadline_that_is_over_is_overdue_whatever_the_due_date_says() -> None:
    missed = limited("missed", TODAY - DAY, on(7))
    assert is_overdue(missed, NOW, BERLIN)
    assert not is_overdue(limited("today", TODAY, on(7)), NOW, BERLIN)
    tasks = (missed, limited("a", TODAY), limited("b", TODAY + DAY))
    assert [pressure(one, NOW, BERLIN) for one in tasks] == ["overdue", "due_today", "due_later"]


def test_tasks_are_in_the_order_of_what_presses() -> None:
    tasks = [task("due tomorrow", on(1)), limited("deadline today", TODAY, on(9)), task("undated")]
    assert [one.title for one in by_urgency(tasks, NOW, BERLIN)] == [
        "deadline today", "due tomorrow", "undated",
    ]  # fmt: skip


def columns(one: Task) -> list[list[float]]:
    candidate = TipCandidate(
        candidate_id="c", kind=TipKind.TASK, source=TipSource.TASKS, content=one.title, task_id=one.task_id
    )
    inputs = FeatureInputs(moment(one), [candidate])
    return [list(np.asarray(found, dtype=float)) for found in (inputs.due_today, inputs.ahead, inputs.late)]


@pytest.mark.parametrize("days", [-3, 0, 1, 20])
def test_the_features_see_a_deadline_as_the_due_date_of_that_day(days: int) -> None:
    alone = columns(task("t", on(days)))
    assert columns(limited("t", TODAY + days * DAY)) == alone
    assert columns(limited("t", TODAY + days * DAY, on(days + 30))) == alone
    assert columns(limited("t", TODAY + (days + 30) * DAY, on(days))) == alone


def test_a_language_model_reads_both_dates_in_full() -> None:
    def text(one: Task) -> str:
        return text_of(known_facts((one,), NOW, BERLIN, open_tasks=1, overdue_tasks=0)[2])

    assert text(limited("Tax", date(2026, 10, 9))) == (
        "Task: Tax; no due date; deadline Friday 9 October 2026; priority 4 of 4"
    )
    assert text(limited("Tax", date(2026, 10, 9), Due(on=date(2026, 10, 6)))) == (
        "Task: Tax; due Tuesday 6 October 2026; deadline Friday 9 October 2026; priority 4 of 4"
    )
    assert text(limited("Tax", date(2026, 10, 2), Due(on=date(2026, 10, 9)))) == (
        "Task: Tax; due Friday 9 October 2026; deadline was Friday 2 October 2026; priority 4 of 4"
    )
    assert text(limited("Tax", date(2026, 10, 9), Due(on=date(2026, 10, 2)))) == (
        "Task: Tax; was due Friday 2 October 2026; deadline Friday 9 October 2026; priority 4 of 4"
    )


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Start the tax return, its deadline is Friday.", None),
        ("The deadline of the tax return is 9 October.", None),
        ("Its deadline is Thursday.", "ungrounded_date"),
        ("The deadline has passed, so begin.", "ungrounded_date"),
    ],
)
def test_a_tip_may_say_the_deadline_and_no_other(said: str, fault: str | None) -> None:
    one = limited("Tax return", date(2026, 10, 9))
    context = moment(one)
    assert ungrounded(said, context.facts[2:], context) == fault


def test_what_has_its_deadline_today_is_on_the_agenda_of_the_facts() -> None:
    def outline(title: str, due: Due | None, deadline: date | None) -> TaskOutline:
        return TaskOutline(task_id=title, title=title, priority=4, due=due, created_at=NOW, deadline=deadline)

    outlines = (
        outline("deadline", on(3, time(9)), TODAY),
        outline("due", on(0, time(10)), None),
        outline("later", on(3), TODAY + DAY),
    )
    (agenda,) = recent_facts(outlines, (), (), (), NOW, BERLIN)
    assert text_of(agenda) == "Due today: 2. 10:00 due; deadline"
