"""The other side of the adapter: an inbox that drops repeats and can refuse; a clock that stands still."""

import asyncio
from datetime import UTC, datetime

from core.chat import Update
from tests.waiting import WAIT_LIMIT

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


class StillClock:
    """Always the same time."""

    def now(self) -> datetime:
        """The time."""
        return NOW


class Inbox:
    """Keeps what comes in, each update once; raises ``refuse`` instead while it is set."""

    def __init__(self) -> None:
        self.updates: list[Update] = []
        self.repeats = 0
        self.refuse: Exception | None = None
        self.refused = 0
        self._changed = asyncio.Condition()

    async def accept(self, update: Update) -> None:
        """What the adapter is given as ``Accept``."""
        async with self._changed:
            self._changed.notify_all()
            if self.refuse:
                self.refused += 1
                raise self.refuse
            if update.update_id in {known.update_id for known in self.updates}:
                self.repeats += 1
            else:
                self.updates.append(update)

    async def expect_updates(self, *, count: int = 1, refused: int = 0, repeats: int = 0) -> list[Update]:
        """The updates so far, once there are ``count``, and so many were refused or repeats."""
        async with asyncio.timeout(WAIT_LIMIT), self._changed:
            await self._changed.wait_for(
                lambda: len(self.updates) >= count and self.refused >= refused and self.repeats >= repeats
            )
        return self.updates
