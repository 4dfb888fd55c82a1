"""What a failed call to Slack means.

Slack answers 200 with a code, or 429. Only a connection that never stood proves that the request never left;
without an answer, or with one that is not Slack's, nobody knows what was shown.
"""

from __future__ import annotations

import re

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable

FAILURES = (
    aiohttp.ClientError,
    TimeoutError,
    SlackClientError,
    # What the SDK lets through when an answer is no JSON, no UTF-8, too deep, or no object.
    ValueError,
    RecursionError,
    AttributeError,
)
"""All that a call of the SDK's client may raise."""

_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_GONE = {
    "account_inactive",
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "token_revoked",
    "user_disabled",
    "user_not_found",
    "user_not_visible",
}
# "It's possible some aspect of the operation succeeded", says Slack of the first two.
_HALF_DONE = {"fatal_error", "internal_error", "service_unavailable"}
_LONGEST_WAIT = 3600.0
_CODE = re.compile(r"[a-z0-9_]{1,60}")


def send_failure(error: Exception) -> SendFailed:
    """``error`` in the words of the core; its text, a code of Slack's or a kind of error, is fit for logs."""
    if isinstance(error, _NEVER_LEFT):
        return NotSent(type(error).__name__)
    if isinstance(error, SlackApiError) and isinstance(error.response, AsyncSlackResponse):
        return _refusal(error.response)
    return SendUnknown(type(error).__name__)


def _refusal(answer: AsyncSlackResponse) -> SendFailed:
    if answer.status_code == 429:
        return NotSent("ratelimited", retry_after=_retry_after(answer))
    match answer.data:
        case {"ok": False, "error": str(code)} if _CODE.fullmatch(code) and code not in _HALF_DONE:
            return Unreachable(code) if code in _GONE else SendRejected(code)
    return SendUnknown(f"status {answer.status_code}")


def _retry_after(answer: AsyncSlackResponse) -> float:
    """The seconds that Slack wants to be left alone; a header that makes no sense counts as one."""
    seconds = answer.headers.get("Retry-After", "")
    return min(float(seconds), _LONGEST_WAIT) if seconds.isascii() and seconds.isdigit() else 1.0
