"""The tasks that one update added, and whether they are still as they were added.

Tests: tests/core/tasks/test_added_tasks.py, tests/scenarios/test_edited.py.
"""

from __future__ import annotations

import zlib

from core.errors import NotFound
from core.records import Person, Task, TaskState
from core.store import AddedTask, Unit
from core.tasks.patching import EDITABLE


async def added_by(unit: Unit, person: Person, origin: str) -> tuple[AddedTask, ...]:
    """The open tasks that the update ``origin`` added, as ``add_task`` names them, in their order."""
    found: list[AddedTask] = []
    number = 0
    while task := await _known(unit, f"oo-{origin}.{number}" if number else f"oo-{origin}"):
        if task.person_id == person.person_id and task.state is TaskState.OPEN:
            found.append(AddedTask(task_id=task.task_id, checksum=task_checksum(task)))
        number += 1
    return tuple(found)


async def _known(unit: Unit, task_id: str) -> Task | None:
    try:
        return await unit.tasks.get(task_id)
    except NotFound:
        return None


async def as_added(unit: Unit, added: tuple[AddedTask, ...], person: Person) -> bool:
    """Whether all of these tasks are open and unchanged; False for none."""
    for one in added:
        task = await unit.tasks.get(one.task_id)  # tasks are never deleted while their person is there
        if task.person_id != person.person_id or task_checksum(task) != one.checksum:
            return False
    return bool(added)


def task_checksum(task: Task) -> int:
    """32 bits of what a person can change of a task, its state included."""
    fields = [getattr(task, name) for name in EDITABLE]
    return zlib.crc32(repr([*fields, task.state.value, task.done_at]).encode(errors="replace"))
