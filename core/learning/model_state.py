"""The stored model: exact sums for each person, and the population that sums all people's parts.

An observation updates both in one transaction; retracting it restores the exact bytes. Unreadable data is
never overwritten with a partial state: ``core/learning/refit.py`` rebuilds the model from the log of
rewards.
"""

from __future__ import annotations

import json
import logging
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from core.bandit.forgetting import HALF_LIFE_DAYS, step_at, weight_of
from core.bandit.mixed import Posterior, Variances
from core.bandit.population import Population
from core.bandit.statistics import Statistics
from core.errors import NotFound
from core.policies.features import DIMENSION, FEATURE_VERSION, PRIOR, mask_wording
from core.records import Purpose
from core.store import Unit

log = logging.getLogger(__name__)

POPULATION = "population"
"""The scope of the population; all other scopes are person ids."""

DAY_ZERO = datetime(2026, 1, 1, tzinfo=UTC)
"""The origin of ``forgetting``."""

INITIAL_VARIANCES = Variances(common=0.05)
"""Until fitted to data: prior weights of ``core/policies/features.py`` are off by about √0.05 = 0.2."""

_VERSION = f"{FEATURE_VERSION} mixed {zlib.crc32(repr(PRIOR).encode()):08x}".encode()
"""Header of stored data: after a change of the features or of their prior weights, the model is rebuilt."""

_CHECKSUM_BYTES = 4

UNREADABLE = b""
"""Stored in place of a person's inconsistent sums; it makes the next refresh rebuild the model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One training example: a feature vector and its reward."""

    features: tuple[float, ...]
    """(d,), on the grid of ``core/bandit/grid.py``."""
    reward: float
    """On the same grid."""
    at: datetime
    """Determines its weight (``core/bandit/forgetting.py``)."""
    space: str = ""
    """The embedding space of its wording features; empty if they are 0."""


def forgetting_step(at: datetime) -> int:
    """The step of ``core/bandit/forgetting.py`` at ``at``."""
    return step_at((at - DAY_ZERO) / timedelta(days=1), HALF_LIFE_DAYS)


# --- Serialization -----------------------------------------------------------------------------------------


def serialize(learned: Statistics | Population, space: str = "") -> bytes:
    """The bytes to store: version and checksum, then the data. For the population also ``space``, the
    embedding space of its wording features.
    """
    name = f" {json.dumps(space)}".encode() if space else b""
    data = learned.to_bytes()
    return _VERSION + name + b"\n" + _checksum(name + data) + data


def deserialize(stored: bytes | None) -> Statistics:
    """One person's statistics from the bytes of ``serialize``; None: no observations.

    Raises ValueError for another feature version or prior, and for damaged bytes.
    """
    if stored is None:
        return Statistics.empty(DIMENSION)
    return Statistics.from_bytes(_unpack(stored).data, DIMENSION)


def deserialize_population(stored: bytes | None, at: datetime) -> Population:
    """The population from the bytes of ``serialize``; None: an empty one that starts at ``at``. Raises
    ValueError as ``deserialize`` does.
    """
    prior = np.array(PRIOR)
    if stored is None:
        return Population.empty(prior, INITIAL_VARIANCES, forgetting_step(at))
    return Population.from_bytes(_unpack(stored).data, prior)


async def embedding_space_of(unit: Unit, stored: bytes | None) -> str:
    """The embedding space of the model with the population ``stored``; without one, the space in use.

    The population carries the name because every tap reads it anyway. Raises ValueError as ``deserialize``
    does.
    """
    space = _unpack(stored).space if stored is not None else b""
    return str(json.loads(space)) if space else (await unit.embeddings.space()).name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payload:
    space: bytes
    """JSON of the embedding space's name, after a blank; empty if there is none."""
    data: bytes


def _unpack(stored: bytes) -> _Payload:
    header, _, rest = stored.partition(b"\n")
    if not header.startswith(_VERSION):
        raise ValueError(f"what was learned is not of feature version {FEATURE_VERSION} and its prior")
    space, check, data = header.removeprefix(_VERSION), rest[:_CHECKSUM_BYTES], rest[_CHECKSUM_BYTES:]
    if _checksum(space + data) != check:
        raise ValueError("what was learned is damaged")
    return _Payload(space=space, data=data)


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "little")


# --- Prediction --------------------------------------------------------------------------------------------


async def posterior_now(unit: Unit, person_id: str, now: datetime) -> Posterior | None:
    """The person's posterior. A person with unreadable statistics, or who does not allow learning, is treated
    as new; None if the population is unreadable.
    """
    stored = await unit.learning.read(POPULATION, person_id)
    if not await allows(unit, person_id, Purpose.LEARNING):
        stored = {scope: learned for scope, learned in stored.items() if scope == POPULATION}
    try:
        population = deserialize_population(stored.get(POPULATION), now)
    except ValueError as fault:
        log.warning("choosing without what was learned: %s", fault)
        return None
    try:
        own = population.part(deserialize(stored.get(person_id)))
        if own and not await allows(unit, person_id, Purpose.POPULATION):  # as if it were one of the parts
            population = population.with_part_replaced(None, own, 0)
        return population.posterior(own)
    except (ValueError, np.linalg.LinAlgError) as fault:
        log.warning("choosing without one person's statistics: %s", fault)
    try:
        return population.posterior(None)
    except np.linalg.LinAlgError as fault:
        log.warning("choosing without what was learned: %s", fault)
        return None


async def allows(unit: Unit, person_id: str, purpose: Purpose) -> bool:
    """Whether the person, as stored now, allows the purpose; a person who is gone allows nothing."""
    try:
        return (await unit.people.get(person_id)).allows(purpose)
    except NotFound:
        return False


# --- Updates -----------------------------------------------------------------------------------------------


async def apply_observation(unit: Unit, person_id: str, observation: Observation) -> None:
    """Add an observation of a person to the model."""
    await replace_observation(unit, person_id, None, observation)


async def retract_observation(unit: Unit, person_id: str, observation: Observation) -> None:
    """Remove an observation exactly. If the person has none, the model is rebuilt from the log."""
    await replace_observation(unit, person_id, observation, None)


async def replace_observation(
    unit: Unit, person_id: str, old: Observation | None, new: Observation | None
) -> None:
    """Retract ``old`` and apply ``new``, either of which may be None. The population follows if the person
    shares with it.

    If the stored model is unreadable or inconsistent, the update is skipped and a rebuild from the log
    requested.
    """
    observation = new or old
    if observation is None:
        return
    stored = await unit.learning.read(POPULATION, person_id)
    population_bytes = stored.get(POPULATION)
    try:
        space = await embedding_space_of(unit, population_bytes)
        population = deserialize_population(population_bytes, observation.at)
        before = after = deserialize(stored.get(person_id))
        if old:
            after = with_observation(after, in_embedding_space(space, old), sign=-1)
        if new:
            after = with_observation(after, in_embedding_space(space, new))
        if await allows(unit, person_id, Purpose.POPULATION):
            population = population.with_statistics_replaced(before, after)
    except (ValueError, np.linalg.LinAlgError) as fault:
        log.warning("an observation waits until the model is rebuilt from the log: %s", fault)
        await request_rebuild(unit, person_id, population_bytes, observation.at)
    else:
        await unit.learning.write({POPULATION: serialize(population, space), person_id: serialize(after)})


async def request_rebuild(unit: Unit, person_id: str, stored: bytes | None, at: datetime) -> None:
    """Make the next run of the learn job rebuild the model: mark the person's sums as unreadable and the
    refit as due.
    """
    marked = {person_id: UNREADABLE}
    with suppress(ValueError):  # the job detects an unreadable population by itself
        space = await embedding_space_of(unit, stored)
        marked[POPULATION] = serialize(deserialize_population(stored, at).marked_for_refit(), space)
    await unit.learning.write(marked)


def in_embedding_space(space: str, observation: Observation) -> Observation:
    """The observation as used in ``space``: the wording features of another space are masked."""
    if observation.space == space:
        return observation
    return replace(observation, features=mask_wording(observation.features))


def with_observation(before: Statistics, observation: Observation, *, sign: int = 1) -> Statistics:
    """A person's statistics with ``observation`` added (``sign`` 1) or retracted (-1). Raises ValueError if
    there is nothing to retract.
    """
    weight = weight_of(forgetting_step(observation.at))
    change = before.plus if sign > 0 else before.minus
    return change(observation.features, observation.reward, weight)


async def remove_contribution(unit: Unit, person_id: str, now: datetime) -> None:
    """Remove the part of a person from the population, as they leave or share no longer. Their own sums stay.

    Variances that were fitted with the part are fitted again by the next run of the learn job.
    """
    await _exchange_part(unit, person_id, now, is_joining=False)


async def add_contribution(unit: Unit, person_id: str, now: datetime) -> None:
    """Add the part of a person to the population: they share from now on."""
    await _exchange_part(unit, person_id, now, is_joining=True)


async def _exchange_part(unit: Unit, person_id: str, now: datetime, *, is_joining: bool) -> None:
    stored = await unit.learning.read(POPULATION, person_id)
    population_bytes = stored.get(POPULATION)
    try:
        space = await embedding_space_of(unit, population_bytes)
        population = deserialize_population(population_bytes, now)
        own, nothing = deserialize(stored.get(person_id)), Statistics.empty(DIMENSION)
        before, after = (nothing, own) if is_joining else (own, nothing)
        population = population.with_statistics_replaced(before, after)
    except (ValueError, np.linalg.LinAlgError) as fault:
        log.warning("a person's part stays until the model is rebuilt from the log: %s", fault)
        await request_rebuild(unit, person_id, population_bytes, now)
    else:
        if population_bytes is not None:
            await unit.learning.write({POPULATION: serialize(refitted_soon(population, now), space)})


def refitted_soon(population: Population, now: datetime) -> Population:
    """The population, with a refit due if its variances were fitted; a fresh one if nobody is left in it."""
    if not population.count:
        return deserialize_population(None, now)
    has_fitted = population.variances != INITIAL_VARIANCES
    return population.marked_for_refit() if has_fitted else population
