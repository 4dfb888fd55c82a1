"""The decision log: what could be chosen, what was drawn and with which numbers, or why nothing was."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.records.context import Context
from core.records.schedule import Trigger
from core.records.tips import TipCandidate, TipKind


class Reason(StrEnum):
    """Why nothing was sent at a decision point. Stored as text."""

    NO_CONSENT = "no_consent"
    NO_ZONE = "no_zone"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"
    QUIET = "quiet"
    MEETING = "meeting"
    SILENCED = "silenced"
    CAP = "cap"
    STALE = "stale"
    SPACING = "spacing"
    NOTHING_TO_SAY = "nothing_to_say"
    CHOSE_SILENCE = "chose_silence"
    HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCandidate:
    """A candidate as the policy saw it."""

    candidate: TipCandidate
    features: tuple[float, ...] = ()
    """Shape (d,); empty if the candidate was ruled out."""
    score: float = 0.0
    probability: float = 0.0
    """Probability of being drawn from the scored candidates; 0 if the candidate was ruled out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """What a policy that does not serve would have done."""

    policy_id: str
    model_version: str
    """Names the ``Snapshot`` that the policy used."""
    probabilities: tuple[float, ...]
    """One for each candidate that was not ruled out, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldoutDraw:
    """A random assignment to the hold-out arm (``core/learning/holdout.py``)."""

    seed: int
    chance: float
    """Probability of the hold-out arm."""
    held_out: bool
    """Whether the hold-out arm was drawn. Then a tip about a task is not sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptDraw:
    """Which prompt a language model got for the written tips of a decision, drawn at random."""

    version: str
    chance: float
    """The probability with which it was drawn."""
    seed: int
    """Seeds the draw; 0 if there was only one prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One draw by a policy. It holds all that is needed to explain, replay and evaluate it."""

    context: Context
    candidates: tuple[ScoredCandidate, ...]
    """All candidates, *no tip* and those that were ruled out included."""
    action: str
    """The candidate_id that was drawn."""
    propensity: float
    """Probability of ``action`` among everything that could be chosen, unscored tasks included: its
    probability among the scored candidates times its inclusion probability.
    """
    floor: float
    """The smallest probability of a scored candidate."""
    seed: int
    """Seeds the draw."""
    policy_id: str
    """The policy that made the distribution: the fallback if the requested one failed."""
    model_version: str
    """Names the ``Snapshot`` that the policy used."""
    feature_version: str
    shadows: tuple[Shadow, ...] = ()
    coin: HoldoutDraw | None = None
    """None if the decision point is not part of a hold-out experiment."""
    prompt: PromptDraw | None = None
    """None if no language model was asked."""

    @property
    def chosen(self) -> ScoredCandidate:
        """The candidate that was drawn. Raises ``LookupError`` if it is not among the candidates."""
        for scored in self.candidates:
            if scored.candidate.candidate_id == self.action:
                return scored
        raise LookupError(f"{self.action} is not among the candidates")

    @property
    def tip(self) -> TipCandidate | None:
        """The tip that was drawn; None if *no tip* was."""
        candidate = self.chosen.candidate
        return candidate if candidate.kind is not TipKind.SILENCE else None

    @property
    def held_out(self) -> bool:
        """Whether the tip is held out: it is not sent and the model learns nothing from it. Silence and tips
        about no task are never held out, whatever arm was drawn.
        """
        about_a_task = self.tip is not None and self.tip.task_id is not None
        return about_a_task and self.coin is not None and self.coin.held_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Redelivery:
    """What was promised: a snoozed tip that comes back, or a reminder that rings.

    Deterministic: ``draw`` is from one candidate, with propensity 1.
    """

    draw: Draw
    even_if_quiet: bool
    """Whether the person chose a time inside their quiet hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why nothing was drawn: oO was not available, or every candidate was ruled out."""

    reason: Reason
    until: datetime | None = None
    """When oO becomes available again; None if that is not known."""
    context: Context | None = None
    """None if oO was not available: then nothing was read."""
    candidates: tuple[ScoredCandidate, ...] = ()
    """All of them ruled out, each with its reason in ``dropped``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One row of the decision log: what happened at one decision point, silence included."""

    decision_id: str
    person_id: str
    trigger: Trigger
    slot: str | None
    """Key of the slot, returning snooze or reminder that this decision serves; None for a requested tip."""
    merged: tuple[str, ...] = ()
    """Keys of further slots that this decision serves: those that came at the same instant."""
    decided_at: datetime
    result: Draw | Redelivery | Refusal
    latency_ms: dict[str, float] = field(default_factory=dict)
    """Milliseconds by step: ``assemble``, ``score``."""

    @property
    def draw(self) -> Draw | None:
        """What was drawn, that of a re-delivery included; None if nothing was."""
        return self._considered if isinstance(self._considered, Draw) else None

    @property
    def is_reminder(self) -> bool:
        """Whether a reminder rang: the person asked for it, so its reactions are no rewards."""
        return self.trigger is Trigger.REMINDER

    @property
    def refusal(self) -> Refusal | None:
        """Why nothing was drawn; None if something was."""
        return self.result if isinstance(self.result, Refusal) else None

    @property
    def silence(self) -> Reason | None:
        """Why nothing is sent; None if a tip is."""
        if self.refusal:
            return self.refusal.reason
        if self.tip is None:
            return Reason.CHOSE_SILENCE
        return Reason.HELD_OUT if self.held_out else None

    @property
    def context(self) -> Context | None:
        """What was known; None if oO was not available."""
        return self._considered.context

    @property
    def candidates(self) -> tuple[ScoredCandidate, ...]:
        """Everything that was considered; empty if oO was not available."""
        return self._considered.candidates

    @property
    def chosen(self) -> ScoredCandidate | None:
        """The candidate that was drawn; None if nothing was."""
        return self.draw.chosen if self.draw else None

    @property
    def tip(self) -> TipCandidate | None:
        """The tip that was drawn, held out or not; None for silence."""
        return self.draw.tip if self.draw else None

    @property
    def held_out(self) -> bool:
        """As ``Draw.held_out``."""
        return self.draw is not None and self.draw.held_out

    @property
    def _considered(self) -> Draw | Refusal:
        return self.result.draw if isinstance(self.result, Redelivery) else self.result


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The parameters that a policy used, so that a replay reads the very same numbers."""

    model_version: str
    """A hash of all other fields."""
    policy_id: str
    feature_version: str
    weights: tuple[float, ...]
    """A posterior as numbers (``core/policies/choose.py: posterior_to_vector``); empty if none was used."""
