"""Reward -> model. Each decision teaches once; a new reward replaces the old one exactly, undo takes it
back.

Only what was shown teaches. Rewards and features are dyadic numbers, so sums are exact and order does not
matter (``core/bandit/statistics.py``).
"""

from __future__ import annotations

from datetime import datetime

from core.bandit.statistics import Statistics
from core.decide import POPULATION
from core.events import happened
from core.model import Decision, Person, Reward
from core.rewards import silence_reward
from core.store import Unit
from core.together import for_each
from core.world import World

SILENCE = "silence"


async def teach(
    unit: Unit, decision: Decision, person: Person, *, value: float, source: str, at: datetime
) -> None:
    """Store the decision's reward and let the model learn from it; an earlier reward is subtracted first."""
    await retract(unit, decision, person)
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


async def retract(unit: Unit, decision: Decision, person: Person) -> None:
    """Forget the decision's reward: the model is as if it had never been given."""
    earlier = await unit.reactions.reward(decision.decision_id)
    if earlier:
        await unit.reactions.drop_reward(decision.decision_id)
        if earlier.learned:
            await _apply(unit, decision, person, earlier.value, sign=-1)


async def _apply(unit: Unit, decision: Decision, person: Person, value: float, *, sign: int) -> None:
    chosen = decision.chosen
    if chosen is None or not chosen.features:
        return
    for scope in (POPULATION, person.person_id):
        statistics = Statistics.from_bytes(await unit.learning.read(scope))
        changed = (
            statistics.plus(chosen.features, value) if sign > 0 else statistics.minus(chosen.features, value)
        )
        await unit.learning.write(scope, changed.to_bytes())


async def expire_rewards(world: World, *, limit: int = 200) -> int:
    """Wait time over: silence is an outcome, so the default reward applies. Returns how many were given."""
    async with world.store.read() as unit:
        waiting = await unit.decisions.unrewarded(world.clock.now() - world.rules.reward_wait, limit)
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
