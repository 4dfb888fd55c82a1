"""What is known at a decision point, in the person's own time zone."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from core.deciding.context import (
    MAX_PAST_TIPS,
    MAX_TASK_FACTS,
    assemble,
    local_hours,
)
from core.delivery.reactions import react, snooze
from core.policies.feature_inputs import HISTORY_WINDOW
from core.records import Context, Due, Request, TaskState, Trigger
from core.store import Store
from core.tips.facts import text_of
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY, DISMISS, DONE, NOT_NOW, Scene, scene

TODAY = NOW.date()
TOKYO = ZoneInfo("Asia/Tokyo")


async def known(here: Scene, **request: int) -> Context:
    person = await here.stored()
    async with here.deps.store.read() as unit:
        return await assemble(
            unit,
            person,
            BERLIN,
            now=here.clock.now(),
            trigger=Trigger.SCHEDULED,
            request=Request(**request),  # type: ignore[arg-type]  # fields by name
        )


@pytest.mark.parametrize(
    "due",
    [Due(on=date.min), Due(on=date.max), Due(on=date.max, at=time(23, 59)), Due(on=TODAY, zone="Mars/Base")],
)
async def test_whatever_due_date_is_stored_a_tip_is_decided_and_its_task_completed(
    here: Scene, due: Due
) -> None:
    await here.person()
    task = await here.task("Pay the rent", due=due)
    decision = await here.slot()
    assert decision.tip is not None
    await react(decision.decision_id, await here.stored(), here.deps, kind=DONE)
    assert (await here.stored_task(task)).state is TaskState.DONE


async def test_it_holds_tasks_counts_facts_and_the_request(either: Store) -> None:
    here = scene(either)
    await here.person(preferences={"muted": ("sport",)})
    await here.task("Pay the rent", due=Due(on=TODAY - DAY), priority=1)
    await here.task("Call Ann", due=Due(on=TODAY + DAY, at=time(15)))
    await here.task("Rest")

    context = await known(here, minutes=10)

    assert [task.title for task in context.tasks] == ["Pay the rent", "Call Ann", "Rest"]
    assert (context.open_tasks, context.overdue_tasks, context.zone) == (3, 1, "Europe/Berlin")
    assert (context.muted, context.request.minutes) == (("sport",), 10)
    assert {fact.fact_id: text_of(fact) for fact in context.facts} == {
        "now": "It is Monday 14 June 2027, 08:30.",
        "load": "3 open tasks, 1 of them overdue.",
        "t1": "Task: Pay the rent; was due Sunday 13 June 2027; priority 1 of 4",
        "t2": "Task: Call Ann; due Tuesday 15 June 2027 15:00; priority 4 of 4",
        "t3": "Task: Rest; no due date; priority 4 of 4",
    }
    assert [fact.task_id for fact in context.facts if fact.task_id] == [one.task_id for one in context.tasks]


async def test_where_nothing_is_chosen_it_holds_the_most_pressing_tasks(here: Scene) -> None:
    await here.person()
    for number in range(MAX_TASK_FACTS + 5):
        await here.task(f"Task {number:02}", due=Due(on=TODAY + number * DAY))
    context = await known(here)
    assert len(context.tasks) == MAX_TASK_FACTS
    assert context.tasks[-1].title == f"Task {MAX_TASK_FACTS - 1}"
    assert context.open_tasks == MAX_TASK_FACTS + 5
    assert len(context.facts) == 2 + MAX_TASK_FACTS


async def test_a_language_model_is_told_of_the_day_and_of_earlier_tips(either: Store) -> None:
    here = scene(either)
    ada = await here.person(preferences={"cap": 9})
    await here.person("bob")
    await here.task("CANARY", "bob", due=Due(on=TODAY))
    for title in ("First", "Second"):
        await here.task(title, priority=1, due=Due(on=TODAY))
    done = await here.slot("2027-06-14 09:00")
    asleep = await here.slot("2027-06-14 13:00")
    await react(done.decision_id, ada, here.deps, kind=DONE)
    await snooze(asleep.decision_id, ada, here.deps, until=NOW + 3 * DAY)

    async with here.deps.store.read() as unit:
        plain, told = [
            await assemble(
                unit,
                await here.stored(),
                BERLIN,
                now=here.clock.now(),
                trigger=Trigger.REQUESTED,
                request=Request(),
                for_model=for_model,
            )
            for for_model in (False, True)
        ]

    assert told.facts[: len(plain.facts)] == plain.facts
    more = {fact.fact_id: text_of(fact) for fact in told.facts[len(plain.facts) :]}
    assert done.tip is not None
    assert asleep.tip is not None
    assert more == {
        "agenda": f"Due today: 1. {asleep.tip.content}",
        "done": f"Done today: 1. {done.tip.content}",
        "s1": f"Snoozed: {asleep.tip.content}; comes back Thursday 17 June 2027 08:30",
    }


async def test_it_holds_nothing_of_another_person(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.person("bob")
    await here.task("CANARY", "bob")
    here.clock.berlin("2027-06-14 09:00")
    await here.tick()
    assert "CANARY" in here.phone.lines[0]
    context = await known(here)
    assert (context.tasks, context.past, sum(context.tips_by_hour)) == ((), (), 0)


async def test_it_remembers_tips_and_reactions_to_them(either: Store) -> None:
    here = scene(either)
    ada = await here.person(preferences={"cap": 9})
    for title in ("First", "Second", "Third"):
        await here.task(title, priority=1, due=Due(on=TODAY - DAY))
    done = await here.slot("2027-06-14 09:00")
    dismissed = await here.slot("2027-06-14 13:00")
    asleep = await here.slot("2027-06-14 18:30")
    await react(done.decision_id, ada, here.deps, kind=DONE)
    await react(dismissed.decision_id, ada, here.deps, kind=DISMISS, reason=NOT_NOW)
    await snooze(asleep.decision_id, ada, here.deps, until=NOW + 3 * DAY)

    context = await known(here)

    assert [tip.decision_id for tip in context.past] == [
        asleep.decision_id,
        dismissed.decision_id,
        done.decision_id,
    ]
    assert [(tip.reaction, tip.reason) for tip in context.past][1:] == [(DISMISS, NOT_NOW), (DONE, None)]
    assert context.snoozed == (asleep.decision_id,)
    hours = {hour: count for hour, count in enumerate(context.tips_by_hour) if count}
    assert hours == {9: 1, 13: 1, 18: 1}
    assert {hour: count for hour, count in enumerate(context.done_by_hour) if count} == {9: 1}

    here.clock.time += HISTORY_WINDOW + DAY
    assert (await known(here)).past == ()
    assert MAX_PAST_TIPS < 100


def by_hour(**counts: int) -> tuple[int, ...]:
    return tuple(counts.get(f"h{hour}", 0) for hour in range(24))


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Europe/Berlin", 9), ("America/New_York", 3), ("Asia/Tokyo", 16), ("Asia/Kolkata", 13), ("UTC", 7)],
)
def test_hours_are_the_persons_own(zone: str, hour: int) -> None:
    local = local_hours(by_hour(h7=7), NOW, ZoneInfo(zone))
    assert local[hour] == 7
    assert sum(local) == 7


def test_half_an_hour_is_rounded_the_same_way_everywhere() -> None:
    zones = ("Asia/Kabul", "Asia/Kolkata", "Australia/Adelaide", "America/St_Johns")
    offsets = [local_hours(by_hour(h12=1), NOW, ZoneInfo(zone)).index(1) - 12 for zone in zones]
    assert offsets == [5, 6, 10, -2]  # 4:30, 5:30, 9:30, -2:30: each to the later hour
