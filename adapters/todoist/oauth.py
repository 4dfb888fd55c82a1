"""Todoist's OAuth 2: the address that asks a person for consent, and tokens for the code that it sends back.

A challenge after RFC 7636 (S256) goes with each request, as Doist's own command line sends it. Its verifier
is derived from the state and the client's secret, so that it is stored nowhere and nobody else can know it.
Apps that Todoist calls new get access tokens that end after an hour, and a new refresh token with each; older
apps get tokens that never end. No error holds a code, a token or anything of a person.

Tests: tests/adapters/todoist/test_oauth.py.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlencode

import aiohttp
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from adapters.pkce import challenge, verifier
from adapters.todoist.api import ANSWER_SECONDS, read_limited, retry_after
from adapters.todoist.wire import User
from core.errors import ClientRefused, SourceBusy, SourceDisconnected, SourceRefused, SourceUnavailable
from core.ports import Grant, OutsideAccount
from core.text import clean

SCOPE = "data:read_write,data:delete"
"""To read, change and complete tasks, and to delete those that the person removes in oO."""

MAX_ANSWER_BYTES = 1 << 16
MAX_NAME_CHARACTERS = 80
_REFUSALS = frozenset({400, 401, 403, 404, 422})
_ABOUT_GRANT = ("invalid_grant", "bad_authorization_code", "access_denied")
_ABOUT_CLIENT = (
    "incorrect_application_credentials",
    "invalid_application_status",
    "invalid_client",
    "invalid_request",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_token_type",
)
"""Of OAuth 2, and of Todoist itself."""


class _Issued(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    access_token: SecretStr = Field(min_length=1)
    refresh_token: SecretStr | None = None
    expires_in: float | None = Field(default=None, gt=0, le=10 * 365 * 86400)


class TodoistOAuth:
    """An ``OAuthClient`` (``core/ports``)."""

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        redirect_uri: str,
        api_root: str,
        authorize_root: str,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        """``redirect_uri`` as it is registered with the app. The roots are ``https://api.todoist.com`` and
        ``https://app.todoist.com``, or a local server's.
        """
        self._client_id, self._client_secret = client_id, client_secret
        self._redirect_uri = redirect_uri
        self._api_root = api_root.rstrip("/")
        self._authorize_root = authorize_root.rstrip("/")
        self._timeout = aiohttp.ClientTimeout(total=answer_seconds)

    def authorize_url(self, state: str) -> str:
        """The address at which the person is asked for consent."""
        query = {
            "client_id": self._client_id,
            "scope": SCOPE,
            "state": state,
            "redirect_uri": self._redirect_uri,
            "response_type": "code",
            "code_challenge": challenge(self._verifier(state)),
            "code_challenge_method": "S256",
        }
        return f"{self._authorize_root}/oauth/authorize?{urlencode(query)}"

    async def exchange(self, code: str, state: str) -> Grant:
        """Tokens for ``code``, which works once. Raises ``SourceRefused`` if Todoist does not accept it."""
        fields = {"code": code, "redirect_uri": self._redirect_uri, "code_verifier": self._verifier(state)}
        return await self._tokens(fields)

    async def refresh(self, refresh_token: str) -> Grant:
        """Other tokens. The old refresh token works for some seconds more, if at all.

        Raises ``SourceDisconnected`` if Todoist does not accept it, so that the person must connect again,
        and ``ClientRefused`` if it does not accept this app.
        """
        try:
            return await self._tokens({"grant_type": "refresh_token", "refresh_token": refresh_token})
        except SourceRefused as fault:
            raise SourceDisconnected(str(fault)) from None

    async def revoke(self, access_token: str, refresh_token: str | None = None) -> None:
        """End the access, with all tokens of the consent. Unknown tokens are no error.

        RFC 7009 lets a server keep the refresh token when the access token is revoked, so both are named.
        """
        await self._revoke(access_token, "access_token")
        if refresh_token:
            with suppress(SourceRefused, ClientRefused):  # the app was accepted: that kind of token is not
                await self._revoke(refresh_token, "refresh_token")

    async def _revoke(self, token: str, kind: str) -> None:
        await self._request(
            "POST",
            "/api/v1/revoke",
            is_clients=True,
            json={"token": token, "token_type_hint": kind},
            headers={"Authorization": f"Basic {self._basic()}"},
        )

    async def account(self, access_token: str) -> OutsideAccount:
        """Whose account it is."""
        body = await self._request("GET", "/api/v1/user", headers={"Authorization": f"Bearer {access_token}"})
        try:
            user = User.model_validate_json(body)
        except ValidationError:
            raise SourceUnavailable("Todoist answered something unexpected") from None
        name = clean(user.full_name or "", MAX_NAME_CHARACTERS) or clean(
            user.email or "", MAX_NAME_CHARACTERS
        )
        return OutsideAccount(account_id=user.id, name=name or user.id[:MAX_NAME_CHARACTERS])

    async def _tokens(self, fields: Mapping[str, str]) -> Grant:
        form = {"client_id": self._client_id, "client_secret": self._client_secret, **fields}
        body = await self._request("POST", "/oauth/access_token", is_clients=True, data=form)
        try:
            issued = _Issued.model_validate_json(body)
        except ValidationError:
            raise SourceUnavailable("Todoist answered something unexpected") from None
        refresh = issued.refresh_token
        return Grant(
            access_token=issued.access_token.get_secret_value(),
            refresh_token=refresh.get_secret_value() if refresh else None,
            lasts=timedelta(seconds=issued.expires_in) if issued.expires_in else None,
        )

    async def _request(self, method: str, path: str, *, is_clients: bool = False, **what: object) -> bytes:
        """One request on a connection of its own: they are rare. Redirects are not followed.

        ``is_clients``: oO signs in as itself, so a refusal may be about oO.
        """
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar()) as session,
                session.request(method, self._api_root + path, allow_redirects=False, **what) as response,  # type: ignore[arg-type]  # aiohttp's own options
            ):
                await _raise_for_status(response, is_clients=is_clients)
                return await read_limited(response, MAX_ANSWER_BYTES)
        except TimeoutError:
            raise SourceUnavailable("Todoist took too long") from None
        except aiohttp.ClientError as error:
            raise SourceUnavailable(f"Todoist can't be reached ({type(error).__name__})") from None

    def _basic(self) -> str:
        return base64.b64encode(f"{self._client_id}:{self._client_secret}".encode()).decode()

    def _verifier(self, state: str) -> str:
        """43 characters that only the holder of the client's secret can compute."""
        return verifier(self._client_secret, state)


async def _raise_for_status(response: aiohttp.ClientResponse, *, is_clients: bool) -> None:
    if response.status in (200, 204):
        return
    if response.status == 429:
        raise SourceBusy(retry_after(response.headers))
    if response.status not in _REFUSALS:
        raise SourceUnavailable(f"Todoist answered {response.status}")
    if is_clients and _is_about_client(response.status, await read_limited(response, MAX_ANSWER_BYTES)):
        raise ClientRefused(
            f"Todoist refuses this app ({response.status}): check TODOIST_CLIENT_ID and TODOIST_CLIENT_SECRET"
        )
    raise SourceRefused(f"Todoist refuses it ({response.status})")


def _is_about_client(status: int, body: bytes) -> bool:
    """Whether a refusal is about the app, not about the code or token (RFC 6749, 5.2). An unknown reason is
    about the app unless the status is that of a wrong code: 400.
    """
    try:
        error = json.loads(body).get("error")
    except (ValueError, AttributeError, RecursionError):
        error = None
    if error in _ABOUT_GRANT:
        return False
    return status != 400 or error in _ABOUT_CLIENT
