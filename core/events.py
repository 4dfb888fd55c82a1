"""Recording events in the transaction that they belong to. The event log is the outbox as well.

Tests: tests/core/tasks/test_sync.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from core.dependencies import Dependencies
from core.records import EVENT_FIELDS, UNPUBLISHED, Event, Task
from core.store import Unit

DELETED = "person.deleted"

EVENT_STREAM_NOTE = "event_stream"
"""Key of oO's note of what was published (``jobs/publish.py``)."""


async def record_event(
    unit: Unit, deps: Dependencies, kind: str, person_id: str | None, **data: str | int | float | bool | None
) -> None:
    """Append an event about a person, or about oO itself if ``person_id`` is None.

    ``data`` holds ids, codes and numbers, no personal text.
    """
    _check(kind, data)
    await unit.events.append(
        Event(
            event_id=deps.random.new_id(),
            kind=kind,
            happened_at=deps.clock.now(),
            person_id=person_id,
            data=data,
            traceparent=deps.tracer.traceparent,
        )
    )


async def record_task_event(unit: Unit, deps: Dependencies, kind: str, task: Task, **data: str) -> None:
    """Append an event about a task, which names it and where it lives."""
    ids = {"task_id": task.task_id, "source": task.source.value}
    await record_event(unit, deps, kind, task.person_id, **ids, **data)


def _check(kind: str, data: Mapping[str, object]) -> None:
    """Every event has a schema. Raises ValueError for one that has none."""
    if kind not in EVENT_FIELDS:
        raise ValueError(f"{kind} is no kind of event: add it to core/records/event_kinds.py and proto/")
    if unknown := data.keys() - EVENT_FIELDS[kind] - UNPUBLISHED:
        raise ValueError(f"{kind} has no {', '.join(sorted(unknown))}: add it to its schema in proto/")


async def record_deletion(
    unit: Unit, deps: Dependencies, person_id: str, *, merged_into: str | None = None
) -> None:
    """Append the event that a person is gone, for those who hold copies of their events: only where events
    were ever published. It names nobody but by an id that stands for nobody any more.
    """
    if await unit.notes.get(None, EVENT_STREAM_NOTE):
        data = {"deleted_id": person_id, **({"merged_into": merged_into} if merged_into else {})}
        await record_event(unit, deps, DELETED, None, **data)


async def restart_publishing(unit: Unit) -> None:
    """Have everything published again: the log is another one than before, as after a restored backup."""
    note = await unit.notes.get(None, EVENT_STREAM_NOTE)
    if note:
        progress = {**json.loads(note), "created": "restored"}
        await unit.notes.put(None, EVENT_STREAM_NOTE, json.dumps(progress))
