"""A person's open tasks as a file, in a format that other programs read.

Tests: tests/core/tasks/test_imports.py.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.errors import BadInput
from core.records import FileTask, Person, Task, TaskFormat, TaskKey, TaskSource
from core.tasks.file_tasks import cleaned, content_digest, text_keys, uid_key
from core.tasks.sync import refresh
from core.words.tasks import parse_task

UID_PREFIX = "uid:"


async def export_tasks(
    person: Person, deps: Dependencies, format: TaskFormat, *, zone: ZoneInfo
) -> bytes | None:
    """The open tasks of all sources as a file; None if there are none.

    Stores their keys: when the file comes back, its tasks are known, whatever became of them.
    """
    await refresh(person, deps)
    async with deps.store.read() as unit:
        tasks = await unit.tasks.open(person.person_id)
        keys = await unit.imports.keys(person.person_id)
    if not tasks:
        return None
    uids = {one.task_id: one.key.removeprefix(UID_PREFIX) for one in keys if one.key.startswith(UID_PREFIX)}
    exported = exportable(tasks, uids, deps, zone=zone)
    content = await asyncio.to_thread(deps.task_files.write, exported, format, now=deps.clock.now())
    async with deps.store.begin(person.person_id) as unit:
        await unit.imports.put_keys(_keys(tasks, exported))
    return content


def exportable(
    tasks: Sequence[Task], uids: Mapping[str, str], deps: Dependencies, *, zone: ZoneInfo
) -> tuple[FileTask, ...]:
    """The tasks as they stand in a file; ``uids`` are the ids that files gave to some of them."""
    places = {task.task_id: place for place, task in enumerate(tasks)}
    return tuple(
        _exportable(task, uids.get(task.task_id), places.get(task.parent_id or ""), deps, zone)
        for task in tasks
    )


def _exportable(
    task: Task, uid: str | None, parent: int | None, deps: Dependencies, zone: ZoneInfo
) -> FileTask:
    now = deps.clock.now()
    raw = FileTask(
        title=task.title,
        due=task.due,
        priority=task.priority,
        repeats=_rule(task, deps, zone),
        repeats_from_done=task.repeats_from_done,
        minutes=task.minutes,
        labels=task.labels,
        project=task.project,
        section=task.section,
        deadline=task.deadline,
        notes=task.notes,
        created_at=task.created_at.replace(microsecond=0),
        uid=uid or f"oo-{hashlib.sha256(task.task_id.encode()).hexdigest()[:32]}",
        parent=parent,
    )
    return cleaned(raw, now=now, zone=zone) or raw


def _rule(task: Task, deps: Dependencies, zone: ZoneInfo) -> str | None:
    """The rule of a repeating task. A task source's own words become a rule if oO understands them."""
    if task.repeats is None or task.source is TaskSource.OO:
        return task.repeats
    try:
        return parse_task(f"Task {task.repeats}", now=deps.clock.now(), zone=zone).repeats
    except BadInput:
        return None


def _keys(tasks: Sequence[Task], exported: Sequence[FileTask]) -> list[TaskKey]:
    found = []
    for task, one, by_text in zip(tasks, exported, text_keys(exported), strict=True):
        content = content_digest(one)
        for key in filter(None, (by_text, uid_key(one.uid) if one.uid else None)):
            found.append(TaskKey(person_id=task.person_id, key=key, task_id=task.task_id, content=content))
    return found
