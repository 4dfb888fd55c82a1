"""Deliveries, reactions, rewards, snoozes, statistics."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import NotFound
from core.records import DeliveryState, DismissReason, ReactionKind, Signal, SnoozeState
from core.store import Store, TipCount, Unit
from tests.contracts.store.records import (
    DAY,
    HOUR,
    NOW,
    decision,
    delivery,
    person,
    reaction,
    reward,
    snooze,
)


@pytest.fixture
async def store(store: Store) -> Store:
    """Knows Ada and one decision about her."""
    async with store.begin() as unit:
        await unit.decisions.add(decision(), None)
    return store


async def test_a_delivery_comes_back_as_stored(store: Store) -> None:
    full = delivery(attempt=2, not_before=NOW + HOUR, message_id="m7", reason="slow_down")
    async with store.begin() as unit:
        await unit.deliveries.add(full)
        assert await unit.deliveries.get("v-d1") == full
        assert await unit.deliveries.of("d1") == (full,)
        assert await unit.deliveries.of("d2") == ()
        with pytest.raises(NotFound):
            await unit.deliveries.get("v-d2")


async def test_a_delivery_without_a_decision_is_refused(store: Store) -> None:
    """G2: nothing is sent that was not decided."""
    with pytest.raises(NotFound):
        async with store.begin() as unit:
            await unit.deliveries.add(delivery("d2"))


async def test_of_two_workers_one_moves_a_delivery(store: Store) -> None:
    reserved = delivery(state=DeliveryState.RESERVED)
    sending = replace(reserved, state=DeliveryState.SENDING, attempt=1, changed_at=NOW + HOUR)
    async with store.begin() as unit:
        await unit.deliveries.add(reserved)

    async def move() -> bool:
        async with store.begin() as unit:
            return await unit.deliveries.move(reserved, sending)

    assert sorted(await asyncio.gather(move(), move())) == [False, True]
    async with store.read() as unit:
        assert await unit.deliveries.get("v-d1") == sending


async def test_a_move_minds_the_attempt(store: Store) -> None:
    first = delivery(state=DeliveryState.SENDING, attempt=1)
    second = replace(first, attempt=2)
    async with store.begin() as unit:
        await unit.deliveries.add(second)
        assert not await unit.deliveries.move(first, replace(first, state=DeliveryState.SENT))
        assert await unit.deliveries.move(second, replace(second, state=DeliveryState.SENT))


async def test_deliveries_in_a_state_come_oldest_first(store: Store) -> None:
    async with store.begin() as unit:
        for number, state in enumerate((DeliveryState.RESERVED, DeliveryState.SENT, DeliveryState.RESERVED)):
            await unit.deliveries.add(
                delivery(delivery_id=f"v{number}", state=state, reserved_at=NOW - number * HOUR)
            )
        reserved = await unit.deliveries.in_state(DeliveryState.RESERVED, 10)
        assert [one.delivery_id for one in reserved] == ["v2", "v0"]
        assert len(await unit.deliveries.in_state(DeliveryState.RESERVED, 1)) == 1


async def test_deliveries_that_wait_on_hold_up_no_other(store: Store) -> None:
    waits = {"waits": NOW + HOUR, "waited": NOW, "at once": None}
    async with store.begin() as unit:
        for number, (name, until) in enumerate(waits.items()):
            await unit.deliveries.add(
                delivery(
                    delivery_id=name,
                    state=DeliveryState.RESERVED,
                    reserved_at=NOW - (3 - number) * HOUR,
                    not_before=until,
                )
            )
        await unit.deliveries.add(delivery(delivery_id="sent", state=DeliveryState.SENT))
        due = await unit.deliveries.due(NOW, 10)
        assert [one.delivery_id for one in due] == ["waited", "at once"]
        assert [one.delivery_id for one in await unit.deliveries.due(NOW, 1)] == ["waited"]
        assert len(await unit.deliveries.due(NOW + HOUR, 10)) == 3


async def stored_reactions(unit: Unit) -> list[object]:
    """Their names, in that order."""
    rows = (await unit.people.everything("ada"))["reactions"]
    return sorted((row["reaction_id"] for row in rows), key=str)


async def test_a_reaction_comes_back_as_stored(store: Store) -> None:
    full = reaction(kind=ReactionKind.DISMISS, reason=DismissReason.DID_IT, until=NOW + DAY, late=True)
    async with store.begin() as unit:
        assert await unit.reactions.add(full)
        assert (await unit.decisions.stored_tip("d1")).reaction == full


async def test_the_first_terminal_reaction_wins_and_the_transaction_goes_on(store: Store) -> None:
    """G4."""
    async with store.begin() as unit:
        assert await unit.reactions.add(reaction("r1"))
        assert not await unit.reactions.add(reaction("r2", kind=ReactionKind.DISMISS))
        assert not await unit.reactions.add(reaction("r3"))
        await unit.notes.put(None, "k", "v")
    async with store.read() as unit:
        assert await stored_reactions(unit) == ["r1"]
        assert await unit.notes.get(None, "k") == "v"


async def test_of_two_simultaneous_terminal_taps_one_counts(store: Store) -> None:
    async def react(name: str, kind: ReactionKind) -> bool:
        async with store.begin() as unit:
            return await unit.reactions.add(reaction(name, kind=kind))

    taps = react("r1", ReactionKind.DONE), react("r2", ReactionKind.DISMISS)
    assert sorted(await asyncio.gather(*taps)) == [False, True]


async def test_snoozes_are_not_terminal(store: Store) -> None:
    later = {"kind": ReactionKind.SNOOZE, "until": NOW + DAY}
    async with store.begin() as unit:
        assert await unit.reactions.add(reaction("r1", **later))
        assert await unit.reactions.add(reaction("r2", reacted_at=NOW + 2 * HOUR, **later))
        assert await unit.reactions.add(reaction("r3", reacted_at=NOW + 3 * HOUR))
        assert await unit.reactions.add(reaction("r4", reacted_at=NOW + 4 * HOUR, **later))
        assert await stored_reactions(unit) == ["r1", "r2", "r3", "r4"]
        counts = (await unit.decisions.stored_tip("d1")).reaction
        assert counts is not None
        assert counts.reaction_id == "r3"


async def test_an_undone_reaction_does_not_count(store: Store) -> None:
    async with store.begin() as unit:
        assert await unit.reactions.changed_at("d1") is None
        await unit.reactions.add(reaction("r1"))
        assert await unit.reactions.changed_at("d1") == reaction("r1").reacted_at
        await unit.reactions.save(reaction("r1", undone_at=NOW + 2 * HOUR))
        assert await unit.reactions.changed_at("d1") == NOW + 2 * HOUR
        assert (await unit.decisions.stored_tip("d1")).reaction is None
        assert await unit.reactions.add(reaction("r2", kind=ReactionKind.DISMISS))
        with pytest.raises(NotFound):
            await unit.reactions.save(reaction("r3"))


async def test_a_decision_has_one_reward(store: Store) -> None:
    """G4: a new reward replaces the old one."""
    async with store.begin() as unit:
        assert await unit.reactions.reward("d1") is None
        await unit.reactions.put_reward(reward(value=-0.125, source="silence"))
        await unit.reactions.put_reward(reward(value=1.0, learned=False))
        assert await unit.reactions.reward("d1") == reward(value=1.0, learned=False)
        await unit.reactions.drop_reward("d1")
        assert await unit.reactions.reward("d1") is None


async def test_all_rewards_are_read_in_pages(store: Store) -> None:
    async with store.begin() as unit:
        for name in ("d3", "d2", "d4"):
            await unit.decisions.add(decision(name), None)
            await unit.reactions.put_reward(reward(name))
        first = await unit.reactions.rewards("", 2)
        rest = await unit.reactions.rewards(first[-1].decision_id, 2)
    assert [one.decision_id for one in first + rest] == ["d2", "d3", "d4"]
    assert rest == (reward("d4"),)


async def test_the_tally_counts_by_hour_of_the_day(store: Store) -> None:
    monday = NOW.replace(hour=0, minute=59) - 2 * DAY
    sunday = NOW.replace(hour=23) + 4 * DAY
    times = {"a": monday, "b": sunday, "c": sunday - timedelta(weeks=1), "old": monday - timedelta(weeks=9)}
    async with store.begin() as unit:
        for name, at in times.items():
            await unit.decisions.add(decision(name, decided_at=at), None)
            await unit.deliveries.add(delivery(name))
        await unit.decisions.add(decision("unsent", decided_at=monday), None)
        await unit.reactions.add(reaction("r1", decision_id="b"))
        await unit.reactions.add(reaction("r2", decision_id="c", undone_at=NOW))
        await unit.reactions.add(reaction("r3", decision_id="a", kind=ReactionKind.DISMISS))
        shown, done = await unit.reactions.tally("ada", NOW - timedelta(weeks=2), 9)
        newest, _ = await unit.reactions.tally("ada", NOW - timedelta(weeks=2), 1)
    assert (len(shown), len(done)) == (24, 24)
    assert {hour: number for hour, number in enumerate(shown) if number} == {0: 1, 23: 2}
    assert {hour: number for hour, number in enumerate(done) if number} == {23: 1}
    assert (sum(newest), newest[23]) == (1, 1)


async def test_a_snooze_waits_until_it_is_back(store: Store) -> None:
    waiting = snooze(even_if_quiet=True)
    async with store.begin() as unit:
        await unit.snoozes.add(waiting)
        assert await unit.snoozes.of("d1") == waiting
        await unit.snoozes.save(replace(waiting, state=SnoozeState.BACK))
        assert await unit.snoozes.of("d1") is None
        assert await unit.snoozes.waiting("ada") == ()
        with pytest.raises(NotFound):
            await unit.snoozes.save(snooze("z9"))


async def test_waiting_snoozes_come_earliest_first(store: Store) -> None:
    async with store.begin() as unit:
        await unit.snoozes.add(snooze("z1", until=NOW + DAY))
        await unit.snoozes.add(snooze("z2", until=NOW + HOUR))
        await unit.snoozes.add(snooze("z3", state=SnoozeState.CANCELLED))
        assert [one.snooze_id for one in await unit.snoozes.waiting("ada")] == ["z2", "z1"]
        assert await unit.snoozes.waiting("bob") == ()


async def test_statistics_are_stored_by_scope(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        assert await unit.learning.read("ada", "population") == {}
        await unit.learning.write({"population": b"\x00all", "ada": b"one"})
        await unit.learning.write({"bob": b"", "ada": b"two"})
        assert await unit.learning.read("population", "ada") == {"population": b"\x00all", "ada": b"two"}
        assert await unit.learning.read("bob", "nobody") == {"bob": b""}
        everything = {"population": b"\x00all", "ada": b"two", "bob": b""}
        assert await unit.learning.everything() == everything
        assert await unit.learning.people("", 9) == ("ada", "bob")
        assert await unit.learning.people("", 1) == ("ada",)
        assert await unit.learning.people("ada", 1) == ("bob",)
        assert await unit.learning.people("bob", 1) == ()
        await unit.learning.clear()
        assert await unit.learning.read("bob", "ada", "population") == {}


async def test_tips_are_counted_as_sent_and_as_followed(store: Store) -> None:
    """Certainly shown ones alone; one that came back after a snooze is counted as the one that came back."""
    done = reaction("of done", decision_id="done", kind=ReactionKind.DONE)
    undone = reaction("of undone", decision_id="undone", kind=ReactionKind.DONE, undone_at=NOW + HOUR)
    async with store.begin() as unit:
        for number, name in enumerate(("done", "undone", "elsewhere", "ignored", "back", "unknown", "later")):
            at = NOW + (DAY if name == "later" else number * HOUR)
            state = DeliveryState.UNKNOWN if name == "unknown" else DeliveryState.SENT
            await unit.decisions.add(decision(name, decided_at=at, slot=f"slot {number}"), None)
            await unit.deliveries.add(delivery(name, state=state))
        for one in (done, undone):
            await unit.reactions.add(one)
        await unit.reactions.put_reward(reward("elsewhere", source=Signal.DONE_ELSEWHERE))
        await unit.reactions.put_reward(reward("ignored", source=Signal.SILENCE))
        await unit.snoozes.add(snooze("of back", decision_id="back", state=SnoozeState.BACK))
        assert await unit.reactions.count_tips("ada", NOW, NOW + DAY) == TipCount(sent=4, followed=2)
        assert await unit.reactions.count_tips("ada", NOW + DAY, NOW + 2 * DAY) == TipCount(sent=1)
        assert await unit.reactions.count_tips("bob", NOW, NOW + DAY) == TipCount()
