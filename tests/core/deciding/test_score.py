"""Candidates that a program describes are scored by what serves their person now; nothing is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.deciding.score import score
from core.learning.model_state import POPULATION
from core.policies.catalog import policy_of
from core.policies.features import FEATURE_VERSION
from core.store import Store
from tests.core.histories import lived, two_sided
from tests.core.worlds import Scene, scene


@pytest.fixture
async def here(either: Store) -> Scene:
    found = scene(either)
    await found.person()
    await found.person("bob")
    return found


ROWS: tuple[dict[str, float], ...] = ({"tip": 1.0, "task_morning": 1.0}, {"tip": 1.0}, {})


async def test_scores_are_those_of_who_asks_and_nothing_is_stored(here: Scene) -> None:
    await lived(here.deps.store, here.clock.now(), two_sided())
    before = await here.decisions(), await here.kinds()
    ada, bob = [await score(await here.stored(name), here.deps, ROWS) for name in ("ada", "bob")]
    morning, other, nothing = ada.scores
    assert morning > other > nothing == 0
    assert ada.scores != bob.scores
    assert ada.model_version != bob.model_version
    assert sum(ada.probabilities) == pytest.approx(1)
    assert ada.probabilities[0] == max(ada.probabilities)
    assert ada.feature_version == FEATURE_VERSION
    assert (await here.decisions(), await here.kinds()) == before


async def test_the_policy_that_serves_is_named(here: Scene) -> None:
    uniform = replace(here, deps=replace(here.deps, policy=policy_of("uniform")))
    found = await score(await here.stored(), uniform.deps, ROWS)
    assert found.policy_id == policy_of("uniform").policy_id
    assert found.probabilities == pytest.approx([1 / 3] * 3)


async def test_a_model_that_can_not_be_read_scores_by_chance(here: Scene) -> None:
    async with here.deps.store.begin() as unit:
        await unit.learning.write({POPULATION: b"unreadable"})
    found = await score(await here.stored(), here.deps, ROWS)
    assert found.probabilities == pytest.approx([1 / 3] * 3)
    assert found.scores == (0, 0, 0)
