"""A decision: one common part, with a draw, a re-delivery or a refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.records import (
    Context,
    Decision,
    Draw,
    HoldoutDraw,
    Reason,
    Redelivery,
    Refusal,
    ScoredCandidate,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.tips.candidates import SILENCE
from tests.core.outsiders import NOW
from tests.decisions import draw

RENT = TipCandidate(candidate_id="rent", kind=TipKind.TASK, source=TipSource.TASKS, task_id="t1")
WALK = TipCandidate(candidate_id="walk", kind=TipKind.ADVICE, source=TipSource.TEMPLATES)
CANDIDATES = tuple(ScoredCandidate(candidate=one, probability=1 / 3) for one in (RENT, WALK, SILENCE))
HELD_OUT = HoldoutDraw(seed=1, chance=0.5, held_out=True)


def drawn(action: str, coin: HoldoutDraw | None = None) -> Draw:
    return draw(action, *CANDIDATES, propensity=1 / 3, coin=coin)


def decision(result: Draw | Redelivery | Refusal) -> Decision:
    return Decision(
        decision_id="d1",
        person_id="ada",
        trigger=Trigger.SCHEDULED,
        slot="2027-06-14T09:00",
        decided_at=NOW,
        result=result,
    )


def test_a_draw_gives_its_tip_its_candidates_and_its_context() -> None:
    made = decision(drawn("rent"))
    assert (made.tip, made.chosen, made.candidates) == (RENT, CANDIDATES[0], CANDIDATES)
    assert made.draw is made.result
    assert made.refusal is None
    assert made.context == drawn("rent").context
    assert made.silence is None


def test_a_redelivery_is_a_draw_as_well() -> None:
    made = decision(Redelivery(draw=drawn("walk"), even_if_quiet=True))
    assert made.draw == drawn("walk")
    assert (made.tip, made.silence) == (WALK, None)
    assert (made.candidates, made.refusal) == (CANDIDATES, None)


def test_a_refusal_has_no_draw_and_no_tip() -> None:
    made = decision(Refusal(reason=Reason.CAP))
    assert (made.draw, made.tip, made.chosen, made.context, made.candidates) == (None, None, None, None, ())
    assert made.silence is Reason.CAP
    assert not made.held_out


def test_a_refusal_may_say_what_was_ruled_out() -> None:
    context = Context(now=NOW, zone="UTC", trigger=Trigger.SCHEDULED)
    made = decision(Refusal(reason=Reason.NOTHING_TO_SAY, context=context, candidates=CANDIDATES))
    assert (made.context, made.candidates, made.tip) == (context, CANDIDATES, None)


def test_silence_that_was_drawn_says_so() -> None:
    assert decision(drawn("silence")).silence is Reason.CHOSE_SILENCE


@pytest.mark.parametrize(
    ("action", "held_out", "silence"),
    [
        ("rent", True, Reason.HELD_OUT),
        ("walk", False, None),
        ("silence", False, Reason.CHOSE_SILENCE),
    ],
)
def test_only_a_tip_about_a_task_is_held_out(action: str, held_out: bool, silence: Reason | None) -> None:
    made = decision(drawn(action, HELD_OUT))
    assert (made.held_out, made.silence) == (held_out, silence)
    sent = decision(drawn(action, replace(HELD_OUT, held_out=False)))
    assert not sent.held_out


def test_an_action_that_is_not_among_the_candidates_is_an_error() -> None:
    with pytest.raises(LookupError, match="swim"):
        _ = drawn("swim").chosen
