"""The dosage while an effect of tips is not proven."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.errors import SendRejected
from core.learning.holdout import (
    TreatmentEffect,
    dosage_after,
    estimate_effect,
    mark_dosage_announced,
    update_dosage,
)
from core.people.preferences import set_cap
from core.records import Consent, Dosage, Due, Person, Preferences, Purpose, Trial
from core.store import Store
from tests.core.outsiders import NOW
from tests.core.taps import changed
from tests.core.trials import RULES, TESTED, TODAY, history
from tests.core.worlds import DAY, HOUR, Scene, scene

UNPROVEN = estimate_effect(history(400, with_tip=30, without=30), NOW + 400 * DAY, RULES)
PROVEN = estimate_effect(history(400, with_tip=60, without=20), NOW + 400 * DAY, RULES)
EARLY = estimate_effect(history(20, with_tip=30, without=30), NOW + 400 * DAY, RULES)
HARMFUL = replace(
    EARLY, effect=estimate_effect(history(400, with_tip=20, without=70), NOW + 400 * DAY, RULES).effect
)


def ada(cap: int = 3, **dosage: Any) -> Person:
    """Ada, who has been testing since ``NOW``."""
    return Person(
        person_id="ada",
        created_at=NOW,
        consent=Consent.AGREED,
        allowed=TESTED,
        preferences=Preferences(cap=cap),
        dosage=Dosage(**{"since": NOW, **dosage}),
    )


@pytest.mark.parametrize(
    ("found", "waited", "fewer"),
    [
        (UNPROVEN, RULES.patience, 1),
        (UNPROVEN, RULES.patience - HOUR, 0),
        (EARLY, 10 * RULES.patience, 0),
        (HARMFUL, RULES.patience, 1),
        (PROVEN, 10 * RULES.patience, 0),
    ],
)
def test_fewer_once_help_should_have_shown(found: TreatmentEffect, waited: timedelta, fewer: int) -> None:
    dosage = dosage_after(ada(), found, NOW + waited, RULES)
    assert dosage is not None
    assert (dosage.fewer, dosage.told) == (fewer, fewer == 0)
    assert dosage.harm is (found is HARMFUL)


@pytest.mark.parametrize(("cap", "steps"), [(4, 3), (2, 1), (1, 0), (0, 0)])
def test_one_step_at_a_time_and_never_below_one(cap: int, steps: int) -> None:
    person, now = ada(cap), NOW
    seen = []
    for _ in range(6 * 28):
        now += DAY
        person = replace(person, dosage=dosage_after(person, UNPROVEN, now, RULES))
        seen.append(person.most_a_day)
    assert seen[27] == max(cap - 1, min(cap, 1))
    assert sorted(set(seen), reverse=True) == list(range(cap, cap - steps - 1, -1))[-len(set(seen)) :]
    assert seen[-1] == cap - steps


def test_help_that_is_proven_later_brings_the_cap_back_and_is_told() -> None:
    person = ada(fewer=2, since=NOW)
    assert person.most_a_day == 1
    dosage = dosage_after(person, PROVEN, NOW + HOUR, RULES)
    assert dosage == Dosage(since=NOW + HOUR, told=False)
    assert replace(person, dosage=dosage).most_a_day == 3


def test_who_sets_the_cap_is_not_overruled() -> None:
    person = set_cap(3)(ada(fewer=1))
    assert person.most_a_day == 3
    assert dosage_after(person, UNPROVEN, NOW + 10 * RULES.patience, RULES) == person.dosage


async def test_the_end_of_the_test_is_the_end_of_the_dosage(here: Scene) -> None:
    await here.person(allowed=TESTED, dosage=Dosage(since=NOW, fewer=1))
    person = await here.allow(Purpose.HOLDOUT, granted=False)
    assert (person.dosage, person.most_a_day) == (None, 3)
    assert dosage_after(person, UNPROVEN, NOW + 10 * RULES.patience, RULES) is None


async def test_the_test_begins_once_however_often_it_is_switched_on(here: Scene) -> None:
    await here.person()
    first = await here.allow(Purpose.HOLDOUT)
    assert first.dosage == Dosage(since=NOW)
    here.clock.move(hours=1)
    assert await here.allow(Purpose.HOLDOUT) == first


def earlier(one: Trial, by: timedelta) -> Trial:
    return replace(one, decided_at=one.decided_at - by, ends_at=one.ends_at - by)


async def seeded(here: Scene, trials: list[Trial]) -> None:
    """Trials of the past, each with a decision."""
    example = await here.latest()
    async with here.deps.store.begin() as unit:
        for one in trials:
            await unit.decisions.add(
                replace(example, decision_id=one.decision_id, slot=None, decided_at=one.decided_at), None
            )
            await unit.trials.add(one)


async def test_months_without_a_difference_lower_the_dosage_and_the_next_tip_says_so_once(
    either: Store,
) -> None:
    here = scene(either, helping=replace(RULES, hold_out=0.01, worthwhile=1.0))
    await here.person(allowed=TESTED, preferences={"cap": 2}, dosage=Dosage(since=NOW))
    await here.task("Pay the rent", due=TODAY, priority=1)
    await here.slot()
    past = [earlier(one, 200 * DAY) for one in history(500, with_tip=30, without=30)]
    await seeded(here, past)
    assert (await here.stored()).most_a_day == 2

    at = NOW + RULES.patience
    await here.task("Call Ann", due=Due(on=at.date()), priority=1)
    await here.task("Call Bob", due=Due(on=at.date()), priority=1)
    await here.slot(f"{at:%F} 09:00")
    person = await here.stored()
    assert person.most_a_day == 1
    assert person.dosage == Dosage(since=at + HOUR / 2, fewer=1, told=True)
    assert (await here.kinds()).count("dosage.changed") == 1

    refused = await here.slot(f"{at:%F} 13:00")
    assert refused.silence is not None
    assert refused.silence.value == "cap"
    await update_dosage(person, here.deps)
    assert (await here.stored()).dosage == person.dosage


async def test_the_news_waits_for_a_message_that_goes_out(here: Scene) -> None:
    unannounced = Dosage(since=NOW, fewer=1, told=False, kept=True)
    await here.person(allowed=TESTED, dosage=unannounced)
    await here.task("Pay the rent", due=TODAY, priority=1)
    here.phone.faults = [SendRejected("no")]
    await here.slot()
    assert (await here.stored()).dosage == unannounced
    await here.task("Call Ann", due=TODAY, priority=1)
    await here.slot("2027-06-14 13:00")
    assert (await here.stored()).dosage == replace(unannounced, told=True)


async def test_a_dosage_that_was_changed_meanwhile_is_left_alone(here: Scene) -> None:
    person = await here.person(allowed=TESTED, dosage=Dosage(since=NOW - 99 * DAY, fewer=1))
    await changed(here, set_cap(3))
    kept = (await here.stored()).dosage
    await update_dosage(person, here.deps)
    assert (await here.stored()).dosage == kept


async def test_of_two_changes_at_the_same_time_the_one_that_was_stored_stays(here: Scene) -> None:
    """The effect would bring the cap back to whom it was read of; what is stored was changed since."""
    before = await here.person(allowed=TESTED, dosage=Dosage(since=NOW - 99 * DAY, fewer=1))
    await here.slot()
    await seeded(here, history(400, with_tip=60, without=20))
    here.clock.move(days=400)
    stored = replace(before, dosage=Dosage(since=NOW, fewer=2))
    async with here.deps.store.begin() as unit:
        await unit.people.save(stored)
    await update_dosage(before, here.deps)
    assert (await here.stored()).dosage == stored.dosage
    await update_dosage(stored, here.deps)
    assert (await here.stored()).dosage == Dosage(since=here.clock.now(), told=False)


async def test_only_the_dosage_that_a_message_announced_is_announced(here: Scene) -> None:
    changed_since = Dosage(since=NOW + HOUR, fewer=2, told=False)
    await here.person(allowed=TESTED, dosage=changed_since)
    async with here.deps.store.begin() as unit:
        await mark_dosage_announced(unit, "ada", Dosage(since=NOW, fewer=1, told=False))
    assert (await here.stored()).dosage == changed_since
