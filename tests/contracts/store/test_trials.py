"""Trials of the hold-out: stored with their assignment, updated when a task is done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import NotFound
from core.records import Dosage, HoldoutDraw
from core.store import Store
from tests.contracts.store.records import (
    DAY,
    HOUR,
    NOW,
    decision,
    person,
    reward,
    scored,
    silence,
    tip,
    trial,
)
from tests.decisions import draw_of


@pytest.fixture
async def store(store: Store) -> Store:
    """Knows four decisions of Ada and one of Bob."""
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        for name in ("d1", "d2", "d3", "d4"):
            await unit.decisions.add(decision(name), None)
        await unit.decisions.add(decision("d5", person_id="bob"), None)
    return store


async def test_trials_come_back_as_stored_in_the_order_of_their_decisions(store: Store) -> None:
    later = trial("d1", decided_at=NOW + HOUR, held_out=True, chance=0.1 + 0.2)
    async with store.begin() as unit:
        await unit.trials.add(later)
        await unit.trials.add(trial("d2"))
        await unit.trials.add(trial("d5", person_id="bob"))
    async with store.read() as unit:
        assert await unit.trials.of("ada") == (trial("d2"), later)
        assert await unit.trials.of("nobody") == ()


async def test_the_first_time_a_task_is_done_on_its_day_counts(store: Store) -> None:
    async with store.begin() as unit:
        await unit.trials.add(trial("d1"))
        await unit.trials.add(trial("d2", decided_at=NOW + 3 * HOUR))
        await unit.trials.add(trial("d3", task_id="t2"))
        await unit.trials.done("t1", NOW + HOUR)
        await unit.trials.done("t1", NOW + 4 * HOUR)
        found = {one.decision_id: one.done_at for one in await unit.trials.of("ada")}
    assert found == {"d1": NOW + HOUR, "d2": NOW + 4 * HOUR, "d3": None}


async def test_a_day_has_its_first_instant_but_not_its_end(store: Store) -> None:
    async with store.begin() as unit:
        await unit.trials.add(trial("d1"))
        await unit.trials.add(trial("d2", ends_at=NOW))
        await unit.trials.add(trial("d3", decided_at=NOW + HOUR))
        await unit.trials.done("t1", NOW)
        found = {one.decision_id: one.done_at for one in await unit.trials.of("ada")}
    assert found == {"d1": NOW, "d2": None, "d3": None}


async def test_what_is_taken_back_is_the_completion_of_that_instant(store: Store) -> None:
    async with store.begin() as unit:
        await unit.trials.add(trial("d1", done_at=NOW + HOUR))
        await unit.trials.add(trial("d2", done_at=NOW + 2 * HOUR))
        await unit.trials.undone("t1", NOW + HOUR)
        await unit.trials.undone("t2", NOW + 2 * HOUR)
        found = {one.decision_id: one.done_at for one in await unit.trials.of("ada")}
    assert found == {"d1": None, "d2": NOW + 2 * HOUR}


async def test_tasks_are_held_out_until_their_day_is_over(store: Store) -> None:
    async with store.begin() as unit:
        await unit.trials.add(trial("d1", held_out=True, task_id="b"))
        await unit.trials.add(trial("d2", held_out=True, task_id="a"))
        await unit.trials.add(trial("d3", task_id="c"))
        await unit.trials.add(trial("d4", held_out=True, task_id="b"))
        await unit.trials.add(trial("d5", held_out=True, task_id="e", person_id="bob"))
        assert await unit.trials.held_out("ada", NOW + HOUR) == ("a", "b")
        assert await unit.trials.held_out("ada", NOW + DAY) == ()


async def test_a_trial_belongs_to_a_decision(store: Store) -> None:
    async def toss_for_nothing() -> None:
        async with store.begin() as unit:
            await unit.trials.add(trial("unknown"))

    with pytest.raises(NotFound):
        await toss_for_nothing()


async def test_a_coin_and_a_dosage_come_back_bit_for_bit(store: Store) -> None:
    coin = HoldoutDraw(seed=2**63 - 1, chance=0.1 + 0.2, held_out=True)
    dosage = Dosage(since=NOW, fewer=1, told=False, kept=True)
    async with store.begin() as unit:
        await unit.decisions.add(decision("d6", coin=coin), None)
        await unit.people.save(replace(await unit.people.get("ada"), dosage=dosage))
    async with store.read() as unit:
        assert draw_of(await unit.decisions.get("d6")).coin == coin
        assert draw_of((await unit.decisions.stored_tip("d6")).decision).coin == coin
        assert (await unit.people.get("ada")).dosage == dosage


async def test_a_held_out_decision_uses_up_its_slot_and_is_neither_shown_nor_evaluated(store: Store) -> None:
    coin = HoldoutDraw(seed=1, chance=0.5, held_out=True)
    async with store.begin() as unit:
        assert await unit.decisions.add(decision("d6", slot="s", coin=coin), None)
        assert not await unit.decisions.add(decision("d7", slot="s"), None)
        assert (await unit.decisions.past_slots("ada", NOW - DAY)).served == {"s"}
        assert await unit.decisions.proactive_messages("ada", NOW - DAY, NOW + DAY) == ()
        assert await unit.decisions.past_tips("ada", NOW - DAY, 9) == ()
        assert await unit.decisions.unrewarded(NOW + DAY, 9) == ()
        assert "d6" not in {one.decision_id for one in await unit.decisions.rewarded_draws("", 99)}


async def test_whatever_was_drawn_where_the_coin_fell_held_out_is_not_evaluated(store: Store) -> None:
    both = tuple(map(scored, (silence(), tip())))
    async with store.begin() as unit:
        for name, action, fell in (
            ("s1", "c0", True),
            ("s2", "c0", False),
            ("t1", "c1", True),
            ("t2", "c1", False),
        ):
            coin = HoldoutDraw(seed=1, chance=0.5, held_out=fell)
            await unit.decisions.add(decision(name, action=action, candidates=both, coin=coin), None)
            if action == "c1":
                await unit.reactions.put_reward(reward(name))
        served = {one.decision_id for one in await unit.decisions.rewarded_draws("", 99)}
    assert served & {"s1", "s2", "t1", "t2"} == {"s2", "t2"}
