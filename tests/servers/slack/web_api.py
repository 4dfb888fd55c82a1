"""The HTTP side of Slack's Web API: tokens, methods, refusals, and the response URLs."""

import math
from collections.abc import Callable

from aiohttp import web

from tests.servers.slack import chat, files, lookups, views
from tests.servers.slack.arguments import Arguments
from tests.servers.slack.elements import Json
from tests.servers.slack.oauth import OAuth
from tests.servers.slack.records import Refusal, Refused
from tests.servers.slack.workspace import Workspace

METHODS: dict[str, Callable[[Workspace, Arguments], Json]] = {
    "auth.test": lookups.auth_test,
    "users.info": lookups.users_info,
    "dnd.info": lookups.dnd_info,
    "conversations.open": lookups.conversations_open,
    "conversations.info": lookups.conversations_info,
    "conversations.history": chat.history,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "files.info": files.info,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.completeUploadExternal": files.complete_upload,
    "views.publish": views.publish,
    "views.open": views.open_modal,
    "views.update": views.update,
}


class WebApi:
    """Answers `/api/<method>`, uploads and response URLs.

    `token_error`, if set, is the refusal of the bot token.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        bot_token: str,
        app_token: str,
        open_socket: Callable[[], str],
        oauth: OAuth,
    ) -> None:
        self.token_error: str | None = None
        self._workspace = workspace
        self._oauth = oauth
        self._bot_token = bot_token
        self._app_token = app_token
        self._open_socket = open_socket

    def routes(self) -> list[web.RouteDef]:
        """Where this answers."""
        return [
            web.post("/api/{method}", self._call),
            web.get("/api/{method}", self._call),
            web.post("/upload/v1/{file}", self._receive),
            web.get("/files-pri/{file}/download", self._download),
            web.post("/{kind:actions|commands}/{team}/{name}", self._reply),
        ]

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        try:
            arguments = await Arguments.of(request)
            if method == "oauth.v2.access":
                return web.json_response(self._oauth.access(request, arguments))
            token = _token(request, arguments)
            scopes = {"x-oauth-scopes": ",".join(sorted(self._workspace.scopes))}
            headers = scopes if token == self._bot_token else {}
            return web.json_response(self._answer(method, token, arguments), headers=headers)
        except Refused as exc:
            self._note(method, exc)
            return web.json_response(exc.as_json())
        except chat.RateLimited as exc:
            return rate_limited(exc.seconds)

    def _answer(self, method: str, token: str | None, arguments: Arguments) -> Json:
        if token is None:
            raise Refused("not_authed")
        if token not in (self._bot_token, self._app_token):
            return self._answer_installed(method, token, arguments)
        if (method == "apps.connections.open") != (token == self._app_token):
            raise Refused("not_allowed_token_type")
        if method == "apps.connections.open":
            return {"ok": True, "url": self._open_socket()}
        if self.token_error:
            raise Refused(self.token_error)
        if method not in METHODS:
            raise Refused("unknown_method")
        return METHODS[method](self._workspace, arguments)

    def _answer_installed(self, method: str, token: str, arguments: Arguments) -> Json:
        """An answer for a workspace that has installed the app."""
        if method == "auth.revoke":
            return self._oauth.revoke(token)
        workspace = self._oauth.workspace_of(token)
        if method not in METHODS:
            raise Refused("unknown_method")
        return METHODS[method](workspace, arguments)

    async def _receive(self, request: web.Request) -> web.Response:
        try:
            files.receive(self._workspace, request.match_info["file"], await request.read())
        except Refused as exc:
            self._note("upload", exc)
            return web.Response(status=400, text=exc.code)
        return web.Response(text="OK")

    async def _download(self, request: web.Request) -> web.Response:
        """The content of a file; without the app's token, a page for signing in, as at Slack."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            workspace = self._workspace if token == self._bot_token else self._oauth.workspace_of(token)
        except Refused:
            return web.Response(status=302, headers={"Location": "/signin"})
        try:
            return web.Response(body=files.content(workspace, request.match_info["file"]))
        except Refused:
            return web.Response(status=404)

    async def _reply(self, request: web.Request) -> web.Response:
        try:
            to = self._workspace.response_urls.use(request.match_info["name"])
        except Refused as exc:
            self._note("response_url", exc)
            return web.json_response(exc.as_json(), status=404)
        try:
            chat.reply(self._workspace, to, await Arguments.of(request))
        except Refused as exc:
            self._note("response_url", exc)
            return web.json_response(exc.as_json(), status=400)
        return web.Response(text="ok")

    def _note(self, method: str, refused: Refused) -> None:
        refusal = Refusal(method=method, error=refused.code, problems=tuple(refused.problems))
        self._workspace.refusals.append(refusal)
        self._workspace.changes.notify()


def rate_limited(seconds: float) -> web.Response:
    """429 as Slack sends it."""
    headers = {"Retry-After": str(math.ceil(seconds))}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def _token(request: web.Request, arguments: Arguments) -> str | None:
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return bearer if scheme == "Bearer" else arguments.optional("token")
