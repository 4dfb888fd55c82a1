"""A clock that all processes of a soak share, and that the nemesis may step: real time and an offset.

The product has no switch for this: ``follow`` replaces the one method that reads the time, in a process that
is started for a soak.
"""

from __future__ import annotations

import mmap
import struct
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_OFFSET = struct.Struct("=d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The clock was set."""

    at: float
    """When, by ``time.monotonic()``."""
    seconds: float
    """By how much; negative is backwards."""
    offset: float
    """Seconds that the clock has been ahead of the real time since."""
    unseen: bool = False
    """Whether no process ran then, and nothing was under way."""


class SteppedClock:
    """Writes the offset; ``file`` is made.

    It begins with the next ``starts`` o'clock in UTC, so that a soak is the same at any hour.
    """

    def __init__(self, file: Path, *, starts: int = 12) -> None:
        now = self._real()
        ahead = (now.replace(hour=starts, minute=0, second=0, microsecond=0) - now) % timedelta(days=1)
        file.write_bytes(_OFFSET.pack(ahead.total_seconds()))
        self.file = file
        self._memory = _mapped(file)
        self.steps = [Step(at=time.monotonic(), seconds=0.0, offset=ahead.total_seconds())]

    def __call__(self) -> float:
        """Seconds since 1970, as a platform wants them."""
        return time.time() + self.steps[-1].offset

    def now(self) -> datetime:
        """The current instant in UTC."""
        return self._real() + timedelta(seconds=self.steps[-1].offset)

    def _real(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC)

    def step(self, seconds: float, *, unseen: bool = False) -> None:
        """Set the clock forward, or back."""
        offset = self.steps[-1].offset + seconds
        self.steps.append(Step(at=time.monotonic(), seconds=seconds, offset=offset, unseen=unseen))
        _OFFSET.pack_into(self._memory, 0, offset)

    def readings(self, within: timedelta) -> list[datetime]:
        """What the clock showed during the time ``within`` that ends now: before and after each step.

        What has begun after an unseen step has not seen the time before it.
        """
        since = time.monotonic() - within.total_seconds()
        recent = [step for step in self.steps if step.at >= since]
        before = [step for step in self.steps if step.at < since][-1:]
        for number, step in reversed([*enumerate(recent)]):
            if step.unseen:
                before, recent = [], recent[number:]
                break
        now = self._real()
        return [now + timedelta(seconds=step.offset) for step in (*before, *recent)]


def follow(file: Path) -> None:
    """Let oO in this process read the clock of ``file``."""
    from adapters.clock import SystemClock

    memory, reading = _mapped(file), SystemClock.now

    def now(clock: SystemClock) -> datetime:
        return reading(clock) + timedelta(seconds=_OFFSET.unpack_from(memory, 0)[0])

    SystemClock.now = now  # type: ignore[assignment, method-assign]


def _mapped(file: Path) -> mmap.mmap:
    with file.open("r+b") as opened:
        return mmap.mmap(opened.fileno(), _OFFSET.size)
