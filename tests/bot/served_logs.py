"""A decision log in a store, whose truth is known: tip ``b`` is done half of the time, ``a`` hardly ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from core.records import (
    Decision,
    Person,
    Reward,
    ScoredCandidate,
    Shadow,
    Signal,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.store import Store
from tests.decisions import altered, draw

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
APART = timedelta(hours=6)
HOSTILE = "<script>alert('1')</script>&\x1b[31m"

SERVED = {"silence": 0.2, "a": 0.5, "b": 0.3}
EAGER = {"silence": 0.1, "a": 0.2, "b": 0.7}
CHANCES = {"silence": 0.0, "a": 0.1, "b": 0.5}
FEATURES = {"silence": (1.0, 0.0, 0.0), "a": (0.0, 1.0, 0.0), "b": (0.0, 0.0, 1.0)}
EAGER_EARNS = 0.2 * 0.1 + 0.7 * 0.5


def candidate(name: str) -> ScoredCandidate:
    silent = name == "silence"
    tip = TipCandidate(
        candidate_id=name,
        kind=TipKind.SILENCE if silent else TipKind.ADVICE,
        source=TipSource.NONE if silent else TipSource.LLM,
        prompt_version=None if silent else f"tips-{name}",
        llm_model=None if silent else HOSTILE,
    )
    return ScoredCandidate(candidate=tip, features=FEATURES[name], probability=SERVED[name])


def decision(number: int, action: str, **fields: Any) -> Decision:
    eager = Shadow(policy_id="eager", model_version="m", probabilities=tuple(EAGER.values()))
    never = Shadow(policy_id=HOSTILE, model_version="m", probabilities=(1.0, 0.0, 0.0))
    logged = Decision(
        decision_id=f"d{number:05}",
        person_id="ada",
        trigger=Trigger.SCHEDULED,
        slot=None,
        decided_at=START + number * APART,
        result=draw(
            action,
            *map(candidate, SERVED),
            policy_id="served:0.1",
            model_version="m",
            feature_version="1",
            propensity=SERVED[action],
            shadows=(eager, never),
        ),
    )
    return altered(logged, **fields)


async def keep(store: Store, *decisions: Decision, seed: int = 0) -> None:
    """Store decisions, and the rewards of those that sent something."""
    random = Random(seed)
    async with store.begin() as unit:
        for made in decisions:
            await unit.decisions.add(made, None)
            if made.tip:
                done = random.random() < CHANCES[made.tip.candidate_id]
                await unit.reactions.put_reward(
                    Reward(
                        decision_id=made.decision_id,
                        person_id="ada",
                        value=1.0 if done else 0.0,
                        source=Signal.DONE if done else Signal.SILENCE,
                        given_at=made.decided_at,
                    )
                )


async def serve(store: Store, n: int, *, seed: int = 0) -> None:
    """Let Ada be served n decisions."""
    random = Random(seed)
    async with store.begin() as unit:
        await unit.people.add(Person(person_id="ada", created_at=START))
    drawn = random.choices(list(SERVED), weights=list(SERVED.values()), k=n)
    await keep(store, *(decision(number, action) for number, action in enumerate(drawn)), seed=seed + 1)
