"""The tasks that one update added, and whether they are still as they were added.

Tests: tests/scenarios/test_edited.py.
"""

from __future__ import annotations

import zlib
from itertools import count

from core.errors import NotFound
from core.records import Person, Task, TaskState
from core.store import AddedTask, Unit
from core.tasks.patching import EDITABLE


async def added_by(unit: Unit, person: Person, origin: str) -> tuple[AddedTask, ...]:
    """The open tasks that the update ``origin`` added, as ``add_task`` names them, in their order."""
    found: list[AddedTask] = []
    for number in count():
        task_id = f"oo-{origin}.{number}" if number else f"oo-{origin}"
        try:
            task = await unit.tasks.get(task_id)
        except NotFound:
            return tuple(found)
        if task.person_id == person.person_id and task.state is TaskState.OPEN:
            found.append(AddedTask(task_id=task_id, checksum=task_checksum(task)))
    return tuple(found)


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
