"""Rewards are added to the model and retracted exactly."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from itertools import permutations

import pytest

from core.bandit.arrays import Vector
from core.delivery.reactions import react, snooze, undo
from core.errors import NotSent, SendRejected, SendUnknown
from core.learning.model_state import Observation, deserialize, posterior_now, serialize, with_observation
from core.learning.update import observed_features, reward_ignored_tips
from core.policies.features import DIMENSION, FEATURES
from core.policies.rewards import RewardRules, worth
from core.records import Aspect, Decision, DismissReason, Purpose, Signal
from core.store import Store
from core.tips.candidates import SILENCE
from tests.core.outsiders import NOW
from tests.core.worlds import DID_IT, DISMISS, DONE, HOUR, NEVER_TOPIC, NOT_NOW, NOT_THIS, Scene, scene
from tests.fakes.store import FakeStore

NOTHING = serialize(deserialize(None))
WAIT = timedelta(hours=8)


async def tips(here: Scene, *names: str) -> list[Decision]:
    """The tips of these people at nine."""
    for name in names:
        await here.person(name)
        await here.task(f"Task of {name}", name)
    here.clock.berlin("2027-06-14 09:00")
    await here.tick()
    return [await here.latest(name) for name in names]


async def tip(here: Scene) -> Decision:
    (decision,) = await tips(here, "ada")
    return decision


async def learning(here: Scene, on: bool) -> None:
    await here.allow(Purpose.LEARNING, granted=on)


async def test_a_reward_teaches_everybodys_model_and_the_persons_own(either: Store) -> None:
    here = scene(either)
    ada, bob = await tips(here, "ada", "bob")
    await react(ada.decision_id, await here.stored("ada"), here.deps, kind=DONE)
    await react(bob.decision_id, await here.stored("bob"), here.deps, kind=DISMISS)

    assert await here.model_of() == await here.replayed("ada", "bob")
    assert await here.model_of("ada") == await here.replayed("ada")
    assert await here.model_of("bob") == await here.replayed("bob")
    assert deserialize(await here.model_of()).count == 2


async def test_silence_is_rewarded_when_the_wait_time_is_over_and_once(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    here.clock.time = NOW + HOUR / 2 + WAIT
    assert await reward_ignored_tips(here.deps) == 0
    here.clock.move(seconds=1)
    assert await reward_ignored_tips(here.deps) == 1
    assert await reward_ignored_tips(here.deps) == 0

    given = await here.reward(decision)
    assert given is not None
    assert (given.value, given.source) == (-0.0625, "silence")
    assert (await here.kinds())[-1] == "tip.ignored"
    assert await here.model_of() == await here.replayed("ada") != NOTHING


async def test_a_late_tap_replaces_silence_exactly(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    here.clock.move(hours=9)
    await reward_ignored_tips(here.deps)

    await react(decision.decision_id, await here.stored(), here.deps, kind=DONE)

    given = await here.reward(decision)
    assert given is not None
    assert (given.value, given.source) == (0.75, "done_late")
    assert decision.chosen is not None
    observation = Observation(features=decision.chosen.features, reward=0.75, at=given.given_at)
    prompt = serialize(with_observation(deserialize(None), observation))
    assert await here.model_of() == await here.model_of("ada") == prompt
    assert await reward_ignored_tips(here.deps) == 0


async def test_an_undone_tip_is_ignored_after_all(here: Scene) -> None:
    decision = await tip(here)
    ada = await here.stored()
    await react(decision.decision_id, ada, here.deps, kind=DONE)
    await undo(decision.decision_id, ada, here.deps)
    here.clock.move(hours=9)
    assert await reward_ignored_tips(here.deps) == 1
    assert await here.model_of() == await here.replayed("ada")


@pytest.mark.parametrize("fault", [NotSent("no"), SendRejected("no"), SendUnknown("timeout")])
async def test_a_tip_that_may_not_have_arrived_teaches_nothing(
    here: Scene, fault: NotSent | SendRejected | SendUnknown
) -> None:
    here.phone.faults = [fault]
    decision = await tip(here)
    here.clock.move(hours=9)
    assert await reward_ignored_tips(here.deps) == 0
    assert await here.reward(decision) is None
    assert await here.model_of() == NOTHING


async def test_a_tap_on_a_tip_of_unknown_fate_teaches(here: Scene) -> None:
    here.phone.faults = [SendUnknown("timeout")]
    decision = await tip(here)
    await react(decision.decision_id, await here.stored(), here.deps, kind=DONE)
    assert await here.model_of() == await here.replayed("ada") != NOTHING


async def test_what_is_proven_seen_at_last_can_be_ignored(here: Scene) -> None:
    here.phone.faults = [SendUnknown("timeout")]
    decision = await tip(here)
    ada = await here.stored()
    here.clock.move(hours=9)
    assert await reward_ignored_tips(here.deps) == 0
    await react(decision.decision_id, ada, here.deps, kind=DISMISS, reason=NOT_NOW, message_id="m1")
    await undo(decision.decision_id, ada, here.deps)
    given = await here.reward(decision)
    assert given is not None
    assert given.source is Signal.SILENCE
    assert await here.model_of() == await here.replayed("ada") != NOTHING
    assert await reward_ignored_tips(here.deps) == 0


async def test_with_learning_off_a_reward_is_kept_and_teaches_nothing(here: Scene) -> None:
    decision = await tip(here)
    await learning(here, on=False)
    await react(decision.decision_id, await here.stored(), here.deps, kind=DONE)

    given = await here.reward(decision)
    assert given is not None
    assert (given.value, given.learned) == (1.0, False)
    assert await here.model_of() == await here.model_of("ada") == NOTHING


@pytest.mark.parametrize("on_at_first", [True, False])
async def test_what_was_learned_can_be_taken_back_whatever_the_setting_is_by_then(
    either: Store, on_at_first: bool
) -> None:
    here = scene(either)
    decision = await tip(here)
    await learning(here, on=on_at_first)
    await react(decision.decision_id, await here.stored(), here.deps, kind=DONE)
    await learning(here, on=not on_at_first)

    await undo(decision.decision_id, await here.stored(), here.deps)

    assert await here.model_of() == await here.model_of("ada") == NOTHING


async def test_a_replaced_reward_is_learned_by_the_setting_at_its_own_time(here: Scene) -> None:
    decision = await tip(here)
    here.clock.move(hours=9)
    await reward_ignored_tips(here.deps)
    await learning(here, on=False)

    await react(decision.decision_id, await here.stored(), here.deps, kind=DISMISS)

    assert await here.model_of() == await here.replayed("ada") == NOTHING


@pytest.mark.parametrize("reasons", [*permutations((NOT_NOW, NOT_THIS, NEVER_TOPIC))])
async def test_the_order_of_rewards_leaves_no_trace(reasons: Iterable[DismissReason]) -> None:
    models = []
    for turn in (1, -1):
        here = scene(FakeStore())
        decisions = await tips(here, "ada", "bob", "cleo")
        for decision, reason in [*zip(decisions, reasons, strict=True)][::turn]:
            person = await here.stored(decision.person_id)
            await react(decision.decision_id, person, here.deps, kind=DISMISS)
            await react(decision.decision_id, person, here.deps, kind=DISMISS, reason=reason)
        models.append(await here.model_of())
        assert models[-1] == await here.replayed("ada", "bob", "cleo")
    assert models[0] == models[1] != NOTHING


async def test_somebody_who_left_keeps_nobody_else_from_being_counted(either: Store) -> None:
    here = scene(either)
    await tips(here, "ada", "bob")
    here.clock.move(hours=9)
    async with here.deps.store.begin() as unit:
        await unit.people.forget("ada")
    assert await reward_ignored_tips(here.deps) == 1
    assert await here.reward(await here.latest("bob")) is not None


async def test_a_snoozed_tip_is_not_taken_for_ignored(here: Scene) -> None:
    decision = await tip(here)
    until = NOW + timedelta(days=3)
    await snooze(decision.decision_id, await here.stored(), here.deps, until=until)
    here.clock.move(hours=9)
    assert await reward_ignored_tips(here.deps) == 0
    given = await here.reward(decision)
    assert given is not None
    assert given.source == "snooze"


async def test_a_decision_that_chose_silence_is_never_rewarded(here: Scene) -> None:
    await here.person()
    await here.slot()
    here.clock.move(days=2)
    assert await reward_ignored_tips(here.deps) == 0


async def test_silence_that_was_chosen_would_teach_nothing_anyway(here: Scene) -> None:
    await here.person()
    decision = await here.slot()
    assert decision.chosen is not None
    assert decision.chosen.candidate == SILENCE
    assert observed_features(decision, Signal.SILENCE) == (0.0,) * DIMENSION


# --- Reasons and the features that they update -------------------------------------------------------------


def updated_features(of: Decision, signal: Signal) -> set[str]:
    """The names of the features that a signal updates."""
    return {
        feature.name
        for feature, value in zip(FEATURES, observed_features(of, signal) or (), strict=False)
        if value
    }


async def test_not_now_teaches_timing_and_not_this_content(here: Scene) -> None:
    decision = await tip(here)
    everything = updated_features(decision, Signal.DISMISS)
    by_aspect = {
        aspect: {feature.name for feature in FEATURES if feature.aspect is aspect} for aspect in Aspect
    }
    assert updated_features(decision, Signal.NOT_NOW) == everything - by_aspect[Aspect.CONTENT]
    assert updated_features(decision, Signal.NOT_THIS) == everything - by_aspect[Aspect.TIMING]
    assert updated_features(decision, Signal.NOT_NOW) >= {"tip", "task_morning", "load"}
    assert updated_features(decision, Signal.NOT_THIS) >= {"tip", "old", "never_shown", "wording_1"}


@pytest.mark.parametrize(("reason", "untaught"), [(NOT_NOW, Aspect.CONTENT), (NOT_THIS, Aspect.TIMING)])
async def test_a_reason_moves_the_weights_it_is_about_and_no_others(
    either: Store, reason: DismissReason, untaught: Aspect
) -> None:
    here = scene(either)
    decision = await tip(here)
    before = await weights(here)
    await react(decision.decision_id, await here.stored(), here.deps, kind=DISMISS, reason=reason)
    moved = (await weights(here)) != before
    by_aspect = {
        aspect: [moved[place] for place, one in enumerate(FEATURES) if one.aspect is aspect]
        for aspect in (Aspect.TIMING, Aspect.CONTENT)
    }
    assert not any(by_aspect.pop(untaught))
    assert any(*by_aspect.values())


async def weights(here: Scene) -> Vector:
    """The posterior mean of Ada's weights, by feature."""
    async with here.deps.store.read() as unit:
        posterior = await posterior_now(unit, "ada", here.clock.now())
    assert posterior is not None
    return posterior.mean


@pytest.mark.parametrize("reason", [NEVER_TOPIC, DID_IT])
@pytest.mark.parametrize("at_once", [True, False])
async def test_a_rule_and_a_mended_list_are_rewarded_and_teach_nothing(
    either: Store, reason: DismissReason, at_once: bool
) -> None:
    here = scene(either)
    decision = await tip(here)
    if not at_once:
        await react(decision.decision_id, await here.stored(), here.deps, kind=DISMISS)
    await react(decision.decision_id, await here.stored(), here.deps, kind=DISMISS, reason=reason)

    given = await here.reward(decision)
    assert given is not None
    assert (given.source.value, given.learned) == (reason.value, False)
    assert given.value == worth(Signal(reason), RewardRules())
    assert await here.model_of() == await here.model_of("ada") == NOTHING
    here.clock.move(hours=9)
    assert await reward_ignored_tips(here.deps) == 0

    await undo(decision.decision_id, await here.stored(), here.deps)
    given = await here.reward(decision)
    assert given is not None
    assert given.source is Signal.SILENCE, "as without the tap"
    assert await here.model_of() == await here.replayed("ada") != NOTHING


@pytest.mark.parametrize("reason", [*DismissReason])
@pytest.mark.parametrize("late", [True, False])
async def test_a_reason_given_later_is_learned_as_if_given_at_once(reason: DismissReason, late: bool) -> None:
    models = []
    for at_once in (True, False):
        here = scene(FakeStore())
        decision = await tip(here)
        if late:
            here.clock.move(hours=9)
            await reward_ignored_tips(here.deps)
        if not at_once:
            await react(decision.decision_id, await here.stored(), here.deps, kind=DISMISS)
        await react(decision.decision_id, await here.stored(), here.deps, kind=DISMISS, reason=reason)
        models.append((await here.model_of(), await here.model_of("ada"), await here.reward(decision)))
    assert models[0] == models[1]


async def test_each_scope_holds_nothing_of_another_person(here: Scene) -> None:
    decision, _ = await tips(here, "ada", "bob")
    await react(decision.decision_id, await here.stored(), here.deps, kind=DONE)
    assert await here.model_of("bob") == NOTHING


async def test_two_runs_at_the_same_time_reward_silence_once(here: Scene) -> None:
    decision = await tip(here)
    here.clock.move(hours=9)
    await asyncio.gather(reward_ignored_tips(here.deps), reward_ignored_tips(here.deps))
    assert (await here.kinds()).count("reward.given") == 1
    assert (await here.kinds()).count("tip.ignored") == 1
    assert await here.reward(decision) is not None
    assert await here.model_of() == await here.replayed("ada")


async def test_silence_of_however_many_is_rewarded_in_one_run(either: Store) -> None:
    here = scene(either)
    names = ("ada", "bob", "eve")
    for name in names:
        await here.person(name)
        await here.task(f"Task of {name}", name)
    here.clock.berlin("2027-06-14 09:00")
    await here.tick()
    here.clock.move(hours=9)
    assert await reward_ignored_tips(here.deps, limit=1) == 3
    assert await reward_ignored_tips(here.deps, limit=1) == 0
    for name in names:
        given = await here.reward(await here.latest(name))
        assert given is not None
        assert given.source == "silence"
    async with here.deps.store.read() as unit:
        assert await unit.deliveries.unmarked(here.clock.now(), 9) == frozenset()
