"""The lanes of the intake: what waits for its turn, by sender, texts and taps apart.

Tests: tests/bot/test_intake.py.
"""

from __future__ import annotations

import asyncio
import bisect
from dataclasses import dataclass, field

from bot.replica import UpdateClaim
from core.chat import Sender, Tapped, Update
from core.store import Received

LANE_LIMIT = 100
"""Updates that may wait in a lane. Further ones are left out, and the person is told."""


@dataclass(frozen=True, slots=True)
class LaneKey:
    """Names a lane."""

    channel: str
    external_id: str

    taps: bool
    """Whether it is the person's lane for taps."""

    @classmethod
    def of(cls, update: Update) -> LaneKey:
        """The lane that an update waits in."""
        sender = update.sender
        return cls(sender.channel.value, sender.external_id, isinstance(update, Tapped))

    def is_of(self, sender: Sender) -> bool:
        """Whether the lane is the sender's."""
        return (self.channel, self.external_id) == (sender.channel.value, sender.external_id)


@dataclass(slots=True, kw_only=True)
class Waiting:
    """An update that this process is to answer."""

    received: Received
    claim: UpdateClaim | None = None
    """None: this process is the only one."""
    is_behind: bool = False
    """Whether another process may have an earlier update of the lane."""
    was_left: bool = False
    """Whether a process ended before it was handled."""

    @property
    def is_lost(self) -> bool:
        """Whether another process may have taken it over."""
        return self.claim is not None and not self.claim.is_current


@dataclass(slots=True)
class Lane:
    """The updates of a lane that wait, and the task that handles them."""

    waiting: list[Waiting] = field(default_factory=list)
    """At most ``LANE_LIMIT``, in the order in which they came in."""

    worker: asyncio.Task[None] | None = None
    """None while nothing is handled."""

    left_out: Waiting | None = None
    """The first update that had no room. It is in the place of a notice for all of those, told at the end."""

    answered: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while every update is answered, but the last one could not be marked as handled yet."""

    def has_room_for(self, one: Waiting) -> bool:
        """Whether it is answered rather than left out."""
        in_hand_before = 1 if one.was_left else 0  # it had room beside those that waited then
        return not one.received.is_left_out and len(self.waiting) < LANE_LIMIT + in_hand_before

    @property
    def has_unanswered(self) -> bool:
        """Whether an answer is outstanding."""
        return self.worker is not None and not self.answered.is_set()

    @property
    def next(self) -> Waiting | None:
        """What is to be handled next; None if the lane is empty."""
        return self.waiting[0] if self.waiting else self.left_out

    def remove(self, one: Waiting) -> None:
        """Take out what is going to be handled."""
        if one is self.left_out:
            self.left_out = None
        else:
            self.waiting.remove(one)

    def add(self, one: Waiting) -> None:
        """Let an update wait for its turn."""
        bisect.insort(self.waiting, one, key=lambda each: each.received.inbox_id)
        self.answered.clear()

    async def wait_until_answered(self) -> None:
        """Return when every update of the lane is answered."""
        if self.worker:
            answered = asyncio.create_task(self.answered.wait())
            try:
                await asyncio.wait({self.worker, answered}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                answered.cancel()
