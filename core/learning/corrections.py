"""A person's corrections of beliefs: right, wrong, forget; each can be undone.

- *Right* is stored and does not update the model: the rewards behind the belief are learned already.
- *Wrong* adds pseudo-observations: the mean tip of the group earned the mean reward of the person's other
  tips. There are half as many as tips in the group, at most ``MAX_PSEUDO_OBSERVATIONS``. The evidence stays.
- *Forget* retracts the rewards of the group from the model. They stay in the log, marked as not learned, and
  are no evidence. A new tap on one of these tips brings a new reward, which is learned as usual.

Undoing a correction restores the exact bytes of the model without it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.bandit.grid import on_grid
from core.dependencies import Dependencies
from core.events import record_event
from core.learning.beliefs import Belief, Evidence, current_features, evidence_of, infer_beliefs
from core.learning.model_state import Observation, apply_observation, retract_observation
from core.learning.update import observation_of, record_reward
from core.policies.features import FEATURE_VERSION, mask_wording
from core.records import Correction, CorrectionState, Person, Purpose, Reward
from core.store import Unit

MAX_PSEUDO_OBSERVATIONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """The belief that is corrected, with the evidence."""

    belief: Belief
    group: tuple[Evidence, ...]
    """The tips of its group."""
    others: tuple[Evidence, ...]
    """All other tips."""


_Handler = Callable[[Unit, Person, Dependencies, _Subject], Awaitable[Correction]]


async def mark_right(person: Person, deps: Dependencies, code: str) -> Correction | None:
    """Record that the belief is right. Here and below: None if the belief is no longer held."""
    return await _record_correction(person, deps, code, CorrectionState.RIGHT, _right)


async def mark_wrong(person: Person, deps: Dependencies, code: str) -> Correction | None:
    """Record that the belief is wrong, and add the pseudo-observations."""
    return await _record_correction(person, deps, code, CorrectionState.WRONG, _wrong)


async def forget_belief(person: Person, deps: Dependencies, code: str) -> Correction | None:
    """Record that the belief is to be forgotten, and retract the rewards behind it."""
    return await _record_correction(person, deps, code, CorrectionState.FORGOTTEN, _forget)


async def undo_correction(person: Person, deps: Dependencies, correction_id: str) -> Correction | None:
    """Undo a correction; one that was undone before stays so. None if it is not this person's, or another
    has taken its place.
    """
    async with deps.store.begin(person.person_id) as unit:
        correction = await unit.corrections.get(correction_id)
        if correction.person_id != person.person_id:
            return None
        if correction.state is CorrectionState.WITHDRAWN:
            standing = await unit.corrections.of(person.person_id)
            return None if any(one.belief == correction.belief for one in standing) else correction
        await _withdraw(unit, correction, deps)
    return correction


# --- Recording ---------------------------------------------------------------------------------------------


async def _record_correction(
    person: Person, deps: Dependencies, code: str, state: CorrectionState, handler: _Handler
) -> Correction | None:
    """Apply ``handler`` to the belief ``code`` in one transaction; undo an earlier correction of it first.
    The same one again changes nothing.
    """
    async with deps.store.begin(person.person_id) as unit:
        person = await unit.people.get(person.person_id)
        evidence = await evidence_of(unit, person, deps.clock.now())
        standing = await unit.corrections.of(person.person_id)
        belief = infer_beliefs(evidence, standing).named(code)
        same = next((one for one in standing if (one.belief, one.state) == (code, state)), None)
        if belief is None or (same and belief.correction == same):
            return same
        if belief.correction:
            await _withdraw(unit, belief.correction, deps)
        group = tuple(tip for tip in evidence if tip.decision_id in belief.decisions)
        others = tuple(tip for tip in evidence if tip.decision_id not in belief.decisions)
        correction = await handler(unit, person, deps, _Subject(belief=belief, group=group, others=others))
        await unit.corrections.put(correction)
        await _log(unit, correction, deps)
    return correction


def _correction(person: Person, deps: Dependencies, subject: _Subject, state: CorrectionState) -> Correction:
    return Correction(
        correction_id=deps.random.new_id(),
        person_id=person.person_id,
        belief=subject.belief.code,
        state=state,
        decisions=subject.belief.decisions,
        feature_version=FEATURE_VERSION,
        given_at=deps.clock.now(),
    )


async def _right(unit: Unit, person: Person, deps: Dependencies, subject: _Subject) -> Correction:
    return _correction(person, deps, subject, CorrectionState.RIGHT)


async def _wrong(unit: Unit, person: Person, deps: Dependencies, subject: _Subject) -> Correction:
    count = min(MAX_PSEUDO_OBSERVATIONS, len(subject.group) // 2) if person.allows(Purpose.LEARNING) else 0
    correction = replace(
        _correction(person, deps, subject, CorrectionState.WRONG),
        features=_mean([tip.features for tip in subject.group]),
        value=float(on_grid(np.mean([tip.value for tip in subject.others]))),
        count=count,
    )
    for observation in await observations_of(unit, correction):
        await apply_observation(unit, person.person_id, observation)
    return correction


async def _forget(unit: Unit, person: Person, deps: Dependencies, subject: _Subject) -> Correction:
    rewards = [await unit.reactions.reward(tip.decision_id) for tip in subject.group]
    for reward in filter(None, rewards):
        await _set_learned(unit, reward, deps, learned=False)
    return _correction(person, deps, subject, CorrectionState.FORGOTTEN)


# --- Observations ------------------------------------------------------------------------------------------


async def observations_of(unit: Unit, correction: Correction) -> tuple[Observation, ...]:
    """The pseudo-observations of a correction, by today's features even if an older version was stored."""
    features = correction.features
    if correction.count and correction.feature_version != FEATURE_VERSION:
        decisions = [await unit.decisions.get(decision_id) for decision_id in correction.decisions]
        features = _mean([current_features(decision) for decision in decisions])
    return (
        Observation(features=features, reward=correction.value, at=correction.given_at),
    ) * correction.count


def _mean(rows: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The mean feature vector (d,), without the wording: a correction says nothing about that."""
    return mask_wording(tuple(on_grid(np.mean(rows, axis=0)).tolist()))


async def _set_learned(unit: Unit, reward: Reward, deps: Dependencies, *, learned: bool) -> None:
    """Add a stored reward to the model, or retract it."""
    observation = observation_of(await unit.decisions.get(reward.decision_id), reward)
    if observation is not None:
        stored = replace(reward, learned=learned)
        await unit.reactions.put_reward(stored)
        await record_reward(unit, stored, deps)
        await (apply_observation if learned else retract_observation)(unit, reward.person_id, observation)


# --- Undo --------------------------------------------------------------------------------------------------


async def _withdraw(unit: Unit, correction: Correction, deps: Dependencies) -> None:
    for observation in await observations_of(unit, correction):
        await retract_observation(unit, correction.person_id, observation)
    if correction.state is CorrectionState.FORGOTTEN:
        await _restore_forgotten(unit, correction, deps)
    withdrawn = replace(correction, state=CorrectionState.WITHDRAWN)
    await unit.corrections.put(withdrawn)
    await _log(unit, withdrawn, deps)


async def _restore_forgotten(unit: Unit, correction: Correction, deps: Dependencies) -> None:
    """Add the forgotten rewards to the model again, except those that were replaced since."""
    for decision_id in correction.decisions:
        reward = await unit.reactions.reward(decision_id)
        if reward and not reward.learned and reward.given_at <= correction.given_at:
            await _set_learned(unit, reward, deps, learned=True)


async def _log(unit: Unit, correction: Correction, deps: Dependencies) -> None:
    """Append the event, without the belief's code: it may contain a topic, which is personal."""
    await record_event(
        unit,
        deps,
        "belief.corrected",
        correction.person_id,
        correction_id=correction.correction_id,
        state=correction.state.value,
        lessons=correction.count,
        value=correction.value,
        given_at=correction.given_at.isoformat(),
    )
