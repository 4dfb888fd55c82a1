"""Slack's OAuth 2 for the app: codes that work once, tokens of each workspace, rotation and revocation."""

import base64
import hmac
import itertools
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web

from tests.servers.slack.arguments import Arguments
from tests.servers.slack.elements import Json
from tests.servers.slack.limits import Clock
from tests.servers.slack.records import APP_ID, BOT_USER, Refused
from tests.servers.slack.workspace import Workspace

CLIENT_ID = "11.22"
CLIENT_SECRET = "local-client-secret"
CODE_LIFE = 600
TOKEN_LIFE = 43_200
"""Seconds: twelve hours."""


@dataclass(slots=True, kw_only=True)
class _Code:
    workspace: Workspace
    redirect_uri: str
    scope: str
    issued_at: float
    used: bool = False


@dataclass(slots=True, kw_only=True)
class _Token:
    workspace: Workspace
    scope: str
    ends_at: float | None
    error: str | None = None
    """What it is refused with; None while it is good."""


class OAuth:
    """The installations of one app. With `rotation`, tokens end after twelve hours."""

    def __init__(self, *, clock: Clock, rotation: bool = False) -> None:
        self.rotation = rotation
        self.redirect_uris: list[str] = []
        """Those registered with the app; empty: any."""
        self.refreshes = 0
        """How many refresh tokens were exchanged."""
        self._clock = clock
        self._numbers = itertools.count(1)
        self._codes: dict[str, _Code] = {}
        self._tokens: dict[str, _Token] = {}
        self._refresh: dict[str, str] = {}
        """Access tokens by refresh token."""

    def approve(self, authorize_url: str, workspace: Workspace) -> str:
        """Somebody in the workspace agrees; returns where their browser is sent."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(authorize_url).query).items()}
        if query.get("client_id") != CLIENT_ID:
            raise Refused("invalid_client_id")
        if not query.get("scope"):
            raise Refused("invalid_scope")
        redirect_uri = query["redirect_uri"]
        if self.redirect_uris and redirect_uri not in self.redirect_uris:
            raise Refused("bad_redirect_uri")
        code = f"code.{next(self._numbers)}"
        self._codes[code] = _Code(
            workspace=workspace, redirect_uri=redirect_uri, scope=query["scope"], issued_at=self._clock()
        )
        return f"{redirect_uri}?{urlencode({'code': code, 'state': query['state']})}"

    def deny(self, authorize_url: str) -> str:
        """Somebody says no; returns where their browser is sent."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(authorize_url).query).items()}
        return f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"

    def access(self, request: web.Request, arguments: Arguments) -> Json:
        """oauth.v2.access: tokens for a code, or for a refresh token."""
        self._authenticate(request, arguments)
        if arguments.optional("grant_type") == "refresh_token":
            return self._refreshed(arguments.required("refresh_token"))
        code = self._codes.get(arguments.required("code"))
        if code is None or self._clock() - code.issued_at > CODE_LIFE:
            raise Refused("invalid_code")
        if code.used:
            raise Refused("code_already_used")
        if arguments.optional("redirect_uri") != code.redirect_uri:
            raise Refused("bad_redirect_uri")
        code.used = True
        return self._granted(code.workspace, code.scope)

    def workspace_of(self, token: str) -> Workspace:
        """The workspace of a good token."""
        found = self._tokens.get(token)
        if found is None:
            raise Refused("invalid_auth")
        if found.error:
            raise Refused(found.error)
        if found.ends_at is not None and self._clock() >= found.ends_at:
            raise Refused("token_expired")
        return found.workspace

    def tokens_of(self, workspace: Workspace) -> list[str]:
        """All access tokens that the workspace ever had, oldest first."""
        return [name for name, token in self._tokens.items() if token.workspace is workspace]

    def revoke(self, token: str) -> Json:
        """auth.revoke."""
        self.workspace_of(token)
        self._tokens[token].error = "token_revoked"
        return {"ok": True, "revoked": True}

    def end(self, workspace: Workspace, error: str) -> None:
        """Refuse every token of a workspace from now on, and its refresh tokens."""
        for name in self.tokens_of(workspace):
            self._tokens[name].error = error
        self._refresh = {
            refresh: access
            for refresh, access in self._refresh.items()
            if self._tokens[access].workspace is not workspace
        }

    def _refreshed(self, refresh_token: str) -> Json:
        access = self._refresh.pop(refresh_token, None)
        if access is None:
            raise Refused("invalid_refresh_token")
        self.refreshes += 1
        before = self._tokens[access]
        return self._granted(before.workspace, before.scope)

    def _granted(self, workspace: Workspace, scope: str) -> Json:
        number, team = next(self._numbers), workspace.team
        kind = "xoxe.xoxb" if self.rotation else "xoxb"
        access = f"{kind}-{team.id}-{number}"
        ends_at = self._clock() + TOKEN_LIFE if self.rotation else None
        self._tokens[access] = _Token(workspace=workspace, scope=scope, ends_at=ends_at)
        body: Json = {
            "ok": True,
            "app_id": APP_ID,
            "authed_user": {"id": "U0ADMIN"},
            "scope": scope,
            "token_type": "bot",
            "access_token": access,
            "bot_user_id": BOT_USER,
            "team": None if team.org_wide else {"id": team.id, "name": team.domain},
            "enterprise": {"id": team.enterprise, "name": "org"} if team.enterprise else None,
            "is_enterprise_install": team.org_wide,
        }
        if self.rotation:
            refresh = f"xoxe-1-{team.id}-{number}"
            self._refresh[refresh] = access
            body |= {"refresh_token": refresh, "expires_in": TOKEN_LIFE}
        return body

    def _authenticate(self, request: web.Request, arguments: Arguments) -> None:
        basic = request.headers.get("Authorization", "").removeprefix("Basic ")
        given = base64.b64decode(basic).decode().split(":", 1) if basic else self._in_form(arguments)
        if given[0] != CLIENT_ID:
            raise Refused("invalid_client_id")
        if not hmac.compare_digest(given[1], CLIENT_SECRET):
            raise Refused("bad_client_secret")

    def _in_form(self, arguments: Arguments) -> list[str]:
        return [arguments.required("client_id"), arguments.required("client_secret")]
