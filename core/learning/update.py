"""Reward -> model. Each decision teaches once; a new reward replaces the old one exactly, undo takes it
back.

Only what was shown teaches. Rewards and features are dyadic numbers, so sums are exact and order does not
matter (``core/bandit/statistics.py``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.concurrency import gather_bounded
from core.dependencies import Dependencies
from core.events import record_event
from core.learning.model_state import Observation, replace_observation
from core.model import CorrectionState, Decision, DeliveryState, Person, Reward, Signal, Task
from core.policies.features import FEATURE_VERSION, mask_aspect
from core.policies.features import features as features_of
from core.policies.rewards import teaches, worth
from core.store import Unit

LATEST = 1000
"""More tips than anybody gets until they open again what they had done."""


async def assign_reward(
    unit: Unit,
    decision: Decision,
    person: Person,
    *,
    value: float,
    source: Signal,
    at: datetime,
    earlier: Reward | None = None,
    forgotten: bool = False,
) -> None:
    """Store the decision's reward in the place of the ``earlier`` one, and let the model learn from it unless
    the person does not want that, or wants this one ``forgotten``.
    """
    if earlier:
        await unit.reactions.drop_reward(decision.decision_id)
    given = Reward(
        decision_id=decision.decision_id,
        person_id=decision.person_id,
        value=value,
        source=source,
        given_at=at,
    )
    taught = observation_of(decision, given) if person.preferences.learn and not forgotten else None
    await unit.reactions.put_reward(replace(given, learned=taught is not None))
    await replace_observation(unit, person.person_id, _learned_from(decision, earlier), taught)


async def retract(unit: Unit, decision: Decision, person: Person, given: Reward | None) -> None:
    """Forget the decision's reward, if one was given: the model is as if it had never been."""
    if given:
        await unit.reactions.drop_reward(decision.decision_id)
        await replace_observation(unit, person.person_id, _learned_from(decision, given), None)


def _learned_from(decision: Decision, given: Reward | None) -> Observation | None:
    """The lesson that a stored reward was."""
    return observation_of(decision, given) if given and given.learned else None


def observation_of(decision: Decision, given: Reward) -> Observation | None:
    """What the reward of a decision teaches, whoever asks: who learns it, takes it back, or reads the
    log. None if that is nothing.
    """
    features = lesson(decision, given.source)
    if features is None:
        return None
    return Observation(features=features, reward=given.value, at=given.given_at, space=space_of(decision))


def lesson(decision: Decision, source: Signal) -> tuple[float, ...] | None:
    """What ``source`` teaches: the features (d,) of what was drawn that it is about, by today's table
    even if an older one was logged, the others at 0. None if it teaches nothing, or nothing was drawn
    by a policy.
    """
    draw, aspect = decision.draw, teaches(source)
    if not aspect or draw is None or not draw.chosen.features:
        return None
    if draw.feature_version == FEATURE_VERSION:
        return mask_aspect(draw.chosen.features, aspect)
    return mask_aspect(features_of(draw.context, [draw.chosen.candidate])[0], aspect)


def space_of(decision: Decision) -> str:
    """The space in which the candidates' wordings are numbers."""
    return decision.context.wording.space if decision.context else ""


async def learn_done_elsewhere(
    unit: Unit, task: Task, deps: Dependencies, *, done_at: datetime | None = None
) -> None:
    """A task was done (just now unless ``done_at`` says when) without a tap on the tip about it.

    The latest tip of the wait time counts, if it was certainly shown and awaits a reaction.
    """
    decision = await _awaiting(unit, task, deps, done_at or deps.clock.now())
    if decision is None or await unit.reactions.reward(decision.decision_id):
        return
    deliveries = await unit.deliveries.of(decision.decision_id)
    if any(delivery.state is DeliveryState.SENT for delivery in deliveries):
        person = await unit.people.get(task.person_id)
        source = Signal.DONE_ELSEWHERE
        value = worth(source, deps.rules.rewards)
        await assign_reward(unit, decision, person, value=value, source=source, at=deps.clock.now())
        await record_event(unit, deps, "tip.followed", person.person_id, decision_id=decision.decision_id)


async def unlearn_done_elsewhere(
    unit: Unit, task: Task, deps: Dependencies, *, done_at: datetime | None = None
) -> None:
    """The task is open again: its tip awaits a reaction as before. ``done_at`` says when it had been done,
    else the task does.
    """
    decision = await _awaiting(unit, task, deps, done_at or task.done_at or deps.clock.now())
    given = await unit.reactions.reward(decision.decision_id) if decision else None
    if decision and given and given.source is Signal.DONE_ELSEWHERE:
        await retract(unit, decision, await unit.people.get(task.person_id), given)


async def _awaiting(unit: Unit, task: Task, deps: Dependencies, done_at: datetime) -> Decision | None:
    """The latest decision for a tip about the task, if nobody reacted to it and its wait time was not over
    when the task was done.
    """
    tips = await unit.decisions.past_tips(task.person_id, done_at - deps.rules.reward_wait, LATEST)
    about_it = (one for one in tips if one.task_id == task.task_id and one.decided_at <= done_at)
    tip = next(about_it, None)
    return await unit.decisions.get(tip.decision_id) if tip and tip.reaction is None else None


async def expire_rewards(deps: Dependencies, *, limit: int = 200) -> int:
    """Wait time over: silence is an outcome, so the default reward applies. Returns how many were given."""
    before = deps.clock.now() - deps.rules.reward_wait
    async with deps.store.begin() as unit:
        await unit.deliveries.settle(before)
        waiting = await unit.decisions.unrewarded(before, limit)
    await gather_bounded(waiting, lambda decision: _expire(decision, deps))
    return len(waiting)


async def _expire(decision: Decision, deps: Dependencies) -> None:
    async with deps.store.begin() as unit:
        if await unit.reactions.reward(decision.decision_id) is not None:
            return
        person = await unit.people.get(decision.person_id)
        await teach_silence(unit, decision, person, deps)
        await record_event(unit, deps, "tip.ignored", person.person_id, decision_id=decision.decision_id)


async def teach_silence(unit: Unit, decision: Decision, person: Person, deps: Dependencies) -> None:
    """The reward of a tip that nobody reacted to: given when its wait time was over, whenever that is
    noticed, so that a tap that was undone leaves what would have been without it. It is not learned if the
    person said since then to forget what became of the tip.
    """
    over = decision.decided_at + deps.rules.reward_wait
    value = worth(Signal.SILENCE, deps.rules.rewards)
    said = await unit.corrections.of(person.person_id)
    forgotten = any(
        one.state is CorrectionState.FORGOTTEN
        and decision.decision_id in one.decisions
        and over <= one.given_at
        for one in said
    )
    await assign_reward(
        unit, decision, person, value=value, source=Signal.SILENCE, at=over, forgotten=forgotten
    )
