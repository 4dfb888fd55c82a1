"""Reactions, rewards, and promises to bring a tip back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.model import Reaction, Reward, Signal, Snooze, TipKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewarded:
    """A tip whose reward the model has taken in: what beliefs rest on.

    ``source`` and ``value`` are the reward's; ``features`` those of the tip, as they were logged.
    """

    decision_id: str
    decided_at: datetime
    kind: TipKind
    topic: str | None
    feature_version: str
    features: tuple[float, ...]
    source: Signal
    value: float


class Reactions(Protocol):
    """What people did with their tips."""

    async def add(self, reaction: Reaction) -> bool:
        """Store it. False if it is terminal and a terminal one stands already: the first wins."""
        ...

    async def save(self, reaction: Reaction) -> None: ...
    async def reward(self, decision_id: str) -> Reward | None: ...
    async def rewards(self, after: str, limit: int) -> tuple[Reward, ...]:
        """A page of all rewards, by decision id, from the one that comes next ``after`` that id."""
        ...

    async def rewarded(self, person_id: str, since: datetime, limit: int) -> tuple[Rewarded, ...]:
        """Tips whose reward was learned, newest first."""
        ...

    async def put_reward(self, reward: Reward) -> None:
        """Insert or replace the decision's one reward."""
        ...

    async def drop_reward(self, decision_id: str) -> None: ...
    async def tally(
        self, person_id: str, since: datetime, limit: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """(tips shown, tips done) by UTC hour of the day, 24 entries each, of the newest ``limit`` tips."""
        ...


class Snoozes(Protocol):
    """Promises to bring a tip back."""

    async def add(self, snooze: Snooze) -> None: ...
    async def save(self, snooze: Snooze) -> None: ...
    async def of(self, decision_id: str) -> Snooze | None:
        """The waiting snooze of a decision."""
        ...

    async def waiting(self, person_id: str) -> tuple[Snooze, ...]:
        """Earliest first."""
        ...
