"""Downloads a file that somebody sent; no more of it than wanted is ever in memory.

The bot token goes to Slack only: the address of a file must be one of Slack's own.

Tests: tests/adapters/slack/test_download.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from adapters.slack.api import Api
from core.errors import FileUnusable, SendFailed, SendRejected

_GONE = frozenset({"file_not_found", "file_deleted"})
_NOT_ALLOWED = frozenset({"missing_scope", "not_allowed_token_type", "no_permission", "access_denied"})


async def download(api: Api, file_id: str, *, max_bytes: int) -> bytes:
    """The file's content. Raises ``FileUnusable``."""
    try:
        about = await api.read("files.info", file=file_id)
        url, size = _place(about.get("file"))
        if size > max_bytes:
            raise FileUnusable("too_big")
        if not _is_slacks(url, api.url):
            raise FileUnusable("unreachable")
        return await api.download(url, max_bytes=max_bytes)
    except SendRejected as refusal:
        code = str(refusal)
        if code in _NOT_ALLOWED:
            raise FileUnusable("not_allowed") from None
        raise FileUnusable("gone" if code in _GONE else "unreachable") from None
    except SendFailed:
        raise FileUnusable("unreachable") from None


def _place(file: object) -> tuple[str, int]:
    """Address and size of a file."""
    about = file if isinstance(file, Mapping) else {}
    url, size = about.get("url_private_download") or about.get("url_private"), about.get("size")
    return (url if isinstance(url, str) else ""), (size if isinstance(size, int) else 0)


def _is_slacks(url: str, api_url: str) -> bool:
    """Whether the address belongs to Slack, or to the server that the API is at."""
    place, api = urlsplit(url), urlsplit(api_url)
    if (place.scheme, place.netloc) == (api.scheme, api.netloc):
        return True
    host = place.hostname or ""
    return place.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))
