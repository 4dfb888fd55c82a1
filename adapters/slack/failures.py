"""What a failed call to Slack means.

Slack answers 200 with an error code, or 429. Only a connection that was never established proves that the
request was not sent. Without a response, or with one that is not Slack's, it is unknown what was shown.

Tests: tests/adapters/slack/test_refusals.py.
"""

from __future__ import annotations

import re

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.retry_after import seconds_to_wait
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable

FAILURES = (
    aiohttp.ClientError,
    TimeoutError,
    SlackClientError,
    # Raised through the SDK when a response is no JSON, no UTF-8, nested too deeply, or no object.
    ValueError,
    RecursionError,
    AttributeError,
)
"""Everything that a call of the SDK's client may raise."""

_NOT_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_UNREACHABLE = {
    "account_inactive",
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "team_access_not_granted",
    "token_revoked",
    "user_disabled",
    "user_not_found",
    "user_not_visible",
}
# "It's possible some aspect of the operation succeeded", says Slack of the first two.
_MAYBE_DONE = {"fatal_error", "internal_error", "service_unavailable"}
_DEFAULT_RETRY_AFTER, _MAX_RETRY_AFTER = 1.0, 3600.0
"""Seconds."""

_CODE = re.compile(r"[a-z0-9_]{1,60}")


def send_failure(error: Exception) -> SendFailed:
    """``error`` as an error of the core; its text is a code of Slack's or a kind of error, safe to log."""
    if isinstance(error, _NOT_CONNECTED):
        return NotSent(type(error).__name__)
    if isinstance(error, SlackApiError) and isinstance(error.response, AsyncSlackResponse):
        return _refusal(error.response)
    return SendUnknown(type(error).__name__)


def _refusal(answer: AsyncSlackResponse) -> SendFailed:
    if answer.status_code == 429:
        return NotSent("ratelimited", retry_after=_retry_after(answer))
    match answer.data:
        case {"ok": False, "error": str(code)} if _CODE.fullmatch(code) and code not in _MAYBE_DONE:
            return Unreachable(code) if code in _UNREACHABLE else SendRejected(code)
    return SendUnknown(f"status {answer.status_code}")


def _retry_after(answer: AsyncSlackResponse) -> float:
    return seconds_to_wait(answer.headers, otherwise=_DEFAULT_RETRY_AFTER, at_most=_MAX_RETRY_AFTER)
