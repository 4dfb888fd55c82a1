"""What a person says of a belief: right, wrong, forget it; and taken back.

- *Right* is remembered and teaches nothing: the rewards behind the belief have taught it already, and would
  count twice.
- *Wrong* teaches that the mean tip behind the belief earns no more and no less than the person's other tips,
  half as often as there is evidence, ``MOST_LESSONS`` times at most. The evidence itself stays.
- *Forget* takes what the rewards behind the belief taught out of the model. They stay in the log as what
  happened, marked as not learned, and are no evidence until something new becomes of their tips: a tap on one
  brings a new reward, which teaches and counts like any other.

Each can be taken back, and leaves the very bytes of a model that never heard of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.bandit.grid import on_grid
from core.dependencies import Dependencies
from core.events import record_event
from core.learning.beliefs import Belief, Evidence, concluded, evidence_of, features_today
from core.learning.model_state import Observation, learn, unlearn
from core.learning.update import observation_of
from core.model import Correction, CorrectionState, Person, Reward
from core.policies.features import FEATURE_VERSION, mask_wording
from core.store import Unit

MOST_LESSONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A belief that a person speaks of, and the tips that count: behind it, and all others."""

    belief: Belief
    behind: tuple[Evidence, ...]
    others: tuple[Evidence, ...]


Say = Callable[[Unit, Person, Dependencies, Doubted], Awaitable[Correction]]


async def confirm(person: Person, deps: Dependencies, code: str) -> Correction | None:
    """The belief is right. None, here and below, if it is not held any more."""
    return await _say(person, deps, code, _right)


async def contradict(person: Person, deps: Dependencies, code: str) -> Correction | None:
    """The belief is wrong."""
    return await _say(person, deps, code, _wrong)


async def disregard(person: Person, deps: Dependencies, code: str) -> Correction | None:
    """The rewards behind the belief are not to be learned from."""
    return await _say(person, deps, code, _forget)


async def take_back(person: Person, deps: Dependencies, correction_id: str) -> Correction | None:
    """As if it had never been said. None if it was taken back before."""
    async with deps.store.begin() as unit:
        said = await unit.corrections.get(correction_id)
        if said.person_id != person.person_id or said.state is CorrectionState.WITHDRAWN:
            return None
        await _withdraw(unit, said, deps)
    return said


# --- Saying ------------------------------------------------------------------------------------------------


async def _say(person: Person, deps: Dependencies, code: str, say: Say) -> Correction | None:
    """Let the latest word on a belief stand in the place of an earlier one."""
    async with deps.store.begin() as unit:
        person = await unit.people.get(person.person_id)
        evidence = await evidence_of(unit, person, deps.clock.now())
        belief = concluded(evidence, await unit.corrections.of(person.person_id)).named(code)
        if belief is None:
            return None
        if belief.correction:
            await _withdraw(unit, belief.correction, deps)
        behind = tuple(tip for tip in evidence if tip.decision_id in belief.decisions)
        others = tuple(tip for tip in evidence if tip.decision_id not in belief.decisions)
        said = await say(unit, person, deps, Doubted(belief=belief, behind=behind, others=others))
        await unit.corrections.put(said)
        await _log(unit, said, deps)
    return said


def _correction(person: Person, deps: Dependencies, doubted: Doubted, state: CorrectionState) -> Correction:
    return Correction(
        correction_id=deps.random.new_id(),
        person_id=person.person_id,
        belief=doubted.belief.code,
        state=state,
        decisions=doubted.belief.decisions,
        feature_version=FEATURE_VERSION,
        given_at=deps.clock.now(),
    )


async def _right(unit: Unit, person: Person, deps: Dependencies, doubted: Doubted) -> Correction:
    return _correction(person, deps, doubted, CorrectionState.RIGHT)


async def _wrong(unit: Unit, person: Person, deps: Dependencies, doubted: Doubted) -> Correction:
    count = min(MOST_LESSONS, len(doubted.behind) // 2) if person.preferences.learn else 0
    said = replace(
        _correction(person, deps, doubted, CorrectionState.WRONG),
        features=_mean([tip.features for tip in doubted.behind]),
        value=float(on_grid(np.mean([tip.value for tip in doubted.others]))),
        count=count,
    )
    for taught in await observations_of(unit, said):
        await learn(unit, person.person_id, taught)
    return said


async def _forget(unit: Unit, person: Person, deps: Dependencies, doubted: Doubted) -> Correction:
    for tip in doubted.behind:
        reward = await unit.reactions.reward(tip.decision_id)
        if reward:
            await _mark(unit, reward, learned=False)
    return _correction(person, deps, doubted, CorrectionState.FORGOTTEN)


# --- What it teaches ---------------------------------------------------------------------------------------


async def observations_of(unit: Unit, said: Correction) -> tuple[Observation, ...]:
    """What a correction teaches, by today's features even if it was given under others."""
    features = said.features
    if said.count and said.feature_version != FEATURE_VERSION:
        decisions = [await unit.decisions.get(decision_id) for decision_id in said.decisions]
        features = _mean([features_today(decision) for decision in decisions])
    return (Observation(features=features, reward=said.value, at=said.given_at),) * said.count


def _mean(rows: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The mean tip; nobody said anything of its wording."""
    return mask_wording(tuple(on_grid(np.mean(rows, axis=0)).tolist()))


async def _mark(unit: Unit, reward: Reward, *, learned: bool) -> None:
    """Learn from a reward after all, or no more."""
    taught = observation_of(await unit.decisions.get(reward.decision_id), reward)
    if taught is not None:
        await unit.reactions.put_reward(replace(reward, learned=learned))
        await (learn if learned else unlearn)(unit, reward.person_id, taught)


# --- Taking back -------------------------------------------------------------------------------------------


async def _withdraw(unit: Unit, said: Correction, deps: Dependencies) -> None:
    for taught in await observations_of(unit, said):
        await unlearn(unit, said.person_id, taught)
    if said.state is CorrectionState.FORGOTTEN:
        await _remember(unit, said)
    withdrawn = replace(said, state=CorrectionState.WITHDRAWN)
    await unit.corrections.put(withdrawn)
    await _log(unit, withdrawn, deps)


async def _remember(unit: Unit, said: Correction) -> None:
    """Learn again from the rewards that were forgotten, save those that have changed since."""
    for decision_id in said.decisions:
        reward = await unit.reactions.reward(decision_id)
        if reward and not reward.learned and reward.given_at <= said.given_at:
            await _mark(unit, reward, learned=True)


async def _log(unit: Unit, said: Correction, deps: Dependencies) -> None:
    """No belief in the event: its code may hold a topic, which is a personal word."""
    await record_event(
        unit,
        deps,
        "belief.corrected",
        said.person_id,
        correction_id=said.correction_id,
        state=said.state.value,
        lessons=said.count,
    )
