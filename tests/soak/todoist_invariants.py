"""What must hold of tasks in Todoist after a soak: each change has reached it, and none twice.

Tests: tests/soak/test_invariants.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.todoist.provider import derived_id
from core.records import TaskSource, TaskState
from core.tasks.outbox import OUTBOX_EVENTS
from tests.servers.todoist_sync import SyncingTodoist
from tests.servers.todoist_tasks import TodoistTask
from tests.soak.evidence import Evidence

PURPOSES = ("date", "move")
"""For what a request beside the first one of an event has an id of its own."""


def each_change_reaches_todoist_once(seen: Evidence) -> Iterator[str]:
    """In the end both sides say the same of each task, and every request was for one change of a person's."""
    if seen.todoist is None:
        return
    ours = {row.external_id: row for row in seen.rows["tasks"] if row.source is TaskSource.TODOIST}
    for task in seen.todoist.tasks.values():
        if row := ours.get(task.id):
            yield from _differences(row, task)
        elif task.is_active:
            yield f"{task.content!r} is in Todoist only"
    yield from _removals_that_were_lost(seen, seen.todoist)
    yield from _completions_that_were_lost(seen, seen.todoist)
    yield from _requests_without_cause(seen, seen.todoist)


def _differences(row: Any, task: TodoistTask) -> Iterator[str]:
    there = TaskState.GONE if task.is_deleted else TaskState.DONE if task.checked else TaskState.OPEN
    if row.state is not there:
        yield f"{row.title!r} is {row.state} here and {there} in Todoist"
    elif there is TaskState.OPEN and _day(row) != (task.due.date[:10] if task.due else None):
        yield f"{row.title!r} is due on {_day(row)} here and on {task.due} in Todoist"


def _day(row: Any) -> str | None:
    return row.due.on.isoformat() if row.due else None


def _removals_that_were_lost(seen: Evidence, todoist: SyncingTodoist) -> Iterator[str]:
    for task in todoist.tasks.values():
        is_done = "Done" in seen.ledger.labels_about(task.content)
        if task.content in seen.ledger.removed and not task.is_deleted and not is_done:
            yield f"{task.content!r} was removed in the chat, and is still in Todoist"


def _completions_that_were_lost(seen: Evidence, todoist: SyncingTodoist) -> Iterator[str]:
    """A copy of a task that is open there would be opened again here, so the end does not show this."""
    external = {row.task_id: row.external_id for row in seen.rows["tasks"]}
    requests = {*_requests(todoist)}
    for row in seen.rows["events"]:
        task = todoist.tasks.get(external.get(row.data.get("task_id")) or "")
        if row.kind != "task.completed" or task is None or (task.due and task.due.is_recurring):
            continue
        if row.dispatched_at and (row.event_id, f"tasks/{task.id}/close") not in requests:
            yield f"{task.content!r} was done at {row.happened_at}, and Todoist never asked to close it"


def _requests_without_cause(seen: Evidence, todoist: SyncingTodoist) -> Iterator[str]:
    """A request carries the id of the change that it is for; a repetition is the same request."""
    events = {row.event_id: row for row in seen.rows["events"] if row.kind in OUTBOX_EVENTS}
    causes = {derived_id(one, purpose) for one in events for purpose in PURPOSES} | {*events}
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for request_id, what in _requests(todoist):
        meant[request_id].add(what)
    for request_id, some in meant.items():
        if request_id not in causes:
            yield f"{sorted(some)} belongs to no change"
        if len({one for one in some if one != "sync"}) > 1:
            yield f"{sorted(some)} have one id"
    closes = Counter(
        what.split("/")[1] for some in meant.values() for what in some if what.endswith("/close")
    )
    done = _completed(seen, events)
    for external_id, count in closes.items():
        if count > done[external_id]:
            yield f"{external_id} was closed {count} times, and completed {done[external_id]} times"


def _completed(seen: Evidence, events: Mapping[str, Any]) -> Counter[str]:
    external = {row.task_id: row.external_id for row in seen.rows["tasks"] if row.external_id}
    completed = [row.data["task_id"] for row in events.values() if row.kind == "task.completed"]
    return Counter(external[one] for one in completed if one in external)


def _requests(todoist: SyncingTodoist) -> Sequence[tuple[str, str]]:
    """The id of each request that changes something, and what it asks for."""
    found: list[tuple[str, str]] = []
    for call in todoist.writes():
        if call.path.endswith("sync"):
            found += [(command["uuid"], "sync") for command in call.json["commands"]]
        else:
            headers = {name.lower(): value for name, value in call.headers.items()}
            what = call.path.removeprefix("/api/v1/") + ("/delete" if call.method == "DELETE" else "")
            found.append((headers.get("x-request-id", ""), what))
    return found
