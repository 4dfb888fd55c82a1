"""Signals, their rewards, and the features that each signal updates.

Silence has reward 0, so a reward states how much better or worse than silence a tip was. A decision for
silence gets no reward and no update: its features are zeros, so its expected reward is 0 under any weights.

Every tip costs attention. As in Oralytics (Trella et al., "Reward Design for an Online Reinforcement
Learning Algorithm Supporting Oral Self-Care", AAAI 2023: reward = outcome − burden), an ignored tip has a
small negative reward, so that sending less wins where tips do not help. How the burden grows with the dosage
is learned through the features of recent tips.

The reasons of a dismissal are different signals. *Not now* is about the timing only, *not this* about the
content only. *Never about this* mutes a topic, and *did it already* makes a task ineligible: neither
expresses a preference, so neither updates the model. Their rewards still count when policies are evaluated.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from itertools import pairwise, product

from core.bandit.grid import on_grid
from core.records import Aspect, DismissReason, ReactionKind, Signal

ORDER: tuple[tuple[Signal, ...], ...] = (
    (Signal.DONE,),
    (Signal.DONE_LATE,),
    (Signal.DONE_ELSEWHERE,),
    (Signal.SNOOZE,),
    (Signal.SILENCE,),
    (Signal.NOT_NOW, Signal.DISMISS, Signal.NOT_THIS, Signal.NEVER_TOPIC),
)
"""Groups of signals from best to worst. *Did it already* says nothing about the tip and is not ranked."""

_UPDATED_ASPECT = {
    Signal.NOT_NOW: Aspect.TIMING,
    Signal.NOT_THIS: Aspect.CONTENT,
    Signal.NEVER_TOPIC: Aspect.NOTHING,
    Signal.DID_IT: Aspect.NOTHING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardRules:
    """The reward of each ``Signal``, from -1 to 1. Raises ValueError that names all faults."""

    done: float = 1.0
    """The right tip at the right time."""
    done_late: float = 0.75
    """The tip helped, but its timing was wrong at first."""
    done_elsewhere: float = 0.5
    """The task was done without a tap, perhaps independently of the tip."""
    snooze: float = 0.125
    """Wanted, but later."""
    silence: float = -0.0625
    """No reaction within the wait time: the burden of a message without an outcome."""
    not_now: float = -0.25
    """Wrong timing; the content may be right."""
    dismiss: float = -0.375
    """Dismissed without a reason: between wrong timing and wrong content."""
    not_this: float = -0.5
    """Wrong content."""
    never_topic: float = -0.75
    """The topic is unwanted."""
    did_it: float = 0.0
    """Right content, but already done."""

    def __post_init__(self) -> None:
        figures = asdict(self)
        out_of_range = [
            name for name, value in figures.items() if not (math.isfinite(value) and abs(value) <= 1)
        ]
        if out_of_range:
            raise ValueError(f"rewards must lie between -1 and 1: {', '.join(out_of_range)}")
        faults = [
            f"{better} must be worth more than {worse}"
            for group, lower in pairwise(ORDER)
            for better, worse in product(group, lower)
            if worth(better, self) <= worth(worse, self)
        ]
        if faults:
            raise ValueError("; ".join(faults))


def worth(signal: Signal, rules: RewardRules) -> float:
    """The reward of ``signal`` in ``rules``, rounded to the grid."""
    return float(on_grid(getattr(rules, signal.value)))


def updated_aspect(signal: Signal) -> Aspect:
    """The aspect of the features that ``signal`` updates."""
    return _UPDATED_ASPECT.get(signal, Aspect.BOTH)


def signal_of(kind: ReactionKind, reason: DismissReason | None, *, late: bool) -> Signal:
    """The signal of a reaction. ``late``, used for Done only: after ``rewards.soon_minutes`` or after a
    snooze; ``reason`` is used for a dismissal only.
    """
    if kind is ReactionKind.DONE:
        return Signal.DONE_LATE if late else Signal.DONE
    if kind is ReactionKind.SNOOZE:
        return Signal.SNOOZE
    return Signal(reason.value) if reason else Signal.DISMISS
