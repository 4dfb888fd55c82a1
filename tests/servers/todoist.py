"""A strict local Todoist (API v1): what the real one accepts is accepted here, and nothing more.

It keeps the traps of the real one: a deleted task is still served, marked `is_deleted`; closing a recurring
task moves its due date and leaves no completed task behind, so that reopening it does nothing; `GET user`
contains the token; the older APIs answer 410 in plain text. Unknown parameters and fields, which the real one
ignores, are refused: sending them is a mistake.
"""

import base64
import dataclasses
import hashlib
import itertools
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from tests.servers import todoist_body as body
from tests.servers.local import Handler, LocalServer
from tests.servers.todoist_tasks import TodoistTask, advanced, due_of, project_row, read_due, stamp

USER_ID = "2671355"
LARGEST_PAGE = 200
LONGEST_RANGE = timedelta(days=92)


def wall_clock() -> datetime:
    """The present moment in UTC."""
    return datetime.fromtimestamp(time.time(), UTC)


class TodoistServer(LocalServer):
    """One account of Todoist behind `url`, which is the root under which `/api/v1/` lies."""

    def __init__(
        self,
        *,
        token: str,
        zone: str = "UTC",
        clock: Callable[[], datetime] = wall_clock,
        page: int = 50,
        user_id: str = USER_ID,
        full_name: str = "Example User",
    ) -> None:
        super().__init__(self._routes_of_the_api())
        self.user_id = user_id
        self.full_name = full_name
        self.tasks: dict[str, TodoistTask] = {}
        self.projects: dict[str, str] = {}
        self.inbox = self.add_project("Inbox")
        self.strange_rows: list[object] = []
        """Served at the end of every list of tasks as they are, whatever they are."""
        self._spoilt: dict[str, dict[str, Any]] = {}
        self.has_paid_features = True
        """Whether the account may set estimates (`duration`) and deadlines."""
        self._rest: dict[str, list[object]] = {}
        self._numbers = itertools.count(1)
        self._token = token
        self._zone = ZoneInfo(zone)
        self._clock = clock
        self._page = page

    def add_project(self, name: str) -> str:
        """Make a project and return its id."""
        project = _id(f"project {len(self.projects)}")
        self.projects[project] = name
        return project

    def add(
        self,
        content: str,
        *,
        due: date | datetime | None = None,
        recurring: str = "",
        priority: int = 1,
        project_id: str | None = None,
        **fields: Any,
    ) -> TodoistTask:
        """Add a task as the person would in Todoist itself.

        `due` is a day, a naive datetime (floating) or an aware one (fixed in its zone); `recurring` is a
        string such as "every 2 days" or "every monday at 09:00" and begins at `due`, else at its first day
        from today; ValueError if it is not understood. `fields` are further fields of `TodoistTask`.
        """
        now, number = self._now(), next(self._numbers)
        task = TodoistTask(
            id=_id(f"task {number}"),
            user_id=self.user_id,
            added_by_uid=self.user_id,
            project_id=project_id or self.inbox,
            added_at=stamp(now),
            updated_at=stamp(now),
            child_order=number,
            content=content,
            priority=priority,
            **fields,
        )
        if recurring:
            task.due = read_due(recurring, today=now.date())
        if due is not None:
            task.due = due_of(due, string=recurring, is_recurring=bool(recurring))
        self.tasks[task.id] = task
        return task

    def spoil(self, task: TodoistTask, **fields: Any) -> None:
        """Serve the task with these fields in place of its own, valid or not; ``...`` takes one away."""
        self._spoilt.setdefault(task.id, {}).update(fields)

    def complete_elsewhere(self, task_id: str) -> None:
        """Complete a task, with its sub-tasks, as another client would."""
        task, now = self.tasks[task_id], self._now()
        task.updated_at = stamp(now)
        if task.due and task.due.is_recurring:
            task.due = advanced(task.due, now=now)
            task.completed_count += 1
            return
        task.checked, task.completed_at, task.completed_by_uid = True, stamp(now), self.user_id
        for child in self.tasks.values():
            if child.parent_id == task_id and child.is_active:
                self.complete_elsewhere(child.id)

    def reopen_elsewhere(self, task_id: str) -> None:
        """Reopen a completed task, with its parents; a recurring task that moved on stays where it is."""
        task = self.tasks[task_id]
        if task.checked:
            task.checked, task.completed_at, task.completed_by_uid = False, None, None
            task.updated_at = stamp(self._now())
        if task.parent_id:
            self.reopen_elsewhere(task.parent_id)

    def _routes_of_the_api(self) -> Iterable[web.RouteDef]:
        table: Mapping[str, Handler] = {
            "GET tasks": self._list,
            "POST tasks": self._add,
            "GET tasks/completed/by_completion_date": self._completed,
            "GET tasks/{id}": self._get,
            "POST tasks/{id}": self._update,
            "DELETE tasks/{id}": self._delete,
            "POST tasks/{id}/close": self._close,
            "POST tasks/{id}/reopen": self._reopen,
            "GET projects": self._projects,
            "GET user": self._user,
        }
        for name, handler in table.items():
            method, path = name.split()
            yield web.route(method, f"/api/v1/{path}", self._for_the_owner(handler))
        yield web.route("*", r"/{old:(?:rest/v[12]|sync/v[89]|api/v[89])/.*}", body.failing(410))

    def _for_the_owner(self, handler: Handler) -> Handler:
        async def checked(request: web.Request) -> web.StreamResponse:
            if request.headers.get("Authorization") != f"Bearer {self._token}":
                raise body.refusal(401)
            return await self._answer(request, handler)

        return checked

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        return await handler(request)

    def _now(self) -> datetime:
        return self._clock().astimezone(self._zone)

    async def _list(self, request: web.Request) -> web.Response:
        query = _query(request, {"project_id", "parent_id", "label", "ids", "limit", "cursor"})
        found = [task for task in self.tasks.values() if task.is_active and _matches(task, query)]
        in_order = sorted(found, key=lambda task: task.child_order)
        return self._page_of([*map(self._served, in_order), *self.strange_rows], query, "results")

    async def _completed(self, request: web.Request) -> web.Response:
        query = _query(request, {"since", "until", "project_id", "limit", "cursor"})
        since, until = _moment(query, "since"), _moment(query, "until")
        if not since <= until <= since + LONGEST_RANGE:
            raise body.invalid("until", "at most three months after since")
        done = [task for task in self.tasks.values() if not task.is_deleted and _matches(task, query)]
        found = [task for task in done if stamp(since) <= (task.completed_at or "") <= stamp(until)]
        newest_first = sorted(found, key=lambda task: task.completed_at or "", reverse=True)
        return self._page_of(map(dataclasses.asdict, newest_first), query, "items")

    async def _get(self, request: web.Request) -> web.Response:
        return web.json_response(self._served(self._task(request)))

    def _served(self, task: TodoistTask) -> dict[str, Any]:
        fields = dataclasses.asdict(task) | self._spoilt.get(task.id, {})
        return {name: value for name, value in fields.items() if value is not ...}

    async def _add(self, request: web.Request) -> web.Response:
        fields = await self._fields(request, body.ON_ADD)
        if "content" not in fields:
            raise body.missing("content")
        if fields.get("project_id", self.inbox) not in self.projects:
            raise body.invalid("project_id", "an existing project")
        parent = self.tasks.get(fields.get("parent_id", ""))
        if "parent_id" in fields and (parent is None or not parent.is_active):
            raise body.invalid("parent_id", "an existing task")
        if parent:
            fields["project_id"] = parent.project_id
        task = self.add(fields["content"])
        try:
            body.apply_fields(task, fields, now=self._now())
        except web.HTTPException:
            del self.tasks[task.id]
            raise
        return web.json_response(dataclasses.asdict(task))

    async def _update(self, request: web.Request) -> web.Response:
        task = self._task(request, writing=True)
        fields = await self._fields(request, body.ON_UPDATE)
        body.apply_fields(task, fields, now=self._now())
        task.updated_at = stamp(self._now())
        return web.json_response(dataclasses.asdict(task))

    async def _fields(self, request: web.Request, allowed: Mapping[str, body.Check]) -> dict[str, Any]:
        fields = await body.read_fields(request, allowed)
        if {"duration", "deadline_date"} & fields.keys() and not self.has_paid_features:
            raise body.paid_feature()
        return fields

    async def _delete(self, request: web.Request) -> web.Response:
        task = self._task(request, writing=True)
        self.delete_elsewhere(task.id)
        return web.Response(status=204)

    def delete_elsewhere(self, task_id: str) -> None:
        """Delete a task, with its sub-tasks, as another client would. Nobody can take that back."""
        task = self.tasks[task_id]
        task.is_deleted, task.updated_at = True, stamp(self._now())
        for child in self.tasks.values():
            if child.parent_id == task_id and not child.is_deleted:
                self.delete_elsewhere(child.id)

    async def _close(self, request: web.Request) -> web.Response:
        task = self._task(request, writing=True)
        if task.is_active:
            self.complete_elsewhere(task.id)
        return web.Response(status=204)

    async def _reopen(self, request: web.Request) -> web.Response:
        self.reopen_elsewhere(self._task(request, writing=True).id)
        return web.Response(status=204)

    async def _projects(self, request: web.Request) -> web.Response:
        query = _query(request, {"limit", "cursor"})
        return self._page_of(map(self._project, self.projects), query, "results")

    async def _user(self, _request: web.Request) -> web.Response:
        return web.json_response(self._user_row())

    def _user_row(self) -> dict[str, Any]:
        return {
            "id": self.user_id,
            "email": "me@example.com",
            "full_name": self.full_name,
            "inbox_project_id": self.inbox,
            "lang": "en",
            "start_day": 1,
            "time_format": 0,
            "token": self._token,
            "tz_info": {"timezone": self._zone.key, "gmt_string": self._now().isoformat()[-6:]},
        }

    def _project(self, project: str) -> dict[str, Any]:
        return project_row(
            project,
            self.projects[project],
            list(self.projects).index(project),
            is_inbox=project == self.inbox,
        )

    def _task(self, request: web.Request, *, writing: bool = False) -> TodoistTask:
        task = self.tasks.get(request.match_info["id"])
        if task is None or (writing and task.is_deleted):
            raise body.refusal(404)
        return task

    def _page_of(self, things: Iterable[object], query: Mapping[str, str], name: str) -> web.Response:
        found = list(things)
        if "cursor" in query:
            if query["cursor"] not in self._rest:
                raise body.invalid("cursor", "the next_cursor of an earlier page")
            found = self._rest[query["cursor"]]
        limit = _limit(query, self._page)
        page, rest = found[:limit], found[limit:]
        cursor = _id(f"cursor {len(self._rest)}") if rest else None
        if cursor:
            self._rest[cursor] = rest
        return web.json_response({name: page, "next_cursor": cursor})


def _query(request: web.Request, allowed: set[str]) -> Mapping[str, str]:
    for name in set(request.query) - allowed:
        raise body.invalid(name, "a parameter of this endpoint")
    return request.query


def _moment(query: Mapping[str, str], name: str) -> datetime:
    if name not in query:
        raise body.missing(name)
    try:
        moment = datetime.fromisoformat(query[name])
    except ValueError as exc:
        raise body.invalid(name, "a date and time") from exc
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _limit(query: Mapping[str, str], default: int) -> int:
    limit = query.get("limit", str(default))
    if not limit.isdecimal() or not 1 <= int(limit) <= LARGEST_PAGE:
        raise body.invalid("limit", f"a number from 1 to {LARGEST_PAGE}")
    return int(limit)


def _matches(task: TodoistTask, query: Mapping[str, str]) -> bool:
    return (
        query.get("project_id", task.project_id) == task.project_id
        and query.get("parent_id", task.parent_id) == task.parent_id
        and ("label" not in query or query["label"] in task.labels)
        and ("ids" not in query or task.id in query["ids"].split(","))
    )


def _id(of: str) -> str:
    """An opaque id of the shape Todoist gives, the same in every run."""
    return "6X" + base64.b32encode(hashlib.sha256(of.encode()).digest()).decode()[:14]
