"""Where an HTTP/1.1 message ends: as much of HTTP as a proxy needs that reads whole messages.

Tests: tests/servers/test_proxy.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"(?im)^content-length:\s*(\d+)\s*$")
_CHUNKED = re.compile(rb"(?im)^transfer-encoding:.*\bchunked\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A whole message."""

    body_at: int
    """Where its body begins."""
    end: int


def whole_message(data: bytes) -> Message | None:
    """The first message in ``data``; None if it is not all there, or is no HTTP."""
    head, found, _ = data.partition(_END)
    if not found:
        return None
    body_at = len(head) + len(_END)
    if _CHUNKED.search(head):
        last = data.find(b"0" + _END, body_at)
        return Message(body_at=body_at, end=last + 5) if last >= 0 else None
    length = _LENGTH.search(head.replace(b"\r\n", b"\n"))
    end = body_at + (int(length[1]) if length else 0)
    return Message(body_at=body_at, end=end) if len(data) >= end else None


def is_upgrade(data: bytes) -> bool:
    """Whether an answer opens a WebSocket."""
    return data.startswith(b"HTTP/1.1 101 ")


def http_answer(status: str, body: bytes = b"", content_type: str = "text/html", **headers: str) -> bytes:
    """A whole answer; a header is given as ``Retry_After="2"``."""
    named = {"Content-Type": content_type, "Content-Length": str(len(body)), "Connection": "close"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items()), "", ""]
    return "\r\n".join(lines).encode() + body
