"""What becomes of the copies of a source's tasks when its connection ends.

Tests: tests/core/calendars/test_connection.py, tests/scenarios/test_connecting.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.records import Person, Task, TaskSource, TaskState
from core.scheduling.timezones import zone_of
from core.store import Unit
from core.tasks.reminders import put_tasks
from core.words.drafts import single_task


async def drop_copies(unit: Unit, person: Person, source: TaskSource, deps: Dependencies) -> int:
    """The copies of open tasks go; they are neither done nor failed."""
    found = await open_copies(unit, person, source)
    await put_tasks(unit, [replace(task, state=TaskState.GONE) for task in found], deps)
    return len(found)


async def keep_copies(unit: Unit, person: Person, source: TaskSource, deps: Dependencies) -> int:
    """The copies of open tasks become oO's own."""
    found = await open_copies(unit, person, source)
    zone, now = zone_of(person), deps.clock.now()
    await put_tasks(unit, [_own(task, now, zone) for task in found], deps)
    return len(found)


def _own(task: Task, now: datetime, zone: ZoneInfo) -> Task:
    """With its recurrence as a rule; a recurrence whose words oO does not understand ends."""
    words = task.repeats or ""
    draft = single_task(f"x {words.replace('!', '', 1)}", now=now, zone=zone).draft if words else None
    return replace(
        task,
        source=TaskSource.OO,
        external_id=None,
        repeats=draft.repeats if draft else None,
        repeats_from_done=bool(draft and draft.repeats and "!" in words),
    )


async def open_copies(unit: Unit, person: Person, source: TaskSource) -> list[Task]:
    """The person's open tasks of that source."""
    return [task for task in await unit.tasks.open(person.person_id) if task.source is source]
