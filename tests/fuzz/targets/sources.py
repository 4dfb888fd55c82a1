"""What Todoist sends: pages, changes, webhooks."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

from adapters.todoist.convert import project_names, task_of, wire_date, with_date
from adapters.todoist.webhook import _account_of
from adapters.todoist.wire import Changes, Page, Synced, User, parsed, parsed_row, read_row
from core.errors import SourceUnavailable
from core.records import Task
from tests.fuzz.target import Shape, Target, by_name, choice, chosen
from tests.fuzz.targets.platforms import keys_of, storable

# --- Todoist -----------------------------------------------------------------------------------------------


def _page(body: bytes) -> None:
    page = parsed(Page, body)
    for raw in page.results:
        _row(read_row(raw).task)
    storable(project_names(page.results))


def _changes(body: bytes) -> None:
    changes = parsed(Changes, body)
    storable((changes.sync_token, project_names(changes.projects)))
    for raw in changes.items or ():
        _row(read_row(raw).task)


def _row(wire: object) -> None:
    task: Task | None = task_of(wire, "ada")  # type: ignore[arg-type]
    if task is None:
        return
    storable(task)
    assert task.title
    assert 1 <= task.priority <= 4
    assert task.minutes is None or task.minutes > 0
    assert task.created_at.tzinfo is not None
    if task.due:
        wire_date(task.due)
        json.dumps(with_date(wire.due, task.due)) if wire.due else None  # type: ignore[attr-defined]


_READERS: tuple[Callable[[bytes], object], ...] = (
    _page,
    _changes,
    lambda body: _row(parsed_row(body).task),
    lambda body: storable(_account_of(body)),
    lambda body: parsed(Synced, body),
    lambda body: storable(parsed(User, body).full_name),
)


def _todoist(data: bytes) -> None:
    read, body = chosen(data, _READERS)
    with suppress(SourceUnavailable):
        read(body)


_ROW = {
    "id": "6X7", "content": "Pay rent", "added_at": "2026-10-01T09:00:00.000000Z", "priority": 4, "labels": ["home"],
    "due": {"date": "2026-12-01T09:00:00Z", "timezone": "Europe/Berlin", "string": "every month", "lang": "en", "is_recurring": True},
    "deadline": {"date": "2026-12-24"}, "duration": {"amount": 30, "unit": "minute"}, "description": "x", "project_id": "P1",
    "parent_id": "6X6", "checked": False, "is_deleted": False, "responsible_uid": None, "section_id": None, "user_id": "1",
}  # fmt: skip
_TODOIST = (
    (0, {"results": [_ROW, {**_ROW, "due": {"date": "2026-12-01"}}], "next_cursor": "abc"}),
    (0, {"results": [{"id": "P1", "name": "Home", "inbox_project": False}], "next_cursor": None}),
    (
        1,
        {
            "sync_token": "t",
            "full_sync": True,
            "items": [_ROW],
            "projects": [{"id": "P1", "name": "Home"}],
            "user": {"id": "1"},
        },
    ),
    (2, _ROW),
    (3, {"event_name": "item:updated", "user_id": "2671355", "event_data": _ROW, "version": "10"}),
    (4, {"sync_status": {"a-b": "ok", "c-d": {"error_code": 20, "error": "x"}}}),
    (5, {"id": "1", "inbox_project_id": "2", "full_name": "Ada", "email": "ada@example.org"}),
)

TODOIST = Target(
    name="todoist",
    run=_todoist,
    seeds=lambda: [choice(number, json.dumps(body)) for number, body in _TODOIST],
    shape=Shape.JSON,
    words=lambda: (
        *keys_of([body for _, body in _TODOIST]),
        "0001-01-01",
        "9999-12-31T23:59:59Z",
        "2026-W01-1",
        "2026-12-01T24:00",
    ),
)

TARGETS = by_name(TODOIST)
