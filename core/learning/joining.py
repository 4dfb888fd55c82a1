"""What was learned about two people who become one: the sum of both, exactly (ADR 0005).

Tests: tests/core/people/test_merging.py.
"""

from __future__ import annotations

import logging
from datetime import datetime

import numpy as np

from core.bandit.statistics import Statistics
from core.learning.model_state import (
    POPULATION,
    allows,
    deserialize,
    deserialize_population,
    embedding_space_of,
    refitted_soon,
    request_rebuild,
    serialize,
)
from core.policies.features import DIMENSION
from core.records import Purpose
from core.store import Unit

log = logging.getLogger(__name__)


async def join_learned(unit: Unit, gone: str, kept: str, now: datetime, *, shares: bool) -> None:
    """Give ``kept`` what was learned about both: each observation counts once. Those of ``gone`` stay until
    that person is deleted. ``shares``: whether it is part of the population from now on.

    If any of it is unreadable, the model is rebuilt from the log, which must have been joined by then.
    """
    stored = await unit.learning.read(POPULATION, gone, kept)
    population_bytes = stored.get(POPULATION)
    try:
        space = await embedding_space_of(unit, population_bytes)
        population = deserialize_population(population_bytes, now)
        nothing, learned = Statistics.empty(DIMENSION), Statistics.empty(DIMENSION)
        for person_id in (gone, kept):
            own = deserialize(stored.get(person_id))
            learned = learned.joined_with(own)
            if await allows(unit, person_id, Purpose.POPULATION):
                population = population.with_statistics_replaced(own, nothing)
        after = population.with_statistics_replaced(nothing, learned) if shares else population
    except (ValueError, np.linalg.LinAlgError) as fault:
        log.warning("what was learned is joined when the model is rebuilt from the log: %s", fault)
        await request_rebuild(unit, kept, population_bytes, now)
        return
    if gone in stored or kept in stored:
        await unit.learning.write({kept: serialize(learned)})
    if population_bytes is not None:
        await unit.learning.write({POPULATION: serialize(refitted_soon(after, now), space)})
