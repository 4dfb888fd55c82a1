"""What a failed call to Telegram means.

The library's exceptions do not distinguish "sent" from "not sent": a refused connection and a lost response
are both a ``NetworkError``. The exception's cause decides. Without a cause, Telegram itself answered. With
one, only a connection that was never established proves that the request was not sent.
"""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable

_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_UNREACHABLE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_is_blocked",
    "user is deactivated",
)
_MAX_REASON_CHARACTERS = 120


def send_failure(error: TelegramError) -> SendFailed:
    """``error`` as an error of the core; its text is Telegram's answer or a kind of error, safe to log."""
    if isinstance(error.__cause__, _NOT_CONNECTED):
        return NotSent(kind(error))
    if error.__cause__ is not None:
        return SendUnknown(kind(error))
    return _refusal(error)


def _refusal(error: TelegramError) -> SendFailed:
    reason = error.message[:_MAX_REASON_CHARACTERS]
    match error:
        case RetryAfter():
            return NotSent(reason, retry_after=retry_after(error))
        case Forbidden():
            return Unreachable(reason)
        case BadRequest() if says(error, *_UNREACHABLE):
            return Unreachable(reason)
        case BadRequest() | InvalidToken():
            return SendRejected(reason)
    return SendUnknown(reason)


def kind(error: Exception) -> str:
    """The name of the error's root cause: enough for an operator, without anything a person wrote."""
    return type(error.__cause__ or error).__name__


def retry_after(error: Exception) -> float:
    """The seconds to wait that Telegram asked for; 0 if it asked for none."""
    if not isinstance(error, RetryAfter):
        return 0.0
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def says(error: TelegramError, *phrases: str) -> bool:
    """Whether Telegram's answer contains one of the lower-case ``phrases``."""
    return any(phrase in error.message.lower() for phrase in phrases)
