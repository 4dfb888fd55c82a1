"""What is learned of whom: without learning, without sharing, after it was erased, and after they left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.bandit.mixed import Posterior
from core.learning.model_state import POPULATION, deserialize_population, posterior_now, serialize
from core.learning.refit import refresh_if_due
from core.people.consents import AT_THE_START, erase_learned, has_learned
from core.people.privacy import forget
from core.records import Purpose, Signal
from core.store import Store
from tests.core.histories import EVENING, days, lived, two_sided
from tests.core.worlds import Scene, scene

UNSHARED = tuple(one for one in AT_THE_START if one is not Purpose.POPULATION)


async def people(here: Scene, *names: str, unshared: tuple[str, ...] = ()) -> None:
    """People with taps that were learned."""
    for name in names:
        await here.person(name, allowed=UNSHARED if name in unshared else AT_THE_START)
        past = (
            two_sided()
            if name == "ada"
            else days(1, Signal.DONE, Signal.SILENCE, Signal.NOT_THIS, hour=EVENING)
        )
        await lived(here.deps.store, here.clock.now(), past, name)


async def stored_bytes(here: Scene) -> dict[str, bytes]:
    async with here.deps.store.read() as unit:
        return dict(await unit.learning.everything())


async def population(here: Scene) -> bytes:
    """The population's numbers; an empty one if there is none."""
    stored = (await stored_bytes(here)).get(POPULATION)
    return replace(deserialize_population(stored, here.clock.now()), refit_at=0).to_bytes()


async def posterior(here: Scene, name: str) -> Posterior:
    async with here.deps.store.read() as unit:
        found = await posterior_now(unit, name, here.clock.now())
    assert found is not None
    return found


def same(one: Posterior, other: Posterior) -> bool:
    return np.allclose(one.mean, other.mean, atol=1e-12) and np.allclose(one.covariance, other.covariance)


async def never_there(here: Scene, gone: str, *names: str, store: Store) -> bytes:
    """The population of a world in which ``gone`` never was."""
    other = replace(scene(store), clock=here.clock)
    await people(other, *(name for name in names if name != gone))
    return await population(other)


@pytest.mark.parametrize("gone", ["ada", "bob", "cleo"])
async def test_whoever_shares_no_longer_leaves_the_population_as_if_they_had_never_been(
    here: Scene, on_disk: Store, gone: str
) -> None:
    await people(here, "ada", "bob", "cleo")
    own = (await stored_bytes(here))[gone]
    before = await posterior(here, gone)
    shared = await population(here)

    await here.allow(Purpose.POPULATION, granted=False, person_id=gone)

    assert await population(here) == await never_there(here, gone, "ada", "bob", "cleo", store=on_disk)
    assert (await stored_bytes(here))[gone] == own
    assert same(await posterior(here, gone), before)

    await here.allow(Purpose.POPULATION, person_id=gone)
    assert await population(here) == shared


@pytest.mark.parametrize("gone", ["ada", "cleo"])
async def test_the_population_of_whoever_left_equals_one_that_never_saw_them(
    here: Scene, on_disk: Store, gone: str
) -> None:
    """G11, in numbers."""
    await people(here, "ada", "bob", "cleo")
    await forget(await here.stored(gone), here.deps)
    assert await population(here) == await never_there(here, gone, "ada", "bob", "cleo", store=on_disk)
    assert gone not in await stored_bytes(here)


async def test_without_sharing_taps_teach_only_about_their_person(here: Scene, on_disk: Store) -> None:
    await people(here, "ada", "bob", unshared=("ada",))
    assert await population(here) == await never_there(here, "ada", "ada", "bob", store=on_disk)
    new = await posterior(here, "nobody")
    assert not same(await posterior(here, "ada"), new)


async def test_a_refit_and_a_rebuild_leave_out_whoever_does_not_share(either: Store) -> None:
    here = scene(either)
    await people(here, "ada", "bob", unshared=("ada",))
    without = await population(here)
    async with either.begin() as unit:
        await unit.learning.write({POPULATION: b"unreadable"})
    assert await refresh_if_due(here.deps)
    rebuilt = deserialize_population((await stored_bytes(here))[POPULATION], here.clock.now())
    assert rebuilt.count == 3
    assert "ada" in await stored_bytes(here)
    assert len(without) == len(rebuilt.to_bytes())


async def test_without_learning_the_prior_of_the_population_chooses(here: Scene) -> None:
    await people(here, "ada", "bob")
    assert not same(await posterior(here, "ada"), await posterior(here, "nobody"))
    await here.allow(Purpose.LEARNING, granted=False)
    assert same(await posterior(here, "ada"), await posterior(here, "nobody"))
    await here.allow(Purpose.LEARNING)
    assert not same(await posterior(here, "ada"), await posterior(here, "nobody"))


async def test_taps_without_learning_change_no_number(here: Scene) -> None:
    await people(here, "ada", "bob")
    await here.allow(Purpose.LEARNING, granted=False)
    before = await stored_bytes(here)
    await lived(here.deps.store, here.clock.now(), days(40, Signal.DONE, Signal.SILENCE))
    assert await stored_bytes(here) == before


async def test_what_was_learned_is_erased_and_does_not_come_back_by_a_rebuild(
    either: Store,
) -> None:
    here = scene(either)
    await people(here, "ada", "bob")
    await here.allow(Purpose.LEARNING, granted=False)
    ada = await here.stored()
    assert await has_learned(ada, here.deps)

    await erase_learned(ada, here.deps)

    assert not await has_learned(ada, here.deps)
    alone = scene(either)
    for _ in range(2):
        left = deserialize_population((await stored_bytes(here))[POPULATION], here.clock.now())
        assert left.count == 3
        assert "ada" not in await stored_bytes(here)
        async with either.begin() as unit:
            await unit.learning.write({POPULATION: b"unreadable"})
        assert await refresh_if_due(alone.deps)


async def test_a_population_without_anybody_is_as_on_the_first_day(here: Scene) -> None:
    await people(here, "ada")
    await refresh_if_due(here.deps)
    await forget(await here.stored(), here.deps)
    fresh = serialize(deserialize_population(None, here.clock.now()))
    stored = (await stored_bytes(here))[POPULATION]
    assert (
        deserialize_population(stored, here.clock.now()).to_bytes()
        == deserialize_population(fresh, here.clock.now()).to_bytes()
    )


async def test_whoever_leaves_while_the_model_is_unreadable_is_missing_in_the_one_that_is_rebuilt(
    here: Scene, on_disk: Store
) -> None:
    await people(here, "ada", "bob")
    async with here.deps.store.begin() as unit:
        await unit.learning.write({POPULATION: b"unreadable"})
    await forget(await here.stored(), here.deps)
    assert await refresh_if_due(here.deps)
    other = replace(scene(on_disk), clock=here.clock)
    await people(other, "bob")
    async with other.deps.store.begin() as unit:
        await unit.learning.write({POPULATION: b"unreadable"})
    assert await refresh_if_due(other.deps)
    assert await population(here) == await population(other)
