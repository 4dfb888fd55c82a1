"""Changes made in oO that an outside task source has to be told."""

from __future__ import annotations

from core.chat import Line, Message, Span
from core.records import Person, Task, TaskSource
from core.store import SourceStatus
from core.tasks.sync import refresh
from core.tasks.todo_list import complete_task, reopen_task
from jobs.relay import relay
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene


async def mirrored(here: Scene, title: str = "Call Ann") -> Task:
    """A task of Todoist that oO knows."""
    task = await here.outside_task(title)
    here.clock.move(minutes=1)
    await refresh(await here.stored(), here.deps)
    return task


async def completed(here: Scene, task: Task) -> Task:
    async with here.deps.store.begin() as unit:
        return (await complete_task(unit, task, here.deps, zone=BERLIN)).task


async def reopened(here: Scene, task: Task) -> Task:
    async with here.deps.store.begin() as unit:
        return await reopen_task(unit, task, here.deps, due=None)


def refusal_notice(kind: str, task: Task, person: Person) -> Message:
    return Message(lines=(Line(spans=(Span(text=f"{kind} refused: {task.title}"),)),))


async def carry(here: Scene, **options: int) -> int:
    return await relay(here.deps, refusal_notice, **options)


async def status(here: Scene) -> SourceStatus:
    async with here.deps.store.read() as unit:
        found = await unit.sources.get("ada", TaskSource.TODOIST)
    assert found is not None
    return found
