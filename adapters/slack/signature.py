"""Verifies that a request is Slack's: signed with the secret, fresh, and seen for the first time.

Slack's own verifier raises on a time stamp that is no number and on a signature that is not ASCII, and
accepts the same request for ten minutes. (docs.slack.dev: Verifying requests from Slack.)

Tests: tests/adapters/slack/test_webhook.py.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import OrderedDict

from core.errors import SettingsError
from core.ports import Clock

MAX_AGE_SECONDS = 300
MAX_CLOCK_SKEW_SECONDS = 60
"""How far a time stamp may lie in the future."""

REPLAY_WINDOW_SECONDS = 600
MAX_REMEMBERED = 10_000
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class RequestVerifier:
    """Knows the signing secret and the signatures of the last minutes."""

    def __init__(
        self,
        secret: str,
        clock: Clock,
        *,
        max_age_seconds: float = MAX_AGE_SECONDS,
        max_remembered: int = MAX_REMEMBERED,
    ) -> None:
        """Raises ``SettingsError`` if ``secret`` is empty."""
        if not secret:
            fault = "SLACK_SIGNING_SECRET: needed when there is no SLACK_APP_TOKEN; see Basic Information"
            raise SettingsError((fault,))
        self._secret = secret.encode()
        self._clock = clock
        self._max_age = max_age_seconds
        self._max_remembered = max_remembered
        self._seen: OrderedDict[str, float] = OrderedDict()

    def verify(self, body: bytes, *, timestamp: str, signature: str) -> bool:
        """Whether the headers prove a new request with this ``body``; a repeat of it is not new."""
        now = self._clock.now().timestamp()
        if not (self._is_fresh(timestamp, now) and self._matches(body, timestamp, signature)):
            return False
        self._forget_before(now - REPLAY_WINDOW_SECONDS)
        if signature in self._seen:
            return False
        if len(self._seen) >= self._max_remembered:
            self._seen.popitem(last=False)
        self._seen[signature] = now
        return True

    def forget(self, signature: str) -> None:
        """Accept this request once more: it could not be stored, and Slack repeats it."""
        self._seen.pop(signature, None)

    def _matches(self, body: bytes, timestamp: str, signature: str) -> bool:
        signed = b":".join((b"v0", timestamp.encode(), body))
        expected = "v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogateescape"))

    def _forget_before(self, time: float) -> None:
        while self._seen and next(iter(self._seen.values())) < time:
            self._seen.popitem(last=False)

    def _is_fresh(self, timestamp: str, now: float) -> bool:
        if not _TIMESTAMP.fullmatch(timestamp):
            return False
        return now - self._max_age <= int(timestamp) <= now + MAX_CLOCK_SKEW_SECONDS
