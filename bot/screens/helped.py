"""The result of the hold-out test: whether tips help.

Tests: tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.screens import texts, texts_why
from bot.screens.dates import percent
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.dependencies import HoldoutRules
from core.learning.holdout import Arm, TreatmentEffect
from core.records import Person, Purpose


def helped(person: Person, found: TreatmentEffect, rules: HoldoutRules) -> Message:
    """The shares done with tips and without, what they prove, and what oO does about it.

    While the test is off: what it would do. ``found`` is the result so far.
    """
    if not person.allows(Purpose.HOLDOUT):
        return say(texts_why.HELPED_OFF, _switch(is_on=False), every=_one_in(rules))
    if not found.decisions:
        return say(texts_why.HELPED_NOTHING, _switch(is_on=True), every=_one_in(rules))
    parts = [_arm(texts_why.HELPED_WITH, found.with_tip), _arm(texts_why.HELPED_WITHOUT, found.without)]
    parts.append(_conclusion(found))
    if not found.is_significant:
        parts.append(_outlook(found, rules))
    if person.most_a_day < person.preferences.cap and not found.is_proven:
        parts.append(say(texts_why.HELPED_LESS, now=person.most_a_day, cap=person.preferences.cap))
    return join(*parts, say(texts_why.HELPED_HOW, _switch(is_on=True), _restore_cap(person)))


def _arm(sentence: str, arm: Arm) -> Message:
    if not arm.decisions:
        return say(sentence, done=texts_why.HELPED_NONE)
    share = texts_why.HELPED_DONE.format(share=percent(arm.share), done=arm.done, decisions=arm.decisions)
    return say(sentence, done=share)


def _conclusion(found: TreatmentEffect) -> Message:
    low, high = _points(found.effect.low), _points(found.effect.high)
    if found.is_proven:
        return say(texts_why.HELPED_PROVEN, low=max(low, 1), high=max(high, 1))
    if found.is_significant:
        return say(texts_why.HELPED_HARM, low=max(-high, 1), high=max(-low, 1))
    return say(texts_why.HELPED_UNKNOWN, low=-low, high=high)


def _points(share: float) -> int:
    """Percentage points, rounded."""
    return round(share * 100)


def _outlook(found: TreatmentEffect, rules: HoldoutRules) -> Message:
    worth = _points(rules.worthwhile)
    if found.has_enough_trials:
        return say(texts_why.HELPED_SMALL, worth=worth)
    if found.weeks is None:
        more = found.needed - found.decisions
        tips = texts_why.HELPED_TIP if more == 1 else texts_why.HELPED_MORE_TIPS.format(tips=more)
        return say(texts_why.HELPED_RESTS, worth=worth, tips=tips)
    weeks = (
        texts_why.HELPED_WEEK if found.weeks == 1 else texts_why.HELPED_MORE_WEEKS.format(weeks=found.weeks)
    )
    return say(texts_why.HELPED_WEEKS, worth=worth, weeks=weeks)


def _one_in(rules: HoldoutRules) -> int:
    """One tip in how many is held out."""
    return round(1 / rules.hold_out)


def _switch(*, is_on: bool) -> tuple[Button, ...]:
    label = texts.HOLD_OUT_OFF if is_on else texts.HOLD_OUT_ON
    return (Button(label=label, verb="hold_out", arg="off" if is_on else "on"),)


def _restore_cap(person: Person) -> tuple[Button, ...]:
    cap = person.preferences.cap
    if person.most_a_day == cap:
        return ()
    return (Button(label=texts.AS_SET.format(cap=cap), verb="cap", arg=str(cap)),)
