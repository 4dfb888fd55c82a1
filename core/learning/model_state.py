"""What rewards have taught, as it is stored: exact sums for each person, and what all of them add up to.

A lesson changes both in one transaction, and taking it back leaves the very bytes of a state that never had
it. What can't be read is never overwritten: the log of rewards holds it all, and ``core/learning/refit.py``
makes it anew.
"""

from __future__ import annotations

import json
import logging
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from core.bandit.forgetting import HALF_LIFE, step_at, weight_of
from core.bandit.mixed import Posterior, Variances
from core.bandit.population import Population
from core.bandit.statistics import Statistics
from core.policies.features import DIMENSION, FEATURE_VERSION, PRIOR, mask_wording
from core.store import Unit

log = logging.getLogger(__name__)

POPULATION = "population"
"""The scope of what everybody's rewards taught, beside each person's own."""

DAY_ZERO = datetime(2026, 1, 1, tzinfo=UTC)

AT_FIRST = Variances(common=0.05)
"""Before the data say otherwise: the prior weights of ``core/policies/features.py`` are off by 0.2 or so."""

_VERSION = f"{FEATURE_VERSION} mixed {zlib.crc32(repr(PRIOR).encode()):08x}".encode()
"""Under which it is stored: after a change of the features or of their prior weights oO learns anew."""

_CHECK = 4  # bytes of a checksum

UNREADABLE = b""
"""In the place of sums that make no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """That ``features`` (d,), on the grid of ``core/bandit/grid.py``, earned ``reward`` at ``at``.

    ``space`` is the one that the wording's numbers are of; empty for those of none.
    """

    features: tuple[float, ...]
    reward: float
    at: datetime
    space: str = ""


def step_on(at: datetime) -> int:
    """How far forgetting has come at ``at``."""
    return step_at((at - DAY_ZERO) / timedelta(days=1), HALF_LIFE)


# --- As bytes ----------------------------------------------------------------------------------------------


def serialize(learned: Statistics | Population, space: str = "") -> bytes:
    """What to store, with the version of the features that it is about and a checksum; for everybody's also
    the ``space`` that wordings were heard in.
    """
    name = f" {json.dumps(space)}".encode() if space else b""
    data = learned.to_bytes()
    return _VERSION + name + b"\n" + _checksum(name + data) + data


def deserialize(stored: bytes | None) -> Statistics:
    """One person's, from what ``serialize`` made; None is nothing learned yet.

    Raises ValueError for statistics of other features, and for damaged ones.
    """
    if stored is None:
        return Statistics.empty(DIMENSION)
    return Statistics.from_bytes(_opened(stored).data, DIMENSION)


def deserialize_population(stored: bytes | None, at: datetime) -> Population:
    """Everybody's, likewise; what begins now begins at ``at``."""
    prior = np.array(PRIOR)
    if stored is None:
        return Population.empty(prior, AT_FIRST, step_on(at))
    return Population.from_bytes(_opened(stored).data, prior)


async def embedding_space_of(unit: Unit, stored: bytes | None) -> str:
    """The space that wordings are heard in where this is what everybody taught: each tap reads that anyway.

    Raises ValueError like ``deserialize``.
    """
    name = _opened(stored).name if stored is not None else b""
    return str(json.loads(name)) if name else (await unit.embeddings.space()).name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    name: bytes
    data: bytes


def _opened(stored: bytes) -> _Opened:
    header, _, rest = stored.partition(b"\n")
    if not header.startswith(_VERSION):
        raise ValueError(f"what was learned is not of feature version {FEATURE_VERSION} and its prior")
    name, check, data = header.removeprefix(_VERSION), rest[:_CHECK], rest[_CHECK:]
    if _checksum(name + data) != check:
        raise ValueError("what was learned is damaged")
    return _Opened(name=name, data=data)


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECK, "little")


# --- Use ---------------------------------------------------------------------------------------------------


async def posterior_now(unit: Unit, person_id: str, now: datetime) -> Posterior | None:
    """What to expect of this person's tips. Somebody whose own statistics can't be read is taken for new;
    None when everybody's can't.
    """
    stored = await unit.learning.read(POPULATION, person_id)
    try:
        population = deserialize_population(stored.get(POPULATION), now)
    except ValueError as fault:
        log.warning("choosing without what was learned: %s", fault)
        return None
    try:
        return population.posterior(population.part(deserialize(stored.get(person_id))))
    except (ValueError, np.linalg.LinAlgError) as fault:
        log.warning("choosing without what one person taught: %s", fault)
    try:
        return population.posterior(None)
    except np.linalg.LinAlgError as fault:
        log.warning("choosing without what was learned: %s", fault)
        return None


# --- Change ------------------------------------------------------------------------------------------------


async def learn(unit: Unit, person_id: str, lesson: Observation) -> None:
    """Learn a lesson about a person."""
    await replace_observation(unit, person_id, None, lesson)


async def unlearn(unit: Unit, person_id: str, lesson: Observation) -> None:
    """Take back a lesson that was learned, exactly. If none was, the log is asked what was."""
    await replace_observation(unit, person_id, lesson, None)


async def replace_observation(
    unit: Unit, person_id: str, old: Observation | None, new: Observation | None
) -> None:
    """Take back one lesson and learn another, as if one after the other; None is no lesson."""
    lesson = new or old
    if lesson is None:
        return
    stored = await unit.learning.read(POPULATION, person_id)
    together = stored.get(POPULATION)
    try:
        space = await embedding_space_of(unit, together)
        population = deserialize_population(together, lesson.at)
        before = after = deserialize(stored.get(person_id))
        if old:
            after = changed(after, in_embedding_space(space, old), sign=-1)
        if new:
            after = changed(after, in_embedding_space(space, new))
        population = population.changed(before, after)
    except (ValueError, np.linalg.LinAlgError) as fault:
        log.warning("a lesson waits until what was learned is made anew from the log: %s", fault)
        await _want_anew(unit, person_id, together, lesson.at)
    else:
        await unit.learning.write({POPULATION: serialize(population, space), person_id: serialize(after)})


async def _want_anew(unit: Unit, person_id: str, stored: bytes | None, at: datetime) -> None:
    """Let the next run of the job learn anew from the log: a person whose sums make no sense has none
    that can be read from now on.
    """
    wanting = {person_id: UNREADABLE}
    with suppress(ValueError):  # an unreadable population the job notices by itself
        space = await embedding_space_of(unit, stored)
        wanting[POPULATION] = serialize(deserialize_population(stored, at).wanting_refresh(), space)
    await unit.learning.write(wanting)


def in_embedding_space(space: str, lesson: Observation) -> Observation:
    """The lesson as it counts in ``space``: one of another says nothing of the wording."""
    return lesson if lesson.space == space else replace(lesson, features=mask_wording(lesson.features))


def changed(before: Statistics, lesson: Observation, *, sign: int = 1) -> Statistics:
    """A person's statistics with a lesson more, or for ``sign`` -1 with one less."""
    weight = weight_of(step_on(lesson.at))
    change = before.plus if sign > 0 else before.minus
    return change(lesson.features, lesson.reward, weight)


async def leave(unit: Unit, person_id: str, now: datetime) -> None:
    """A person goes, and takes along what they added to what everybody taught."""
    stored = await unit.learning.read(POPULATION, person_id)
    together = stored.get(POPULATION)
    try:
        space = await embedding_space_of(unit, together)
        population = deserialize_population(together, now)
        alone = population.changed(deserialize(stored.get(person_id)), Statistics.empty(DIMENSION))
    except (ValueError, np.linalg.LinAlgError) as fault:
        log.warning("somebody's part stays until what was learned is made anew from the log: %s", fault)
        await _want_anew(unit, person_id, together, now)
    else:
        if together is not None:
            await unit.learning.write({POPULATION: serialize(alone, space)})
