"""Time and randomness of a simulation: a clock that jumps, an agenda of events, and one seed."""

from __future__ import annotations

import heapq
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from random import Random

Act = Callable[[], Awaitable[object]]


class VirtualClock:
    """A clock that only ``move_to`` changes, and only forward."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """The virtual instant."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Move to ``instant``; do nothing if that is in the past."""
        self._now = max(self._now, instant)


class SeededRandom:
    """Seeds, ids and secrets that depend only on the seed. The secrets protect nobody real."""

    def __init__(self, seed: int) -> None:
        self._random = stream(seed, "chance")

    def seed(self) -> int:
        """A seed in [0, 2**63)."""
        return self._random.getrandbits(63)

    def new_id(self) -> str:
        """128 bits, as 32 hexadecimal digits."""
        return f"{self._random.getrandbits(128):032x}"

    def secret(self) -> str:
        """128 bits, URL-safe, 22 characters."""
        return urlsafe_b64encode(self._random.randbytes(16)).rstrip(b"=").decode()


def stream(seed: int, *names: object) -> Random:
    """A random generator for one purpose: its draws change no other generator."""
    return Random(" ".join(map(str, (seed, *names))))  # noqa: S311 - must be reproducible


def quarter(hours: float) -> str:
    """Hours as a time rounded to a quarter: ``8.26`` -> ``8:15``."""
    quarters = round(hours * 4) % 96
    return f"{quarters // 4}:{quarters % 4 * 15:02}"


@dataclass(order=True, slots=True)
class _Entry:
    when: datetime
    number: int
    act: Act = field(compare=False)


class Agenda:
    """Future events, earliest first; events at one instant in the order in which they were added."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._numbers = count()

    def at(self, when: datetime, act: Act) -> None:
        """Add the event ``act`` at ``when``."""
        heapq.heappush(self._entries, _Entry(when, next(self._numbers), act))

    def next(self) -> datetime | None:
        """The time of the next event; None if there is none."""
        return self._entries[0].when if self._entries else None

    def take(self) -> Act:
        """Remove the next event and return it."""
        return heapq.heappop(self._entries).act
