"""Facts of the day and of earlier tips: never more than is true, and only with enough evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from adapters.storage.values import Json
from core.records import (
    AgendaFact,
    AgendaItem,
    Context,
    DayPart,
    DismissReason,
    DoneFact,
    Due,
    OutcomeFact,
    PastTip,
    ReactionKind,
    Snooze,
    SnoozeFact,
    Task,
    TaskOutline,
    TipKind,
    TipSource,
)
from core.tips.facts import repeats_words, text_of
from core.tips.recent_facts import MAX_AGENDA, MAX_DONE, MAX_TITLE_CHARS, day_part, recent_facts, start_of_day
from tests.core.moments import BERLIN, CONTEXT, NOW, task

TODAY = date(2026, 10, 5)
DONE, DISMISS, SNOOZE = ReactionKind.DONE, ReactionKind.DISMISS, ReactionKind.SNOOZE
DAY = timedelta(days=1)


def past(reaction: ReactionKind | None = None, *, at: datetime = NOW - DAY, **fields: Any) -> PastTip:
    usual: dict[str, Any] = {
        "decision_id": "d",
        "decided_at": at,
        "kind": TipKind.TASK,
        "source": TipSource.TASKS,
        "task_id": None,
        "topic": None,
        "content": "Pay rent",
        "reaction": reaction,
    }
    return PastTip(**usual | fields)


def outline(title: str, due: Due | None = None) -> TaskOutline:
    return TaskOutline(task_id=title, title=title, priority=4, due=due, created_at=NOW)


def outcomes(*tips: PastTip) -> list[OutcomeFact]:
    return [one for one in recent_facts((), (), tips, (), NOW, BERLIN) if isinstance(one, OutcomeFact)]


def test_without_anything_there_is_no_fact() -> None:
    assert recent_facts((), (), (), (), NOW, BERLIN) == ()


def test_outcomes_are_counted_by_kind_part_of_the_day_and_topic() -> None:
    tips = [past(DONE)] * 3 + [past(DISMISS), past(None)]
    advice = [past(DISMISS, kind=TipKind.ADVICE, topic="sport", at=NOW - DAY + timedelta(hours=9))] * 5
    assert [text_of(one) for one in outcomes(*tips, *advice)] == [
        "Tips about a task: 3 of the last 5 done, 1 of 5 dismissed.",
        "General advice: 0 of the last 5 done, 5 of 5 dismissed.",
        "Tips sent in the morning (5:00 to 12:00): 3 of the last 5 done, 1 of 5 dismissed.",
        "Tips sent in the evening (17:00 to 22:00): 0 of the last 5 done, 5 of 5 dismissed.",
        "Tips on the topic sport: 0 of the last 5 done, 5 of 5 dismissed.",
    ]
    assert [one.fact_id for one in outcomes(*tips, *advice)] == ["h1", "h2", "h3", "h4", "h5"]


def test_four_tips_say_nothing() -> None:
    assert outcomes(*[past(DONE)] * 4) == []
    assert len(outcomes(*[past(DONE)] * 5)) == 2


def test_a_tip_that_may_still_be_done_does_not_count_as_not_done() -> None:
    fresh = past(None, at=NOW - timedelta(minutes=30))
    assert {one.tips for one in outcomes(*[past(DONE)] * 5, fresh)} == {5}
    assert {one.tips for one in outcomes(*[past(DONE)] * 5, replace(fresh, reaction=DISMISS))} == {6}


def test_a_task_that_was_done_before_the_tip_says_nothing_about_tips() -> None:
    known = past(DISMISS, reason=DismissReason.DID_IT)
    assert {(one.tips, one.dismissed) for one in outcomes(*[past(DONE)] * 5, known)} == {(5, 0)}


def test_a_snooze_is_neither_done_nor_dismissed() -> None:
    assert {(one.tips, one.done, one.dismissed) for one in outcomes(*[past(SNOOZE)] * 5)} == {(5, 0, 0)}


@pytest.mark.parametrize(
    ("at", "part"),
    [
        (time(4, 59), DayPart.NIGHT),
        (time(5), DayPart.MORNING),
        (time(11, 59), DayPart.MORNING),
        (time(12), DayPart.AFTERNOON),
        (time(17), DayPart.EVENING),
        (time(21, 59), DayPart.EVENING),
        (time(22), DayPart.NIGHT),
        (time(0), DayPart.NIGHT),
    ],
)
def test_the_day_has_four_parts(at: time, part: DayPart) -> None:
    assert day_part(at) is part


def test_the_agenda_has_what_is_due_today_by_time() -> None:
    tasks = (
        outline("Rent", Due(on=TODAY)),
        outline("Dentist", Due(on=TODAY, at=time(15))),
        outline("Late", Due(on=TODAY - DAY)),
        outline("Call", Due(on=TODAY, at=time(8))),
        outline("Far away", Due(on=TODAY, at=time(23), zone="America/New_York")),
        outline("Early there", Due(on=TODAY, at=time(1), zone="Asia/Tokyo")),
        outline("Early here", Due(on=TODAY, at=time(9), zone="Asia/Tokyo")),
        outline("Some day"),
    )
    [agenda] = recent_facts(tasks, (), (), (), NOW, BERLIN)
    assert isinstance(agenda, AgendaFact)
    assert text_of(agenda) == "Due today: 4. 02:00 Early here; 08:00 Call; 15:00 Dentist; Rent"


def test_a_long_agenda_is_cut_and_says_so() -> None:
    tasks = [outline(f"{number:02} {'x' * 300}", Due(on=TODAY)) for number in range(500)]
    [agenda] = recent_facts(tasks, (), (), (), NOW, BERLIN)
    assert isinstance(agenda, AgendaFact)
    assert (len(agenda.agenda), agenda.due_today) == (MAX_AGENDA, 500)
    assert max(len(item.title) for item in agenda.agenda) <= MAX_TITLE_CHARS
    assert text_of(agenda).endswith("; and 492 more")


def test_what_was_done_today_is_counted_and_named() -> None:
    finished = [task(f"Task {number}") for number in range(7)]
    [done] = recent_facts((), finished, (), (), NOW, BERLIN)
    assert done == DoneFact(
        fact_id="done", done_titles=("Task 2", "Task 3", "Task 4", "Task 5", "Task 6"), done_today=7
    )
    assert MAX_DONE == 5
    assert text_of(done) == "Done today: 7. Task 2; Task 3; Task 4; Task 5; Task 6; and 2 more"


def test_a_snoozed_tip_is_known_with_the_time_when_it_comes_back() -> None:
    snooze = Snooze(snooze_id="s", decision_id="d", person_id="p", until=NOW + timedelta(hours=30, seconds=7))
    unknown = replace(snooze, decision_id="older than the history")
    [fact] = recent_facts((), (), [past(SNOOZE, task_id="t")], (snooze, unknown), NOW, BERLIN)
    assert isinstance(fact, SnoozeFact)
    assert (fact.task_id, text_of(fact)) == (
        "t",
        "Snoozed: Pay rent; comes back Tuesday 6 October 2026 15:00",
    )


def test_the_day_begins_at_the_persons_midnight() -> None:
    assert start_of_day(datetime(2026, 10, 5, 22, 30, tzinfo=UTC), BERLIN) == datetime(
        2026, 10, 5, 22, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY;BYDAY=MO", "every week on Monday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "every 2 weeks on Monday and Friday"),
        ("RRULE:FREQ=MONTHLY;BYDAY=2FR", "every month on Friday"),
        ("FREQ=YEARLY;BYMONTH=5", "every year"),
        ("every! monday", "every! monday"),
        ("FREQ=SECONDLY", "FREQ=SECONDLY"),
        ("", ""),
    ],
)
def test_a_recurrence_is_shown_in_words(rule: str, words: str) -> None:
    assert repeats_words(rule) == words


def test_a_task_shows_the_fields_that_it_has() -> None:
    from core.tips.facts import known_facts

    full = replace(
        task("Tax"),
        minutes=120,
        labels=("home", "money"),
        project="House",
        repeats="FREQ=YEARLY",
        notes="Form 7\n" + "x" * 500,
    )
    text = text_of(known_facts((full,), NOW, BERLIN, open_tasks=1, overdue_tasks=0)[2])
    assert text.startswith(
        "Task: Tax; no due date; priority 4 of 4; takes 120 minutes; repeats every year; labels home, money;"
        " project House; notes: Form 7 xxx"
    )
    assert len(text) < 260


def test_all_facts_come_back_as_they_were_stored() -> None:
    snooze = Snooze(snooze_id="s", decision_id="d", person_id="p", until=NOW + DAY)
    recent = recent_facts(
        [outline("Rent", Due(on=TODAY, at=time(9)))], [task("Milk")], [past(DONE)] * 5, (snooze,), NOW, BERLIN
    )
    assert {type(one) for one in recent} == {AgendaFact, DoneFact, SnoozeFact, OutcomeFact}
    context = replace(CONTEXT, facts=CONTEXT.facts + recent)
    stored = Json(Context)
    assert stored.load(stored.store(context)) == context
    assert AgendaItem(title="Rent", at=time(9)) in recent[0].agenda  # type: ignore[union-attr]


def test_a_context_from_before_is_read() -> None:
    stored = Json(Context)
    text = stored.store(CONTEXT).replace(
        ',"minutes":null,"labels":[],"project":null,"repeats":null,"notes":null}', "}"
    )
    assert "notes" not in text.partition('"facts":')[2]
    assert stored.load(text) == CONTEXT


def test_tasks_of_one_day_may_be_many() -> None:
    many: tuple[Task, ...] = tuple(task(f"Task {number}") for number in range(100))
    [done] = recent_facts((), many, (), (), NOW, BERLIN)
    assert len(text_of(done)) < 100
