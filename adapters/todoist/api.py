"""Todoist's API v1 over HTTP: returns bytes or raises an error of the core.

No error holds the token or anything a person wrote: responses are not quoted, and causes, which quote them,
are removed.

Tests: tests/adapters/todoist/test_failures.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import aiohttp

from adapters.bounded_body import bounded_body
from adapters.retry_after import seconds_to_wait
from core.errors import SourceBusy, SourceDisconnected, SourceRefused, SourceUnavailable

ANSWER_SECONDS = 10.0
MAX_ANSWER_BYTES = 32 << 20  # a first sync brings all tasks at once: 5,000 with 6,000 characters each
MAX_REFUSAL_BYTES = 1 << 16
NO_CONTENT = 204
UNAUTHORIZED = 401
FORBIDDEN = 403
PAID_FEATURE = b'"PREMIUM_ONLY"'
DEFAULT_RETRY_AFTER = 60.0
MAX_RETRY_AFTER = 3600.0
_USER = "user"
_OF_THE_ACCOUNT = (_USER, "sync")
"""If one of these paths is forbidden, the token itself is refused."""


class TaskNotFound(SourceUnavailable):
    """Todoist has no such task, or no longer."""


class _TokenRefused(SourceDisconnected):
    """Todoist does not accept the token: it has ended, or was revoked (401)."""


class _Forbidden(SourceDisconnected):
    """The token may not do this (403): nothing at all, or not to this task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    method: str
    path: str
    params: Mapping[str, str] | None = None
    fields: Mapping[str, object] | None = None
    request_id: str | None = None


class Tokens(Protocol):
    """The access token of each person."""

    async def get(self, person_id: str, *, refused: str | None = None) -> str:
        """The person's token; another one if Todoist has just refused ``refused``.

        Raises ``SourceDisconnected`` if there is none, and ``SourceUnavailable`` if it can't be had now.
        """
        ...


class OneToken:
    """The same token for everybody who may ask: the operator's own."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def get(self, person_id: str, *, refused: str | None = None) -> str:
        """The token. Raises ``SourceDisconnected`` if it was refused."""
        if refused:
            raise SourceDisconnected("Todoist refuses the token (401)")
        return self._token


class Api:
    """The accounts of people at the URL ``root``. The first request opens the connection."""

    def __init__(
        self,
        tokens: Tokens,
        root: str,
        *,
        answer_seconds: float = ANSWER_SECONDS,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
    ) -> None:
        self._tokens = tokens
        self._answer_seconds = answer_seconds
        self._max_answer_bytes = max_answer_bytes
        self._root = f"{root.rstrip('/')}/api/v1/"
        self._session: aiohttp.ClientSession | None = None

    async def get(self, person_id: str, path: str, params: Mapping[str, str] | None = None) -> bytes:
        """The response's body. Raises ``SourceUnavailable`` and its subclasses."""
        return await self._request(person_id, "GET", path, params=params) or b""

    async def post(
        self,
        person_id: str,
        path: str,
        fields: Mapping[str, object] | None = None,
        *,
        request_id: str | None = None,
    ) -> bytes:
        """The response's body. Raises ``SourceUnavailable`` and its subclasses.

        Todoist executes only one of several requests with the same ``request_id`` (at most 36 bytes).
        """
        return await self._request(person_id, "POST", path, fields=fields, request_id=request_id) or b""

    async def order(
        self,
        person_id: str,
        path: str,
        fields: Mapping[str, object] | None = None,
        *,
        request_id: str,
        method: str = "POST",
    ) -> None:
        """As ``post``, where nothing but that it was done is of interest.

        An answer with a body that is no JSON is not Todoist's: nothing was done, as far as is known.
        """
        body = await self._request(person_id, method, path, fields=fields, request_id=request_id)
        if body is None:
            return  # 204
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            raise SourceUnavailable("Todoist answered something unexpected") from None

    async def delete(self, person_id: str, path: str, *, request_id: str) -> None:
        """Delete what is at ``path``. Raises ``SourceUnavailable`` and its subclasses."""
        await self.order(person_id, path, request_id=request_id, method="DELETE")

    async def close(self) -> None:
        """Close the connection; harmless when there is none."""
        if self._session:
            await self._session.close()
            self._session = None

    async def _request(
        self,
        person_id: str,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        fields: Mapping[str, object] | None = None,
        request_id: str | None = None,
    ) -> bytes | None:
        """The response's body; None for 204, which has none.

        With another token once if Todoist refuses the first: access tokens end after an hour.
        """
        token = await self._tokens.get(person_id)
        request = _Request(method=method, path=path, params=params, fields=fields, request_id=request_id)
        try:
            return await self._send_checked(request, token)
        except _TokenRefused:
            other = await self._tokens.get(person_id, refused=token)
        try:
            return await self._send_checked(request, other)
        except _TokenRefused as fault:
            raise SourceDisconnected(str(fault)) from None

    async def _send_checked(self, request: _Request, token: str) -> bytes | None:
        """As ``_send``. Raises ``SourceRefused`` if only this is forbidden, as a task of a project that the
        person has left is: the token still tells whose it is.
        """
        try:
            return await self._send(request, token)
        except _Forbidden as fault:
            if request.path not in _OF_THE_ACCOUNT and await self._is_accepted(token):
                raise SourceRefused("Todoist refuses the request (403)") from None
            raise SourceDisconnected(str(fault)) from None

    async def _is_accepted(self, token: str) -> bool:
        """Whether Todoist tells whose the token is. Raises ``SourceUnavailable`` if it doesn't say, and
        ``_TokenRefused`` if the token has ended meanwhile.
        """
        try:
            await self._send(_Request(method="GET", path=_USER), token)
        except _Forbidden:
            return False
        return True

    async def _send(self, request: _Request, token: str) -> bytes | None:
        headers = {"Authorization": f"Bearer {token}"}
        asked = self._open_session().request(
            request.method,
            self._root + request.path,
            params=request.params,
            json=request.fields,
            headers=headers | ({"X-Request-Id": request.request_id} if request.request_id else {}),
            allow_redirects=False,
        )
        try:
            async with asked as response:
                _raise_for_status(response, is_paid_feature=await _is_paid_feature(response))
                if response.status == NO_CONTENT:
                    return None
                return await read_limited(response, self._max_answer_bytes)
        except TimeoutError:
            raise SourceUnavailable("Todoist took too long") from None
        except aiohttp.ClientError as error:
            raise SourceUnavailable(f"Todoist can't be reached ({type(error).__name__})") from None

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._answer_seconds),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


async def _is_paid_feature(response: aiohttp.ClientResponse) -> bool:
    """Whether the account lacks a feature that it would have to pay for, such as estimates."""
    if response.status != FORBIDDEN or response.content_type != "application/json":
        return False
    return PAID_FEATURE in await read_limited(response, MAX_REFUSAL_BYTES)


def _raise_for_status(response: aiohttp.ClientResponse, *, is_paid_feature: bool) -> None:
    match response.status:
        case 200 | 204:
            return
        case 403 if is_paid_feature:
            raise SourceRefused("Todoist does not offer this to the account (403)")
        case 401 | 403 as status:
            kind = _TokenRefused if status == UNAUTHORIZED else _Forbidden
            raise kind(f"Todoist refuses the token ({status})")
        case 404:
            raise TaskNotFound("Todoist has no such task (404)")
        case 410 if (
            response.content_type == "application/json"
        ):  # as plain text it would mean that the API itself is gone
            raise TaskNotFound("Todoist has the task no more (410)")
        case 429:
            raise SourceBusy(retry_after(response.headers))
        case 400 | 402 | 405 | 406 | 413 | 414 | 415 | 422 as status:
            raise SourceRefused(f"Todoist refuses the request ({status})")
        case status:
            raise SourceUnavailable(f"Todoist answered {status}")


def retry_after(headers: Mapping[str, str]) -> float:
    """The seconds that Todoist asks to wait, limited to 1 to 3600."""
    return seconds_to_wait(headers, otherwise=DEFAULT_RETRY_AFTER, at_most=MAX_RETRY_AFTER, at_least=1.0)


async def read_limited(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """The body. Raises ``SourceUnavailable`` if it is larger than ``max_bytes``."""
    body = await bounded_body(response, max_bytes)
    if body is None:
        raise SourceUnavailable("Todoist's answer is too large")
    return body
