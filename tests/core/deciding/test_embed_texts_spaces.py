"""Another embedder, or none: weights of wording features belong to the space in which they were learned."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from core.deciding.embed_texts import fall_back_to_hashing, prefetch_embeddings
from core.delivery.reactions import react, undo
from core.embeddings.space import PROJECTED_DIM, digest
from core.errors import LanguageModelUnavailable
from core.learning.model_state import Observation, deserialize, serialize, with_observation
from core.learning.update import observed_features
from core.ports import Embedded
from core.records import HASHED, Decision, Signal
from core.store import Store
from tests.core.embedders import WORDED, embedding, listener, space_in_use, words
from tests.core.outsiders import Meanings
from tests.core.worlds import DONE, Scene
from tests.fakes.store import FakeStore
from tests.waiting import WAIT_LIMIT


@pytest.fixture
def meanings() -> Meanings:
    return listener()


@pytest.fixture
def there(meanings: Meanings) -> Scene:
    """In memory, with an embedder."""
    return embedding(FakeStore(), meanings)


async def taught(here: Scene) -> Decision:
    """A tip that was followed."""
    await here.person()
    await here.task("Pay the rent")
    decision = await here.slot()
    await react(decision.decision_id, await here.stored(), here.deps, kind=DONE)
    return decision


async def test_observations_of_another_space_do_not_change_wording_weights(
    either: Store, meanings: Meanings
) -> None:
    here = embedding(either, meanings)
    decision = await taught(here)
    before = await here.model_of("ada")
    given, features = await here.reward(decision), observed_features(decision, Signal.DONE)
    assert given is not None
    assert features is not None

    here.clock.berlin("2027-06-14 12:30")
    await prefetch_embeddings(here.deps)

    rest = tuple(0.0 if place in WORDED else value for place, value in enumerate(features))
    assert rest != features
    heard = Observation(features=rest, reward=given.value, at=given.given_at)
    assert await here.model_of("ada") == serialize(with_observation(deserialize(None), heard)) != before
    await undo(decision.decision_id, await here.stored(), here.deps)
    assert await here.model_of("ada") == serialize(deserialize(None))


async def test_a_replaced_model_is_noticed_and_everything_is_embedded_again(
    there: Scene, meanings: Meanings
) -> None:
    await there.person()
    await there.task("Pay the rent")
    await prefetch_embeddings(there.deps)
    before = await space_in_use(there)
    there.model.embedder = other = listener(turned=3)
    await there.task("Water the ferns")

    await prefetch_embeddings(there.deps)

    after = await space_in_use(there)
    assert after.model == before.model
    assert after.name != before.name
    assert set(other.texts) == {"Pay the rent", "Water the ferns"}
    assert any(words(await there.slot(), "task:oo-Pay the rent"))


async def test_without_a_language_model_the_hashed_space_and_its_weights_return(
    either: Store, meanings: Meanings
) -> None:
    here = embedding(either, meanings)
    await taught(here)
    before = await here.model_of("ada")
    here.clock.berlin("2027-06-14 12:30")
    await prefetch_embeddings(here.deps)
    assert not await fall_back_to_hashing(here.deps)

    without = replace(here, deps=replace(here.deps, model=None))
    assert await fall_back_to_hashing(without.deps)

    assert (await space_in_use(here)).name == HASHED
    assert await here.model_of("ada") == before
    assert not await fall_back_to_hashing(without.deps)


class Trembling(Meanings):
    """An embedder whose figures differ a little every time."""

    def __init__(self, *groups: str) -> None:
        super().__init__(*groups)
        self._chance = Random(1)

    async def embed(self, texts: Sequence[str]) -> Embedded:
        exact, tremble = await super().embed(texts), self._chance
        rows = [tuple(value + tremble.gauss(0, 0.001) for value in row) for row in exact.vectors]
        return replace(exact, vectors=tuple(rows))


def trembling() -> Trembling:
    return Trembling("walk stroll", "rent landlord", "ferns plants")


async def test_a_model_that_returns_brings_back_the_weights_of_its_space(either: Store) -> None:
    here = embedding(either, trembling())
    await here.person()
    await here.task("Pay the rent")
    await prefetch_embeddings(here.deps)
    space = await space_in_use(here)
    decision = await here.slot()
    await react(decision.decision_id, await here.stored(), here.deps, kind=DONE)
    before = await here.model_of("ada")
    here.clock.berlin("2027-06-14 12:30")

    async def heard(title: str) -> tuple[str, bytes]:
        await here.task(title)
        await prefetch_embeddings(here.deps)
        return (await space_in_use(here)).name, await here.model_of("ada")

    here.model.embedder = listener(turned=3)
    name, model = await heard("Water the ferns")
    assert name != space.name
    assert model != before

    here.model.embedder = again = trembling()
    assert await heard("Call Ann") == (space.name, before)
    assert "Pay the rent" not in again.texts

    await fall_back_to_hashing(replace(here.deps, model=None))
    assert await here.model_of("ada") != before
    assert await heard("Call Bob") == (space.name, before)


async def test_two_replicas_that_measure_at_once_agree_on_one_space(either: Store) -> None:
    model = trembling()
    model.meanwhile = asyncio.Barrier(2).wait
    here = embedding(either, model)
    await here.person()
    await here.task("Pay the rent")

    async with asyncio.timeout(WAIT_LIMIT):
        await asyncio.gather(prefetch_embeddings(here.deps), prefetch_embeddings(here.deps))

    async with either.read() as unit:
        (space,) = await unit.embeddings.spaces()
        assert await unit.embeddings.read("ada", space.name, [digest("Pay the rent")])


async def test_two_models_behind_one_name_do_not_go_on_for_ever(there: Scene, meanings: Meanings) -> None:
    await there.person()
    await there.task("Pay the rent")
    other = listener(turned=3)

    async def take_turns() -> None:
        there.model.embedder = meanings if there.model.embedder is other else other

    meanings.meanwhile = other.meanwhile = take_turns
    async with asyncio.timeout(WAIT_LIMIT):
        await prefetch_embeddings(there.deps)
    assert (await there.slot()).tip is not None


async def test_an_unfit_model_changes_nothing(there: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await there.person()
    await there.task("Pay the rent")

    async def same(texts: list[str]) -> Embedded:
        return Embedded(vectors=((1.0,) * PROJECTED_DIM,) * len(texts), model="m")

    monkeypatch.setattr(there.model.embedder, "embed", same)
    with pytest.raises(LanguageModelUnavailable, match="don't tell"):
        await prefetch_embeddings(there.deps)
    assert (await space_in_use(there)).name == HASHED
