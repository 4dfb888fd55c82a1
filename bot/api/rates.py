"""Limits how often somebody may ask: token buckets by name, in bounded memory."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

MAX_BUCKETS = 10_000
"""Names that are remembered. Whoever asked the longest ago is forgotten first; their bucket would be full."""


@dataclass(slots=True)
class _Bucket:
    """What is left at an instant."""

    left: float
    at: datetime


class RateLimit:
    """``a_minute`` requests a minute for each name, and as many at once as fit into ``burst_seconds``."""

    def __init__(
        self, a_minute: float, *, burst_seconds: float = 10.0, max_buckets: int = MAX_BUCKETS
    ) -> None:
        self._per_second = a_minute / 60
        self._size = max(1.0, self._per_second * burst_seconds)
        self._max_buckets = max_buckets
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, name: str, now: datetime) -> int:
        """Take one request: 0 if it may pass, else the whole seconds after which one may."""
        bucket = self._buckets.pop(name, None) or _Bucket(self._size, now)
        self._buckets[name] = bucket
        if len(self._buckets) > self._max_buckets:
            self._buckets.popitem(last=False)
        passed = max(0.0, (now - bucket.at).total_seconds())
        bucket.left, bucket.at = min(self._size, bucket.left + passed * self._per_second), now
        if bucket.left < 1:
            return math.ceil((1 - bucket.left) / self._per_second)
        bucket.left -= 1
        return 0
