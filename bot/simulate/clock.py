"""Time and chance of a simulation: a clock that jumps, what comes next, ids and seeds from one seed."""

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
    """A clock that stands still until it is moved; never back."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """The virtual instant."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Move on to ``instant``; stay where that lies behind."""
        self._now = max(self._now, instant)


class SeededRandom:
    """Seeds, ids and secrets that are the same for the same seed. Nothing here is secret: no person is."""

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
    """Random numbers of their own for each purpose: what one draws moves nobody else's."""
    return Random(" ".join(map(str, (seed, *names))))  # noqa: S311 - to be the same again


def quarter(hours: float) -> str:
    """``8.26`` as ``8:15``: people choose round times."""
    quarters = round(hours * 4) % 96
    return f"{quarters // 4}:{quarters % 4 * 15:02}"


@dataclass(order=True, slots=True)
class _Entry:
    when: datetime
    number: int
    act: Act = field(compare=False)


class Agenda:
    """What is going to happen, the earliest first; at one instant, in the order in which it was noted."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._numbers = count()

    def at(self, when: datetime, act: Act) -> None:
        """Note that ``act`` happens then."""
        heapq.heappush(self._entries, _Entry(when, next(self._numbers), act))

    def next(self) -> datetime | None:
        """When something happens next; None if nothing does."""
        return self._entries[0].when if self._entries else None

    def take(self) -> Act:
        """What happens next, off the agenda."""
        return heapq.heappop(self._entries).act
