"""One decision: from all candidates, whatever fails on the way, with true figures in the log."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.bandit.arrays import Matrix
from core.bandit.mixed import Posterior
from core.bandit.policy import Distribution
from core.bandit.rules import rule_of
from core.deciding.decide import decide, with_current_facts
from core.delivery.reactions import react
from core.dependencies import WritingRules
from core.errors import LanguageModelUnavailable
from core.people.consents import AT_THE_START
from core.policies.catalog import RulePolicy, policy_of
from core.policies.replay import replay
from core.records import Decision, Reason, TaskState, Trigger
from core.store import Store
from core.tips.candidates import Template
from tests.core.moments import CONTEXT, parsed
from tests.core.moments import tip as raw_tip
from tests.core.outsiders import BERLIN, NOW, written
from tests.core.worlds import DONE, Scene, scene
from tests.decisions import draw_of
from tests.fakes.store import FakeStore
from tests.waiting import WAIT_LIMIT

WALK = Template(template_id="walk", topic="health", content="Walk.", when="low_energy", minutes=10)
EXPLORING = policy_of("epsilon-greedy:epsilon=0.4")


def with_llm(store: Store | None = None, *tips: dict[str, object], **rules: Any) -> Scene:
    here = scene(store or FakeStore(), llm=True, **rules)
    here.model.tips = tips
    return here


def sources(decision: Decision) -> list[str]:
    return [one.candidate.source.value for one in decision.candidates]


# --- The figures -------------------------------------------------------------------------------------------


async def test_every_allowed_candidate_has_its_share_and_the_log_replays(either: Store) -> None:
    here = with_llm(either, written("Begin with the ferns.", "t1"), written("See http://evil.example", "t1"))
    deps = replace(here.deps, policy=EXPLORING)
    here = replace(here, deps=deps)
    person = await here.person()
    for number in range(3):
        await here.task(f"Task {number}")

    for _ in range(5):
        decided = await decide(person, deps, trigger=Trigger.SCHEDULED, zone=BERLIN)
        decision, snapshot = decided.decision, decided.snapshot
        allowed = [one for one in decision.candidates if one.candidate.dropped is None]
        assert sum(one.probability for one in decision.candidates) == pytest.approx(1)
        least = min(one.probability for one in allowed)
        assert least == draw_of(decision).floor == pytest.approx(0.4 / len(allowed))
        assert decision.chosen is not None
        assert draw_of(decision).propensity == decision.chosen.probability
        ruled_out = [one for one in decision.candidates if one.candidate.dropped]
        assert [(one.candidate.dropped, one.probability, one.features) for one in ruled_out] == [
            ("link", 0.0, ())
        ]
        assert len(draw_of(decision).shadows[0].probabilities) == len(allowed)
        assert snapshot is not None
        assert replay(draw_of(decision), snapshot).same


async def test_a_policy_that_fails_is_replaced_by_a_fixed_one_with_its_true_propensity(here: Scene) -> None:
    class Broken(RulePolicy):
        def distribution(self, features: Matrix, posterior: Posterior | None) -> Distribution:
            right = RulePolicy.distribution(self, features, posterior)
            return Distribution(scores=right.scores, probabilities=right.probabilities * 2)

    person = await here.person()
    await here.task("Pay the rent")
    deps = replace(here.deps, policy=Broken(name="broken", rule=rule_of("softmax")))
    decision = (await decide(person, deps, trigger=Trigger.SCHEDULED, zone=BERLIN)).decision
    assert (draw_of(decision).policy_id, draw_of(decision).propensity) == ("uniform-fallback", 0.5)


async def test_the_stages_are_timed_by_the_worlds_own_clock(here: Scene) -> None:
    writing = with_llm(here.deps.store, written("Begin."))

    async def takes_a_while() -> None:
        writing.clock.move(seconds=2)

    writing.model.meanwhile = takes_a_while
    person = await writing.person()
    decided = await decide(person, writing.deps, trigger=Trigger.SCHEDULED, zone=BERLIN)
    assert decided.decision.latency_ms == {"assemble": 2000.0, "score": 0.0}
    assert decided.decision.decided_at == NOW


async def test_when_all_candidates_are_ruled_out_the_reasons_are_logged(here: Scene) -> None:
    person = await here.person(preferences={"muted": ("rent",)})
    await here.task("Pay the rent")
    decided = await decide(person, here.deps, trigger=Trigger.REQUESTED, zone=BERLIN)
    assert decided.snapshot is None
    assert decided.decision.silence is Reason.NOTHING_TO_SAY
    assert [one.candidate.dropped for one in decided.decision.candidates] == ["muted"]


# --- The language model ------------------------------------------------------------------------------------


async def test_written_tips_stand_beside_tasks_and_templates() -> None:
    here = with_llm(None, written("Begin with the ferns.", "t1"))
    deps = replace(here.deps, templates=(replace(WALK, when="morning"),))
    person = await here.person()
    await here.task("Water the ferns")
    decision = (await decide(person, deps, trigger=Trigger.SCHEDULED, zone=BERLIN)).decision
    assert sources(decision) == ["tasks", "llm", "templates", "none"]
    about = decision.candidates[1].candidate
    assert (about.task_id, about.llm_model, about.prompt_version) == ("oo-Water the ferns", "tiny", "test-1")


@pytest.mark.parametrize("fault", ["refuses", "hangs", "talks"])
async def test_a_language_model_that_fails_sinks_no_slot(fault: str) -> None:
    rules = WritingRules(deadline_scheduled=timedelta(seconds=0.05))
    here = with_llm(None, writing=rules)
    if fault == "refuses":
        here.model.fault = LanguageModelUnavailable("down")
    if fault == "hangs":
        here.model.meanwhile = asyncio.Event().wait
    await here.person()
    await here.task("Pay the rent")

    async with asyncio.timeout(WAIT_LIMIT):
        decision = await here.slot()

    assert here.phone.lines == ["Pay the rent"]
    assert sources(decision) == ["tasks", "none"]


@pytest.mark.parametrize("off", ["by the person", "for everybody"])
async def test_a_language_model_that_is_off_is_not_asked(off: str) -> None:
    here = with_llm(None, written("Begin."))
    person = await here.person(allowed=() if off == "by the person" else AT_THE_START)
    deps = here.deps if off == "by the person" else replace(here.deps, model=None)
    decision = (await decide(person, deps, trigger=Trigger.SCHEDULED, zone=BERLIN)).decision
    assert here.model.asked == []
    assert sources(decision) == ["none"]


async def test_a_prompt_holds_nothing_of_another_person() -> None:
    here = with_llm(None, written("Begin."))
    person = await here.person()
    await here.person("bob")
    await here.task("Pay the rent")
    await here.task("Hide the CANARY", "bob")
    await decide(person, here.deps, trigger=Trigger.SCHEDULED, zone=BERLIN)
    said = " ".join(turn.content for turns in here.model.asked for turn in turns)
    assert "Pay the rent" in said
    assert "CANARY" not in said


async def test_a_task_done_while_the_tips_are_written_takes_them_along() -> None:
    here = with_llm(None, written("Pay it now.", "t1"), written("Sit down.", "now"))
    person = await here.person()
    await here.task("Pay the rent", priority=1)
    await here.task("Water the ferns")

    async def pays() -> None:
        async with here.deps.store.begin() as unit:
            task = await unit.tasks.get("oo-Pay the rent")
            await unit.tasks.put(replace(task, state=TaskState.DONE, done_at=NOW))

    here.model.meanwhile = pays
    decision = (await decide(person, here.deps, trigger=Trigger.SCHEDULED, zone=BERLIN)).decision

    assert [(one.candidate.content, one.candidate.dropped) for one in decision.candidates] == [
        ("Water the ferns", None),
        ("Pay it now.", "facts_changed"),
        ("Sit down.", None),
        ("", None),
    ]


def test_written_tips_follow_their_facts_to_their_new_places() -> None:
    (tip,) = parsed(raw_tip(fact_ids=["t2", "now"]))
    first, second, *rest = CONTEXT.facts[2:]
    swapped = (replace(second, fact_id="t1"), replace(first, fact_id="t2"))
    now_known = replace(CONTEXT, facts=(*CONTEXT.facts[:2], *swapped, *rest))
    assert with_current_facts(tip, CONTEXT, now_known).fact_ids == ("t1", "now")
    gone = replace(CONTEXT, facts=(*CONTEXT.facts[:3], *rest))
    assert with_current_facts(tip, CONTEXT, gone).dropped == "facts_changed"


# --- Outside tasks -----------------------------------------------------------------------------------------


async def test_what_was_learned_counts_in_the_next_decision(here: Scene) -> None:
    person = await here.person()
    await here.task("Pay the rent")
    await here.task("Call Ann")
    first = await here.slot()
    await react(first.decision_id, person, here.deps, kind=DONE)
    second = await here.slot("2027-06-14 13:00")
    assert draw_of(second).model_version != draw_of(first).model_version
    assert await here.model_of() == await here.replayed("ada")
