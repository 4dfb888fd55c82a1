"""Why oO wrote, why it did not, and what it learned, read back from the log."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from core.deciding.explain import MAX_SILENCES, why, why_not
from core.delivery.on_request import tip_now
from core.delivery.reactions import react
from core.errors import NotSent, SendUnknown
from core.policies.catalog import policy_of
from core.policies.features import DIMENSION
from core.records import DayTimes, Decision, Due, QuietWindow, Reason, Request, Snapshot, TipKind
from core.store import Store
from core.tips.candidates import Template
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import DAY, DONE, Scene, account, compose, scene
from tests.decisions import altered

HOURLY = (DayTimes(days=tuple(range(7)), times=tuple(time(hour) for hour in range(8, 22))),)


async def tip(here: Scene, **fields: Any) -> Decision:
    await here.person()
    await here.task("Pay the rent", **fields)
    return await here.slot()


async def test_a_tip_is_explained_by_its_pressure_its_chance_and_the_next_best(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent", due=Due(on=NOW.date() - DAY), priority=1)
    await here.task("Call Ann", priority=2)
    decision = await here.slot()

    found = await why(await here.stored(), here.deps)

    assert found is not None
    assert found.decision == decision
    assert (found.pressure, found.chosen.candidate.content) == ("overdue", "Pay the rent")
    assert found.task is not None
    assert found.task.task_id == "oo-Pay the rent"
    assert found.runner_up is not None
    assert found.runner_up.candidate.content == "Call Ann"
    assert (found.done_here, found.shown_here) == (0, 0)


async def test_habits_of_the_hour_are_counted(here: Scene) -> None:
    await here.person(preferences={"times": HOURLY, "cap": 99})
    ada = await here.stored()
    for hour in (8, 9, 10, 14):
        await here.task(f"Task {hour}", due=Due(on=NOW.date() - DAY), priority=1)
        decision = await here.slot(f"2027-06-15 {hour:02}:00")
        if hour != 10:
            await react(decision.decision_id, ada, here.deps, kind=DONE)
    await here.task("Last", due=Due(on=NOW.date() - DAY), priority=1)
    await here.slot("2027-06-16 09:00")
    found = await why(ada, here.deps)
    assert found is not None
    assert (found.done_here, found.shown_here) == (2, 3)


async def test_features_explain_the_whole_difference_to_the_runner_up(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent", due=Due(on=NOW.date() - DAY), priority=1)
    await here.task("Call Ann", priority=2)
    await here.slot()

    found = await why(await here.stored(), here.deps)

    assert found is not None
    assert found.runner_up is not None
    gained = math.fsum(one.gain for one in found.advantages)
    assert gained == pytest.approx(found.chosen.score - found.runner_up.score)
    told = {one.feature: one.more for one in found.advantages if one.gain > 0}
    assert told.items() >= {"overdue": True, "near": True, "priority": True}.items()


async def test_a_tip_that_was_as_likely_as_the_next_was_drawn_by_lot(here: Scene) -> None:
    uniform = replace(here, deps=replace(here.deps, policy=policy_of("uniform")))
    ada = await uniform.person()
    await uniform.task("Pay the rent")
    await uniform.task("Call Ann", priority=1)
    place = account("ada", NOW)
    await tip_now(ada, place, uniform.deps, compose, zone=BERLIN, request=Request(), origin="1")
    found = await why(ada, uniform.deps)
    assert found is not None
    assert found.was_tie
    assert not found.was_exploration


async def test_weights_of_other_features_explain_nothing(here: Scene) -> None:
    decision = await tip(here, priority=1)
    chosen = decision.chosen
    assert chosen is not None
    old = altered(decision, decision_id="old", slot=None, model_version="old")
    snapshot = Snapshot(model_version="old", policy_id="p", feature_version="0", weights=(1.0,) * DIMENSION)
    async with here.deps.store.begin() as unit:
        await unit.decisions.add(old, snapshot)
    found = await why(await here.stored(), here.deps, "old")
    assert found is not None
    assert found.advantages == ()


async def test_a_chosen_silence_knows_the_best_tip(here: Scene) -> None:
    await here.person()
    ada = await here.stored()
    for _ in range(2):
        await here.task("Pay the rent")
        decision = await here.slot("2027-06-14 09:00")
        assert decision.tip is not None
    silence = next(one for one in decision.candidates if one.candidate.kind is TipKind.SILENCE)
    drawn = altered(
        decision, decision_id="silent", slot="2027-06-14T13:00", action=silence.candidate.candidate_id
    )
    async with here.deps.store.begin() as unit:
        assert await unit.decisions.add(drawn, None)
    (found,) = await why_not(ada, here.deps)
    assert found.best is not None
    assert found.best.candidate.content == "Pay the rent"
    assert found.was_exploration


async def test_advice_is_explained_by_its_own_reason(here: Scene) -> None:
    walk = Template(template_id="walk", topic="health", content="Walk.", when="no_tasks", minutes=10)
    deps = replace(here.deps, templates=(walk,))
    here = replace(here, deps=deps)
    await here.person()
    await here.slot()
    found = await why(await here.stored(), here.deps)
    assert found is not None
    assert (found.task, found.pressure) == (None, "template_no_tasks")


async def test_a_named_tip_is_explained_to_its_own_person_only(here: Scene) -> None:
    decision = await tip(here)
    eve = await here.person("eve")
    assert await why(await here.stored(), here.deps, decision.decision_id) is not None
    assert await why(eve, here.deps, decision.decision_id) is None
    assert await why(eve, here.deps) is None


async def test_what_was_never_shown_is_not_explained(either: Store) -> None:
    here = scene(either)
    here.phone.faults = [None, NotSent("no network")]
    first = await tip(here)
    await here.task("Call Ann")
    await here.slot("2027-06-14 13:00")
    found = await why(await here.stored(), here.deps)
    assert found is not None
    assert found.decision == first


async def test_what_may_have_been_shown_is_explained(here: Scene) -> None:
    here.phone.faults = [SendUnknown("timeout")]
    decision = await tip(here)
    found = await why(await here.stored(), here.deps)
    assert found is not None
    assert found.decision == decision


async def test_refusals_and_chosen_silence_are_explained_newest_first(either: Store) -> None:
    here = scene(either)
    await here.person(preferences={"cap": 1})
    await here.slot("2027-06-14 09:00")
    await here.task("Pay the rent")
    await here.slot("2027-06-14 13:00")
    await here.slot("2027-06-14 18:30")

    found = await why_not(await here.stored(), here.deps)

    assert [(one.decision.slot, one.reason) for one in found] == [
        ("2027-06-14T18:30", Reason.CAP),
        ("2027-06-14T09:00", Reason.CHOSE_SILENCE),
    ]
    assert [one.best for one in found] == [None, None]


async def test_a_tip_that_was_held_back_before_its_send_is_explained_with_the_reason(here: Scene) -> None:
    writing = scene(here.deps.store, llm=True)
    await writing.person(preferences={"quiet": (QuietWindow(start=time(9, 5), end=time(10)),)})
    await writing.task("Pay the rent")

    async def takes_long() -> None:
        writing.clock.move(minutes=5)

    writing.model.meanwhile = takes_long
    await writing.slot()
    (found,) = await why_not(await writing.stored(), writing.deps)
    assert (found.decision.slot, found.reason) == ("2027-06-14T09:00", Reason.QUIET)
    assert found.best is not None
    assert found.best.candidate.content == "Pay the rent"


async def test_old_and_many_silences_are_left_out(here: Scene) -> None:
    await here.person(preferences={"times": HOURLY, "cap": 0})
    for hour in range(8, 14):
        await here.slot(f"2027-06-15 {hour:02}:00")
    found = await why_not(await here.stored(), here.deps)
    assert len(found) == MAX_SILENCES
    here.clock.move(days=4)
    assert await why_not(await here.stored(), here.deps) == ()


async def test_a_tip_that_was_asked_for_is_no_silence(here: Scene) -> None:
    ada = await here.person()
    place = account("ada", NOW)
    await tip_now(ada, place, here.deps, compose, zone=BERLIN, request=Request(), origin="1")
    assert len(await here.decisions()) == 1
    assert await why_not(ada, here.deps) == ()


@pytest.mark.parametrize("name", ["ada", "eve"])
async def test_without_a_past_there_is_nothing_to_tell(here: Scene, name: str) -> None:
    person = await here.person(name)
    assert await why(person, here.deps) is None
    assert await why_not(person, here.deps) == ()


async def test_silence_has_no_tip_to_explain(here: Scene) -> None:
    person = await here.person()
    silent = await here.slot()
    assert silent.tip is None
    assert await why(person, here.deps, silent.decision_id) is None
