"""The decision log, as use cases and evaluation read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.records import (
    Decision,
    Delivery,
    PastTip,
    PromptDraw,
    Reaction,
    Refusal,
    Reward,
    Shadow,
    Snapshot,
    Task,
    TipKind,
    Trigger,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSlots:
    """What became of a person's slots since some time, by key; merged slots are included."""

    served: frozenset[str]
    """Those that have a decision which is no refusal."""
    refused: Mapping[str, datetime]
    """When each was refused last, also those that were served meanwhile."""
    held_back: Mapping[str, Refusal]
    """The last refusal because of quiet hours, a meeting or silenced notifications whose end is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProactiveMessage:
    """A push or a reminder: oO began the conversation. It was or may have been shown."""

    decided_at: datetime
    trigger: Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTip:
    """A decision and all that a tap on its tip needs."""

    decision: Decision
    """Only with the candidate that was drawn, and without shadows."""
    task: Task | None
    """The task that the tip is about."""
    reaction: Reaction | None
    """The reaction that counts: a terminal one before a snooze, then the newest."""
    reward: Reward | None
    unconfirmed: tuple[Delivery, ...]
    """Deliveries in the state ``sending`` or ``unknown``."""
    newest: bool
    """Whether no later tip was chosen for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardedDraw:
    """A draw whose reward is known, as evaluation reads it. Features and distributions are those of the k
    candidates that were not ruled out, in their order.
    """

    decision_id: str
    decided_at: datetime
    policy_id: str
    feature_version: str
    propensity: float
    reward: float | None
    """None if *no tip* was drawn: then nothing was sent."""
    drawn: int
    """Index of the drawn candidate."""
    kind: TipKind
    """Of the drawn candidate, as the next two."""
    prompt_version: str | None
    llm_model: str | None
    features: tuple[tuple[float, ...], ...]
    """Shape (k, d)."""
    probabilities: tuple[float, ...]
    """Shape (k,)."""
    shadows: tuple[Shadow, ...]
    """Each with probabilities of shape (k,)."""
    prompt: PromptDraw | None = None
    """As in ``Draw``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPlace:
    """A place in the decision log, which is ordered by time."""

    decided_at: datetime
    decision_id: str
    """Of those with the same time, the last one before this place."""


class Decisions(Protocol):
    """The decision log. It is append-only; only old texts in it are erased."""

    async def add(self, decision: Decision, snapshot: Snapshot | None) -> bool:
        """Store a decision with its candidates, shadows and snapshot.

        False, and nothing stored, if it is stored already, or if the person has a decision for that slot that
        is no refusal.
        """
        ...

    async def get(self, decision_id: str) -> Decision: ...
    async def stored_tip(self, decision_id: str) -> StoredTip:
        """All that a tap on the tip of a decision needs, in one query."""
        ...

    async def snapshot(self, model_version: str) -> Snapshot: ...
    async def latest(self, person_id: str, limit: int, *, skip: int = 0) -> tuple[Decision, ...]:
        """Newest first, without the first ``skip``, with refusals, and with candidates."""
        ...

    async def past_tips(self, person_id: str, since: datetime, limit: int) -> tuple[PastTip, ...]:
        """Tips that were or may have been shown, newest first, with the reactions to them."""
        ...

    async def past_slots(self, person_id: str, since: datetime) -> PastSlots:
        """What became of the slots that were decided at ``since`` or later."""
        ...

    async def proactive_messages(
        self, person_id: str, start: datetime, end: datetime
    ) -> tuple[ProactiveMessage, ...]:
        """Those that were decided from ``start`` on and before ``end``, oldest first."""
        ...

    async def erase_texts(self, *, after: LogPlace | None, before: datetime, limit: int) -> LogPlace | None:
        """Erase the texts of a page of decisions from before ``before``: those of the candidates and of what
        was known. Everything that learning and evaluation read stays.

        ``after``: the end of the page before; None: from the beginning. Returns the end of this page, None if
        there was nothing.
        """
        ...

    async def unrewarded(self, before: datetime, limit: int) -> tuple[Decision, ...]:
        """Decisions whose tip was sent before ``before`` and which have no reward yet, oldest first.

        Without reminders, which never have one.
        """
        ...

    async def draws(self, after: str, limit: int) -> tuple[Decision, ...]:
        """A page of all decisions with a draw, ordered by id, that follow the id ``after``."""
        ...

    async def rewarded_draws(self, after: str, limit: int) -> tuple[RewardedDraw, ...]:
        """A page of the log for evaluation, ordered by id, that follows the id ``after``.

        It holds draws with a reward and draws of silence, without those in the hold-out arm.
        """
        ...
