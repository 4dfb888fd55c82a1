"""What comes back after a snooze: the tip as it is by then, or silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from core.delivery.reactions import react, undo
from core.errors import SendRejected, SourceDisconnected, SourceUnavailable
from core.people.muting import mute
from core.records import DayTimes, Decision, DeliveryState, Due, Reason, Task, TaskState, TipSource, Trigger
from core.tasks.changes import remove_task
from core.tasks.sync import refresh
from tests.core.outsiders import NOW, written
from tests.core.taps import at, changed, snoozed_until, tip
from tests.core.worlds import DONE, HOUR, Scene, scene
from tests.decisions import altered


@pytest.mark.parametrize("what", ["done", "removed", "muted"])
async def test_a_tip_that_is_over_by_then_comes_back_as_silence(here: Scene, what: str) -> None:
    decision = await snoozed_until(here, "2027-06-14 10:00")
    if what == "done":
        async with here.deps.store.begin() as unit:
            task = await unit.tasks.get("oo-Pay the rent")
            await unit.tasks.put(replace(task, state=TaskState.DONE, done_at=NOW + HOUR))
    elif what == "removed":
        await remove_task("oo-Pay the rent", await here.stored(), here.deps)
    else:
        await changed(here, mute("rent"))

    await at(here, "2027-06-14 10:00")
    await here.tick()

    silence = await here.latest()
    assert (silence.trigger, silence.tip, silence.silence) == (Trigger.SNOOZED, None, Reason.CHOSE_SILENCE)
    assert silence.decision_id != decision.decision_id
    assert len(here.phone.shown) == 1
    assert len(await here.decisions()) == 2


async def test_a_task_comes_back_as_it_is_by_then(here: Scene) -> None:
    decision = await tip(here, due=Due(on=NOW.date(), at=time(10)))
    assert decision.tip is not None
    assert decision.tip.rationale == "due_soon"
    await snoozed_until(here, "2027-06-14 12:00", decision)
    async with here.deps.store.begin() as unit:
        task = await unit.tasks.get("oo-Pay the rent")
        await unit.tasks.put(replace(task, title="Pay the landlord"))

    await at(here, "2027-06-14 12:00")
    back = await here.latest()
    assert back.tip is not None
    assert (back.tip.content, back.tip.rationale) == ("Pay the landlord", "overdue")


async def test_a_snoozed_task_is_in_the_context_however_many_are_more_urgent(here: Scene) -> None:
    decision = await tip(here, due=Due(on=NOW.date()), repeats="FREQ=DAILY")
    await snoozed_until(here, "2027-06-14 12:00", decision)
    for number in range(15):
        await here.task(f"Fire {number}", due=Due(on=NOW.date() - timedelta(days=9)), priority=1)
    await at(here, "2027-06-14 12:00")

    back = await here.latest()
    assert back.context is not None
    assert len(back.context.tasks) == 13
    ada = await here.stored()
    await react(back.decision_id, ada, here.deps, kind=DONE)
    outcome = await undo(back.decision_id, ada, here.deps)
    assert outcome.task is not None
    assert outcome.task.due == Due(on=NOW.date())


async def test_a_written_tip_comes_back_with_the_facts_it_was_written_from(here: Scene) -> None:
    writing = scene(here.deps.store, llm=True)
    writing.model.tips = (written("Open the letter from the landlord.", "t1"),)
    await writing.person(preferences={"times": (DayTimes(days=(0,), times=(time(9),)),)})
    await writing.task("Pay the rent")
    await writing.task("Water the ferns")
    async with writing.deps.store.begin() as unit:
        task = await unit.tasks.get("oo-Pay the rent")
        await unit.tasks.put(replace(task, priority=1, due=Due(on=NOW.date())))
    decision = await writing.slot("2027-06-14 09:00")
    about = next(one for one in decision.candidates if one.candidate.source is TipSource.LLM)
    chosen = altered(decision, decision_id="d2", slot=None, action=about.candidate.candidate_id)
    async with writing.deps.store.begin() as unit:
        await unit.decisions.add(chosen, None)
    await snoozed_until(writing, "2027-06-14 12:00", chosen)
    await writing.task("Fire", due=Due(on=NOW.date() - timedelta(days=9)), priority=1)

    await at(writing, "2027-06-14 12:00")

    back = await writing.latest()
    assert back.tip is not None
    assert back.context is not None
    rests_on = {fact.fact_id: fact.task_id for fact in back.context.facts}
    assert [rests_on[one] for one in back.tip.fact_ids] == ["oo-Pay the rent"]


async def test_a_returning_tip_that_the_platform_refuses_is_over(here: Scene) -> None:
    await snoozed_until(here, "2027-06-14 10:00")
    here.phone.faults = [SendRejected("no")]
    await at(here, "2027-06-14 10:00")
    back = await here.latest()
    assert (await here.delivery(back)).state is DeliveryState.REJECTED
    assert await here.tick() == 0


# --- Tasks that live elsewhere -----------------------------------------------------------------------------


async def outside_tip(here: Scene, **fields: Any) -> tuple[Scene, Task, Decision]:
    """A tip about a task of Todoist, snoozed until ten."""
    here = scene(here.deps.store, todoist=True)
    await here.person(preferences={"times": (DayTimes(days=(0,), times=(time(9),)),)})
    await here.connect()
    task = await here.outside_task("Call Ann", **fields)
    decision = await here.slot("2027-06-14 09:00")
    assert decision.tip is not None
    assert decision.tip.task_id == task.task_id
    await snoozed_until(here, "2027-06-14 10:00", decision)
    return here, task, decision


@pytest.mark.parametrize("read_lately", [False, True])
async def test_a_task_done_elsewhere_meanwhile_is_not_brought_back(here: Scene, read_lately: bool) -> None:
    here, task, _ = await outside_tip(here)
    if read_lately:
        here.clock.berlin("2027-06-14 09:59")
        here.clock.move(seconds=30)
        await refresh(await here.stored(), here.deps)
    here.todoist.open.clear()

    await at(here, "2027-06-14 10:00")

    assert (await here.latest()).trigger is Trigger.SNOOZED
    assert (await here.latest()).tip is None
    assert len(here.phone.shown) == 1
    assert (await here.stored_task(task)).state is TaskState.DONE


async def test_a_task_comes_back_as_its_source_has_it_by_then(here: Scene) -> None:
    here, task, _ = await outside_tip(here)
    here.todoist.open[task.task_id] = replace(task, title="Call Ann back")
    await at(here, "2027-06-14 10:00")
    assert here.phone.lines == ["Call Ann", "Call Ann back"]


@pytest.mark.parametrize("fault", [SourceUnavailable("500"), SourceDisconnected("401")])
async def test_a_source_that_fails_does_not_sink_a_promise(here: Scene, fault: SourceUnavailable) -> None:
    here, _, _ = await outside_tip(here)
    here.todoist.fault = fault
    await at(here, "2027-06-14 10:00")
    assert here.phone.lines == ["Call Ann", "Call Ann"]
