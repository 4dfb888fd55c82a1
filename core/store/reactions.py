"""Reactions, rewards, and snoozes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.records import Reaction, Reward, Signal, Snooze, TipKind, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewarded:
    """A tip whose reward the model has learned: the evidence for beliefs."""

    decision_id: str
    decided_at: datetime
    kind: TipKind
    topic: str | None
    feature_version: str
    features: tuple[float, ...]
    """Shape (d,), as logged."""
    source: Signal
    value: float
    """The reward."""


TIP_TRIGGERS = (Trigger.SCHEDULED, Trigger.REQUESTED, Trigger.SNOOZED)
"""Why a tip is sent. Whatever else is sent by a decision is no tip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TipCount:
    """How many tips were sent, and how many of these were followed."""

    sent: int = 0
    """Certainly shown. A snoozed tip that came back counts once, as the tip that came back."""
    followed: int = 0
    """Done by a tap, in words, or without either while the tip was fresh."""


class Reactions(Protocol):
    """Reactions to tips, and rewards."""

    async def add(self, reaction: Reaction) -> bool:
        """Store it. False if it is terminal and the decision already has a terminal one: the first counts."""
        ...

    async def save(self, reaction: Reaction) -> None: ...
    async def changed_at(self, decision_id: str) -> datetime | None:
        """When a reaction to the decision was last taken or undone; None if never."""
        ...

    async def reward(self, decision_id: str) -> Reward | None: ...
    async def rewards(self, after: str, limit: int) -> tuple[Reward, ...]:
        """A page of all rewards, ordered by decision id, that follow the id ``after``."""
        ...

    async def rewarded(self, person_id: str, since: datetime, limit: int) -> tuple[Rewarded, ...]:
        """Tips whose reward the model has learned, newest first."""
        ...

    async def put_reward(self, reward: Reward) -> None:
        """Insert or replace the reward of a decision."""
        ...

    async def unlearn(self, person_id: str) -> None:
        """Mark all rewards of the person as not learned."""
        ...

    async def drop_reward(self, decision_id: str) -> None: ...
    async def count_tips(self, person_id: str, start: datetime, end: datetime) -> TipCount:
        """The tips that were decided from ``start`` on and before ``end``."""
        ...

    async def tally(
        self, person_id: str, since: datetime, limit: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """(tips shown, tips done) by UTC hour of the day, 24 entries each, of the newest ``limit`` tips.
        Reminders are no tips.
        """
        ...


class Snoozes(Protocol):
    """Tips that will come back."""

    async def add(self, snooze: Snooze) -> None: ...
    async def save(self, snooze: Snooze) -> None: ...
    async def of(self, decision_id: str) -> Snooze | None:
        """The waiting snooze of a decision."""
        ...

    async def waiting(self, person_id: str) -> tuple[Snooze, ...]:
        """Earliest first."""
        ...
