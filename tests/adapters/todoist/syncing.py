"""The local Todoist with one sync command more: ``item_update`` of a due date, as Todoist's apps send it.

And with a memory for ``X-Request-Id``: of requests with one id, only the first does anything.
"""

import dataclasses
from collections.abc import Iterable
from typing import Any

from aiohttp import web

from tests.servers import todoist_body as body
from tests.servers.todoist import TodoistServer
from tests.servers.todoist_tasks import Due


class SyncingTodoist(TodoistServer):
    """``POST sync`` moves a recurring task's next date and leaves its recurrence alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.request_ids: set[str] = set()

    def _routes_of_the_api(self) -> Iterable[web.RouteDef]:
        yield from super()._routes_of_the_api()
        yield web.post("/api/v1/sync", self._for_the_owner(self._sync))

    async def _close(self, request: web.Request) -> web.Response:
        return web.Response(status=204) if self._is_repeated(request) else await super()._close(request)

    async def _reopen(self, request: web.Request) -> web.Response:
        return web.Response(status=204) if self._is_repeated(request) else await super()._reopen(request)

    def _is_repeated(self, request: web.Request) -> bool:
        request_id = request.headers.get("X-Request-Id", "")
        if len(request_id) > 36:
            raise body.invalid("X-Request-Id", "at most 36 bytes")
        seen = request_id in self.request_ids
        self.request_ids |= {request_id} - {""}
        return seen

    async def _sync(self, request: web.Request) -> web.Response:
        asked = await request.json()
        outcomes = {command["uuid"]: self._carried_out(command) for command in asked["commands"]}
        return web.json_response(
            {
                "full_sync": False,
                "sync_status": outcomes,
                "sync_token": "aLGJg_2qwBE_kE3j9_Gn6uoKQtvQeyjm7UEz_aVwF8K",
                "temp_id_mapping": {},
            }
        )

    def _carried_out(self, command: dict[str, Any]) -> str | dict[str, Any]:
        task = self.tasks.get(command["args"]["id"])
        known = {field.name for field in dataclasses.fields(Due)}
        if command["type"] != "item_update" or command["args"].keys() != {"id", "due"} or task is None:
            return {
                "error": "Item not found",
                "error_code": 22,
                "error_tag": "ITEM_NOT_FOUND",
                "http_code": 404,
            }
        if command["args"]["due"].keys() != known:
            return {
                "error": "Date is invalid",
                "error_code": 26,
                "error_tag": "INVALID_DATE",
                "http_code": 400,
            }
        task.due = Due(**command["args"]["due"])
        return "ok"
