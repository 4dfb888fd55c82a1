"""Decisions: what was to choose from, what was drawn, by which numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.model.context import Context
from core.model.schedule import Trigger
from core.model.tips import TipCandidate, TipKind


class Reason(StrEnum):
    """Why oO stayed silent, or moved on."""

    NO_CONSENT = "no_consent"
    NO_ZONE = "no_zone"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"
    QUIET = "quiet"
    CAP = "cap"
    STALE = "stale"
    SPACING = "spacing"
    NOTHING_TO_SAY = "nothing_to_say"
    CHOSE_SILENCE = "chose_silence"
    HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCandidate:
    """A candidate as the policy saw it: feature vector (d,), score, probability (0 when dropped)."""

    candidate: TipCandidate
    features: tuple[float, ...] = ()
    score: float = 0.0
    probability: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """What another policy would have done: its whole distribution over the candidates that were not
    dropped, in their order.
    """

    policy_id: str
    model_version: str
    probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldoutDraw:
    """The coin of the hold-out: with probability ``chance`` it falls "held out", and if what was drawn is a
    tip about a task, that is not sent.
    """

    seed: int
    chance: float
    held_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, silence included: everything that is needed to explain, replay and evaluate it.

    ``unavailable`` set: decided before randomising that nothing may be sent; no candidates. ``action`` is
    the candidate_id that was drawn, ``propensity`` its probability, ``seed`` what the draw used, ``floor``
    the least probability that any allowed candidate had. ``merged`` holds the keys of further slots that
    this decision serves.
    """

    decision_id: str
    person_id: str
    trigger: Trigger
    slot: str | None
    merged: tuple[str, ...] = ()
    decided_at: datetime
    unavailable: Reason | None = None
    unavailable_until: datetime | None = None
    context: Context | None = None
    policy_id: str = ""
    model_version: str = ""
    feature_version: str = ""
    seed: int = 0
    floor: float = 0.0
    action: str | None = None
    propensity: float | None = None
    candidates: tuple[ScoredCandidate, ...] = ()
    shadows: tuple[Shadow, ...] = ()
    latency_ms: dict[str, float] = field(default_factory=dict)
    coin: HoldoutDraw | None = None

    @property
    def held_out(self) -> bool:
        """Whether the coin kept the tip back: it is not sent, and teaches nothing. Silence, and a tip about
        no task, are kept from nobody, however the coin fell.
        """
        about_a_task = self.tip is not None and self.tip.task_id is not None
        return about_a_task and self.coin is not None and self.coin.held_out

    @property
    def chosen(self) -> ScoredCandidate | None:
        """The candidate that was drawn; None when oO was not available."""
        return next((c for c in self.candidates if c.candidate.candidate_id == self.action), None)

    @property
    def tip(self) -> TipCandidate | None:
        """The tip to send, unless it is held out; None when the decision was silence."""
        chosen = self.chosen
        return chosen.candidate if chosen and chosen.candidate.kind is not TipKind.SILENCE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The parameters that a decision used, kept under a name made from their content, so that a replay
    reads the very same numbers.
    """

    model_version: str
    policy_id: str
    feature_version: str
    weights: tuple[float, ...]
