"""Model updates from rewards. A decision has at most one reward: a new one replaces the old one exactly, and
undo retracts it.

Only tips that were certainly shown update the model. Rewards and features are dyadic numbers, so sums are
exact and do not depend on the order (``core/bandit/statistics.py``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.concurrency import gather_bounded
from core.dependencies import Dependencies
from core.events import record_event
from core.learning.model_state import Observation, allows, replace_observation
from core.policies.features import FEATURE_VERSION, mask_aspect
from core.policies.features import features as features_of
from core.policies.rewards import updated_aspect, worth
from core.records import (
    CorrectionState,
    Decision,
    DeliveryState,
    Person,
    Purpose,
    Reward,
    Signal,
    Task,
    TaskState,
)
from core.store import Unit

MAX_PAST_TIPS = 1000
"""Tips of the wait time that are searched for one about a task; more than anybody gets."""


async def assign_reward(
    unit: Unit,
    decision: Decision,
    person: Person,
    deps: Dependencies,
    *,
    value: float,
    source: Signal,
    at: datetime,
    earlier: Reward | None = None,
    forgotten: bool = False,
) -> None:
    """Store the decision's reward, replacing the ``earlier`` one, and update the model.

    The model is not updated if the person, as stored now, does not allow learning, or if the reward is
    ``forgotten``: the person asked to forget the belief behind it.
    """
    if earlier:
        await unit.reactions.drop_reward(decision.decision_id)
    reward = Reward(
        decision_id=decision.decision_id,
        person_id=decision.person_id,
        value=value,
        source=source,
        given_at=at,
    )
    is_learned = not forgotten and await allows(unit, person.person_id, Purpose.LEARNING)
    observation = observation_of(decision, reward) if is_learned else None
    stored = replace(reward, learned=observation is not None)
    await unit.reactions.put_reward(stored)
    await record_reward(unit, stored, deps)
    await replace_observation(unit, person.person_id, _stored_observation(decision, earlier), observation)


async def record_reward(unit: Unit, reward: Reward, deps: Dependencies) -> None:
    """Append the event of a reward as it is stored now: with the features of its decision, the model can be
    rebuilt from events alone.
    """
    await record_event(
        unit,
        deps,
        "reward.given",
        reward.person_id,
        decision_id=reward.decision_id,
        signal=reward.source.value,
        value=reward.value,
        learned=reward.learned,
        given_at=reward.given_at.isoformat(),
    )


async def retract_reward(
    unit: Unit, decision: Decision, person: Person, deps: Dependencies, reward: Reward | None
) -> None:
    """Delete the decision's reward, if any, and retract it from the model."""
    if reward:
        await unit.reactions.drop_reward(decision.decision_id)
        await record_event(unit, deps, "reward.retracted", person.person_id, decision_id=decision.decision_id)
        await replace_observation(unit, person.person_id, _stored_observation(decision, reward), None)


def _stored_observation(decision: Decision, reward: Reward | None) -> Observation | None:
    """The observation that a stored reward added to the model; None if it was not learned."""
    return observation_of(decision, reward) if reward and reward.learned else None


def observation_of(decision: Decision, reward: Reward) -> Observation | None:
    """The observation of a decision's reward, if any: the same to learn, retract and rebuild."""
    features = observed_features(decision, reward.source)
    if features is None:
        return None
    return Observation(
        features=features, reward=reward.value, at=reward.given_at, space=wording_space_of(decision)
    )


def observed_features(decision: Decision, source: Signal) -> tuple[float, ...] | None:
    """The features (d,) of the drawn candidate that ``source`` updates, the others at 0; by today's table
    even if an older version was logged. None if the signal updates nothing, or if no policy drew a
    candidate.
    """
    draw, aspect = decision.draw, updated_aspect(source)
    if not aspect or draw is None or not draw.chosen.features:
        return None
    if draw.feature_version == FEATURE_VERSION:
        return mask_aspect(draw.chosen.features, aspect)
    return mask_aspect(features_of(draw.context, [draw.chosen.candidate])[0], aspect)


def wording_space_of(decision: Decision) -> str:
    """The embedding space of the candidates' wording features."""
    return decision.context.wording.space if decision.context else ""


async def reward_done_elsewhere(
    unit: Unit, task: Task, deps: Dependencies, *, done_at: datetime | None = None
) -> None:
    """Reward the tip about a task that was done without a tap, at ``done_at`` or now.

    It is the latest tip about the task within the wait time, if it was certainly shown and has no reaction.
    """
    decision = await _unanswered_decision(unit, task, deps, done_at or deps.clock.now())
    if decision is None or await unit.reactions.reward(decision.decision_id):
        return
    deliveries = await unit.deliveries.of(decision.decision_id)
    if any(delivery.state is DeliveryState.SENT for delivery in deliveries):
        person = await unit.people.get(task.person_id)
        source = Signal.DONE_ELSEWHERE
        value = worth(source, deps.rules.rewards)
        await assign_reward(unit, decision, person, deps, value=value, source=source, at=deps.clock.now())
        await record_event(unit, deps, "tip.followed", person.person_id, decision_id=decision.decision_id)


async def retract_done_elsewhere(
    unit: Unit, task: Task, deps: Dependencies, *, done_at: datetime | None = None
) -> None:
    """Retract the reward of ``reward_done_elsewhere``, as the task is open again. ``done_at``: when it had
    been done, by default ``task.done_at``.
    """
    decision = await _unanswered_decision(unit, task, deps, done_at or task.done_at or deps.clock.now())
    reward = await unit.reactions.reward(decision.decision_id) if decision else None
    if decision and reward and reward.source is Signal.DONE_ELSEWHERE:
        await retract_reward(unit, decision, await unit.people.get(task.person_id), deps, reward)


async def _unanswered_decision(
    unit: Unit, task: Task, deps: Dependencies, done_at: datetime
) -> Decision | None:
    """The latest decision for a tip about the task whose wait time was not over at ``done_at``; None if it
    has a reaction.
    """
    tips = await unit.decisions.past_tips(task.person_id, done_at - deps.rules.reward_wait, MAX_PAST_TIPS)
    about_it = (
        one for one in tips if one.task_id == task.task_id and one.decided_at <= done_at and not one.reminder
    )
    tip = next(about_it, None)
    return await unit.decisions.get(tip.decision_id) if tip and tip.reaction is None else None


async def reward_ignored_tips(deps: Dependencies, *, limit: int = 200) -> int:
    """Reward silence for all tips whose wait time is over, ``limit`` at a time. Returns how many decisions
    were due.
    """
    before = deps.clock.now() - deps.rules.reward_wait
    while await _mark_some_rewarded(deps, before, limit):
        pass
    rewarded = due = await _reward_some_ignored(deps, before, limit)
    while due == limit:
        due = await _reward_some_ignored(deps, before, limit)
        rewarded += due
    return rewarded


async def _mark_some_rewarded(deps: Dependencies, before: datetime, limit: int) -> bool:
    """Whether there was any."""
    async with deps.store.read() as unit:
        people = await unit.deliveries.unmarked(before, limit)
    if people:
        async with deps.store.begin(*people) as unit:
            await unit.deliveries.mark_rewarded(people, before)
    return bool(people)


async def _reward_some_ignored(deps: Dependencies, before: datetime, limit: int) -> int:
    async with deps.store.read() as unit:
        waiting = await unit.decisions.unrewarded(before, limit)
    await gather_bounded(waiting, lambda decision: _reward_ignored(decision, deps))
    return len(waiting)


async def _reward_ignored(decision: Decision, deps: Dependencies) -> None:
    async with deps.store.begin(decision.person_id) as unit:
        if await unit.reactions.reward(decision.decision_id) is not None:
            return
        if await _is_about_removed_task(unit, decision):
            await unit.deliveries.settle(decision.decision_id, deps.clock.now())
            return
        person = await unit.people.get(decision.person_id)
        await assign_ignored_reward(unit, decision, person, deps)
        await record_event(unit, deps, "tip.ignored", person.person_id, decision_id=decision.decision_id)


async def _is_about_removed_task(unit: Unit, decision: Decision) -> bool:
    """A removed task is neither followed nor ignored: its tip gets no reward."""
    task_id = decision.tip.task_id if decision.tip else None
    return task_id is not None and (await unit.tasks.get(task_id)).state is TaskState.GONE


async def assign_ignored_reward(unit: Unit, decision: Decision, person: Person, deps: Dependencies) -> None:
    """Give the reward of silence, dated at the end of the wait time whenever this runs, so that undoing a
    late tap restores the same state. It is not learned if the person has asked since then to forget a belief
    behind the tip.
    """
    over = decision.decided_at + deps.rules.reward_wait
    value = worth(Signal.SILENCE, deps.rules.rewards)
    corrections = await unit.corrections.of(person.person_id)
    forgotten = any(
        one.state is CorrectionState.FORGOTTEN
        and decision.decision_id in one.decisions
        and over <= one.given_at
        for one in corrections
    )
    await assign_reward(
        unit, decision, person, deps, value=value, source=Signal.SILENCE, at=over, forgotten=forgotten
    )
