"""The decision log, as use cases and evaluation read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.model import Decision, Delivery, PastTip, Reaction, Reward, Shadow, Snapshot, Task, TipKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """How a tip stands. ``decision`` with the one candidate that was drawn, and no shadows; ``task``: what it
    is about; ``reaction``: the one that counts, a terminal one before a snooze; ``unproved``: deliveries that
    are under way or of unknown end; ``newest``: no later tip was chosen for the person.
    """

    decision: Decision
    task: Task | None
    reaction: Reaction | None
    reward: Reward | None
    unproved: tuple[Delivery, ...]
    newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A decision that was drawn and whose outcome is known, as evaluation reads it.

    ``features``, the ``probabilities`` by which one was drawn and the distributions of the ``shadows`` are of
    the candidates that were not dropped, in their order; ``drawn`` is the place of the drawn one among them,
    and ``kind``, ``prompt_version`` and ``llm_model`` are its own. ``reward`` None: silence was drawn and
    nothing was sent.
    """

    decision_id: str
    decided_at: datetime
    policy_id: str
    feature_version: str
    propensity: float
    reward: float | None
    drawn: int
    kind: TipKind
    prompt_version: str | None
    llm_model: str | None
    features: tuple[tuple[float, ...], ...]
    probabilities: tuple[float, ...]
    shadows: tuple[Shadow, ...]


class Decisions(Protocol):
    """The decision log: append-only, except that an unsent decision may be abandoned through its delivery."""

    async def add(self, decision: Decision, snapshot: Snapshot | None) -> bool:
        """Store a decision, its scored candidates, shadows and snapshot.

        False, and nothing stored, if it is there already, or if this person already has a decision for that
        slot that is no refusal.
        """
        ...

    async def get(self, decision_id: str) -> Decision: ...
    async def drawn(self, decision_id: str) -> Drawn:
        """How the tip of a decision stands, read at once: all that a tap needs."""
        ...

    async def snapshot(self, model_version: str) -> Snapshot: ...
    async def latest(self, person_id: str, limit: int) -> tuple[Decision, ...]:
        """Newest first, refusals included, candidates included."""
        ...

    async def past_tips(self, person_id: str, since: datetime, limit: int) -> tuple[PastTip, ...]:
        """Tips that were or may have been shown, newest first, with what became of them."""
        ...

    async def served_slots(self, person_id: str, since: datetime) -> frozenset[str]:
        """Keys of slots, merged ones included, that already have a decision which is not a refusal."""
        ...

    async def held_back(self, person_id: str, since: datetime) -> Mapping[str, datetime]:
        """When the quiet hours end for which slots were refused at ``since`` or later, by key.

        Merged ones included; those that were served meanwhile as well.
        """
        ...

    async def refused(self, person_id: str, since: datetime) -> Mapping[str, datetime]:
        """When slots were last refused, at ``since`` or later, by key, merged ones included."""
        ...

    async def sent_between(self, person_id: str, start: datetime, end: datetime) -> tuple[datetime, ...]:
        """When pushes (scheduled and snoozed, not requested) were or may have been shown, oldest first."""
        ...

    async def unrewarded(self, before: datetime, limit: int) -> tuple[Decision, ...]:
        """Sent decisions older than ``before`` that have no reward yet (silence: the wait time is over)."""
        ...

    async def drew(self, after: str, limit: int) -> tuple[Decision, ...]:
        """A page of everybody's decisions in which something was drawn, by decision id, from the one that
        comes next ``after`` that id.
        """
        ...

    async def served(self, after: str, limit: int) -> tuple[Served, ...]:
        """A page of the log, by decision id, from the one that comes next ``after`` that id.

        Drawn decisions with a reward, and those that drew silence, unless their coin fell "held out".
        """
        ...
