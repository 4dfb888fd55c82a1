"""The local Todoist with the sync endpoint, with moving, and with a memory for request ids."""

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from typing import Any, cast

from aiohttp import web

from tests.servers import todoist_body as body
from tests.servers.local import Call, Handler
from tests.servers.todoist import TodoistServer
from tests.servers.todoist_tasks import Due, Duration, TodoistTask, section_row, stamp

LONGEST_REQUEST_ID = 36
SYNC_FIELDS = {"sync_token", "resource_types", "commands"}
RESOURCES = {"items", "projects", "sections", "labels", "user"}


class SyncingTodoist(TodoistServer):
    """``POST sync`` moves a recurring task's next date and leaves its recurrence alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._commands: set[str] = set()
        self._answered: dict[str, web.Response] = {}
        self._snapshots: dict[str, dict[str, str]] = {}
        self.sections: dict[str, dict[str, Any]] = {}
        self.project_fields: dict[str, dict[str, Any]] = {}
        """Fields of projects as they are served in place of their own, by id."""
        self.further_fields: dict[str, Any] = {}
        """Fields that a newer server adds to every answer of `sync`."""

    def _routes_of_the_api(self) -> Iterable[web.RouteDef]:
        yield from super()._routes_of_the_api()
        yield web.post("/api/v1/tasks/{id}/move", self._for_the_owner(self._move))
        yield web.post("/api/v1/sync", self._for_the_owner(self._sync))
        yield web.get("/api/v1/sections", self._for_the_owner(self._list_sections))
        yield web.get("/api/v1/sections/{id}", self._for_the_owner(self._get_section))

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Of several requests with one `X-Request-Id`, only the first does anything."""
        request_id = request.headers.get("X-Request-Id")
        if request_id is None:
            return await handler(request)
        if not 1 <= len(request_id) <= LONGEST_REQUEST_ID:
            raise body.invalid("X-Request-Id", "at most 36 bytes")
        answer = self._answered.get(request_id)
        if answer is None:
            answer = self._answered[request_id] = cast(web.Response, await handler(request))
        return web.Response(status=answer.status, body=answer.body, content_type=answer.content_type)

    async def _move(self, request: web.Request) -> web.Response:
        task = self._task(request, writing=True)
        where = await body.read_fields(request, body.ON_MOVE)
        if len(where) != 1:
            raise body.invalid("project_id", "exactly one of project_id, section_id and parent_id")
        if where.get("project_id", self.inbox) not in self.projects:
            raise body.invalid("project_id", "an existing project")
        if where.get("parent_id", task.id) not in self.tasks:
            raise body.invalid("parent_id", "an existing task")
        section = self._open_section(where["section_id"]) if "section_id" in where else None
        parent = self.tasks[where["parent_id"]] if "parent_id" in where else None
        task.parent_id = where.get("parent_id")
        task.section_id = section["id"] if section else parent.section_id if parent else None
        task.project_id = (
            section["project_id"] if section else parent.project_id if parent else where["project_id"]
        )
        task.updated_at = stamp(self._now())
        self._take_along(task)
        return web.json_response(dataclasses.asdict(task))

    def _take_along(self, parent: TodoistTask) -> None:
        """Sub-tasks are where their parent is."""
        for child in self.tasks.values():
            if child.parent_id == parent.id:
                child.project_id, child.section_id = parent.project_id, parent.section_id
                self._take_along(child)

    async def _add(self, request: web.Request) -> web.Response:
        """A task goes into a section of its own project, or of the one that the section belongs to."""
        fields = await body.read_fields(request, body.ON_ADD)
        if "section_id" in fields:
            section = self._open_section(fields["section_id"])
            if fields.get("project_id", section["project_id"]) != section["project_id"]:
                raise body.invalid("section_id", "a section of the project")
        answer = await super()._add(request)
        task = self.tasks[json.loads(answer.text or "")["id"]]
        if "section_id" in fields:
            task.project_id = self.sections[fields["section_id"]]["project_id"]
        if task.parent_id:
            task.section_id = self.tasks[task.parent_id].section_id
        return web.json_response(dataclasses.asdict(task))

    # --- Sections --------------------------------------------------------------------------------------

    def add_section(self, name: str, project_id: str) -> str:
        """Make a section of a project and return its id."""
        section, order = f"6Sec{len(self.sections)}", len(self.sections)
        self.sections[section] = section_row(section, name, project_id, order, self.user_id)
        return section

    def delete_section(self, section: str) -> None:
        """Delete a section with its tasks, as another client would."""
        self.sections[section]["is_deleted"] = True
        for task in self.tasks.values():
            if task.section_id == section and not task.is_deleted:
                self.delete_elsewhere(task.id)

    def archive_section(self, section: str) -> None:
        """Archive a section: its open tasks are in no list any more."""
        self.sections[section] |= {"is_archived": True, "archived_at": stamp(self._now())}

    def _open_section(self, section: str) -> dict[str, Any]:
        found = self.sections.get(section)
        if found is None or found["is_deleted"] or found["is_archived"]:
            raise body.invalid("section_id", "an existing section")
        return found

    async def _list_sections(self, request: web.Request) -> web.Response:
        for name in set(request.query) - {"project_id", "limit", "cursor"}:
            raise body.invalid(name, "a parameter of this endpoint")
        project = request.query.get("project_id")
        if project is not None and project not in self.projects:
            raise body.refusal(404)
        found = [
            one
            for one in self.sections.values()
            if not one["is_deleted"] and not one["is_archived"] and project in (None, one["project_id"])
        ]
        return self._page_of(found, request.query, "results")

    async def _get_section(self, request: web.Request) -> web.Response:
        section = self.sections.get(request.match_info["id"])
        if section is None or section["is_deleted"]:
            raise body.refusal(404)
        return web.json_response(section)

    def _is_archived(self, task: TodoistTask) -> bool:
        return bool(self.sections.get(task.section_id or "", {}).get("is_archived"))

    def commands(self) -> list[Call]:
        """The calls of `sync` that change something."""
        return [call for call in self.calls_of("sync$") if "commands" in call.json]

    def writes(self) -> list[Call]:
        """The calls that change something."""
        others = [call for call in self.calls if call.method != "GET" and not call.path.endswith("sync")]
        return others + self.commands()

    def forget_sync_tokens(self) -> None:
        """All sync tokens are too old from now on."""
        self._snapshots.clear()

    async def _sync(self, request: web.Request) -> web.Response:
        """Commands, or what has changed since `sync_token`, or both; a uuid is carried out once."""
        asked = await _sync_request(request)
        outcomes = {one["uuid"]: self._command(one) for one in asked.get("commands", [])}
        answer: dict[str, Any] = {"full_sync": False, "temp_id_mapping": {}}
        if outcomes:
            answer["sync_status"] = outcomes
        if "resource_types" in asked:
            answer |= self._resources(asked["resource_types"], asked.get("sync_token", "*"))
        else:
            answer["sync_token"] = self._remember({})
        return web.json_response(answer | self.further_fields)

    def _resources(self, kinds: list[str], token: str) -> dict[str, Any]:
        """What has changed since `token`. A token that is unknown, or too old, gets everything that is there:
        `full_sync` says so. Tombstones only come with changes.
        """
        known = self._snapshots.get(token)
        current = {kind: self._rows_of(kind) for kind in ("items", "projects", "sections", "labels")}
        digests = {f"{kind} {row['id']}": _digest(row) for kind, rows in current.items() for row in rows}
        answer: dict[str, Any] = {"full_sync": known is None, "sync_token": self._remember(digests)}
        for kind, rows in current.items():
            if kind in kinds:
                answer[kind] = [row for row in rows if _is_sent(f"{kind} {row['id']}", row, digests, known)]
        if "items" in kinds and known is None:
            answer["items"] += self.strange_rows
        if "user" in kinds and known is None:
            answer["user"] = self._user_row()
        return answer

    def _rows_of(self, kind: str) -> list[dict[str, Any]]:
        match kind:
            case "items":
                listed = [task for task in self.tasks.values() if not self._is_archived(task)]
                in_order = sorted(listed, key=lambda task: task.child_order)
                return [{"id": task.id} | self._served(task) for task in in_order]
            case "projects":
                return [self._project(one) | self.project_fields.get(one, {}) for one in self.projects]
            case "sections":
                return list(self.sections.values())
            case _:
                return []

    def _remember(self, digests: dict[str, str]) -> str:
        token = f"{self.user_id}-sync-{len(self._snapshots)}-{_digest(digests)[:16]}"
        self._snapshots[token] = digests
        return token

    def _command(self, command: dict[str, Any]) -> str | dict[str, Any]:
        task, args = self.tasks.get(command["args"]["id"]), command["args"]
        if task is None or task.is_deleted or command["type"] != "item_update":
            return body.command_error("Item not found", 22, "ITEM_NOT_FOUND", 404)
        if not {"id"} < args.keys() <= {"id", "due", "duration"}:
            return body.command_error("Invalid argument value", 20, "INVALID_ARGUMENT_VALUE", 400)
        if "due" in args and args["due"].keys() != {field.name for field in dataclasses.fields(Due)}:
            return body.command_error("Date is invalid", 26, "INVALID_DATE", 400)
        if command["uuid"] not in self._commands:
            self._commands.add(command["uuid"])
            task.due = Due(**args["due"]) if "due" in args else task.due
            task.duration = (
                Duration(**args["duration"])
                if args.get("duration")
                else (None if "duration" in args else task.duration)
            )
        return "ok"


async def _sync_request(request: web.Request) -> dict[str, Any]:
    """The request as JSON; a refusal of anything that the real one would not take."""
    asked = await request.json()
    if not isinstance(asked, dict) or not asked or asked.keys() - SYNC_FIELDS:
        raise body.refusal(400)
    if "resource_types" in asked and not set(asked["resource_types"]) <= RESOURCES:
        raise body.invalid("resource_types", "known resources")
    if not isinstance(asked.get("sync_token", ""), str):
        raise body.invalid("sync_token", "a string")
    return asked


def _digest(row: object) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True, default=str).encode()).hexdigest()


def _is_sent(key: str, row: dict[str, Any], digests: dict[str, str], known: dict[str, str] | None) -> bool:
    if known is None:
        return not any(row.get(flag) for flag in ("checked", "is_deleted", "is_archived"))
    return known.get(key) != digests[key]
