"""Deciding: the features of all candidates, and the whole stage with the rows that it leaves in the log."""

from __future__ import annotations

from time import perf_counter

from benchmarks.house import House, zone_of
from benchmarks.table import Row, percentile
from core.decide import decide, gather, keep
from core.features import features
from core.model import Person, Request, TipCandidate, TipKind, TipSource, Trigger

CANDIDATES = 20
DECISIONS = 300
BUILDS = 2000


async def measure_decide(house: House, person: Person) -> list[Row]:
    """Medians, for a person with tasks and a past."""
    stages = [await _stage(house, person) for _ in range(DECISIONS)]
    builds = await _builds(house, person)
    return [
        Row(what="decide, with its log rows, p50", value=percentile(stages, 0.5), goal=10, unit="ms"),
        Row(
            what=f"features of {CANDIDATES} candidates, p50",
            value=percentile(builds, 0.5),
            goal=300,
            unit="µs",
        ),
    ]


async def _stage(house: House, person: Person) -> float:
    """How long (ms) one decision takes until it is committed; nothing is sent."""
    world = house.app.world
    started = perf_counter()
    decided = await decide(person, world, trigger=Trigger.REQUESTED, zone=zone_of(person))
    async with world.store.begin() as unit:
        await keep(unit, decided, world)
    return (perf_counter() - started) * 1000


async def _builds(house: House, person: Person) -> list[float]:
    """How long (µs) the features of CANDIDATES take: the person's own, and written tips for the rest."""
    options = await gather(
        person, house.app.world, trigger=Trigger.REQUESTED, zone=zone_of(person), request=Request()
    )
    candidates = (*options.candidates, *map(_written, range(CANDIDATES)))[:CANDIDATES]

    def build() -> float:
        started = perf_counter()
        features(options.context, candidates)
        return (perf_counter() - started) * 1_000_000

    return [build() for _ in range(BUILDS)]


def _written(number: int) -> TipCandidate:
    return TipCandidate(
        candidate_id=f"llm:{number}",
        kind=TipKind.ADVICE,
        source=TipSource.LLM,
        content=f"Take {number} minutes for a walk around the block and drink a glass of water.",
        topic=f"topic {number}",
    )
