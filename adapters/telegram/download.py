"""Downloads a file that somebody sent; no more of it than wanted is ever in memory.

Tests: tests/adapters/telegram/test_download.py.
"""

from __future__ import annotations

import asyncio

import httpx
from telegram.error import BadRequest, TelegramError

from adapters.telegram.api import Api
from adapters.telegram.failures import says
from core.errors import FileUnusable

MAX_DOWNLOAD_PARTS = 3
"""A whole download takes so many times the limit of a part, at most: bytes that trickle would never end."""


async def download(api: Api, file_id: str, *, max_bytes: int) -> bytes:
    """The file's content. Raises ``FileUnusable``."""
    try:
        file = await api.get_file(file_id)
    except BadRequest as exc:
        raise FileUnusable("too_big" if says(exc, "too big") else "gone") from None
    except TelegramError:
        raise FileUnusable("unreachable") from None  # the cause's text may hold the token
    if (file.file_size or 0) > max_bytes:
        raise FileUnusable("too_big")
    return await _content(api, file.file_path or "", max_bytes)


async def _content(api: Api, url: str, max_bytes: int) -> bytes:
    """What the URL, which holds the token, leads to."""
    if not url.startswith(f"{api.base_file_url}/"):
        raise FileUnusable("unreachable")
    content = bytearray()
    try:
        async with (
            asyncio.timeout(api.download_seconds * MAX_DOWNLOAD_PARTS),
            httpx.AsyncClient(timeout=api.download_seconds) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise FileUnusable("gone" if answer.status_code == httpx.codes.NOT_FOUND else "unreachable")
            async for part in answer.aiter_bytes():
                content += part
                if len(content) > max_bytes:
                    raise FileUnusable("too_big")
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL):
        raise FileUnusable("unreachable") from None
    return bytes(content)
