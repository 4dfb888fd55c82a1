"""What a reaction is worth: the number learned from. Staying silent is worth 0, so every other figure says
how much better or worse than silence it was to send the tip.

Every tip costs attention. As in Oralytics (Trella et al., "Reward Design for an Online Reinforcement Learning
Algorithm Supporting Oral Self-Care", AAAI 2023: reward = outcome − burden), an ignored tip is therefore worth
a little less than none, so that sending less wins where sending does not help. How the burden grows with the
dosage is learned through the features of what was shown lately.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

from core.bandit.grid import on_grid
from core.model import DismissReason, ReactionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardRules:
    """Rewards from -1 to 1; ``reward`` takes the nearest multiple of 2**-10. Raises ValueError with all
    faults.
    """

    done: float = 1.0
    """The purpose of a tip."""
    done_after_snooze: float = 0.75
    """It helped, but the moment was wrong at first."""
    snooze: float = 0.125
    """Wanted, later: better than nothing while it is not done."""
    silence: float = -0.0625
    """Ignored until the wait time was over: the burden of a message, and no outcome."""
    did_it: float = 0.0
    """The right thing, offered too late: what must learn is which tips are eligible, not what is liked."""
    not_now: float = -0.25
    """The wrong moment; the tip itself may be good."""
    dismiss: float = -0.375
    """Dismissed, no reason given: between the wrong moment and the wrong thing."""
    not_this: float = -0.5
    """The wrong thing."""
    never_topic: float = -0.75
    """Unwelcome for good. That the topic is muted is a rule, kept elsewhere; this is only what it cost."""

    def __post_init__(self) -> None:
        wrong = [
            name for name, value in asdict(self).items() if not (math.isfinite(value) and abs(value) <= 1)
        ]
        if wrong:
            raise ValueError(f"rewards must lie between -1 and 1: {', '.join(wrong)}")


def reward(
    kind: ReactionKind, reason: DismissReason | None, rules: RewardRules, *, snoozed: bool = False
) -> float:
    """What a standing reaction is worth; ``snoozed``: the same tip was snoozed before. ``reason`` counts for
    a dismissal only.
    """
    if kind is ReactionKind.DONE:
        return float(on_grid(rules.done_after_snooze if snoozed else rules.done))
    if kind is ReactionKind.SNOOZE:
        return float(on_grid(rules.snooze))
    by_reason = {
        None: rules.dismiss,
        DismissReason.NOT_NOW: rules.not_now,
        DismissReason.NOT_THIS: rules.not_this,
        DismissReason.NEVER_TOPIC: rules.never_topic,
        DismissReason.DID_IT: rules.did_it,
    }
    return float(on_grid(by_reason[reason]))


def silence_reward(rules: RewardRules) -> float:
    """What a tip is worth that nobody reacted to until the wait time was over."""
    return float(on_grid(rules.silence))
