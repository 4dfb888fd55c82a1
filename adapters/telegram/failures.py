"""What a failed call to Telegram means.

The library's exceptions do not tell "sent" from "not sent": a refused connection and a lost answer are both
a ``NetworkError``. What decides is the cause. Without one, Telegram itself answered; with one, only a
connection that never stood proves that the request never left.
"""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_GONE = ("chat not found", "user not found", "peer_id_invalid", "user_is_blocked", "user is deactivated")
_REASON_CHARACTERS = 120


def send_failure(error: TelegramError) -> SendFailed:
    """``error`` in the words of the core; its text, Telegram's answer or a kind of error, is fit for logs."""
    if isinstance(error.__cause__, _NEVER_LEFT):
        return NotSent(kind(error))
    if error.__cause__ is not None:
        return SendUnknown(kind(error))
    return _refusal(error)


def _refusal(error: TelegramError) -> SendFailed:
    reason = error.message[:_REASON_CHARACTERS]
    match error:
        case RetryAfter():
            return NotSent(reason, retry_after=retry_after(error))
        case Forbidden():
            return Unreachable(reason)
        case BadRequest() if says(error, *_GONE):
            return Unreachable(reason)
        case BadRequest() | InvalidToken():
            return SendRejected(reason)
    return SendUnknown(reason)


def kind(error: Exception) -> str:
    """What an operator needs to know of ``error``, and nothing that a person wrote: its root's name."""
    return type(error.__cause__ or error).__name__


def retry_after(error: Exception) -> float:
    """The seconds that Telegram wants to be left alone, 0 if it didn't say."""
    if not isinstance(error, RetryAfter):
        return 0.0
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def says(error: TelegramError, *phrases: str) -> bool:
    """Whether Telegram's answer contains one of the lower-case ``phrases``."""
    return any(phrase in error.message.lower() for phrase in phrases)
