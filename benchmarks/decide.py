"""Latency of a decision: gathering candidates, computing features, and choosing."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from benchmarks.deployment import Deployment, zone_of
from benchmarks.table import Row, percentile
from core.deciding.decide import decide_among, gather_options, store_decision
from core.policies.features import features
from core.records import Person, Request, TipCandidate, TipKind, TipSource, Trigger

CANDIDATES = 20
ROUNDS = 5
DECISIONS = 60  # in each round
BUILDS = 400


async def measure_decide(deployment: Deployment, person: Person) -> list[Row]:
    """Medians for a person with tasks and a history. Where microseconds count, the fastest round is
    reported, to exclude other load on the machine.
    """
    spans: list[_Spans] = []
    builds: list[float] = []
    for _ in range(ROUNDS):
        spans += [await _spans(deployment, person) for _ in range(DECISIONS)]
        builds.append(percentile(await _builds(deployment, person), 0.5))
    return [
        Row(
            what="context and candidates of a decision, p50",
            value=percentile([one.assemble for one in spans], 0.5),
            goal=None,
            unit="ms",
        ),
        Row(
            what="deciding, with the rows of the log, p50",
            value=percentile([one.decide for one in spans], 0.5),
            goal=10,
            unit="ms",
        ),
        Row(
            what=f"features of {CANDIDATES} candidates, p50 of the quietest round",
            value=min(builds),
            goal=300,
            unit="µs",
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spans:
    """Durations in milliseconds."""

    assemble: float
    """Until context and candidates are gathered."""
    decide: float
    """From then until the decision is committed."""


async def _spans(deployment: Deployment, person: Person) -> _Spans:
    """Measure one decision; nothing is sent."""
    deps = deployment.app.deps
    started = perf_counter()
    options = await gather_options(
        person, deps, trigger=Trigger.REQUESTED, zone=zone_of(person), request=Request()
    )
    assembled = perf_counter()
    decided = await decide_among(options, person, deps, trigger=Trigger.REQUESTED)
    async with deps.store.begin() as unit:
        await store_decision(unit, decided, deps)
    return _Spans(assemble=(assembled - started) * 1000, decide=(perf_counter() - assembled) * 1000)


async def _builds(deployment: Deployment, person: Person) -> list[float]:
    """Microseconds to compute the features of ``CANDIDATES``: the person's own, filled up with LLM tips."""
    options = await gather_options(
        person, deployment.app.deps, trigger=Trigger.REQUESTED, zone=zone_of(person), request=Request()
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
