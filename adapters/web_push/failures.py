"""What the answer of a push service means (RFC 8030, 8; RFC 8292, 4.2).

Tests: tests/adapters/web_push/test_channel.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp

from adapters.public_addresses import PrivateAddress
from adapters.retry_after import seconds_to_wait
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable

FAILURES = (aiohttp.ClientError, TimeoutError, OSError, ValueError)
"""Everything that a request may raise."""

DEFAULT_RETRY_AFTER, MAX_RETRY_AFTER = 60.0, 86_400.0
"""Seconds."""

_ACCEPTED = {201, 202, 204}
"""RFC 8030, 5 names the first two. 200 is what anything says that is no push service, such as the page to
sign in to a network.
"""

_GONE = {404, 410}
_REFUSED_KEY = {400, 401, 403}
_BUSY = {406, 429}
"""406 is what Microsoft's service answers instead of 429."""

_NOT_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class KeyRefused(SendRejected):
    """The push service does not take oO's VAPID key for this browser: the operator's business."""


def failure_of(status: int, headers: Mapping[str, str]) -> SendFailed | None:
    """The error for a status; None if the message was accepted.

    A redirect is not followed: the message was not taken there.
    """
    if status in _ACCEPTED:
        return None
    reason = f"status {status}"
    if 200 <= status < 300:
        return SendUnknown(reason)
    if status in _GONE:
        return Unreachable(reason)
    if status in _REFUSED_KEY:
        return KeyRefused(reason)
    if status in _BUSY:
        return NotSent(reason, retry_after=_retry_after(headers))
    return SendRejected(reason) if status < 500 else SendUnknown(reason)


def failure(error: Exception) -> SendFailed:
    """The error for a request without an answer; its text is a kind of error, safe to log."""
    if isinstance(error, aiohttp.ClientConnectorDNSError) and isinstance(error.os_error, PrivateAddress):
        return SendRejected("a private address")
    if isinstance(error, _NOT_CONNECTED):
        return NotSent(type(error).__name__)
    if isinstance(error, aiohttp.InvalidURL | UnicodeError):
        return SendRejected(type(error).__name__)
    return SendUnknown(type(error).__name__)


def _retry_after(headers: Mapping[str, str]) -> float:
    return seconds_to_wait(headers, otherwise=DEFAULT_RETRY_AFTER, at_most=MAX_RETRY_AFTER)
