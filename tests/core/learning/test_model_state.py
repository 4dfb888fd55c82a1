"""The stored model: damaged rows block nobody and are rebuilt from the log."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from core.bandit.mixed import UNITS_PER_ONE
from core.delivery.reactions import react, undo
from core.embeddings.space import Space
from core.learning.model_state import (
    INITIAL_VARIANCES,
    POPULATION,
    Observation,
    apply_observation,
    deserialize,
    deserialize_population,
    embedding_space_of,
    posterior_now,
    retract_observation,
    serialize,
    with_observation,
)
from core.learning.refit import refresh_if_due
from core.learning.update import observation_of
from core.policies.features import DIMENSION
from core.records import HASHED, Decision, Reward
from core.store import Store
from tests.core.worlds import DISMISS, DONE, NOT_NOW, Scene, scene
from tests.decisions import draw_of
from tests.fakes.store import FakeLearning

DAMAGED = serialize(deserialize(None))[:-5] + b"other"
AT = datetime(2027, 6, 14, 7, tzinfo=UTC)


async def tapped(here: Scene, *names: str) -> list[Decision]:
    """A tip for each, done."""
    for name in names:
        await here.person(name)
        await here.task(f"Task of {name}", name)
    here.clock.berlin("2027-06-14 09:00")
    await here.tick()
    decisions = [await here.latest(name) for name in names]
    for decision in decisions:
        await react(decision.decision_id, await here.stored(decision.person_id), here.deps, kind=DONE)
    return decisions


async def spoil(here: Scene, *scopes: str) -> None:
    async with here.deps.store.begin() as unit:
        await unit.learning.write(dict.fromkeys(scopes, DAMAGED))


def row(*values: float) -> tuple[float, ...]:
    return (*values, *[0.0] * (DIMENSION - len(values)))


async def test_a_damaged_person_counts_as_new_until_made_anew(
    either: Store, caplog: pytest.LogCaptureFixture
) -> None:
    here = scene(either)
    await tapped(here, "ada", "bob")
    before = await here.model_of(), await here.model_of("ada")
    await spoil(here, "ada")

    with caplog.at_level(logging.WARNING):
        async with here.deps.store.read() as unit:
            ada = await posterior_now(unit, "ada", here.clock.now())
            new = await posterior_now(unit, "nobody", here.clock.now())
    assert ada is not None
    assert new is not None
    assert ada.mean.tobytes() == new.mean.tobytes()
    assert "without one person's statistics" in caplog.text

    here.clock.berlin("2027-06-14 13:00")
    await here.tick()
    assert draw_of(await here.latest("ada")).policy_id != "uniform-fallback"
    async with here.deps.store.begin() as unit:
        await unit.learning.write({POPULATION: await wanting(here)})
    assert await refresh_if_due(here.deps)
    assert (await here.model_of(), await here.model_of("ada")) == before


async def wanting(here: Scene) -> bytes:
    async with here.deps.store.read() as unit:
        stored = (await unit.learning.read(POPULATION))[POPULATION]
    return serialize(deserialize_population(stored, here.clock.now()).marked_for_refit())


async def test_a_tap_on_damaged_rows_is_taken_and_learned_when_they_are_made_anew(either: Store) -> None:
    here = scene(either)
    (decision,) = await tapped(here, "ada")
    await undo(decision.decision_id, await here.stored("ada"), here.deps)
    await spoil(here, "ada")

    outcome = await react(decision.decision_id, await here.stored("ada"), here.deps, kind=DISMISS)

    assert outcome.reaction is not None
    assert await refresh_if_due(here.deps), "the damaged row was noticed"
    assert await here.model_of("ada") == await here.replayed("ada") != serialize(deserialize(None))


async def test_without_what_everybody_taught_every_candidate_is_as_likely(either: Store) -> None:
    here = scene(either)
    await tapped(here, "ada")
    await spoil(here, POPULATION)

    here.clock.berlin("2027-06-14 13:00")
    await here.tick()

    assert draw_of(await here.latest("ada")).policy_id == "uniform-fallback"
    assert await refresh_if_due(here.deps)
    assert await here.model_of() == await here.replayed("ada")


async def test_a_lesson_and_its_opposite_leave_the_very_same_bytes(either: Store) -> None:
    here = scene(either)
    await here.person("ada")
    first = Observation(features=row(1.0, 0.25), reward=0.5, at=AT)
    second = Observation(features=row(0.0, -0.5, 1.0), reward=-0.375, at=AT + timedelta(days=90))
    async with here.deps.store.begin() as unit:
        await apply_observation(unit, "ada", first)
        before = await unit.learning.everything()
        await apply_observation(unit, "ada", second)
        assert await unit.learning.everything() != before
        await retract_observation(unit, "ada", second)
        assert await unit.learning.everything() == before


async def test_what_was_never_learned_can_not_be_unlearned_and_the_log_is_asked(either: Store) -> None:
    here = scene(either)
    await tapped(here, "ada")
    before = await here.model_of("ada")
    async with here.deps.store.begin() as unit:
        for _ in range(2):  # one more than was learned
            await retract_observation(unit, "ada", Observation(features=row(1.0), reward=0.5, at=AT))

    assert await refresh_if_due(here.deps)
    assert await here.model_of("ada") == before


async def test_a_start_looks_at_everybody(here: Scene) -> None:
    await tapped(here, "ada")
    before = await here.model_of("ada")
    await spoil(here, "ada")

    assert not await refresh_if_due(here.deps)
    assert await refresh_if_due(here.deps, check_people=True)
    assert await here.model_of("ada") == before


async def test_a_row_of_the_log_that_can_not_be_read_stops_nobody(
    here: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await tapped(here, "ada", "bob")
    bob = await here.model_of("bob")

    def broken(decision: Decision, given: Reward) -> Observation | None:
        if given.person_id == "ada":
            raise ValueError("features of another length")
        return observation_of(decision, given)

    monkeypatch.setattr("core.learning.refit.observation_of", broken)
    await spoil(here, POPULATION)
    assert await refresh_if_due(here.deps)

    assert await here.model_of("bob") == bob
    assert await here.model_of("ada") == serialize(deserialize(None))
    assert "is unreadable and not learned: ValueError" in caplog.text


async def test_many_rewards_bring_better_variances_and_the_same_people(either: Store) -> None:
    here = scene(either)
    for name in ("ada", "bob"):
        await here.person(name)
    async with here.deps.store.begin() as unit:
        for number in range(40):
            observation = Observation(features=row(1.0, number % 4 / 4), reward=float(number % 2), at=AT)
            await apply_observation(unit, ("ada", "bob")[number % 2], observation)
    people = [await here.model_of(name) for name in ("ada", "bob")]

    assert await refresh_if_due(here.deps)

    async with here.deps.store.read() as unit:
        stored = (await unit.learning.read(POPULATION))[POPULATION]
    population = deserialize_population(stored, here.clock.now())
    assert population.variances != INITIAL_VARIANCES
    assert (population.count, population.refit_at) == (40, 80)
    assert [await here.model_of(name) for name in ("ada", "bob")] == people
    await here.model_of()  # what is stored of all is made of just these people
    assert not await refresh_if_due(here.deps)


def test_later_rewards_weigh_more() -> None:
    observation = Observation(features=row(1.0), reward=1.0, at=AT)
    later = Observation(features=row(1.0), reward=1.0, at=AT + timedelta(days=231))
    nothing = deserialize(None)
    assert with_observation(nothing, later).weight == 2 * with_observation(nothing, observation).weight


@pytest.mark.parametrize("stored", [b"", b"1\nold", DAMAGED, serialize(deserialize(None)) + b"x"])
def test_what_can_not_be_read_says_so(stored: bytes) -> None:
    with pytest.raises(ValueError, match="what was learned is"):
        deserialize(stored)


async def test_the_space_of_wordings_is_kept_beside_what_everybody_taught(either: Store) -> None:
    here = scene(either)
    await here.person()
    async with here.deps.store.begin() as unit:
        await apply_observation(unit, "ada", Observation(features=row(1.0), reward=1.0, at=AT, space=HASHED))
        stored = (await unit.learning.read(POPULATION))[POPULATION]
        await unit.embeddings.use(Space(name="other"))
        assert await embedding_space_of(unit, stored) == HASHED, "their observations stay in one space"
        assert await embedding_space_of(unit, None) == "other"
        assert await embedding_space_of(unit, serialize(deserialize_population(stored, AT))) == "other"
        with pytest.raises(ValueError, match="damaged"):
            await embedding_space_of(unit, stored.replace(HASHED.encode(), b"washed"))


async def test_what_everybody_taught_and_makes_no_sense_stops_no_tip_and_is_made_anew(
    here: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await tapped(here, "ada")
    before = await here.model_of()
    async with here.deps.store.begin() as unit:
        stored = (await unit.learning.read(POPULATION))[POPULATION]
        population = deserialize_population(stored, here.clock.now())
        nothing = -UNITS_PER_ONE / population.variances.common * np.eye(DIMENSION)
        await unit.learning.write({POPULATION: serialize(replace(population, precision=nothing))})

    here.clock.berlin("2027-06-14 13:00")
    await here.tick()

    assert draw_of(await here.latest("ada")).policy_id == "uniform-fallback"
    assert "choosing without what was learned" in caplog.text
    assert await refresh_if_due(here.deps)
    assert await here.model_of() == before


async def test_a_lesson_in_the_place_of_another_is_one_change(
    here: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    (decision,) = await tapped(here, "ada")
    await undo(decision.decision_id, await here.stored("ada"), here.deps)
    await react(decision.decision_id, await here.stored("ada"), here.deps, kind=DISMISS)
    written: list[Mapping[str, bytes]] = []
    write = FakeLearning.write

    async def counted(self: FakeLearning, statistics: Mapping[str, bytes]) -> None:
        written.append(statistics)
        await write(self, statistics)

    monkeypatch.setattr(FakeLearning, "write", counted)
    ada = await here.stored("ada")
    await react(decision.decision_id, ada, here.deps, kind=DISMISS, reason=NOT_NOW)

    assert [sorted(statistics) for statistics in written] == [["ada", POPULATION]]
    assert await here.model_of() == await here.model_of("ada") == await here.replayed("ada")
