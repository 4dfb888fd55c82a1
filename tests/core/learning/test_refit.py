"""Refits of the model, and its rebuild from the log when the features have changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from core.bandit.statistics import Statistics
from core.delivery.reactions import react, undo
from core.learning.model_state import POPULATION, deserialize, serialize
from core.learning.refit import ObservationCache, rebuild_from_log, refresh_if_due
from core.learning.update import observed_features
from core.records import Decision, Signal
from core.store import Store, Unit
from tests.core.worlds import DISMISS, DONE, Scene, scene
from tests.decisions import altered
from tests.fakes.store import FakeStore

OF_OTHER_FEATURES = b"1\n" + Statistics.empty(3).plus([1.0, 0.0, 0.5], 1.0).to_bytes()
DAMAGED = serialize(deserialize(None))[:-5]


async def two_learned_decisions(here: Scene) -> list[Decision]:
    """Two people's tips, both tapped."""
    for name in ("ada", "bob"):
        await here.person(name)
        await here.task(f"Task of {name}", name)
    here.clock.berlin("2027-06-14 09:00")
    await here.tick()
    decisions = [await here.latest(name) for name in ("ada", "bob")]
    for decision, kind in zip(decisions, (DONE, DISMISS), strict=True):
        await react(decision.decision_id, await here.stored(decision.person_id), here.deps, kind=kind)
    return decisions


async def spoil(here: Scene, stored: bytes) -> None:
    async with here.deps.store.begin() as unit:
        await unit.learning.write({POPULATION: stored, "ada": stored})


@pytest.mark.parametrize("stored", [OF_OTHER_FEATURES, DAMAGED, b""], ids=["other", "damaged", "empty"])
async def test_what_cannot_be_read_is_learned_anew_exactly(either: Store, stored: bytes) -> None:
    here = scene(either)
    await two_learned_decisions(here)
    before = [await here.model_of(scope) for scope in (POPULATION, "ada", "bob")]
    await spoil(here, stored)

    assert await refresh_if_due(here.deps)

    assert [await here.model_of(scope) for scope in (POPULATION, "ada", "bob")] == before
    assert not await refresh_if_due(here.deps)


async def test_what_can_be_read_stays(here: Scene) -> None:
    await two_learned_decisions(here)
    before = await here.model_of()
    assert not await refresh_if_due(here.deps)
    assert await here.model_of() == before


async def test_a_fresh_house_has_nothing_to_learn(here: Scene) -> None:
    assert not await refresh_if_due(here.deps)


async def test_who_does_not_want_to_teach_is_left_out_again(here: Scene) -> None:
    decisions = await two_learned_decisions(here)
    async with here.deps.store.begin() as unit:
        given = await unit.reactions.reward(decisions[0].decision_id)
        assert given is not None
        await unit.reactions.put_reward(replace(given, learned=False))
    await spoil(here, DAMAGED)
    await refresh_if_due(here.deps)

    assert await here.model_of("ada") == serialize(deserialize(None))
    assert await here.model_of() == await here.replayed("bob")


async def test_an_undo_after_that_takes_back_what_the_old_features_taught(here: Scene) -> None:
    decisions = await two_learned_decisions(here)
    await spoil(here, OF_OTHER_FEATURES)
    await refresh_if_due(here.deps)

    await undo(decisions[0].decision_id, await here.stored("ada"), here.deps)

    assert await here.model_of("ada") == serialize(deserialize(None))


async def test_old_features_are_worked_out_by_todays_table(here: Scene) -> None:
    (decision, _) = await two_learned_decisions(here)
    chosen = decision.chosen
    assert chosen is not None
    old = replace(chosen, features=(1.0, 0.0))
    candidates = tuple(old if one is chosen else one for one in decision.candidates)
    logged = altered(decision, feature_version="1", candidates=candidates)

    done = Signal.DONE
    assert observed_features(logged, done) == observed_features(decision, done) == chosen.features
    not_now = observed_features(logged, Signal.NOT_NOW)
    assert not_now == observed_features(decision, Signal.NOT_NOW) != chosen.features


async def test_the_log_is_read_before_the_transaction_when_a_tap_came_upon_damage(
    here: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, _ = await two_learned_decisions(here)
    async with here.deps.store.begin() as unit:
        await unit.learning.write({"ada": DAMAGED})
    await undo(ada.decision_id, await here.stored("ada"), here.deps)
    known_before: list[int] = []

    async def recording_rebuild(unit: Unit, now: datetime, known: ObservationCache) -> None:
        known_before.append(len(known))
        await rebuild_from_log(unit, now, known)

    monkeypatch.setattr("core.learning.refit.rebuild_from_log", recording_rebuild)
    assert await refresh_if_due(here.deps)

    assert known_before == [1], "Bob's reward is known already"
    assert await here.model_of() == await here.model_of("bob")


async def test_a_refit_that_looks_at_everybody_finds_the_same(here: Scene) -> None:
    await two_learned_decisions(here)
    other = scene(FakeStore())
    await two_learned_decisions(other)
    for one, everybody in ((here, True), (other, False)):
        one.clock.move(days=400)
        assert await refresh_if_due(one.deps, check_people=everybody)
        assert not await refresh_if_due(one.deps, check_people=everybody)
    assert await here.model_of() == await other.model_of()


async def test_a_refit_by_pages_finds_the_same(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pages the people fill; their statistics are never all in memory."""
    await two_learned_decisions(here)
    other = scene(FakeStore())
    await two_learned_decisions(other)
    other.clock.move(days=400)
    assert await refresh_if_due(other.deps)
    monkeypatch.setattr("core.learning.refit.PAGE_SIZE", 1)
    here.clock.move(days=400)
    assert await refresh_if_due(here.deps)
    assert await here.model_of() == await other.model_of()
    assert not await refresh_if_due(here.deps)


async def test_a_start_checks_some_people_and_a_refit_all(
    here: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await two_learned_decisions(here)
    before = await here.model_of()
    async with here.deps.store.begin() as unit:
        await unit.learning.write({"bob": DAMAGED})
    monkeypatch.setattr("core.learning.refit.PAGE_SIZE", 1)
    monkeypatch.setattr("core.learning.refit.CHECKED_AT_START", 1)
    assert not await refresh_if_due(here.deps, check_people=True)
    monkeypatch.setattr("core.learning.refit.CHECKED_AT_START", 2)
    assert await refresh_if_due(here.deps, check_people=True)
    assert await here.model_of() == before
