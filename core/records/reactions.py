"""What people do with their tips, and the rewards for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Flag, StrEnum, auto


class ReactionKind(StrEnum):
    """What a tap means. Done and dismiss are terminal, a snooze is not."""

    DONE = "done"
    SNOOZE = "snooze"
    DISMISS = "dismiss"


class DismissReason(StrEnum):
    """Why a tip was dismissed. Each reason is a signal of its own."""

    NOT_NOW = "not_now"
    NOT_THIS = "not_this"
    NEVER_TOPIC = "never_topic"
    DID_IT = "did_it"


class Signal(StrEnum):
    """The response to a tip, or its absence. ``core/policies/rewards.py`` holds the reward of each signal and
    which features it updates.
    """

    DONE = "done"
    """Soon after the tip was sent."""
    DONE_LATE = "done_late"
    """Later, or after a snooze."""
    DONE_ELSEWHERE = "done_elsewhere"
    """Without a tap."""
    SNOOZE = "snooze"
    SILENCE = "silence"
    """No reaction within the wait time."""
    DISMISS = "dismiss"
    """Without a reason."""
    NOT_NOW = "not_now"
    NOT_THIS = "not_this"
    NEVER_TOPIC = "never_topic"
    DID_IT = "did_it"


class Aspect(Flag):
    """What a feature describes, and so which features a signal updates."""

    NOTHING = 0
    TIMING = auto()
    """The moment, or how one kind of tip fits the hour: changes with the time."""
    CONTENT = auto()
    """The tip: changes with the candidate."""
    BOTH = TIMING | CONTENT
    """How the two match, such as the time until a task is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """A person's reaction to a tip. At most one per decision is not undone."""

    reaction_id: str
    decision_id: str
    person_id: str
    kind: ReactionKind
    reacted_at: datetime
    reason: DismissReason | None = None
    until: datetime | None = None
    """When a snoozed tip comes back."""
    undone_at: datetime | None = None
    late: bool = False
    """Whether it came later than ``reward_soon`` after the decision."""
    muted: str | None = None
    """The topic that this tap muted; undo allows it again. None if it was muted before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """The reward of a decision, at most one."""

    decision_id: str
    person_id: str
    value: float
    source: Signal
    """Determines which features it updates, so that exactly the same can be retracted."""
    given_at: datetime
    learned: bool = True
    """Whether the model was updated with it."""


class SnoozeState(StrEnum):
    """The state of a snooze."""

    WAITING = "waiting"
    BACK = "back"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """A tip that will come back."""

    snooze_id: str
    decision_id: str
    person_id: str
    until: datetime
    """When it comes back."""
    state: SnoozeState = SnoozeState.WAITING
    even_if_quiet: bool = False
    """Whether the person chose a time inside their quiet hours."""
