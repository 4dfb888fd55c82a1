"""The local Todoist with the sync endpoint, with moving, and with a memory for request ids."""

import dataclasses
from collections.abc import Iterable
from typing import Any, cast

from aiohttp import web

from tests.servers import todoist_body as body
from tests.servers.local import Handler
from tests.servers.todoist import TodoistServer
from tests.servers.todoist_tasks import Due, Duration, stamp

LONGEST_REQUEST_ID = 36


class SyncingTodoist(TodoistServer):
    """``POST sync`` moves a recurring task's next date and leaves its recurrence alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._commands: set[str] = set()
        self._answered: dict[str, web.Response] = {}

    def _routes_of_the_api(self) -> Iterable[web.RouteDef]:
        yield from super()._routes_of_the_api()
        yield web.post("/api/v1/tasks/{id}/move", self._for_the_owner(self._move))
        yield web.post("/api/v1/sync", self._for_the_owner(self._sync))

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
        task.parent_id = where.get("parent_id")
        task.project_id = where.get("project_id", task.project_id)
        task.updated_at = stamp(self._now())
        return web.json_response(dataclasses.asdict(task))

    async def _sync(self, request: web.Request) -> web.Response:
        """Commands: only `item_update` of a due date or a duration. A uuid is carried out once."""
        asked = await request.json()
        outcomes = {one["uuid"]: self._command(one) for one in asked["commands"]}
        return web.json_response(
            {
                "full_sync": False,
                "sync_status": outcomes,
                "sync_token": "aLGJg_2qwBE_kE3j9_Gn6uoKQtvQeyjm7UEz_aVwF8K",
                "temp_id_mapping": {},
            }
        )

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
