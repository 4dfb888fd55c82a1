"""One request of the outbox: what is asked of a task source for an event, and what its answer changes here.

Tests: tests/jobs/test_relay.py, tests/jobs/test_removals.py.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from core.dependencies import Dependencies
from core.errors import NotFound
from core.events import record_task_event
from core.ports import TaskProvider
from core.records import Event, Task, TaskSource, TaskState
from core.store import Unit
from core.tasks.outbox import tasks_of
from core.tasks.reminders import put_task, rename_task

log = logging.getLogger(__name__)

Answer = Sequence[tuple[Task, Task | None]]
"""The tasks of a request, each with the task that the source has now: None if it has lost it."""


async def ask(event: Event, task: Task, provider: TaskProvider, deps: Dependencies) -> Answer:
    """Make the request for ``event``, whose ``task`` is as it is now.

    The event's id is the request's id, so that a repeat is recognised as the same request. Raises
    ``SourceUnavailable`` and its subclasses.
    """
    request_id, exists = event.event_id, True
    match event.kind:
        case "task.completed":
            await provider.complete(task, request_id=request_id)
        case "task.reopened":
            exists = await provider.reopen(task, request_id=request_id)
        case "task.changed":
            fields = str(event.data["fields"]).split(",")
            exists = await provider.update(task, fields, request_id=request_id)
        case "task.removed":
            await provider.delete(task, request_id=request_id)
        case _:
            return await _restore(event, task, provider, deps)
    return [(task, task if exists else None)]


async def _restore(event: Event, task: Task, provider: TaskProvider, deps: Dependencies) -> Answer:
    """Give the source a task back, and then its sub-tasks that went with it."""
    async with deps.store.read() as unit:
        pieces = [piece for piece in await _known(unit, tasks_of(event)[1:]) if piece.source is task.source]
        parents = {one.task_id: one for one in await _known(unit, [task.parent_id] if task.parent_id else [])}
    answer: list[tuple[Task, Task | None]] = []
    for number, one in enumerate((task, *pieces)):
        request_id = f"{event.event_id}.{number}" if number else event.event_id
        above = parents.get(one.parent_id) if one.parent_id else None
        found = await provider.restore(one, request_id=request_id, parent=above)
        if found:
            parents[one.task_id] = found
        answer.append((one, found))
    return answer


async def _known(unit: Unit, task_ids: Sequence[str]) -> Sequence[Task]:
    """The tasks with these ids; none if one is missing, as when the person has left."""
    try:
        return await unit.tasks.some(task_ids)
    except NotFound:
        return ()


async def store_answer(unit: Unit, answer: Answer, deps: Dependencies) -> None:
    """Store what became of tasks that their source has lost, or has under another id now."""
    for before, after in answer:
        if after and after.task_id == before.task_id:
            continue
        try:
            task = await unit.tasks.get(before.task_id)
        except NotFound:
            continue  # the person left during the request
        if task.state is TaskState.OPEN:
            await (_moved(unit, task, after, deps) if after else _lost(unit, task, deps))


async def _lost(unit: Unit, task: Task, deps: Dependencies) -> None:
    """The task was deleted at its source, so it is no longer open here."""
    log.info("a task is gone from %s: it can't be opened or changed there again", task.source.value)
    await put_task(unit, replace(task, state=TaskState.GONE), deps)
    await record_task_event(unit, deps, "task.gone_elsewhere", task)


async def _moved(unit: Unit, task: Task, after: Task, deps: Dependencies) -> None:
    """The source has added the task again: the copy has a new id, and its pieces belong to that."""
    await rename_task(unit, task, replace(task, task_id=after.task_id, external_id=after.external_id), deps)
    for piece in await unit.tasks.pieces(task.person_id, [task.task_id]):
        if piece.source is TaskSource.OO or piece.state is TaskState.OPEN:
            await put_task(unit, replace(piece, parent_id=after.task_id), deps)
