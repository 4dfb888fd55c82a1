"""The model's statistics from events alone, compared with those in the database: whether what is trained
from the stream is what serves.

Events may come twice and in any order: each has an id and a place in the log. Sums are exact and do not
depend on the order (``core/bandit/statistics.py``).

Tests: tests/core/learning/test_from_events.py, tests/adapters/nats/test_consuming.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from core.bandit.statistics import Statistics
from core.learning.model_state import (
    POPULATION,
    Observation,
    deserialize,
    embedding_space_of,
    in_embedding_space,
    with_observation,
)
from core.policies.features import DIMENSION, FEATURE_VERSION, mask_aspect
from core.policies.rewards import updated_aspect
from core.records import Features, PublicEvent, Signal
from core.store import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Parity:
    """How the two compare."""

    people: int
    """With statistics in either."""
    rewards: int
    """That the events taught."""
    different: tuple[str, ...]
    """Ids of people whose statistics differ."""
    other_features: int
    """Rewards of decisions by another version of the features, which are not compared."""

    @property
    def is_equal(self) -> bool:
        """Whether the statistics of everybody are the same, bit for bit."""
        return not self.different

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "people": self.people,
            "rewards": self.rewards,
            "different": list(self.different),
            "other_features": self.other_features,
        }


@dataclass(slots=True)
class _Person:
    """What events say about one person, as of the latest of them."""

    rewards: dict[str, PublicEvent] = field(default_factory=dict)
    """By decision."""
    lessons: dict[str, PublicEvent] = field(default_factory=dict)
    """By correction."""


class LearnedFromEvents:
    """Collects events; the order in which they come makes no difference."""

    def __init__(self) -> None:
        self._events: dict[str, PublicEvent] = {}

    def add(self, event: PublicEvent) -> None:
        """Take an event, once."""
        self._events[event.event_id] = event

    async def compared(self, unit: Unit) -> Parity:
        """Compare with what is stored."""
        stored = dict(await unit.learning.everything())
        space = await embedding_space_of(unit, stored.pop(POPULATION, None))
        people, features = self._folded()
        rebuilt = {
            person_id: _statistics(_observations(person, features), space)
            for person_id, person in people.items()
        }
        everybody = sorted({*stored, *rebuilt})
        different = [one for one in everybody if not _same(stored.get(one), rebuilt.get(one))]
        given = [reward for person in people.values() for reward in person.rewards.values()]
        return Parity(
            people=len(everybody),
            rewards=sum(bool(one.data.get("learned")) for one in given),
            different=tuple(different),
            other_features=sum(_is_other(features.get(str(one.data["decision_id"]))) for one in given),
        )

    def _folded(self) -> tuple[dict[str, _Person], dict[str, Features]]:
        people: defaultdict[str, _Person] = defaultdict(_Person)
        features: dict[str, Features] = {}
        for event in sorted(self._events.values(), key=lambda one: one.position):
            if event.kind == "decision.made" and event.features:
                features[str(event.data["decision_id"])] = event.features
            elif event.person_id and event.kind in ("person.deleted", "learned.erased"):
                people.pop(event.person_id, None)
            elif event.person_id:
                _fold(people[event.person_id], event)
        return dict(people), features


def _same(stored: bytes | None, rebuilt: Statistics | None) -> bool:
    """Bit for bit; nothing learned is what empty statistics hold."""
    try:
        before = deserialize(stored)
    except ValueError:  # it waits to be rebuilt
        return False
    return before.to_bytes() == (rebuilt or Statistics.empty(DIMENSION)).to_bytes()


def _fold(person: _Person, event: PublicEvent) -> None:
    if event.kind == "reward.given":
        person.rewards[str(event.data["decision_id"])] = event
    elif event.kind == "reward.retracted":
        person.rewards.pop(str(event.data["decision_id"]), None)
    elif event.kind == "belief.corrected" and event.data["state"] == "wrong":
        person.lessons[str(event.data["correction_id"])] = event
    elif event.kind == "belief.corrected":
        person.lessons.pop(str(event.data["correction_id"]), None)


def _is_other(features: Features | None) -> bool:
    return features is not None and features.version != FEATURE_VERSION


def _observations(person: _Person, features: dict[str, Features]) -> Iterator[Observation]:
    for event in person.rewards.values():
        seen = features.get(str(event.data["decision_id"]))
        aspect = updated_aspect(Signal(str(event.data["signal"])))
        if event.data.get("learned") and seen and aspect:
            yield _observation(event, mask_aspect(seen.values, aspect), seen.space)
    for event in person.lessons.values():
        if event.features:
            yield from [_observation(event, event.features.values, "")] * int(str(event.data["lessons"]))


def _observation(event: PublicEvent, features: tuple[float, ...], space: str) -> Observation:
    at, value = event.data["given_at"], event.data["value"]
    if not isinstance(at, datetime) or not isinstance(value, float):
        raise TypeError(f"event {event.event_id} has no figures to learn from")
    return Observation(features=features, reward=value, at=at, space=space)


def _statistics(observations: Iterator[Observation], space: str) -> Statistics:
    learned = Statistics.empty(DIMENSION)
    for one in observations:
        learned = with_observation(learned, in_embedding_space(space, one))
    return learned
