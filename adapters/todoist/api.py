"""Todoist's API v1 over HTTP: bytes come back, or an error of the core's that says what the matter is.

Neither the token nor anything a person wrote ever gets into an error: what came back is not quoted, and the
causes are left out, because they do quote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import aiohttp

from core.errors import SourceBusy, SourceDisconnected, SourceRefused, SourceUnavailable

ANSWER_SECONDS = 10.0
LARGEST_ANSWER = 16 << 20  # a page of 200 tasks with the longest descriptions that Todoist takes
USUAL_WAIT = 60.0
LONGEST_WAIT = 3600.0


class Missing(SourceUnavailable):
    """Todoist has no such task, or has it no more."""


class Api:
    """The account that ``token`` opens, under ``root``. The connection is made with the first request."""

    def __init__(self, token: str, root: str) -> None:
        self._headers = {"Authorization": f"Bearer {token}"}
        self._root = f"{root.rstrip('/')}/api/v1/"
        self._session: aiohttp.ClientSession | None = None

    async def get(self, path: str, params: Mapping[str, str] | None = None) -> bytes:
        """What Todoist answers. Raises ``SourceUnavailable`` and its kinds."""
        return await self._ask("GET", path, params=params)

    async def post(
        self, path: str, fields: Mapping[str, object] | None = None, *, request_id: str | None = None
    ) -> bytes:
        """What Todoist answers. Raises ``SourceUnavailable`` and its kinds.

        Of requests with the same ``request_id``, at most 36 bytes, Todoist carries out one.
        """
        return await self._ask("POST", path, fields=fields, request_id=request_id)

    async def close(self) -> None:
        """Close the connection; harmless when there is none."""
        if self._session:
            await self._session.close()
            self._session = None

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        fields: Mapping[str, object] | None = None,
        request_id: str | None = None,
    ) -> bytes:
        asked = self._opened().request(
            method,
            self._root + path,
            params=params,
            json=fields,
            headers={"X-Request-Id": request_id} if request_id else None,
            allow_redirects=False,
        )
        try:
            async with asked as response:
                _check(response)
                return await _read(response)
        except TimeoutError:
            raise SourceUnavailable("Todoist took too long") from None
        except aiohttp.ClientError as error:
            raise SourceUnavailable(f"Todoist can't be reached ({type(error).__name__})") from None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers=self._headers,
                timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


def _check(response: aiohttp.ClientResponse) -> None:
    match response.status:
        case 200 | 204:
            return
        case 401 | 403:
            raise SourceDisconnected(f"Todoist refuses the token ({response.status})")
        case 404:
            raise Missing("Todoist has no such task (404)")
        case 410 if response.content_type == "application/json":  # in plain text: the API itself is gone
            raise Missing("Todoist has the task no more (410)")
        case 429:
            raise SourceBusy(wait_asked(response.headers))
        case 400 | 402 | 405 | 406 | 413 | 414 | 415 | 422 as status:
            raise SourceRefused(f"Todoist refuses the request ({status})")
        case status:
            raise SourceUnavailable(f"Todoist answered {status}")


def wait_asked(headers: Mapping[str, str]) -> float:
    """The seconds that ``Retry-After`` asks for, given as such or as a date, between 1 and 3600.

    A date counts from the server's own ``Date``, so that a wrong clock here changes nothing.
    """
    said = headers.get("Retry-After", "")
    try:
        wait = float(said) if said.isdecimal() else _moment(said) - _moment(headers.get("Date", ""))
    except (ValueError, OverflowError):
        wait = USUAL_WAIT
    return min(max(wait, 1.0), LONGEST_WAIT)


def _moment(said: str) -> float:
    return parsedate_to_datetime(said).timestamp()


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise SourceUnavailable("Todoist's answer is too large")
    return bytes(body)
