"""The hold-out experiment: for people who opt in, some tips drawn for a slot are randomly withheld."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.deciding.decide import Decided, decide
from core.deciding.explain import why_not
from core.delivery.on_request import tip_now
from core.delivery.push import DueDecisionPoint, commit
from core.dependencies import HoldoutRules
from core.learning.holdout import with_holdout_draw
from core.learning.update import reward_ignored_tips
from core.people.consents import AT_THE_START
from core.policies.replay import replay
from core.records import Decision, Due, Purpose, Reason, Request, Reward, Signal, TipKind, Trial, Trigger
from core.scheduling.availability import Availability
from core.store import Store
from tests.core.outsiders import BERLIN, NOW, written
from tests.core.taps import RENT, snoozed_until
from tests.core.trials import ALWAYS, NEVER, TESTED
from tests.core.worlds import DAY, Scene, account, compose, scene
from tests.decisions import altered, draw_of
from tests.fakes.store import FakeStore

SLOTS = ("09:00", "13:00", "18:30")


async def trials(here: Scene) -> tuple[Trial, ...]:
    async with here.deps.store.read() as unit:
        return await unit.trials.of("ada")


async def drawn_for_slots(here: Scene, days: int) -> list[Decision]:
    """What was decided at the slots of so many days, each with a task of its own."""
    found = []
    for day in range(days):
        for slot in SLOTS:
            at = NOW + day * DAY
            await here.task(f"Task {day} {slot}", due=Due(on=at.date()), priority=1)
            found.append(await here.slot(f"{at:%Y-%m-%d} {slot}"))
    return found


async def held_out(here: Scene) -> Decision:
    """A tip about the rent that is held out at nine."""
    await here.person(allowed=TESTED)
    await here.task("Pay the rent", due=Due(on=NOW.date()), priority=1)
    return await here.slot()


async def test_who_did_not_ask_for_a_test_gets_no_coin(either: Store) -> None:
    here = scene(either, helping=ALWAYS)
    await here.person()
    decisions = await drawn_for_slots(here, 3)
    assert [draw_of(one).coin for one in decisions] == [None] * 9
    assert len(here.phone.shown) == 9
    assert await trials(here) == ()


async def test_without_a_test_not_even_a_random_number_is_drawn() -> None:
    after_one = await drawn_once(scene(FakeStore()), AT_THE_START)
    assert after_one == await drawn_once(scene(FakeStore(), helping=ALWAYS), AT_THE_START)
    assert after_one != await drawn_once(scene(FakeStore(), helping=NEVER), TESTED)


async def drawn_once(here: Scene, allowed: tuple[Purpose, ...]) -> int:
    """The next random number after one slot."""
    await here.person(allowed=allowed)
    await here.task("Pay the rent", due=Due(on=NOW.date()), priority=1)
    await here.slot()
    return here.deps.random.seed()


async def test_a_tip_that_is_held_out_is_stored_whole_and_not_sent(either: Store) -> None:
    here = scene(either, helping=ALWAYS)
    decision = await held_out(here)

    assert here.phone.tries == 0
    assert decision.held_out
    assert decision.refusal is None
    assert decision.tip is not None
    assert decision.tip.task_id == RENT
    assert draw_of(decision).propensity == pytest.approx(1)
    assert len(decision.candidates) == 2
    async with either.read() as unit:
        assert await unit.deliveries.of(decision.decision_id) == ()
    [trial] = await trials(here)
    assert (trial.decision_id, trial.task_id, trial.held_out) == (decision.decision_id, RENT, True)
    assert f"{trial.ends_at.astimezone(BERLIN):%F %T}" == "2027-06-15 00:00:00"
    events = [(one.kind, one.data.get("reason")) for one in await here.events()]
    assert events == [("decision.made", "held_out")]


async def test_a_tip_on_which_the_coin_falls_the_other_way_is_sent(either: Store) -> None:
    here = scene(either, helping=NEVER)
    decision = await held_out(here)
    assert here.phone.lines == ["Pay the rent"]
    assert draw_of(decision).coin is not None
    assert not decision.held_out
    assert [one.held_out for one in await trials(here)] == [False]


async def test_the_coin_falls_as_often_as_the_rules_say(here: Scene) -> None:
    tested = scene(here.deps.store, helping=HoldoutRules(hold_out=0.3))
    await tested.person(allowed=TESTED)
    decisions = await drawn_for_slots(tested, 60)
    about_tasks = [one for one in decisions if one.tip and one.tip.task_id]
    assert len(about_tasks) > 150
    coins = [draw_of(one).coin for one in decisions]
    assert all(coin and coin.chance == 0.3 for coin in coins)
    share = sum(one.held_out for one in about_tasks) / len(about_tasks)
    assert 0.15 < share < 0.45  # four standard errors
    assert len(tested.phone.shown) == sum(not one.held_out for one in about_tasks)


async def test_held_out_teaches_nothing_and_is_no_silence_to_learn_from(either: Store) -> None:
    here = scene(either, helping=ALWAYS)
    decision = await held_out(here)
    here.clock.move(hours=20)
    assert await reward_ignored_tips(here.deps) == 0
    assert await here.reward(decision) is None
    async with either.read() as unit:
        assert await unit.decisions.rewarded_draws("", 99) == ()


async def test_held_out_uses_up_its_slot_but_no_cap_and_no_spacing(either: Store) -> None:
    here = scene(either, helping=ALWAYS)
    await here.person(allowed=TESTED, preferences={"cap": 1})
    await here.task("Pay the rent", due=Due(on=NOW.date()), priority=1)
    await here.task("Call Ann", due=Due(on=NOW.date()), priority=1)
    first = await here.slot()
    here.clock.move(minutes=1)
    assert await here.tick() == 0
    second = await here.slot("2027-06-14 13:00")
    assert (first.slot, second.slot) == ("2027-06-14T09:00", "2027-06-14T13:00")
    assert (first.held_out, second.held_out) == (True, True)


async def test_the_task_rests_for_that_day_unless_somebody_asks(either: Store) -> None:
    """A later tip about it would reveal what was held out."""
    here = scene(either, helping=ALWAYS)
    await held_out(here)
    later = await here.slot("2027-06-14 13:00")
    assert later.tip is None
    assert [one.candidate.dropped for one in later.candidates] == ["held_out", None]

    here.clock.move(minutes=1)
    person = await here.stored()
    asked = await tip_now(
        person, account("ada", NOW), here.deps, compose, zone=BERLIN, request=Request(), origin="1"
    )
    assert asked is not None
    assert here.phone.lines == ["Pay the rent"]
    assert draw_of(await here.latest()).coin is None
    next_day = await here.slot("2027-06-15 18:30")
    assert next_day.tip is not None


async def test_a_promised_tip_comes_back_whatever_coin_there_is(here: Scene) -> None:
    tested = scene(here.deps.store, helping=ALWAYS)
    await tested.person()
    await tested.task("Pay the rent")
    await tested.slot()
    await snoozed_until(tested, "2027-06-14 10:00", await tested.latest())
    await tested.allow(Purpose.HOLDOUT)
    back = await tested.slot("2027-06-14 10:00")
    assert (back.trigger, draw_of(back).coin) == (Trigger.SNOOZED, None)
    assert len(tested.phone.shown) == 2


async def test_silence_and_advice_have_a_coin_but_are_never_held_out(here: Scene) -> None:
    advising = scene(here.deps.store, llm=True, helping=ALWAYS)
    advising.model.tips = (written("Walk around the block."),)
    person = await advising.person(allowed=TESTED)
    decided = await decide(person, advising.deps, trigger=Trigger.SCHEDULED, zone=BERLIN)
    advice = next(one for one in decided.decision.candidates if one.candidate.candidate_id == "llm:1")
    for action in (advice.candidate.candidate_id, "silence"):
        drawn = with_holdout_draw(altered(decided.decision, action=action), person, advising.deps)
        coin = draw_of(drawn).coin
        assert coin is not None
        assert (coin.held_out, drawn.held_out) == (True, False)


async def test_advice_is_sent_and_silence_explained_however_the_coin_fell(either: Store) -> None:
    here = scene(either, llm=True, helping=ALWAYS)
    here.model.tips = (written("Walk around the block."),)
    person = await here.person(allowed=TESTED)
    decided = await decide(person, here.deps, trigger=Trigger.SCHEDULED, zone=BERLIN)
    advice = next(one for one in decided.decision.candidates if one.candidate.candidate_id == "llm:1")
    due_point = DueDecisionPoint(person=person, availability=Availability())
    silent = replace(decided, decision=altered(decided.decision, decision_id="silent", action="silence"))
    assert await commit(due_point, silent, here.deps, compose) is None
    chosen = altered(decided.decision, action=advice.candidate.candidate_id)
    departure = await commit(due_point, replace(decided, decision=chosen), here.deps, compose)

    assert departure is not None
    assert await trials(here) == ()
    reasons = [one.data.get("reason") for one in await here.events() if one.kind == "decision.made"]
    assert sorted(reasons, key=str) == [None, "chose_silence"]
    async with either.read() as unit:
        assert await unit.decisions.rewarded_draws("", 99) == ()


async def test_the_log_leaves_out_tips_and_silence_alike(either: Store) -> None:
    """So the weights of a shadow that sends nothing have the mean 1, as if nobody was tested."""
    here = scene(either, helping=HoldoutRules(hold_out=0.5))
    person = await here.person(allowed=TESTED)
    await here.task("Pay the rent")
    decided = await decide(person, here.deps, trigger=Trigger.SCHEDULED, zone=BERLIN)
    silence, tip = (one.candidate.candidate_id for one in decided.decision.candidates)
    async with either.begin() as unit:
        for number in range(400):
            drawn = altered(
                decided.decision,
                decision_id=f"{number:04}",
                action=tip if number % 2 else silence,
                propensity=0.5,
            )
            made = with_holdout_draw(drawn, person, here.deps)
            await unit.decisions.add(made, None)
            if made.tip and not made.held_out:
                await unit.reactions.put_reward(
                    Reward(
                        decision_id=made.decision_id,
                        person_id=person.person_id,
                        value=0.0,
                        source=Signal.SILENCE,
                        given_at=made.decided_at,
                    )
                )
        log = await unit.decisions.rewarded_draws("", 400)
    weights = [2.0 if one.kind is TipKind.SILENCE else 0.0 for one in log]
    assert 150 < len(log) < 250
    assert sum(weights) / len(log) == pytest.approx(1, abs=4 / len(log) ** 0.5)


async def test_a_replay_tosses_the_coin_again(here: Scene) -> None:
    tested = scene(here.deps.store, helping=HoldoutRules(hold_out=0.5))
    await tested.person(allowed=TESTED)
    for decision in await drawn_for_slots(tested, 4):
        async with tested.deps.store.read() as unit:
            snapshot = await unit.decisions.snapshot(draw_of(decision).model_version)
        logged = draw_of(decision)
        assert replay(logged, snapshot).same
        assert logged.coin is not None
        flipped = replace(logged.coin, held_out=not logged.coin.held_out)
        [difference] = replay(replace(logged, coin=flipped), snapshot).differences
        assert difference.startswith("coin: ")


async def test_whynot_says_so_and_names_no_tip(here: Scene) -> None:
    tested = scene(here.deps.store, helping=ALWAYS)
    await held_out(tested)
    [found] = await why_not(await tested.stored(), tested.deps)
    assert (found.reason, found.best) == (Reason.HELD_OUT, None)
    await tested.slot("2027-06-14 13:00")  # nothing else to say: a held-out tip is not revealed then either
    later, _ = await why_not(await tested.stored(), tested.deps)
    assert later.best is None


async def test_a_slot_that_somebody_else_served_has_no_trial(here: Scene) -> None:
    tested = scene(here.deps.store, helping=ALWAYS)
    decision = await held_out(tested)
    assert decision.slot
    due_point = DueDecisionPoint(person=await tested.stored(), availability=Availability())
    again = altered(decision, decision_id="again", coin=None)
    assert await commit(due_point, Decided(decision=again), tested.deps, compose) is None
    assert len(await trials(tested)) == 1


async def test_whoever_stops_the_test_meanwhile_gets_the_tip(here: Scene) -> None:
    tested = scene(here.deps.store, llm=True, helping=ALWAYS)
    await tested.person(allowed=TESTED)
    await tested.task("Pay the rent", due=Due(on=NOW.date()), priority=1)

    async def stops() -> None:
        await tested.allow(Purpose.HOLDOUT, granted=False)

    tested.model.meanwhile = stops
    decision = await tested.slot()
    assert draw_of(decision).coin is None
    assert tested.phone.lines == ["Pay the rent"]
