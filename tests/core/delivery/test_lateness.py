"""Until when a platform may hold back what was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.delivery.lateness import MAX_REMINDER_AGE, MAX_SNOOZED_AGE, expires_at, is_too_old
from core.records import Decision, Person, Redelivery, Trigger
from tests.contracts.store.records import decision
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene

FRESH = timedelta(minutes=90)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


async def decided(here: Scene, at: str, trigger: Trigger = Trigger.SCHEDULED) -> tuple[Decision, Person]:
    here.clock.berlin(at)
    person = await here.person()
    return replace(decision("d"), trigger=trigger, decided_at=here.clock.now()), person


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2027-06-14 09:00", "2027-06-14 10:30"),
        ("2027-06-14 21:00", "2027-06-14 22:00"),
        ("2027-06-14 21:59", "2027-06-14 22:00"),
        ("2027-06-14 23:00", "2027-06-14 23:00"),
    ],
)
async def test_a_tip_ends_with_its_freshness_or_when_it_gets_quiet(here: Scene, at: str, until: str) -> None:
    made, person = await decided(here, at)
    assert expires_at(made, person, here.deps) == berlin(until)


async def test_a_tip_that_is_sent_late_ends_no_later(here: Scene) -> None:
    made, person = await decided(here, "2027-06-14 09:00")
    here.clock.move(minutes=80)
    assert expires_at(made, person, here.deps) == berlin("2027-06-14 10:30")
    assert not is_too_old(made, here.deps)
    here.clock.move(minutes=20)
    assert is_too_old(made, here.deps)
    assert expires_at(made, person, here.deps) == here.clock.now()


@pytest.mark.parametrize(
    ("trigger", "age"), [(Trigger.SNOOZED, MAX_SNOOZED_AGE), (Trigger.REMINDER, MAX_REMINDER_AGE)]
)
async def test_what_the_person_asked_for_waits_until_it_gets_quiet_unless_they_chose_a_quiet_time(
    here: Scene, trigger: Trigger, age: timedelta
) -> None:
    made, person = await decided(here, "2027-06-14 09:00", trigger)
    assert expires_at(made, person, here.deps) == berlin("2027-06-14 22:00")
    assert made.draw
    quiet = replace(made, result=Redelivery(draw=made.draw, even_if_quiet=True))
    assert expires_at(quiet, person, here.deps) == here.clock.now() + age


async def test_what_was_just_asked_for_is_not_held_back_by_quiet_hours(here: Scene) -> None:
    made, person = await decided(here, "2027-06-14 21:50", Trigger.REQUESTED)
    assert expires_at(made, person, here.deps) == here.clock.now() + here.deps.rules.availability.freshness
