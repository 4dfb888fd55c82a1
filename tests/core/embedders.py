"""Worlds with an embedder, and what a test wants to know of it."""

from __future__ import annotations

from core.embeddings.space import Space
from core.policies.features import FEATURES
from core.records import Decision
from core.store import Store
from tests.core.outsiders import Meanings
from tests.core.worlds import Scene, scene

WORDED = [place for place, feature in enumerate(FEATURES) if feature.name.startswith("wording_")]


def listener(*, turned: int = 0) -> Meanings:
    """An embedder that knows what some words mean; ``turned``: another one, of the same name."""
    return Meanings("walk stroll", "rent landlord", "ferns plants", turned=turned)


def embedding(store: Store, meanings: Meanings, *tips: dict[str, object]) -> Scene:
    """A world with a language model that writes ``tips``, and an embedder."""
    here = scene(store, llm=True)
    here.model.tips, here.model.embedder = tips, meanings
    return here


async def space_in_use(here: Scene) -> Space:
    async with here.deps.store.read() as unit:
        return await unit.embeddings.space()


def words(decision: Decision, name: str) -> tuple[float, ...]:
    """The wording of a candidate, as the policy saw it."""
    (row,) = [one.features for one in decision.candidates if one.candidate.candidate_id == name]
    return tuple(row[place] for place in WORDED)
