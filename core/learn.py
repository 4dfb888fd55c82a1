"""Reward -> model. Each decision teaches once; a new reward replaces the old one exactly, undo takes it
back.

Only what was shown teaches. Rewards and features are dyadic numbers, so sums are exact and order does not
matter (``core/bandit/statistics.py``).
"""

from __future__ import annotations

from datetime import datetime

from core.bandit.statistics import Statistics
from core.events import happened
from core.features import DIMENSION, FEATURE_VERSION
from core.features import features as features_of
from core.model import Decision, DeliveryState, Person, ReactionKind, Reward, Task
from core.rewards import reward, silence_reward
from core.store import Unit
from core.together import for_each
from core.world import World

POPULATION = "population"
"""The scope of what everybody's rewards taught, beside each person's own."""

OUTCOME = "outcome"
SILENCE = "silence"

LATEST = 20
"""More tips than anybody gets in a wait time."""


def recalled(stored: bytes | None) -> Statistics:
    """What was stored by ``kept``; None is nothing learned yet.

    Raises ValueError for statistics of other features, and for damaged ones: rebuild those from the log.
    """
    if stored is None:
        return Statistics.empty(DIMENSION)
    version, _, data = stored.partition(b"\n")
    if version != FEATURE_VERSION.encode():
        raise ValueError(f"statistics are not of feature version {FEATURE_VERSION}")
    return Statistics.from_bytes(data, DIMENSION)


def kept(statistics: Statistics) -> bytes:
    """What to store of ``statistics``, with the version of the features that they are about."""
    return FEATURE_VERSION.encode() + b"\n" + statistics.to_bytes()


async def teach(
    unit: Unit,
    decision: Decision,
    person: Person,
    *,
    value: float,
    source: str,
    at: datetime,
    earlier: Reward | None = None,
) -> None:
    """Store the decision's reward and let the model learn from it; the ``earlier`` one is retracted."""
    await retract(unit, decision, person, earlier)
    await unit.reactions.put_reward(
        Reward(
            decision_id=decision.decision_id,
            person_id=decision.person_id,
            value=value,
            source=source,
            given_at=at,
            learned=person.preferences.learn,
        )
    )
    if person.preferences.learn:
        await _apply(unit, decision, person, value, sign=1)


async def retract(unit: Unit, decision: Decision, person: Person, given: Reward | None) -> None:
    """Forget the decision's reward, if one was given: the model is as if it had never been."""
    if given:
        await unit.reactions.drop_reward(decision.decision_id)
        if given.learned:
            await _apply(unit, decision, person, given.value, sign=-1)


def lesson(decision: Decision) -> tuple[float, ...] | None:
    """The features (d,) of what was drawn, by today's table even if an older one was logged; None if nothing
    was drawn by a policy.
    """
    chosen = decision.chosen
    if chosen is None or not chosen.features:
        return None
    if decision.feature_version == FEATURE_VERSION or decision.context is None:
        return chosen.features
    return features_of(decision.context, [chosen.candidate])[0]


async def _apply(unit: Unit, decision: Decision, person: Person, value: float, *, sign: int) -> None:
    x = lesson(decision)
    if x is None:
        return
    scopes = (POPULATION, person.person_id)
    learned = await unit.learning.read(*scopes)
    changed = {}
    for scope in scopes:
        before = recalled(learned.get(scope))
        after = before.plus(x, value) if sign > 0 else before.minus(x, value)
        changed[scope] = kept(after)
    await unit.learning.write(changed)


async def learn_from_outcome(unit: Unit, task: Task, world: World) -> None:
    """A task was done without a tap on the tip about it: the purpose of the tip, all the same.

    The latest tip of the wait time counts, if it was certainly shown and awaits a reaction.
    """
    decision = await _awaiting(unit, task, world)
    if decision is None or await unit.reactions.reward(decision.decision_id):
        return
    deliveries = await unit.deliveries.of(decision.decision_id)
    if any(delivery.state is DeliveryState.SENT for delivery in deliveries):
        person = await unit.people.get(task.person_id)
        value = reward(ReactionKind.DONE, None, world.rules.rewards)
        await teach(unit, decision, person, value=value, source=OUTCOME, at=world.clock.now())
        await happened(unit, world, "tip.followed", person.person_id, decision_id=decision.decision_id)


async def unlearn_outcome(unit: Unit, task: Task, world: World) -> None:
    """The task is open again: its tip awaits a reaction as before."""
    decision = await _awaiting(unit, task, world)
    given = await unit.reactions.reward(decision.decision_id) if decision else None
    if decision and given and given.source == OUTCOME:
        await retract(unit, decision, await unit.people.get(task.person_id), given)


async def _awaiting(unit: Unit, task: Task, world: World) -> Decision | None:
    """The latest decision for a tip about the task, if nobody reacted to it and the wait time is not over."""
    since = world.clock.now() - world.rules.reward_wait
    tips = await unit.decisions.past_tips(task.person_id, since, LATEST)
    tip = next((one for one in tips if one.task_id == task.task_id), None)
    return await unit.decisions.get(tip.decision_id) if tip and tip.reaction is None else None


async def expire_rewards(world: World, *, limit: int = 200) -> int:
    """Wait time over: silence is an outcome, so the default reward applies. Returns how many were given."""
    before = world.clock.now() - world.rules.reward_wait
    async with world.store.begin() as unit:
        await unit.deliveries.settle(before)
        waiting = await unit.decisions.unrewarded(before, limit)
    await for_each(waiting, lambda decision: _expire(decision, world))
    return len(waiting)


async def _expire(decision: Decision, world: World) -> None:
    async with world.store.begin() as unit:
        if await unit.reactions.reward(decision.decision_id) is not None:
            return
        person = await unit.people.get(decision.person_id)
        value, now = silence_reward(world.rules.rewards), world.clock.now()
        await teach(unit, decision, person, value=value, source=SILENCE, at=now)
        await happened(unit, world, "tip.ignored", person.person_id, decision_id=decision.decision_id)
