"""The model as a whole, made anew: from what everybody was found to have taught, or from the log of
rewards.

The first is due now and then, as rewards come in: better variances, and what is old counts less. The
second is needed when the features change (``FEATURE_VERSION``), when wordings are numbers of another
space (``core/deciding/embed_texts.py``), and when what was stored is damaged: the log holds every context and
candidate as they were, so nothing that people taught is lost.
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
    changed,
    deserialize,
    deserialize_population,
    embedding_space_of,
    in_embedding_space,
    serialize,
    step_on,
)
from core.learning.update import observation_of
from core.model import Reward
from core.policies.features import DIMENSION, FEATURE_VERSION
from core.store import Unit

log = logging.getLogger(__name__)

PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taught:
    """A lesson, and who taught it."""

    person_id: str
    lesson: Observation


Known = dict[Reward, Observation | None]
"""What rewards teach, looked up already: the rows of a decision take a while to read."""


async def refresh_if_due(deps: Dependencies, *, thoroughly: bool = False) -> bool:
    """Make the model anew if it is time to, or if what is stored can't be read; says whether it was so.

    ``thoroughly``: read what is stored of each person too, even if it is not time. One transaction, of about
    0.2 ms for each person who taught something; from the log, 20 µs for each reward, as what takes longer is
    read before.
    """
    now = deps.clock.now()
    async with deps.store.read() as unit:
        readable = await _readable(unit, now, thoroughly=thoroughly)
        if readable and not readable.is_due(step_on(now)):
            return False
        if readable and not thoroughly:
            readable = await _readable(unit, now, thoroughly=True)
    known = {} if readable else await known_by_now(deps)
    async with deps.store.begin() as unit:
        await _refresh(unit, now, known)
    return True


async def known_by_now(deps: Dependencies) -> Known:
    """What the rewards so far teach: to be read before the transaction that learns them anew."""
    known: Known = {}
    async with deps.store.read() as unit:
        async for _ in _lessons(unit, known):
            pass
    return known


async def _readable(unit: Unit, now: datetime, *, thoroughly: bool) -> Population | None:
    """What everybody taught; None if that, or a person's part in it, can't be read or makes no sense."""
    stored = dict(await (unit.learning.everything() if thoroughly else unit.learning.read(POPULATION)))
    try:
        population = deserialize_population(stored.pop(POPULATION, None), now)
        population.posterior(None)
        for one in stored.values():
            deserialize(one)
    except (ValueError, np.linalg.LinAlgError) as fault:
        log.warning("learning anew from the log: %s", fault)
        return None
    return population


async def _refresh(unit: Unit, now: datetime, known: Known) -> None:
    stored = dict(await unit.learning.everything())
    together = stored.pop(POPULATION, None)
    try:
        space = await embedding_space_of(unit, together)
        before = deserialize_population(together, now)
        people = {person_id: deserialize(one) for person_id, one in stored.items()}
    except ValueError:
        await relearn(unit, now, known)
    else:
        await _join(unit, before, people, space, now)


async def relearn(unit: Unit, now: datetime, known: Known) -> None:
    """Put what the log teaches in the place of what is stored."""
    space = (await unit.embeddings.space()).name
    people = await _from_log(unit, space, known)
    await unit.learning.clear()
    await unit.learning.write({person_id: serialize(one) for person_id, one in people.items()})
    await _join(unit, deserialize_population(None, now), people, space, now)
    log.info("learned anew from the log, features %s", FEATURE_VERSION)


async def _join(
    unit: Unit, before: Population, people: Mapping[str, Statistics], space: str, now: datetime
) -> None:
    population = await asyncio.to_thread(_anew, before, people, step_on(now))
    await unit.learning.write({POPULATION: serialize(population, space)})
    log.info("%d rewards make a model of %s", population.count, population.variances)


def _anew(before: Population, people: Mapping[str, Statistics], step: int) -> Population:
    everybody = [people[person_id] for person_id in sorted(people)]
    return before.refitted(everybody, step).joined(everybody)


async def _from_log(unit: Unit, space: str, known: Known) -> dict[str, Statistics]:
    """What all standing rewards and corrections teach, by person."""
    learned: defaultdict[str, Statistics] = defaultdict(lambda: Statistics.empty(DIMENSION))
    async for taught in _lessons(unit, known):
        heard = in_embedding_space(space, taught.lesson)
        learned[taught.person_id] = changed(learned[taught.person_id], heard)
    return learned


async def _lessons(unit: Unit, known: Known) -> AsyncIterator[_Taught]:
    """Of every reward that was learned, then of every correction."""
    after = ""
    while page := await unit.reactions.rewards(after, PAGE):
        for given in page:
            if given not in known:
                known[given] = await _lesson(unit, given)
            if one := known[given]:
                yield _Taught(person_id=given.person_id, lesson=one)
        after = page[-1].decision_id
    for said in await unit.corrections.teaching():
        for one in await observations_of(unit, said):
            yield _Taught(person_id=said.person_id, lesson=one)


async def _lesson(unit: Unit, given: Reward) -> Observation | None:
    """What a reward teaches; a row of the log that can't be read teaches nothing and stops nobody."""
    if not given.learned:
        return None
    try:
        return observation_of(await unit.decisions.get(given.decision_id), given)
    except (ValueError, LookupError) as fault:
        log.warning("decision %s teaches nothing any more: %s", given.decision_id, type(fault).__name__)
        return None
