"""What people do with their tips, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Flag, StrEnum, auto


class ReactionKind(StrEnum):
    """What a tap means. Done and dismiss are terminal; a snooze is not; undo retracts."""

    DONE = "done"
    SNOOZE = "snooze"
    DISMISS = "dismiss"


class DismissReason(StrEnum):
    """Why a tip was dismissed: four different signals."""

    NOT_NOW = "not_now"
    NOT_THIS = "not_this"
    NEVER_TOPIC = "never_topic"
    DID_IT = "did_it"


class Signal(StrEnum):
    """All that can become of a tip, as far as it is rewarded. ``core/policies/rewards.py`` says what each is
    worth and what it teaches.
    """

    DONE = "done"  # soon after it was sent
    DONE_LATE = "done_late"  # not so soon, or only after a snooze
    DONE_ELSEWHERE = "done_elsewhere"  # without a tap
    SNOOZE = "snooze"
    SILENCE = "silence"  # no reaction until the wait time was over
    DISMISS = "dismiss"  # without a reason
    NOT_NOW = "not_now"
    NOT_THIS = "not_this"
    NEVER_TOPIC = "never_topic"
    DID_IT = "did_it"


class Aspect(Flag):
    """What a feature is about, and what a signal teaches.

    Timing: another moment would change it (also the hours of one kind of tip). Content: another tip would.
    Both: it says how the two match, as a task's date does, or the minutes there are.
    """

    NOTHING = 0
    TIMING = auto()
    CONTENT = auto()
    BOTH = TIMING | CONTENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """A person's standing reaction to a tip. At most one per decision that is not undone."""

    reaction_id: str
    decision_id: str
    person_id: str
    kind: ReactionKind
    reacted_at: datetime
    reason: DismissReason | None = None
    until: datetime | None = None  # snooze: when it comes back
    undone_at: datetime | None = None
    late: bool = False
    muted: str | None = None  # the topic that this tap muted, and that undoing it allows again


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """The number learned from, at most one per decision.

    ``learned``: whether the model took it in. With the ``source`` this says what was learned, so that exactly
    that can be taken back.
    """

    decision_id: str
    person_id: str
    value: float
    source: Signal
    given_at: datetime
    learned: bool = True


class SnoozeState(StrEnum):
    """A snoozed tip waits, then is back; or it was called off."""

    WAITING = "waiting"
    BACK = "back"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """A promise to bring a tip back at ``until``. ``even_if_quiet``: the person chose a time inside their
    quiet hours, for this once.
    """

    snooze_id: str
    decision_id: str
    person_id: str
    until: datetime
    state: SnoozeState = SnoozeState.WAITING
    even_if_quiet: bool = False
