"""A local Todoist with several accounts, behind OAuth: what the apps of other people meet.

The shapes are those of `developer.todoist.com/api/v1` and of Doist's own SDK: `/oauth/authorize` asks the
person and redirects with a code that works once; `/oauth/access_token` wants the client's secret and, if the
request had a challenge, its verifier; apps with refresh tokens (new ones) get access tokens that expire and a
new refresh token each time; `/api/v1/revoke` follows RFC 7009.
"""

import base64
import hashlib
import hmac
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from tests.servers import todoist_body as body
from tests.servers.local import Handler, LocalServer
from tests.servers.todoist import wall_clock
from tests.servers.todoist_sync import SyncingTodoist

CLIENT_SECRET = "oo-client-secret-canary"
CODE_LIFETIME = timedelta(minutes=10)
TOKEN_LIFETIME = timedelta(hours=1)
GRACE = timedelta(seconds=60)
"""How long a refresh token that was used still works, for clients that lost the answer."""

AUTHORIZE_FIELDS = {
    "client_id", "scope", "state", "redirect_uri", "response_type", "code_challenge", "code_challenge_method",
}  # fmt: skip
SCOPES = {"task:add", "data:read", "data:read_write", "data:delete", "project:delete"}
TOKEN_FIELDS = {"client_id", "client_secret", "code", "redirect_uri", "code_verifier", "grant_type"}
REFRESH_FIELDS = {"client_id", "client_secret", "refresh_token", "grant_type"}


class Account(SyncingTodoist):
    """One person's account in the cloud. It is not started: the cloud answers for it."""

    def _for_the_owner(self, handler: Handler) -> Handler:
        async def answered(request: web.Request) -> web.StreamResponse:
            return await self._answer(request, handler)

        return answered

    @property
    def table(self) -> Mapping[tuple[str, str], Handler]:
        """The handlers of the API by method and path."""
        return {(route.method, route.path): route.handler for route in self._routes}


@dataclass(slots=True, kw_only=True)
class _Code:
    account: Account
    scope: str
    challenge: str | None
    redirect_uri: str
    expires_at: datetime


@dataclass(slots=True, kw_only=True)
class _Token:
    account: Account
    family: int
    """Tokens that were refreshed from one another."""
    expires_at: datetime | None
    refresh: bool = False
    used_at: datetime | None = None
    """When a refresh token was used first."""


class TodoistCloud(LocalServer):
    """The accounts of several people, and one app that asks for access to them."""

    def __init__(
        self,
        *,
        client_id: str = "oo-client",
        client_secret: str = CLIENT_SECRET,
        clock: Callable[[], datetime] = wall_clock,
        zone: str = "UTC",
        expires: bool = True,
    ) -> None:
        """`expires`: whether the app has refresh tokens, as new apps have."""
        self._clock, self._zone = clock, zone
        self.client_id, self.client_secret, self.expires = client_id, client_secret, expires
        self.redirect_uri: str | None = None
        """The registered one; None accepts any on a loopback address."""
        self.accounts: dict[str, Account] = {}
        self._codes: dict[str, _Code] = {}
        self._tokens: dict[str, _Token] = {}
        self._families, self._numbers = itertools.count(1), itertools.count(1)
        super().__init__(self._all_routes())

    def use_clock(self, clock: Callable[[], datetime]) -> None:
        """Live at another time from now on, with all accounts."""
        self._clock = clock

    def _now(self) -> datetime:
        return self._clock()

    def account(self, full_name: str) -> Account:
        """The account of that name; it is made when it is first asked for."""
        if full_name not in self.accounts:
            number = 48_317_529 + len(self.accounts)
            self.accounts[full_name] = self._new_account(full_name, str(number))
        return self.accounts[full_name]

    def _new_account(self, full_name: str, user_id: str) -> Account:
        return Account(
            token=f"personal-{user_id}",
            zone=self._zone,
            clock=self._now,
            user_id=user_id,
            full_name=full_name,
        )

    def personal_token(self, account: Account) -> str:
        """The token that the account's person may copy from the settings; it works until it is taken away."""
        token = f"personal-{account.user_id}"
        self._tokens[token] = _Token(account=account, family=0, expires_at=None)
        return token

    def tokens_of(self, account: Account) -> set[str]:
        """The access tokens that work for the account."""
        return {
            token
            for token, one in self._tokens.items()
            if one.account is account and not one.refresh and self._is_valid(one)
        }

    def _opaque(self) -> str:
        """A code or token: 40 hexadecimal digits, the same in every run."""
        return hashlib.sha1(f"{self.client_secret} {next(self._numbers)}".encode()).hexdigest()  # noqa: S324 - only a name

    def revoke_all(self, account: Account) -> None:
        """The person removes the app in Todoist's settings."""
        self._tokens = {key: one for key, one in self._tokens.items() if one.account is not account}

    # --- The API of whoever has the token ------------------------------------------------------------------

    def _all_routes(self) -> Iterable[web.RouteDef]:
        for method, path in self._new_account("", "0").table:
            yield web.route(method, path, self._forward(method, path))
        yield web.get("/oauth/authorize", self._authorize)
        yield web.post("/oauth/authorize", self._decide)
        yield web.post("/oauth/access_token", self._access_token)
        yield web.post("/api/v1/revoke", self._revoke)

    def _forward(self, method: str, path: str) -> Handler:
        async def forwarded(request: web.Request) -> web.StreamResponse:
            account = self._account_of(request)
            return await account.table[method, path](request)

        return forwarded

    def _account_of(self, request: web.Request) -> Account:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        found = self._tokens.get(token)
        if kind != "Bearer" or found is None or found.refresh or not self._is_valid(found):
            raise body.refusal(401)
        return found.account

    def _is_valid(self, token: _Token) -> bool:
        return token.expires_at is None or self._clock() < token.expires_at

    # --- OAuth ---------------------------------------------------------------------------------------------

    def _checked_query(self, query: Mapping[str, str]) -> Mapping[str, str]:
        """The parameters of an authorization request. Raises 400, shown to the person: no redirect."""
        if (
            query.keys() - AUTHORIZE_FIELDS - {"account", "answer"}
            or not {"client_id", "state"} <= query.keys()
        ):
            raise web.HTTPBadRequest(text="unknown or missing parameters")
        if query["client_id"] != self.client_id:
            raise web.HTTPBadRequest(text="invalid_application_status")
        redirect = query.get("redirect_uri", self.redirect_uri or "")
        on_loopback = redirect.startswith(("http://127.0.0.1:", "http://localhost:"))
        if redirect != self.redirect_uri if self.redirect_uri else not on_loopback:
            raise web.HTTPBadRequest(text="the redirect_uri is not that of the app")
        if ("code_challenge" in query) != (query.get("code_challenge_method") == "S256"):
            raise web.HTTPBadRequest(text="only S256")
        if not set(query.get("scope", "").split(",")) <= SCOPES:
            raise web.HTTPBadRequest(text="invalid_scope")
        return query

    async def _authorize(self, request: web.Request) -> web.Response:
        query = self._checked_query(request.query)
        hidden = "".join(
            f'<input type=hidden name="{escape(k)}" value="{escape(v)}">' for k, v in query.items()
        )
        page = f"<form method=post>{hidden}<button>Agree</button></form>"
        return web.Response(text=page, content_type="text/html")

    async def _decide(self, request: web.Request) -> web.Response:
        fields = {name: str(value) for name, value in (await request.post()).items()}
        query = self._checked_query(fields)
        account = self.accounts[fields["account"]]
        if fields["answer"] != "agree":
            return self._back(query, error="access_denied")
        code = self._opaque()
        self._codes[code] = _Code(
            account=account,
            scope=query["scope"],
            challenge=query.get("code_challenge"),
            redirect_uri=query.get("redirect_uri", ""),
            expires_at=self._clock() + CODE_LIFETIME,
        )
        return self._back(query, code=code)

    def _back(self, query: Mapping[str, str], **more: str) -> web.Response:
        url = query.get("redirect_uri") or self.redirect_uri or ""
        raise web.HTTPFound(f"{url}?{urlencode({'state': query['state'], **more})}")

    async def _access_token(self, request: web.Request) -> web.Response:
        fields = {name: str(value) for name, value in (await request.post()).items()}
        refreshing = fields.get("grant_type") == "refresh_token"
        if request.content_type != "application/x-www-form-urlencoded":
            return _oauth_error("invalid_request")
        if fields.keys() - (REFRESH_FIELDS if refreshing else TOKEN_FIELDS):
            return _oauth_error("invalid_request")
        if (fields.get("client_id"), fields.get("client_secret")) != (self.client_id, self.client_secret):
            return _oauth_error("incorrect_application_credentials")
        return self._refreshed(fields) if refreshing else self._exchanged(fields)

    def _exchanged(self, fields: Mapping[str, str]) -> web.Response:
        code = self._codes.pop(fields.get("code", ""), None)
        if code is None or code.expires_at <= self._clock():
            return _oauth_error("bad_authorization_code")
        if code.challenge and not _verifies(fields.get("code_verifier", ""), code.challenge):
            return _oauth_error("bad_authorization_code")
        if fields.get("redirect_uri", code.redirect_uri) != code.redirect_uri:
            return _oauth_error("bad_authorization_code")
        return self._issued(code.account, next(self._families))

    def _refreshed(self, fields: Mapping[str, str]) -> web.Response:
        token = self._tokens.get(fields.get("refresh_token", ""))
        now = self._clock()
        if token is None or not token.refresh:
            return _oauth_error("invalid_grant")
        if token.used_at and now - token.used_at > GRACE:
            return _oauth_error("invalid_grant")
        token.used_at = token.used_at or now
        return self._issued(token.account, token.family)

    def _issued(self, account: Account, family: int) -> web.Response:
        expires_at = self._clock() + TOKEN_LIFETIME if self.expires else None
        access, refresh = self._opaque(), self._opaque()
        self._tokens[access] = _Token(account=account, family=family, expires_at=expires_at)
        answer: dict[str, Any] = {"access_token": access, "token_type": "Bearer"}
        if expires_at:
            self._tokens[refresh] = _Token(account=account, family=family, expires_at=None, refresh=True)
            answer |= {"refresh_token": refresh, "expires_in": int(TOKEN_LIFETIME.total_seconds())}
        return web.json_response(answer)

    async def _revoke(self, request: web.Request) -> web.Response:
        """RFC 7009: the client signs in by HTTP Basic; an unknown token is no error."""
        expected = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {expected}":
            raise body.refusal(401)
        fields = await request.json()
        if fields.keys() - {"token", "token_type_hint"} or "token" not in fields:
            raise body.refusal(400)
        found = self._tokens.get(fields["token"])
        if found:
            self._tokens = {key: one for key, one in self._tokens.items() if one.family != found.family}
        return web.Response()


def _verifies(verifier: str, challenge: str) -> bool:
    if not 43 <= len(verifier) <= 128:
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)


def _oauth_error(error: str) -> web.Response:
    return web.json_response({"error": error}, status=400)
