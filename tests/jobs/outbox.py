"""Changes made in oO that an outside task source has to be told."""

from __future__ import annotations

from core.chat import Line, Message, Span
from core.delivery.on_request import tip_now
from core.records import Decision, Integration, Person, Request, Task, TaskSource
from core.tasks.sync import refresh
from core.tasks.todo_list import complete_task, reopen_task
from jobs.relay import relay
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene, compose


async def mirrored(here: Scene, title: str = "Call Ann", person_id: str = "ada") -> Task:
    """A task of Todoist that oO knows."""
    task = await here.outside_task(title, person_id)
    here.clock.move(minutes=1)
    await refresh(await here.stored(person_id), here.deps)
    return task


async def completed(here: Scene, task: Task) -> Task:
    async with here.deps.store.begin() as unit:
        return (await complete_task(unit, task, here.deps, zone=BERLIN)).task


async def reopened(here: Scene, task: Task) -> Task:
    async with here.deps.store.begin() as unit:
        return await reopen_task(unit, task, here.deps, due=None)


def refusal_notice(kind: str, task: Task, person: Person) -> Message:
    return Message(lines=(Line(spans=(Span(text=f"{kind} refused: {task.title}"),)),))


async def tip_about(here: Scene, task: Task) -> Decision:
    """A tip about the only task."""
    person = await here.stored()
    async with here.deps.store.read() as unit:
        (account,) = await unit.people.accounts(person.person_id)
    request, origin = Request(), f"tip about {task.task_id}"
    await tip_now(person, account, here.deps, compose, zone=BERLIN, request=request, origin=origin)
    here.phone.shown.clear()
    decision = await here.latest()
    assert decision.tip
    assert decision.tip.task_id == task.task_id
    return decision


async def carry(here: Scene, **options: int) -> int:
    return await relay(here.deps, refusal_notice, **options)


async def status(here: Scene) -> Integration:
    async with here.deps.store.read() as unit:
        found = await unit.integrations.get("ada", TaskSource.TODOIST)
    assert found is not None
    return found
