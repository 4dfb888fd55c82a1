"""What comes of tasks whose tip was sent or held out, what that says, and how much oO writes after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from core.errors import SendRejected, SendUnknown
from core.feedback import undo
from core.helping import Helped, Side, compare, dosage_after, review
from core.mirror import refresh
from core.model import Consent, Dosage, Due, Person, Preferences, Trial
from core.preferences import hold_out, set_cap
from core.store import Store
from core.tasks import complete_task, remove_task, reopen_task
from core.world import HelpingRules
from tests.core.outsiders import BERLIN, NOW
from tests.core.taps import RENT, changed, tapped
from tests.core.worlds import DAY, DID_IT, DISMISS, DONE, HOUR, Scene, scene

ALWAYS = HelpingRules(hold_out=1 - 1e-9)
NEVER = HelpingRules(hold_out=1e-9)
RULES = HelpingRules()
WEEK = timedelta(weeks=1)
TODAY = Due(on=NOW.date())


async def drawn(here: Scene, slot: str = "2027-06-14 09:00", **fields: Any) -> None:
    """A coin falls for a tip about the rent."""
    await here.person(preferences={"hold_out": True})
    await here.task("Pay the rent", **{"due": TODAY, "priority": 1, **fields})
    await here.slot(slot)


async def trial(here: Scene) -> Trial:
    async with here.world.store.read() as unit:
        [found] = await unit.trials.of("ada")
    return found


async def ticked_off(here: Scene, task_id: str = RENT) -> None:
    async with here.world.store.begin() as unit:
        await complete_task(unit, await unit.tasks.get(task_id), here.world, zone=BERLIN)


async def opened_again(here: Scene, task_id: str = RENT) -> None:
    async with here.world.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        await reopen_task(unit, task, here.world, due=TODAY, done_at=task.done_at)


# --- The outcome -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rules", [ALWAYS, NEVER], ids=["held out", "sent"])
@pytest.mark.parametrize(("local", "counts"), [("2027-06-14 23:59", True), ("2027-06-15 00:00", False)])
async def test_done_counts_until_the_persons_day_ends(
    either: Store, rules: HelpingRules, local: str, counts: bool
) -> None:
    here = scene(either, helping=rules)
    await drawn(here)
    here.clock.berlin(local)
    await ticked_off(here)
    assert ((await trial(here)).done_at is not None) is counts


@pytest.mark.parametrize(
    ("day", "length"), [("2027-03-28", timedelta(hours=23)), ("2027-10-31", timedelta(hours=25))]
)
async def test_a_day_on_which_the_clocks_change_ends_at_midnight(
    here: Scene, day: str, length: timedelta
) -> None:
    tested = scene(here.world.store, helping=ALWAYS)
    here.clock.berlin(f"{day} 00:00")
    start = here.clock.now()
    tested.clock.time = start - DAY
    await drawn(tested, f"{day} 09:00", due=Due(on=date.fromisoformat(day)))
    assert (await trial(tested)).ends_at - start == length


async def test_the_zone_is_that_of_the_decision(here: Scene) -> None:
    tested = scene(here.world.store, helping=ALWAYS)
    await drawn(tested)
    await changed(tested, lambda person: replace(person, zone="Asia/Tokyo"))
    assert f"{(await trial(tested)).ends_at.astimezone(BERLIN):%F %H:%M}" == "2027-06-15 00:00"


async def test_a_tap_counts_and_its_undo_takes_it_back(either: Store) -> None:
    here = scene(either, helping=NEVER)
    await drawn(here)
    decision = await here.latest()
    await tapped(here, decision, DONE)
    assert (await trial(here)).done_at == here.clock.now()
    await undo(decision.decision_id, await here.stored(), here.world)
    assert (await trial(here)).done_at is None
    here.clock.move(hours=1)
    await ticked_off(here)
    assert (await trial(here)).done_at == here.clock.now()


async def test_did_it_already_is_ticked_off_like_any_other_and_its_undo_takes_it_back(either: Store) -> None:
    """Held out, nobody could say so: what counts has to be the same on both sides."""
    here = scene(either, helping=NEVER)
    await drawn(here)
    decision = await here.latest()
    await tapped(here, decision, DISMISS, DID_IT)
    assert (await trial(here)).done_at == here.clock.now()
    await undo(decision.decision_id, await here.stored(), here.world)
    assert (await trial(here)).done_at is None


async def test_a_repeating_task_that_moves_on_was_done(either: Store) -> None:
    here = scene(either, helping=ALWAYS)
    await drawn(here, repeats="FREQ=DAILY")
    here.clock.move(hours=1)
    first = here.clock.now()
    await ticked_off(here)
    here.clock.move(hours=1)
    await ticked_off(here)
    assert (await trial(here)).done_at == first
    here.clock.move(hours=1)
    await opened_again(here)  # only the second time
    assert (await trial(here)).done_at == first


async def test_a_task_that_is_removed_was_not_done_and_the_trial_stays(either: Store) -> None:
    here = scene(either, helping=ALWAYS)
    await drawn(here)
    await remove_task(RENT, await here.stored(), here.world)
    assert (await trial(here)).done_at is None


@pytest.mark.parametrize("rules", [ALWAYS, NEVER], ids=["held out", "sent"])
async def test_a_task_that_is_done_where_it_lives_was_done(either: Store, rules: HelpingRules) -> None:
    here = scene(either, todoist=True, helping=rules)
    await here.person(preferences={"hold_out": True})
    await here.connect()
    task = await here.outside_task("Call Ann", due=TODAY, priority=1)
    await here.slot()
    del here.todoist.open[task.task_id]
    here.clock.move(hours=1)
    await refresh(await here.stored(), here.world)
    assert (await trial(here)).done_at == here.clock.now()

    here.todoist.open[task.task_id] = task
    here.clock.move(hours=1)
    await refresh(await here.stored(), here.world)
    assert (await trial(here)).done_at is None


@pytest.mark.parametrize(("days", "counts"), [(7, True), (-1, False)])
async def test_a_repeating_task_that_moved_on_where_it_lives_was_done(
    either: Store, days: int, counts: bool
) -> None:
    here = scene(either, todoist=True, helping=ALWAYS)
    await here.person(preferences={"hold_out": True})
    await here.connect()
    task = await here.outside_task("Water the plants", due=TODAY, priority=1, repeats="every week")
    await here.slot()
    moved = Due(on=NOW.date() + timedelta(days=days))
    here.todoist.open[task.task_id] = replace(task, due=moved)
    here.clock.move(hours=1)
    await refresh(await here.stored(), here.world)
    assert ((await trial(here)).done_at is not None) is counts


async def test_a_repeating_task_that_is_done_here_stays_done_when_its_source_moves_it(here: Scene) -> None:
    tested = scene(here.world.store, todoist=True, helping=ALWAYS)
    await tested.person(preferences={"hold_out": True})
    await tested.connect()
    task = await tested.outside_task("Water the plants", due=TODAY, priority=1, repeats="every week")
    await tested.slot()
    await ticked_off(tested, task.task_id)
    done_at = tested.clock.now()
    for event in await tested.events():
        async with tested.world.store.begin() as unit:
            await unit.events.dispatched(event.event_id, tested.clock.now())
    tested.todoist.open[task.task_id] = replace(task, due=Due(on=NOW.date() + WEEK))
    tested.clock.move(hours=1)
    await refresh(await tested.stored(), tested.world)
    assert (await trial(tested)).done_at == done_at


@pytest.mark.parametrize("fault", [SendRejected("no"), SendUnknown("timeout")])
async def test_what_could_not_be_sent_counts_where_its_coin_fell(
    either: Store, fault: SendRejected | SendUnknown
) -> None:
    here = scene(either, helping=NEVER)
    here.phone.faults = [fault]
    await drawn(here)
    here.clock.move(days=1)
    found = compare([await trial(here)], here.clock.now(), RULES)
    assert (found.with_tip.decisions, found.without.decisions) == (1, 0)


# --- What it says ------------------------------------------------------------------------------------------


def tried(number: int, *, held_out: bool, done: bool) -> Trial:
    """Three a day."""
    at = NOW + number * DAY / 3
    ends = at + HOUR
    return Trial(
        decision_id=f"{number:04}",
        person_id="ada",
        task_id="t",
        decided_at=at,
        chance=RULES.hold_out,
        held_out=held_out,
        ends_at=ends,
        done_at=at if done else None,
    )


def history(count: int, *, with_tip: int, without: int) -> list[Trial]:
    """Every seventh is held out; so many in 100 are done with a tip, and without."""
    made = []
    seen = {True: 0, False: 0}
    for number in range(count):
        held_out = number % 7 == 3
        share = without if held_out else with_tip
        seen[held_out] += 1
        done = seen[held_out] * share // 100 > (seen[held_out] - 1) * share // 100
        made.append(tried(number, held_out=held_out, done=done))
    return made


def after(trials: list[Trial]) -> datetime:
    return trials[-1].ends_at


def test_of_nothing_nothing_is_known() -> None:
    found = compare([], NOW, RULES)
    assert (found.decisions, found.is_known, found.weeks) == (0, False, None)
    assert found.with_tip.share == 0


def test_only_days_that_are_over_count() -> None:
    trials = history(9, with_tip=100, without=0)
    found = compare(trials, trials[-1].ends_at - timedelta(minutes=1), RULES)
    assert found.decisions == 8
    assert (found.with_tip, found.without) == (Side(decisions=7, done=7), Side(decisions=1, done=0))


def test_a_large_difference_shows_after_some_months() -> None:
    trials = history(400, with_tip=60, without=20)
    found = compare(trials, after(trials), RULES)
    assert found.is_proven
    assert found.effect.low < 0.4 < found.effect.high


def test_harm_shows_as_well() -> None:
    trials = history(400, with_tip=20, without=60)
    found = compare(trials, after(trials), RULES)
    assert (found.is_known, found.is_proven) == (True, False)


def test_no_difference_stays_unknown_and_in_the_end_should_have_shown() -> None:
    few, many = history(60, with_tip=30, without=30), history(400, with_tip=30, without=30)
    early, late = compare(few, after(few), RULES), compare(many, after(many), RULES)
    assert (early.is_known, early.should_have_shown) == (False, False)
    assert (late.is_known, late.should_have_shown) == (False, True)


def test_the_weeks_that_are_left_follow_from_the_rate_of_the_last_weeks() -> None:
    trials = history(60, with_tip=30, without=30)
    found = compare(trials, after(trials), RULES)
    assert found.weeks is not None
    assert found.weeks * 21 == pytest.approx(found.needed - 60, abs=42)
    assert compare(trials, after(trials) + 6 * WEEK, RULES).weeks is None


# --- The dosage --------------------------------------------------------------------------------------------

UNPROVEN = compare(history(400, with_tip=30, without=30), NOW + 400 * DAY, RULES)
PROVEN = compare(history(400, with_tip=60, without=20), NOW + 400 * DAY, RULES)
EARLY = compare(history(20, with_tip=30, without=30), NOW + 400 * DAY, RULES)
HARMFUL = replace(EARLY, effect=compare(history(400, with_tip=20, without=70), NOW + 400 * DAY, RULES).effect)


def ada(cap: int = 3, **dosage: Any) -> Person:
    """Ada, who has been testing since ``NOW``."""
    return Person(
        person_id="ada",
        created_at=NOW,
        consent=Consent.AGREED,
        preferences=Preferences(cap=cap, hold_out=True),
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
def test_fewer_once_help_should_have_shown(found: Helped, waited: timedelta, fewer: int) -> None:
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


def test_the_end_of_the_test_is_the_end_of_the_dosage() -> None:
    person = hold_out(False, NOW)(ada(fewer=1))
    assert (person.dosage, person.most_a_day) == (None, 3)
    assert dosage_after(person, UNPROVEN, NOW + 10 * RULES.patience, RULES) is None


def test_the_test_begins_once_however_often_it_is_switched_on() -> None:
    first = hold_out(True, NOW)(Person(person_id="ada", created_at=NOW))
    assert first.dosage == Dosage(since=NOW)
    assert hold_out(True, NOW + HOUR)(first) == first


def earlier(one: Trial, by: timedelta) -> Trial:
    return replace(one, decided_at=one.decided_at - by, ends_at=one.ends_at - by)


async def seeded(here: Scene, trials: list[Trial]) -> None:
    """Trials of the past, each with a decision."""
    example = await here.latest()
    async with here.world.store.begin() as unit:
        for one in trials:
            await unit.decisions.add(
                replace(example, decision_id=one.decision_id, slot=None, decided_at=one.decided_at), None
            )
            await unit.trials.add(one)


async def test_months_without_a_difference_lower_the_dosage_and_the_next_tip_says_so_once(
    either: Store,
) -> None:
    here = scene(either, helping=replace(RULES, hold_out=0.01, worthwhile=1.0))
    await here.person(preferences={"hold_out": True, "cap": 2}, dosage=Dosage(since=NOW))
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
    assert refused.unavailable is not None
    assert refused.unavailable.value == "cap"
    await review(person, here.world)
    assert (await here.stored()).dosage == person.dosage


async def test_the_news_waits_for_a_message_that_goes_out(here: Scene) -> None:
    untold = Dosage(since=NOW, fewer=1, told=False, kept=True)
    await here.person(preferences={"hold_out": True}, dosage=untold)
    await here.task("Pay the rent", due=TODAY, priority=1)
    here.phone.faults = [SendRejected("no")]
    await here.slot()
    assert (await here.stored()).dosage == untold
    await here.task("Call Ann", due=TODAY, priority=1)
    await here.slot("2027-06-14 13:00")
    assert (await here.stored()).dosage == replace(untold, told=True)


async def test_a_dosage_that_was_changed_meanwhile_is_left_alone(here: Scene) -> None:
    person = await here.person(preferences={"hold_out": True}, dosage=Dosage(since=NOW - 99 * DAY, fewer=1))
    await changed(here, set_cap(3))
    kept = (await here.stored()).dosage
    await review(person, here.world)
    assert (await here.stored()).dosage == kept
