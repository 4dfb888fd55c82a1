"""Recording events in the transaction that they belong to. The event log is the outbox as well.

Tests: tests/core/tasks/test_sync.py.
"""

from __future__ import annotations

from core.dependencies import Dependencies
from core.records import Event
from core.store import Unit


async def record_event(
    unit: Unit, deps: Dependencies, kind: str, person_id: str | None, **data: str | int | float | bool | None
) -> None:
    """Append an event about a person, or about oO itself if ``person_id`` is None.

    ``data`` holds ids, codes and numbers, no personal text.
    """
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
