"""Refits of the whole model: from the stored statistics, or from the log of rewards.

A refit from statistics is due after a number of rewards and as time passes: it updates the variances and
discounts old rewards. A rebuild from the log is needed when the features change (``FEATURE_VERSION``), when
the embedding space changes (``core/deciding/embed_texts.py``) and when stored data is damaged. The log holds
every context and candidate, so nothing is lost.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from core.bandit.empirical_bayes import MAX_PEOPLE
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

CHECKED_AT_START = 2000
"""People whose statistics are checked before the first update is answered. All others' are checked when they
are used, and at each refit.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _PersonObservation:
    person_id: str
    observation: Observation


ObservationCache = dict[Reward, Observation | None]
"""Observations by reward, read before the transaction that needs them: reading decisions is slow. None: the
reward gives no observation.
"""


async def refresh_if_due(deps: Dependencies, *, check_people: bool = False) -> bool:
    """Refit the model if it is due, or rebuild it if it is unreadable. Returns whether either happened.

    ``check_people``: also check the statistics of some people (``CHECKED_AT_START``). A refit is one
    transaction of about 0.2 ms per person, page by page; a rebuild takes 20 µs per reward within it, since
    decisions are read before.
    """
    now = deps.clock.now()
    async with deps.store.read() as unit:
        readable = await _load_population(unit, now, checked=CHECKED_AT_START if check_people else 0)
        if readable and not readable.is_refit_due(forgetting_step(now)):
            return False
        readable = readable and await _load_population(unit, now, checked=None)
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


async def _load_population(unit: Unit, now: datetime, *, checked: int | None) -> Population | None:
    """The population; None if it, or any statistics of the first ``checked`` people (None: of all people),
    cannot be used.
    """
    stored = await unit.learning.read(POPULATION)
    try:
        population = deserialize_population(stored.get(POPULATION), now)
        population.posterior(None)
        await _check(unit, checked)
    except (ValueError, np.linalg.LinAlgError) as fault:
        log.warning("rebuilding the model from the log: %s", fault)
        return None
    return population


async def _check(unit: Unit, most: int | None) -> None:
    """Read the statistics of the first ``most`` people (None: of all). Raises ``ValueError`` as
    ``deserialize``.
    """
    seen = 0
    async for ids in _pages(unit):
        if most is not None and seen >= most:
            return
        await _statistics(unit, ids)
        seen += len(ids)


async def _refresh(unit: Unit, now: datetime, cache: ObservationCache) -> None:
    population_bytes = (await unit.learning.read(POPULATION)).get(POPULATION)
    try:
        space = await embedding_space_of(unit, population_bytes)
        before = deserialize_population(population_bytes, now)
        await _store_population(unit, before, space, now)
    except ValueError:
        await rebuild_from_log(unit, now, cache)


async def rebuild_from_log(unit: Unit, now: datetime, cache: ObservationCache) -> None:
    """Replace the stored model by one from the log. ``cache`` saves reading decisions in this transaction."""
    space = (await unit.embeddings.space()).name
    people = await _from_log(unit, space, cache)
    await unit.learning.clear()
    await unit.learning.write({person_id: serialize(one) for person_id, one in people.items()})
    await _store_population(unit, deserialize_population(None, now), space, now)
    log.info("model rebuilt from the log, features %s", FEATURE_VERSION)


async def _pages(unit: Unit) -> AsyncIterator[tuple[str, ...]]:
    """The ids of all people with statistics, in order."""
    after = ""
    while page := await unit.learning.people(after, PAGE_SIZE):
        yield page
        after = page[-1]


async def _statistics(unit: Unit, ids: Sequence[str]) -> list[Statistics]:
    """Those of these people, read from their bytes aside: a page of them takes longer than a tap may wait.
    Raises ``ValueError`` as ``deserialize``.
    """
    stored = await unit.learning.read(*ids)
    return await asyncio.to_thread(lambda: [deserialize(stored[one]) for one in ids])


async def _store_population(unit: Unit, before: Population, space: str, now: datetime) -> None:
    """Store the population refitted to everybody who shares with it. The statistics of one page of people are
    in memory at a time. Raises ``ValueError`` as ``deserialize``.
    """
    sharing = [await unit.people.allowing(Purpose.POPULATION, ids) async for ids in _pages(unit)]
    population = await _with_variances(unit, before, sharing, forgetting_step(now))
    for page in sharing:
        people = await _statistics(unit, sorted(page))
        population = await asyncio.to_thread(population.joined, people)
    population = population.with_next_refit()
    await unit.learning.write({POPULATION: serialize(population, space)})
    log.info("model refitted to %d rewards: %s", population.count, population.variances)


async def _with_variances(
    unit: Unit, before: Population, sharing: Sequence[frozenset[str]], step: int
) -> Population:
    """An empty population with variances fitted to ``MAX_PEOPLE`` of those who share with it."""
    everybody = [one for page in sharing for one in sorted(page)]
    sample = await _statistics(unit, everybody[:: math.ceil(len(everybody) / MAX_PEOPLE) or 1])
    return await asyncio.to_thread(before.refit_variances, sample, step)


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
