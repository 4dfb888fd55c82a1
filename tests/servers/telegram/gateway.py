"""HTTP in, HTTP out: `/bot<token>/<method>`, one record for each call, faults in between."""

from dataclasses import dataclass

from aiohttp import web

from tests.servers.telegram.errors import ApiError
from tests.servers.telegram.faults import Fault, Faults
from tests.servers.telegram.methods import BotApi
from tests.servers.telegram.params import MAX_FILE, Params
from tests.servers.telegram.records import Call
from tests.servers.telegram.world import World

UNTRIED = ApiError(500, "Internal Server Error")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    status: int | None
    description: str = ""
    result: object = None
    answer: web.Response


class Gateway:
    """The one door for the bot; it knows the token, plays the faults and keeps the record."""

    def __init__(self, world: World, api: BotApi, faults: Faults, *, token: str) -> None:
        self._world = world
        self._api = api
        self._faults = faults
        self._token = token

    def application(self) -> web.Application:
        """A fresh aiohttp application; the state outlives it."""
        application = web.Application(client_max_size=MAX_FILE + (1 << 20))
        application.router.add_route("*", "/bot{token}/{method}", self._handle)
        application.router.add_get("/file/bot{token}/documents/{file}", self._download)
        application.router.add_route("*", "/{anything:.*}", _not_found)
        return application

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method, params, fault = request.match_info["method"], Params(values={}), None
        try:
            self._authorize(request)
            params = await Params.of(request)
            fault = self._faults.take(method)
            outcome = await self._outcome(method, params, fault)
        except ApiError as refusal:
            outcome = _refused(refusal)
        self._record(method, params, fault, outcome)
        return outcome.answer if fault is None else await fault.respond(request, outcome.answer)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """The content of a file that somebody sent, at the path that `getFile` told."""
        file = self._world.files.get(request.match_info["file"])
        known = request.match_info["token"] == self._token and file is not None
        fault = self._faults.take("download")
        answer = web.Response(body=file.content) if known and file else await _not_found(request)
        return answer if fault is None else await fault.respond(request, answer)

    def _authorize(self, request: web.Request) -> None:
        if request.match_info["token"] != self._token:
            raise ApiError(401, "Unauthorized")

    async def _outcome(self, method: str, params: Params, fault: Fault | None) -> _Outcome:
        if fault is not None and not fault.delivers:
            return _Outcome(status=None, answer=_refused(UNTRIED).answer)
        result = await self._api.perform(method, params)
        return _Outcome(status=200, result=result, answer=web.json_response({"ok": True, "result": result}))

    def _record(self, method: str, params: Params, fault: Fault | None, outcome: _Outcome) -> None:
        call = Call(
            method=method,
            params=params.values,
            status=outcome.status,
            description=outcome.description,
            result=outcome.result,
            fault=fault.name if fault else None,
        )
        self._world.calls.append(call)
        self._world.changes.announce()


def _refused(refusal: ApiError) -> _Outcome:
    answer = web.json_response(refusal.body(), status=refusal.status, headers=refusal.headers())
    return _Outcome(status=refusal.status, description=refusal.description, answer=answer)


async def _not_found(_: web.Request) -> web.Response:
    return _refused(ApiError(404, "Not Found")).answer
