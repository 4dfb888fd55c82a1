"""The last turns of talks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.records import TalkTurn


class Turns(Protocol):
    """What was said in the last hours, for people who agreed to that."""

    async def add(self, turns: Sequence[TalkTurn]) -> None: ...
    async def latest(self, person_id: str, since: datetime, limit: int) -> tuple[TalkTurn, ...]:
        """The latest turns that were said at ``since`` or later, oldest first."""
        ...

    async def forget(self, person_id: str) -> int:
        """Delete all of a person's; returns how many."""
        ...

    async def prune(self, before: datetime) -> int:
        """Delete older ones; returns how many."""
        ...
