"""Reads the body of an answer up to a limit.

Tests: tests/adapters/todoist/test_oauth.py, tests/adapters/oidc/test_relying_party.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import aiohttp

_CHUNK_BYTES = 1 << 16


async def bounded_body(response: aiohttp.ClientResponse, max_bytes: int) -> bytes | None:
    """The body; None if it is larger than ``max_bytes``. No more than that, and a chunk, is read."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
        body += chunk
        if len(body) > max_bytes:
            return None
    return bytes(body)
