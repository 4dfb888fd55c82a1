"""Refits of the whole model: from the stored statistics, or from the log of rewards.

A refit from statistics is due after a number of rewards and as time passes: it updates the variances and
discounts old rewards. A rebuild from the log is needed when the features change (``FEATURE_VERSION``), when
the embedding space changes (``core/deciding/embed_texts.py``) and when stored data is damaged. The log holds
every context and candidate, so nothing is lost.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from core.bandit.population import Population
from core.bandit.statistics import Statistics
from core.dependencies import Dependencies
from core.learning.corrections import observations_of
from core.learning.model_state import (
    POPULATION,
    Observation,
    deserialize,
    deserialize_population,
    embedding_space_of,
    forgetting_step,
    in_embedding_space,
    serialize,
    with_observation,
)
from core.learning.update import observation_of
from core.policies.features import DIMENSION, FEATURE_VERSION
from core.records import Purpose, Reward
from core.store import Unit

log = logging.getLogger(__name__)

PAGE_SIZE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _PersonObservation:
    person_id: str
    observation: Observation


ObservationCache = dict[Reward, Observation | None]
"""Observations by reward, read before the transaction that needs them: reading decisions is slow. None: the
reward gives no observation.
"""


async def refresh_if_due(deps: Dependencies, *, check_everyone: bool = False) -> bool:
    """Refit the model if it is due, or rebuild it if it is unreadable. Returns whether either happened.

    ``check_everyone``: also check every person's statistics if no refit is due. A refit is one transaction of
    about 0.2 ms per person; a rebuild takes 20 µs per reward within it, since decisions are read before.
    """
    now = deps.clock.now()
    async with deps.store.read() as unit:
        readable = await _load_population(unit, now, check_everyone=check_everyone)
        if readable and not readable.is_refit_due(forgetting_step(now)):
            return False
        if readable and not check_everyone:
            readable = await _load_population(unit, now, check_everyone=True)
    cache = {} if readable else await cache_observations(deps)
    async with deps.store.begin() as unit:
        await _refresh(unit, now, cache)
    return True


async def cache_observations(deps: Dependencies) -> ObservationCache:
    """The observations of all rewards so far; call it before the transaction that rebuilds the model."""
    cache: ObservationCache = {}
    async with deps.store.read() as unit:
        async for _ in _observations(unit, cache):
            pass
    return cache


async def _load_population(unit: Unit, now: datetime, *, check_everyone: bool) -> Population | None:
    """The population; None if it, or ``check_everyone`` any person's statistics, cannot be used."""
    stored = dict(await (unit.learning.everything() if check_everyone else unit.learning.read(POPULATION)))
    try:
        population = deserialize_population(stored.pop(POPULATION, None), now)
        population.posterior(None)
        for one in stored.values():
            deserialize(one)
    except (ValueError, np.linalg.LinAlgError) as fault:
        log.warning("rebuilding the model from the log: %s", fault)
        return None
    return population


async def _refresh(unit: Unit, now: datetime, cache: ObservationCache) -> None:
    stored = dict(await unit.learning.everything())
    population_bytes = stored.pop(POPULATION, None)
    try:
        space = await embedding_space_of(unit, population_bytes)
        before = deserialize_population(population_bytes, now)
        people = {person_id: deserialize(one) for person_id, one in stored.items()}
    except ValueError:
        await rebuild_from_log(unit, now, cache)
    else:
        await _store_population(unit, before, await _sharing(unit, people), space, now)


async def rebuild_from_log(unit: Unit, now: datetime, cache: ObservationCache) -> None:
    """Replace the stored model by one from the log. ``cache`` saves reading decisions in this transaction."""
    space = (await unit.embeddings.space()).name
    people = await _from_log(unit, space, cache)
    await unit.learning.clear()
    await unit.learning.write({person_id: serialize(one) for person_id, one in people.items()})
    sharing = await _sharing(unit, people)
    await _store_population(unit, deserialize_population(None, now), sharing, space, now)
    log.info("model rebuilt from the log, features %s", FEATURE_VERSION)


async def _sharing(unit: Unit, people: Mapping[str, Statistics]) -> dict[str, Statistics]:
    """Those of ``people`` who share with the population."""
    sharing = await unit.people.allowing(Purpose.POPULATION)
    return {person_id: one for person_id, one in people.items() if person_id in sharing}


async def _store_population(
    unit: Unit, before: Population, people: Mapping[str, Statistics], space: str, now: datetime
) -> None:
    population = await asyncio.to_thread(_refit, before, people, forgetting_step(now))
    await unit.learning.write({POPULATION: serialize(population, space)})
    log.info("model refitted to %d rewards: %s", population.count, population.variances)


def _refit(before: Population, people: Mapping[str, Statistics], step: int) -> Population:
    everybody = [people[person_id] for person_id in sorted(people)]
    return before.refit_variances(everybody, step).joined(everybody)


async def _from_log(unit: Unit, space: str, cache: ObservationCache) -> dict[str, Statistics]:
    """Statistics from all learned rewards and active corrections, by person."""
    learned: defaultdict[str, Statistics] = defaultdict(lambda: Statistics.empty(DIMENSION))
    async for one in _observations(unit, cache):
        masked = in_embedding_space(space, one.observation)
        learned[one.person_id] = with_observation(learned[one.person_id], masked)
    return learned


async def _observations(unit: Unit, cache: ObservationCache) -> AsyncIterator[_PersonObservation]:
    """The observations of all learned rewards, then those of corrections. Adds to ``cache``."""
    after = ""
    while page := await unit.reactions.rewards(after, PAGE_SIZE):
        for reward in page:
            if reward not in cache:
                cache[reward] = await _observation(unit, reward)
            if one := cache[reward]:
                yield _PersonObservation(person_id=reward.person_id, observation=one)
        after = page[-1].decision_id
    for correction in await unit.corrections.teaching():
        for one in await observations_of(unit, correction):
            yield _PersonObservation(person_id=correction.person_id, observation=one)


async def _observation(unit: Unit, reward: Reward) -> Observation | None:
    """The observation of a reward; None, with a warning, if its row of the log is unreadable."""
    if not reward.learned:
        return None
    try:
        return observation_of(await unit.decisions.get(reward.decision_id), reward)
    except (ValueError, LookupError) as fault:
        log.warning("decision %s is unreadable and not learned: %s", reward.decision_id, type(fault).__name__)
        return None
