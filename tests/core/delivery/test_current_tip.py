"""A tip is shown with what is true of its task when it is sent, and not sent when it rests on what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.chat import Message
from core.deciding.ringing import ring_time
from core.delivery.current_tip import with_current_task
from core.delivery.send import deliver_waiting, reserve
from core.errors import NotSent
from core.records import Account, Decision, DeliveryState, Due, Person, Task, TaskPatch, TipSource
from core.tasks.changes import change_task, remove_task, restore_task
from tests.core.outsiders import BERLIN, written
from tests.core.reminders import asked, rings_at, rung
from tests.core.worlds import Scene, compose, scene
from tests.decisions import altered
from tests.fakes.store import FakeStore

FRIDAY = Due(on=date(2027, 6, 18))


@pytest.fixture
async def here() -> Scene:
    found = scene(FakeStore())
    await found.person()
    return found


async def waiting(here: Scene, **fields: Any) -> tuple[Task, Decision]:
    """A tip about a task that the platform did not take yet."""
    task = await here.task("Pay the rent", due=Due(on=date(2027, 6, 14)), **fields)
    here.phone.faults = [NotSent("busy", retry_after=1)]
    decision = await here.slot()
    assert decision.tip
    assert decision.tip.task_id == task.task_id
    return task, decision


async def sent(here: Scene) -> list[Decision]:
    """What the renderer was given."""
    shown: list[Decision] = []

    def render(decision: Decision, person: Person) -> Message:
        shown.append(decision)
        return compose(decision, person)

    here.clock.move(minutes=1)
    await deliver_waiting(here.deps, render)
    return shown


async def test_a_renamed_and_moved_task_is_shown_as_it_is_now(here: Scene) -> None:
    task, decision = await waiting(here)
    patch = TaskPatch(title="Pay the landlord", due=FRIDAY)
    await change_task(task.task_id, await here.stored(), here.deps, patch, zone=BERLIN)
    (shown,) = await sent(here)
    assert shown.tip
    assert (shown.tip.content, shown.tip.rationale) == ("Pay the landlord", "due_later")
    assert shown.context
    assert [(one.title, one.due) for one in shown.context.tasks] == [("Pay the landlord", FRIDAY)]
    assert (await here.latest()).tip == decision.tip, "the log keeps what was drawn"


async def test_an_unchanged_task_is_shown_as_drawn(here: Scene) -> None:
    _, decision = await waiting(here)
    assert await sent(here) == [decision]


async def test_a_tip_about_a_removed_task_is_not_sent_and_after_an_undo_it_is(here: Scene) -> None:
    task, decision = await waiting(here)
    await remove_task(task.task_id, await here.stored(), here.deps)
    await restore_task(task.task_id, await here.stored(), here.deps)
    assert await sent(here) == [decision]


async def test_a_tip_about_a_task_that_stays_removed_is_abandoned(here: Scene) -> None:
    task, decision = await waiting(here)
    await remove_task(task.task_id, await here.stored(), here.deps)
    assert await sent(here) == []
    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.reason) == (DeliveryState.ABANDONED, "task_gone")


async def test_a_written_tip_about_what_has_changed_is_not_sent() -> None:
    here = scene(FakeStore(), llm=True)
    await here.person()
    task = await here.task("Pay the rent", due=Due(on=date(2027, 6, 14)))
    here.model.tips = (written("Begin with the rent.", "t1"),)
    decision = await here.slot()
    about = next(one for one in decision.candidates if one.candidate.source is TipSource.LLM)
    chosen = altered(decision, decision_id="d2", slot=None, action=about.candidate.candidate_id)
    (account,) = await accounts(here)
    async with here.deps.store.begin() as unit:
        await unit.decisions.add(chosen, None)
        await unit.deliveries.add(reserve(chosen, account, here.deps))
    patch = TaskPatch(title="Pay the landlord")
    await change_task(task.task_id, await here.stored(), here.deps, patch, zone=BERLIN)
    assert await sent(here) == []
    assert (await here.delivery(chosen)).reason == "facts_changed"


async def accounts(here: Scene) -> tuple[Account, ...]:
    async with here.deps.store.read() as unit:
        return await unit.people.accounts("ada")


async def test_a_reminder_of_a_task_that_changed_still_knows_when_it_was_to_ring(here: Scene) -> None:
    task = await asked(here, "Call Ann", "2027-06-14 15:00")
    here.phone.faults = [NotSent("busy", retry_after=60)]
    await rings_at(here, "2027-06-14 15:00")
    (decision,) = await rung(here)
    assert decision.tip
    await change_task(
        task.task_id, await here.stored(), here.deps, TaskPatch(title="Call Bob", priority=1), zone=BERLIN
    )
    (shown,) = await sent(here)
    assert shown.tip
    assert (shown.tip.content, shown.tip.rationale) == ("Call Bob", decision.tip.rationale)
    assert ring_time(shown.tip).planned == decision.decided_at


async def test_what_a_model_wrote_about_a_task_keeps_its_words_when_the_task_changes() -> None:
    """As a message that was shown is redrawn after a tap."""
    here = scene(FakeStore(), llm=True)
    await here.person()
    task = await here.task("Pay the rent", due=Due(on=date(2027, 6, 14)))
    here.model.tips = (written("Begin with the rent.", "t1"),)
    decision = await here.slot()
    about = next(one for one in decision.candidates if one.candidate.source is TipSource.LLM)
    chosen = altered(decision, action=about.candidate.candidate_id)
    shown = with_current_task(chosen, replace(task, title="Pay the landlord"))
    assert shown.tip == about.candidate
    assert shown.context
    assert [one.title for one in shown.context.tasks] == ["Pay the landlord"]
