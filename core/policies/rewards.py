"""What becomes of a tip, what that is worth, and what it teaches.

Staying silent is worth 0, so every figure says how much better or worse than silence it was to send the tip.
Silence that was chosen has no reward and teaches nothing: it needs not, since its features are zeros and its
expected reward is 0 whatever was learned.

Every tip costs attention. As in Oralytics (Trella et al., "Reward Design for an Online Reinforcement Learning
Algorithm Supporting Oral Self-Care", AAAI 2023: reward = outcome − burden), an ignored tip is therefore worth
a little less than none, so that sending less wins where sending does not help. How the burden grows with the
dosage is learned through the features of what was shown lately.

The reasons of dismissals are different signals: *not now* blames the moment and not the tip, *not this* the
tip and not the moment. *Never about this* is a rule, kept elsewhere; *did it already* says which tasks are
eligible. Neither says what is liked, so both teach nothing; what they cost counts when policies are compared.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from itertools import pairwise, product

from core.bandit.grid import on_grid
from core.model import Aspect, DismissReason, ReactionKind, Signal

ORDER: tuple[tuple[Signal, ...], ...] = (
    (Signal.DONE,),
    (Signal.DONE_LATE,),
    (Signal.DONE_ELSEWHERE,),
    (Signal.SNOOZE,),
    (Signal.SILENCE,),
    (Signal.NOT_NOW, Signal.DISMISS, Signal.NOT_THIS, Signal.NEVER_TOPIC),
)
"""From the best to the worst. *Did it already* says nothing of the tip, and has no place here."""

_TEACHES = {
    Signal.NOT_NOW: Aspect.TIMING,
    Signal.NOT_THIS: Aspect.CONTENT,
    Signal.NEVER_TOPIC: Aspect.NOTHING,
    Signal.DID_IT: Aspect.NOTHING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardRules:
    """The worth of each ``Signal``, from -1 to 1. Raises ValueError with all faults."""

    done: float = 1.0
    """The purpose of a tip: the right thing at the right moment."""
    done_late: float = 0.75
    """It helped, but the moment was wrong at first."""
    done_elsewhere: float = 0.5
    """The task got done without a tap: perhaps the tip helped, perhaps it would have been done anyway."""
    snooze: float = 0.125
    """Wanted, later: better than nothing while it is not done."""
    silence: float = -0.0625
    """Ignored until the wait time was over: the burden of a message, and no outcome."""
    not_now: float = -0.25
    """The wrong moment; the tip itself may be good."""
    dismiss: float = -0.375
    """No reason given: between the wrong moment and the wrong thing."""
    not_this: float = -0.5
    """The wrong thing."""
    never_topic: float = -0.75
    """Unwelcome for good."""
    did_it: float = 0.0
    """The right thing, offered too late."""

    def __post_init__(self) -> None:
        figures = asdict(self)
        wild = [name for name, value in figures.items() if not (math.isfinite(value) and abs(value) <= 1)]
        if wild:
            raise ValueError(f"rewards must lie between -1 and 1: {', '.join(wild)}")
        faults = [
            f"{better} must be worth more than {worse}"
            for group, lower in pairwise(ORDER)
            for better, worse in product(group, lower)
            if worth(better, self) <= worth(worse, self)
        ]
        if faults:
            raise ValueError("; ".join(faults))


def worth(signal: Signal, rules: RewardRules) -> float:
    """The reward: the multiple of 2**-10 that is nearest to the figure in ``rules``."""
    return float(on_grid(getattr(rules, signal.value)))


def teaches(signal: Signal) -> Aspect:
    """The features that learn from it are those about this."""
    return _TEACHES.get(signal, Aspect.BOTH)


def signal_of(kind: ReactionKind, reason: DismissReason | None, *, late: bool) -> Signal:
    """What a standing reaction says. ``late``: not soon, or only after the tip was snoozed; this counts for
    Done only, ``reason`` for a dismissal only.
    """
    if kind is ReactionKind.DONE:
        return Signal.DONE_LATE if late else Signal.DONE
    if kind is ReactionKind.SNOOZE:
        return Signal.SNOOZE
    return Signal(reason.value) if reason else Signal.DISMISS
