"""May oO disturb now? An example for each refusal, the order they come in, and whom they hold for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput
from core.records import Consent, Person, Preferences, Purpose, QuietWindow, Reason, Trigger
from core.scheduling.availability import (
    Availability,
    AvailabilityRules,
    RecentPushes,
    available_for_slot,
    available_on_request,
    available_outside_slots,
    local_day,
)
from core.scheduling.quiet_hours import FOREVER
from tests.core.minutes import DAY, HOUR, MINUTE, utc

NOON = utc("2027-07-01T10:00")  # in Berlin
TOMORROW = utc("2027-07-01T22:00")
NIGHT = utc("2027-07-01T21:00")
ANNA = Person(
    person_id="anna",
    created_at=utc("2027-01-01T00:00"),
    consent=Consent.AGREED,
    allowed=(Purpose.MESSAGES,),
    zone="Europe/Berlin",
    preferences=Preferences(quiet=(QuietWindow(start=time(22), end=time(7)),), cap=3),
)
RULES = AvailabilityRules()
FREE = Availability()


def asked(
    person: Person = ANNA,
    *,
    now: datetime = NOON,
    slot_at: datetime | None = None,
    trigger: Trigger = Trigger.SCHEDULED,
    sent_today: int = 0,
    promised_today: int = 0,
    last_sent_at: datetime | None = None,
    reachable: bool = True,
    even_if_quiet: bool = False,
    **ends: datetime | None,
) -> Availability:
    """A scheduled tip at noon with nothing in its way, unless said otherwise."""
    if trigger is Trigger.REQUESTED:
        return available_on_request(person)
    if trigger is Trigger.SNOOZED:
        return available_outside_slots(
            person, now=now, reachable=reachable, guard=RULES.guard, even_if_quiet=even_if_quiet, **ends
        )
    pushes = RecentPushes(sent_today=sent_today, snoozes_today=promised_today, last_sent_at=last_sent_at)
    return available_for_slot(
        person, now=now, slot_at=slot_at, pushes=pushes, reachable=reachable, rules=RULES, **ends
    )


@pytest.mark.parametrize("trigger", list(Trigger))
def test_with_nothing_in_its_way_a_tip_may_go(trigger: Trigger) -> None:
    assert asked(trigger=trigger, slot_at=NOON, last_sent_at=NOON - DAY) == FREE


@pytest.mark.parametrize("consent", [Consent.ASKED, Consent.DECLINED])
@pytest.mark.parametrize("trigger", list(Trigger))
def test_without_consent_nothing_goes(consent: Consent, trigger: Trigger) -> None:
    person = replace(ANNA, consent=consent)
    assert asked(person, trigger=trigger, even_if_quiet=True) == Availability(reason=Reason.NO_CONSENT)


def test_a_zone_that_is_not_known_is_never_assumed() -> None:
    assert asked(replace(ANNA, zone=None)) == Availability(reason=Reason.NO_ZONE)
    with pytest.raises(BadInput):
        asked(replace(ANNA, zone="Europe/Atlantis"))


def test_a_person_who_cannot_be_reached_is_left_alone() -> None:
    assert asked(reachable=False) == Availability(reason=Reason.UNREACHABLE)


@pytest.mark.parametrize("end", [NOON + MINUTE, FOREVER])
def test_a_pause_holds_until_its_end(end: datetime) -> None:
    assert asked(replace(ANNA, paused_until=end)) == Availability(reason=Reason.PAUSED, until=end)


def test_a_pause_is_over_at_its_end() -> None:
    assert asked(replace(ANNA, paused_until=NOON)) == FREE


@pytest.mark.parametrize("trigger", [Trigger.SCHEDULED, Trigger.SNOOZED])
@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        ("2027-07-01T19:58", False),
        ("2027-07-01T19:59", True),
        ("2027-07-01T20:00", True),
        ("2027-07-02T04:59", True),
        ("2027-07-02T05:00", False),
    ],
)
def test_no_push_starts_in_quiet_hours_or_in_the_guard_before_them(
    now: str, quiet: bool, trigger: Trigger
) -> None:
    refusal = Availability(reason=Reason.QUIET, until=utc("2027-07-02T05:00"))
    assert asked(now=utc(now), trigger=trigger) == (refusal if quiet else FREE)


def test_quiet_hours_follow_the_clocks_not_an_offset() -> None:
    assert asked(now=utc("2027-03-27T05:30")).reason is Reason.QUIET
    assert asked(now=utc("2027-03-28T05:30")) == FREE


def test_a_slot_that_waited_too_long_is_let_go() -> None:
    assert asked(slot_at=NOON - RULES.freshness) == FREE
    assert asked(slot_at=NOON - RULES.freshness - MINUTE) == Availability(reason=Reason.STALE)


@pytest.mark.parametrize(("sent", "promised"), [(3, 0), (2, 1), (0, 3), (5, 0)])
def test_the_cap_counts_what_was_sent_and_what_was_promised(sent: int, promised: int) -> None:
    refusal = Availability(reason=Reason.CAP, until=TOMORROW)
    assert asked(sent_today=sent, promised_today=promised) == refusal


def test_below_the_cap_a_tip_may_go() -> None:
    assert asked(sent_today=1, promised_today=1) == FREE


def test_a_cap_of_nothing_lets_no_slot_pass() -> None:
    person = replace(ANNA, preferences=replace(ANNA.preferences, cap=0))
    assert asked(person).reason is Reason.CAP


def test_tips_keep_their_distance() -> None:
    assert asked(last_sent_at=NOON - 30 * MINUTE) == FREE
    assert asked(last_sent_at=NOON - 29 * MINUTE) == Availability(reason=Reason.SPACING, until=NOON + MINUTE)


def test_a_clock_that_went_back_brings_nothing_early() -> None:
    assert asked(last_sent_at=NOON + HOUR).reason is Reason.SPACING


def test_of_several_reasons_the_first_is_named() -> None:
    worst = Person(
        person_id="anna",
        created_at=ANNA.created_at,
        paused_until=FOREVER,
        preferences=replace(ANNA.preferences, cap=0),
    )

    def reason(
        person: Person,
        *,
        now: datetime = NIGHT,
        late: timedelta = DAY,
        there: bool = False,
        silenced_until: datetime | None = TOMORROW,
        busy_until: datetime | None = TOMORROW,
    ) -> object:
        ends: dict[str, Any] = {"silenced_until": silenced_until, "busy_until": busy_until}
        return asked(person, now=now, slot_at=now - late, last_sent_at=now, reachable=there, **ends).reason

    agreed = replace(worst, consent=Consent.AGREED, allowed=ANNA.allowed)
    placed = replace(agreed, zone="Europe/Berlin")
    awake = replace(placed, paused_until=None)
    eager = replace(awake, preferences=ANNA.preferences)
    assert [
        reason(worst),
        reason(agreed),
        reason(placed),
        reason(placed, there=True),
        reason(awake, there=True),
        reason(awake, there=True, late=MINUTE),
        reason(awake, there=True, now=NOON, late=MINUTE),
        reason(awake, there=True, now=NOON, late=MINUTE, silenced_until=None),
        reason(eager, there=True, now=NOON, late=MINUTE, silenced_until=None),
        reason(eager, there=True, now=NOON, late=MINUTE, silenced_until=None, busy_until=None),
    ] == [
        Reason.NO_CONSENT,
        Reason.NO_ZONE,
        Reason.UNREACHABLE,
        Reason.PAUSED,
        Reason.STALE,
        Reason.QUIET,
        Reason.SILENCED,
        Reason.CAP,
        Reason.MEETING,
        Reason.SPACING,
    ]


def test_a_tip_that_was_asked_for_needs_consent_only() -> None:
    person = replace(ANNA, zone=None, paused_until=FOREVER)
    assert (
        asked(person, trigger=Trigger.REQUESTED, now=NIGHT, sent_today=9, last_sent_at=NIGHT, reachable=False)
        == FREE
    )


def test_a_promised_tip_comes_back_whatever_the_cap() -> None:
    allowed = asked(
        trigger=Trigger.SNOOZED, slot_at=NOON - DAY, sent_today=3, promised_today=1, last_sent_at=NOON
    )
    assert allowed == FREE


def test_a_promised_tip_breaks_quiet_hours_only_when_the_person_chose_so() -> None:
    assert asked(trigger=Trigger.SNOOZED, now=NIGHT).reason is Reason.QUIET
    assert asked(trigger=Trigger.SNOOZED, now=NIGHT, even_if_quiet=True) == FREE


def test_unless_it_is_said_nothing_was_chosen_within_quiet_hours() -> None:
    refusal = available_outside_slots(ANNA, now=NIGHT, reachable=True, guard=RULES.guard)
    assert refusal.reason is Reason.QUIET


def test_a_promised_tip_waits_for_the_end_of_a_pause_whatever_was_chosen() -> None:
    person = replace(ANNA, paused_until=NOON + DAY)
    refusal = asked(person, trigger=Trigger.SNOOZED, even_if_quiet=True)
    assert refusal == Availability(reason=Reason.PAUSED, until=NOON + DAY)
    assert asked(trigger=Trigger.SNOOZED, even_if_quiet=True, reachable=False).reason is Reason.UNREACHABLE


def test_a_promised_tip_that_may_not_come_back_is_refused_though_no_quiet_hours_are_near() -> None:
    paused = replace(ANNA, paused_until=NOON + DAY)
    refusal = Availability(reason=Reason.PAUSED, until=NOON + DAY)
    assert asked(paused, trigger=Trigger.SNOOZED) == refusal
    assert asked(trigger=Trigger.SNOOZED, reachable=False).reason is Reason.UNREACHABLE


@pytest.mark.parametrize(
    ("zone", "now", "start", "end"),
    [
        ("Europe/Berlin", "2027-07-01T21:59", "2027-06-30T22:00", "2027-07-01T22:00"),
        ("Europe/Berlin", "2027-07-01T22:00", "2027-07-01T22:00", "2027-07-02T22:00"),
        ("Europe/Berlin", "2027-03-28T12:00", "2027-03-27T23:00", "2027-03-28T22:00"),
        ("America/Havana", "2026-03-08T05:00", "2026-03-08T05:00", "2026-03-09T04:00"),
        ("America/Havana", "2027-11-07T05:30", "2027-11-07T04:00", "2027-11-08T05:00"),
        ("America/Santiago", "2027-04-04T03:30", "2027-04-03T03:00", "2027-04-04T04:00"),
        ("America/St_Johns", "2010-11-07T02:30:30", "2010-11-07T02:30", "2010-11-08T03:30"),
        ("America/St_Johns", "2010-11-07T02:45", "2010-11-07T02:30", "2010-11-08T03:30"),
        ("Pacific/Apia", "2011-12-30T09:59", "2011-12-29T10:00", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-30T10:00", "2011-12-30T10:00", "2011-12-31T10:00"),
    ],
)
def test_a_local_day_runs_from_midnight_to_midnight(zone: str, now: str, start: str, end: str) -> None:
    assert local_day(utc(now), ZoneInfo(zone)) == (utc(start), utc(end))


def test_the_default_rules_leave_room_for_a_slow_send() -> None:
    assert AvailabilityRules().guard >= MINUTE


def test_the_default_rules_are_what_people_get_who_choose_nothing() -> None:
    rules = AvailabilityRules(spacing=30 * MINUTE, freshness=90 * MINUTE, guard=MINUTE)
    assert AvailabilityRules() == rules


@pytest.mark.parametrize("trigger", [Trigger.SCHEDULED, Trigger.SNOOZED])
@pytest.mark.parametrize(
    ("ends", "reason"), [("busy_until", Reason.MEETING), ("silenced_until", Reason.SILENCED)]
)
def test_a_meeting_and_silenced_notifications_hold_a_tip_back_until_their_end(
    trigger: Trigger, ends: str, reason: Reason
) -> None:
    refusal = Availability(reason=reason, until=NOON + HOUR)
    until: dict[str, Any] = {ends: NOON + HOUR}
    assert asked(trigger=trigger, **until) == refusal


def test_a_time_that_the_person_chose_within_quiet_hours_is_kept_in_a_meeting_too() -> None:
    ends: dict[str, Any] = {"busy_until": NIGHT + HOUR, "silenced_until": NIGHT + HOUR}
    assert asked(trigger=Trigger.SNOOZED, now=NIGHT, even_if_quiet=True, **ends) == FREE


def test_before_a_promised_tip_comes_back_quiet_hours_are_named_first_and_a_meeting_last() -> None:
    ends: dict[str, Any] = {"busy_until": TOMORROW, "silenced_until": TOMORROW + HOUR}
    assert asked(trigger=Trigger.SNOOZED, now=NIGHT, **ends).reason is Reason.QUIET
    assert asked(trigger=Trigger.SNOOZED, **ends).reason is Reason.SILENCED


def test_nobody_was_sent_anything_before_the_first_tip() -> None:
    assert RecentPushes() == RecentPushes(sent_today=0, snoozes_today=0, last_sent_at=None)


def test_quiet_hours_that_have_begun_last_though_the_clocks_go_back_behind_their_start() -> None:
    person = replace(ANNA, preferences=Preferences(quiet=(QuietWindow(start=time(2, 30), end=time(6)),)))
    second_two = utc("2027-10-31T01:00")  # 02:00 for the second time
    for now in (second_two - 30 * MINUTE, second_two, second_two + 15 * MINUTE, second_two + 3 * HOUR):
        assert asked(person, now=now) == Availability(reason=Reason.QUIET, until=utc("2027-10-31T05:00"))
    assert asked(person, now=second_two - 32 * MINUTE) == FREE
    assert asked(person, now=utc("2027-10-31T05:00")) == FREE
