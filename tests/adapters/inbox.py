"""What an adapter passes updates to: an inbox that drops repeats and can fail; a fixed clock."""

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
    """Stores each update once; raises ``refuse`` while it is set."""

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
            if update.update_id in {one.update_id for one in self.updates}:
                self.repeats += 1
            else:
                self.updates.append(update)

    async def expect_updates(self, *, count: int = 1, refused: int = 0, repeats: int = 0) -> list[Update]:
        """Wait for at least these numbers of updates, refusals and repeats; returns all updates so far."""
        async with asyncio.timeout(WAIT_LIMIT), self._changed:
            await self._changed.wait_for(
                lambda: len(self.updates) >= count and self.refused >= refused and self.repeats >= repeats
            )
        return self.updates
