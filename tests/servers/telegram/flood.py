"""How fast a bot may write: about one message a second to a chat, 20 a minute to a group, 30 a second in all.

The platform's own numbers are not fixed; what counts is that a bot obeys `retry_after`.
"""

import math
from dataclasses import dataclass

from tests.servers.telegram.errors import too_many_requests

ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodLimits:
    """Rates are messages a second; a burst is how many may come at once after a rest."""

    chat_rate: float = 1.0
    chat_burst: int = 5
    group_rate: float = 20 / 60
    group_burst: int = 20
    total_rate: float = 30.0
    total_burst: int = 30


@dataclass(slots=True, kw_only=True)
class _Bucket:
    rate: float
    burst: int
    tokens: float
    filled_at: float

    def wait(self, now: float) -> float:
        """Seconds until a token is there."""
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        return max(0.0, (1 - self.tokens) / self.rate)


class Flood:
    """Token buckets, one for each chat and one for all; `limits` None lets everything pass."""

    def __init__(self, limits: FloodLimits | None) -> None:
        self._limits = limits
        self._buckets: dict[int | None, _Bucket] = {}

    def admit(self, chat_id: int | None, *, now: float) -> None:
        """Count one message to the chat, or one edit anywhere (None).

        ApiError 429, counting nothing, when it is one too many.
        """
        if self._limits is None:
            return
        buckets = [self._bucket(key, self._limits, now) for key in {chat_id, None}]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > ROUNDING:
            raise too_many_requests(math.ceil(wait))
        for bucket in buckets:
            bucket.tokens -= 1

    def _bucket(self, key: int | None, limits: FloodLimits, now: float) -> _Bucket:
        if key not in self._buckets:
            rate, burst = limits.chat_rate, limits.chat_burst
            if key is None:
                rate, burst = limits.total_rate, limits.total_burst
            elif key < 0:
                rate, burst = limits.group_rate, limits.group_burst
            self._buckets[key] = _Bucket(rate=rate, burst=burst, tokens=burst, filled_at=now)
        return self._buckets[key]
