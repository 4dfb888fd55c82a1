"""Whether a request is Slack's: signed with the secret, fresh, and seen for the first time.

Slack's own verifier fails on a time stamp that is no number and on a signature beyond ASCII, and takes the
same request for ten minutes. (docs.slack.dev: Verifying requests from Slack.)
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import OrderedDict

from core.errors import SettingsError
from core.ports import Clock

OLDEST_SECONDS = 300
NEWEST_SECONDS = 60
REMEMBERED_SECONDS = 600
MOST_REMEMBERED = 10_000
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class RequestVerifier:
    """The signing secret, and the signatures of late. Raises ``SettingsError`` if the secret is empty."""

    def __init__(self, secret: str, clock: Clock) -> None:
        if not secret:
            fault = "SLACK_SIGNING_SECRET: needed when there is no SLACK_APP_TOKEN; see Basic Information"
            raise SettingsError((fault,))
        self._secret = secret.encode()
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()

    def verify(self, body: bytes, *, timestamp: str, signature: str) -> bool:
        """Whether these are the headers of a new request with this ``body``; if so, it's new no more."""
        now = self._clock.now().timestamp()
        if not (_is_fresh(timestamp, now) and self._fits(body, timestamp, signature)):
            return False
        self._forget_before(now - REMEMBERED_SECONDS)
        if signature in self._seen:
            return False
        if len(self._seen) >= MOST_REMEMBERED:
            self._seen.popitem(last=False)
        self._seen[signature] = now
        return True

    def forget(self, signature: str) -> None:
        """Admit it again: it could not be dealt with, and Slack repeats it within the same second."""
        self._seen.pop(signature, None)

    def _fits(self, body: bytes, timestamp: str, signature: str) -> bool:
        signed = b":".join((b"v0", timestamp.encode(), body))
        expected = "v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogateescape"))

    def _forget_before(self, time: float) -> None:
        while self._seen and next(iter(self._seen.values())) < time:
            self._seen.popitem(last=False)


def _is_fresh(timestamp: str, now: float) -> bool:
    if not _TIMESTAMP.fullmatch(timestamp):
        return False
    return now - OLDEST_SECONDS <= int(timestamp) <= now + NEWEST_SECONDS
