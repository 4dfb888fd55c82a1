"""Small vectors by digest, and the space that is in use."""

from __future__ import annotations

from core.embeddings.space import HASHED_SPACE, Space
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW, person

ONE = Space(name="one/2/ab", model="one/2", similarity_threshold=0.75, centroid=(0.1, -1 / 3))
TWO = Space(name="two/2/cd", model="two/2", similarity_threshold=0.8, centroid=(0.0, 0.5))


async def test_the_space_in_use_is_the_one_taken_last(store: Store) -> None:
    async with store.begin() as unit:
        assert await unit.embeddings.space() == HASHED_SPACE
        for space in (ONE, TWO, HASHED_SPACE, ONE):
            await unit.embeddings.use(space)
            assert await unit.embeddings.space() == space


async def test_earlier_spaces_are_kept_after_the_current_one(store: Store) -> None:
    async with store.begin() as unit:
        assert list(await unit.embeddings.spaces()) == [HASHED_SPACE]
        for space in (ONE, TWO, ONE):
            await unit.embeddings.use(space)
    async with store.read() as unit:
        assert list(await unit.embeddings.spaces()) == [ONE, TWO]


async def test_vectors_are_found_by_person_space_and_digest(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.embeddings.put("ada", "one", {"a": (0.1, -0.0), "b": (1.0, 2.0)}, NOW)
        await unit.embeddings.put("ada", "two", {"a": (9.0, 9.0)}, NOW)
        await unit.embeddings.put("bob", "one", {"c": (3.0, 3.0)}, NOW)
        await unit.embeddings.put(None, "one", {"own": (4.0, 4.0)}, NOW)
        await unit.embeddings.put("ada", "one", {}, NOW)
    async with store.read() as unit:
        assert await unit.embeddings.read("ada", "one", ["a", "c", "own", "x"]) == {
            "a": (0.1, -0.0),
            "own": (4.0, 4.0),
        }
        assert await unit.embeddings.read("ada", "two", ["a", "b"]) == {"a": (9.0, 9.0)}
        assert await unit.embeddings.read("ada", "one", []) == {}


async def test_a_vector_made_again_is_replaced_and_lasts_longer(store: Store) -> None:
    async with store.begin() as unit:
        await unit.embeddings.put("ada", "one", {"a": (1.0,), "b": (1.0,)}, NOW)
        await unit.embeddings.put("ada", "one", {"a": (2.0,)}, NOW + DAY)
        assert await unit.embeddings.prune(NOW + HOUR) == 1
        assert await unit.embeddings.prune(NOW + HOUR) == 0
        assert await unit.embeddings.read("ada", "one", ["a", "b"]) == {"a": (2.0,)}
