"""The model as a whole, made anew: from what everybody was found to have taught, or from the log of
rewards.

The first is due now and then, as rewards come in: better variances, and what is old counts less. The
second is needed when the features change (``FEATURE_VERSION``), when wordings are numbers of another
space (``core/wording.py``), and when what was stored is damaged: the log holds every context and
candidate as they were, so nothing that people taught is lost.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.bandit.population import Population
from core.bandit.statistics import Statistics
from core.corrections import lessons_of
from core.features import DIMENSION, FEATURE_VERSION
from core.learn import lesson, space_of
from core.lessons import POPULATION, Lesson, changed, heard_in, kept, recalled, recalled_population, step_on
from core.store import Unit
from core.world import World

log = logging.getLogger(__name__)

PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taught:
    """A lesson, and who taught it."""

    person_id: str
    lesson: Lesson


async def refresh_if_due(world: World) -> bool:
    """Make the model anew if it is time to, or if what is stored can't be read; says whether it was so.

    One transaction: it takes about 0.2 ms for each person who taught something.
    """
    now = world.clock.now()
    async with world.store.read() as unit:
        stored = await unit.learning.read(POPULATION)
    try:
        if not recalled_population(stored.get(POPULATION), now).is_due(step_on(now)):
            return False
    except ValueError as fault:
        log.warning("learning anew from the log: %s", fault)
    async with world.store.begin() as unit:
        await _refresh(unit, world)
    return True


async def _refresh(unit: Unit, world: World) -> None:
    now = world.clock.now()
    stored = dict(await unit.learning.everything())
    try:
        before = recalled_population(stored.pop(POPULATION, None), now)
        people = {person_id: recalled(one) for person_id, one in stored.items()}
    except ValueError as fault:
        log.warning("learning anew from the log: %s", fault)
        await relearn(unit, now)
    else:
        await _join(unit, before, people, now)


async def relearn(unit: Unit, now: datetime) -> None:
    """Put what the log teaches in the place of what is stored."""
    people = await _from_log(unit)
    await unit.learning.clear()
    await unit.learning.write({person_id: kept(one) for person_id, one in people.items()})
    await _join(unit, recalled_population(None, now), people, now)


async def _join(unit: Unit, before: Population, people: Mapping[str, Statistics], now: datetime) -> None:
    population = await asyncio.to_thread(_anew, before, people, step_on(now))
    await unit.learning.write({POPULATION: kept(population)})
    log.info("learned anew, features %s, from %d rewards", FEATURE_VERSION, population.count)


def _anew(before: Population, people: Mapping[str, Statistics], step: int) -> Population:
    everybody = [people[person_id] for person_id in sorted(people)]
    return before.refitted(everybody, step).joined(everybody)


async def _from_log(unit: Unit) -> dict[str, Statistics]:
    """What all standing rewards and corrections teach, by person."""
    learned: defaultdict[str, Statistics] = defaultdict(lambda: Statistics.empty(DIMENSION))
    space = (await unit.embeddings.space()).name
    async for taught in _lessons(unit):
        heard = heard_in(space, taught.lesson)
        learned[taught.person_id] = changed(learned[taught.person_id], heard)
    return learned


async def _lessons(unit: Unit) -> AsyncIterator[_Taught]:
    """Of every reward that was learned, then of every correction."""
    after = ""
    while page := await unit.reactions.rewards(after, PAGE):
        for given in page:
            decision = await unit.decisions.get(given.decision_id)
            features = lesson(decision, given.source)
            if given.learned and features:
                taught = Lesson(
                    features=features, reward=given.value, at=given.given_at, space=space_of(decision)
                )
                yield _Taught(person_id=given.person_id, lesson=taught)
        after = page[-1].decision_id
    for said in await unit.corrections.teaching():
        for one in await lessons_of(unit, said):
            yield _Taught(person_id=said.person_id, lesson=one)
