"""What is said of the test of whether tips help, and of what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.screens.helped import helped
from bot.screens.settings import plan as plan_words
from bot.screens.settings import preferences
from bot.screens.tips import arriving
from bot.screens.why import why_not
from core.bandit.evaluation.intervals import Interval
from core.chat import Message
from core.deciding.explain import WhyNot
from core.dependencies import HoldoutRules
from core.learning.holdout import Arm, TreatmentEffect
from core.records import Dosage, HoldoutDraw, Person, Purpose, Reason
from core.scheduling.quiet_hours import DEFAULT_GUARD
from core.scheduling.slots import plan
from tests.decisions import altered
from tests.golden.moment import ANN, BERLIN, NOW, RENT, about

RULES = HoldoutRules()


def testing(**dosage: Any) -> Person:
    """Ann, who wants to know."""
    allowed = (*ANN.allowed, Purpose.HOLDOUT)
    return replace(ANN, allowed=allowed, dosage=Dosage(**{"since": NOW, **dosage}))


EASED = testing(fewer=1)


def found(
    low: float, high: float, *, without: Arm, weeks: int | None = 3, needed: int = 317
) -> TreatmentEffect:
    """Of 56 tasks with a tip, 23 were done."""
    effect = Interval(low=low, high=high)
    with_tip = Arm(decisions=56, done=23)
    return TreatmentEffect(with_tip=with_tip, without=without, effect=effect, needed=needed, weeks=weeks)


NONE = Arm(decisions=0, done=0)
SOME = Arm(decisions=9, done=3)
MORE = Arm(decisions=9, done=5)
NOTHING = TreatmentEffect(
    with_tip=NONE, without=NONE, effect=Interval(low=-1, high=1), needed=376, weeks=None
)


def held_out() -> Message:
    """The answer to /whynot after the coin held a tip out."""
    decision = altered(about(RENT), coin=HoldoutDraw(seed=1, chance=0.15, held_out=True))
    silence = WhyNot(decision=decision, reason=Reason.HELD_OUT, best=None)
    return why_not([silence], [], ANN, NOW, guard=DEFAULT_GUARD)


def planned() -> Message:
    """The plan of somebody who gets less than they allow."""
    slots = plan(EASED.preferences, BERLIN, start=date(2026, 11, 22), days=2)
    return plan_words(EASED, [slot for slot in slots if slot.at > NOW], NOW)


HELPING: Mapping[str, Message] = {
    "helped-off": helped(ANN, NOTHING, RULES),
    "helped-begun": helped(testing(), NOTHING, RULES),
    "helped-first-days": helped(testing(), found(-1, 1, without=NONE, weeks=1), RULES),
    "helped-unknown": helped(testing(), found(-0.21, 0.38, without=SOME, weeks=14), RULES),
    "helped-unknown-idle": helped(testing(), found(-0.21, 0.38, without=SOME, weeks=None), RULES),
    "helped-small": helped(EASED, found(-0.14, 0.18, without=SOME, needed=60), RULES),
    "helped-proven": helped(EASED, found(0.004, 0.29, without=SOME), RULES),
    "helped-harm": helped(EASED, found(-0.29, -0.03, without=MORE), RULES),
    "helped-unknown-one": helped(testing(), found(-0.21, 0.38, without=SOME, weeks=None, needed=66), RULES),
    "tip-less": arriving(about(RENT), testing(fewer=1, told=False)),
    "tip-harm": arriving(about(RENT), testing(fewer=1, told=False, harm=True)),
    "tip-as-before": arriving(about(RENT), testing(told=False)),
    "whynot-held-out": held_out(),
    "prefs-less": preferences(EASED, NOW, guard=DEFAULT_GUARD, llm=None),
    "plan-less": planned(),
}
