"""What an update has done before the process ended: handled again, it does not do that to another task.

An event names the update that asked for it, which is the same when the update is handled again.
Tests: tests/bot/conversation/test_handled_twice.py.
"""

from __future__ import annotations

from core.dependencies import Dependencies
from core.records import Event, Task
from core.scheduling.quiet_hours import DAY
from core.store import Unit


def asked_by(origin: str) -> dict[str, str]:
    """What an event says of the update that asked for it; nothing if it has no name."""
    return {"origin": origin} if origin else {}


async def by_update(
    unit: Unit, person_id: str, deps: Dependencies, origin: str, *kinds: str, task_id: str | None = None
) -> list[Event]:
    """The events of these kinds that the update ``origin`` has caused, or one of the several requests in it.

    ``task_id``: all of this task, and perhaps others. Without ``origin``: none.
    """
    if not origin:
        return []
    since = deps.clock.now() - DAY
    events = await unit.events.since(person_id, frozenset(kinds), since, task_id=task_id)
    return [one for one in events if f"{one.data.get('origin')}.".startswith(f"{origin}.")]


async def did_before(unit: Unit, task: Task, deps: Dependencies, kind: str, origin: str) -> bool:
    """Whether the update ``origin`` did that to the task already."""
    before = await by_update(unit, task.person_id, deps, origin, kind, task_id=task.task_id)
    return any(one.data["task_id"] == task.task_id for one in before)
