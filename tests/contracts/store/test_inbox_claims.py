"""Who answers an update where several processes share the inbox."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

from adapters.storage.store import Storage
from core.chat import Channel, Sender, Tapped, Update
from core.store import FORMER_OO, MAX_BEGUN_AGAIN, UNCLAIMED, Store
from tests.contracts.store.records import NOW, said

ANN = Sender(channel=Channel.TELEGRAM, external_id="7", address="7")
BOB = Sender(channel=Channel.TELEGRAM, external_id="8", address="8")
ANN_IN_SLACK = Sender(channel=Channel.SLACK, external_id="7", address="7")


def tapped(update_id: str, sender: Sender = ANN) -> Tapped:
    return Tapped(update_id=update_id, sender=sender, received_at=NOW, token="h.0")


async def put(store: Store, update: Update, holder: str | None) -> int:
    async with store.begin(update.sender.external_id) as unit:
        inbox_id = await unit.inbox.put(update, holder=holder)
    assert inbox_id is not None
    return inbox_id


async def is_behind(store: Store, inbox_id: int) -> bool:
    async with store.read() as unit:
        return await unit.inbox.is_behind(inbox_id)


async def take_over(store: Store, holder: str, living: Collection[str] = (), **options: Any) -> list[str]:
    """The ids of the updates that were taken."""
    wanted = {"channels": [Channel.TELEGRAM], "now": NOW, "limit": 100, **options}
    async with store.begin(holder) as unit:
        taken = await unit.inbox.take_over(holder, living, **wanted)
    return [one.update.update_id for one in taken]


@pytest.mark.parametrize(
    "other",
    [said("2", sender=BOB), tapped("2"), said("2", sender=ANN_IN_SLACK)],
    ids=["another person", "a tap beside texts", "another channel"],
)
async def test_an_update_waits_for_no_other_lane(empty: Store, other: Update) -> None:
    await put(empty, said("1", sender=ANN), "a")
    assert not await is_behind(empty, await put(empty, other, "b"))


async def test_an_update_waits_for_an_earlier_one_of_another_process_only(empty: Store) -> None:
    first = await put(empty, said("1", sender=ANN), "a")
    second = await put(empty, said("2", sender=ANN), "a")
    third = await put(empty, said("3", sender=ANN), "b")
    assert [await is_behind(empty, one) for one in (first, second, third)] == [False, False, True]

    async with empty.begin("7") as unit:
        await unit.inbox.done(first)
    assert await is_behind(empty, third)

    async with empty.begin("7") as unit:
        await unit.inbox.done(second)
    assert not await is_behind(empty, third)


async def test_what_was_given_up_is_in_nobodys_way_and_waits_for_a_start(empty: Store) -> None:
    first = await put(empty, said("1", sender=ANN), "gone")
    second = await put(empty, said("2", sender=ANN), "b")
    async with empty.begin("7") as unit:
        await unit.inbox.give_up(first)

    assert not await is_behind(empty, second)
    assert await take_over(empty, "c", ["b"]) == []
    assert await take_over(empty, "c", ["b"], given_up=True) == ["1"]
    assert await is_behind(empty, second)  # it is tried again


async def test_what_was_begun_again_too_often_is_isolated_and_in_nobodys_way(empty: Store) -> None:
    first = await put(empty, said("1", sender=ANN), "gone")
    second = await put(empty, said("2", sender=ANN), "b")
    for times in range(1, MAX_BEGUN_AGAIN + 1):
        assert await is_behind(empty, second)
        async with empty.begin("7") as unit:
            assert await unit.inbox.isolated() == ()
            await unit.inbox.begin_again(first)
            assert [one.begun_again for one in await unit.inbox.waiting()] == [times, 0]
    assert not await is_behind(empty, second)
    async with empty.begin("7") as unit:
        assert await unit.inbox.isolated() == (first,)
        [taken] = await unit.inbox.take_over("c", ["b"], [Channel.TELEGRAM], now=NOW, limit=9)
        assert (taken.begun_again, taken.is_isolated) == (MAX_BEGUN_AGAIN, True)
        await unit.inbox.done(first)
        assert await unit.inbox.isolated() == ()


async def test_what_is_left_out_waits_as_such_until_the_person_is_told(empty: Store) -> None:
    first, second = [await put(empty, said(one, sender=ANN), "a") for one in "12"]
    async with empty.begin("7") as unit:
        await unit.inbox.leave_out(first)
    async with empty.read() as unit:
        assert [one.is_left_out for one in await unit.inbox.waiting()] == [True, False]
    async with empty.begin("b") as unit:
        taken = await unit.inbox.take_over("b", [], [Channel.TELEGRAM], now=NOW, limit=100)
    assert [(one.inbox_id, one.is_left_out) for one in taken] == [(first, True), (second, False)]

    async with empty.begin("7") as unit:
        await unit.inbox.done(first)
    async with empty.read() as unit:
        assert [one.inbox_id for one in await unit.inbox.waiting()] == [second]


async def test_what_was_given_up_has_ended_no_process(empty: Store) -> None:
    first = await put(empty, said("1", sender=ANN), None)
    for _ in range(MAX_BEGUN_AGAIN):
        async with empty.begin("7") as unit:
            await unit.inbox.begin_again(first)
            await unit.inbox.give_up(first)
    async with empty.read() as unit:
        assert [one.begun_again for one in await unit.inbox.waiting()] == [0]


async def test_what_a_dead_process_held_is_taken_over_once_and_in_order(empty: Store) -> None:
    for number, holder in enumerate(["dead", "alive", "dead", UNCLAIMED], start=1):
        await put(empty, said(str(number), sender=ANN), holder)
    await put(empty, said("5", sender=ANN_IN_SLACK), "dead")

    assert await take_over(empty, "b", ["alive", "b", "c"]) == ["1", "3", "4"]
    assert await take_over(empty, "c", ["alive", "b", "c"]) == []
    assert await take_over(empty, "c", ["alive", "b", "c"], channels=[Channel.SLACK]) == ["5"]
    assert await take_over(empty, "c", [], limit=1) == ["1"]


async def test_what_an_oo_of_before_holders_may_be_answering_is_left_to_it_for_a_while(empty: Store) -> None:
    await put(empty, said("1", sender=ANN), None)
    assert await take_over(empty, "b", now=NOW + FORMER_OO) == []
    assert await take_over(empty, "b", now=NOW + 2 * FORMER_OO) == ["1"]


async def test_whoever_lost_an_update_does_not_hold_it_any_more(empty: Store) -> None:
    first = await put(empty, said("1", sender=ANN), "a")
    async with empty.begin("7") as unit:
        assert await unit.inbox.holds(first, "a")
        assert not await unit.inbox.holds(first, "b")
    await take_over(empty, "b")
    async with empty.begin("7") as unit:
        assert not await unit.inbox.holds(first, "a")
        assert await unit.inbox.holds(first, "b")


async def test_a_handled_update_is_still_known_to_be_its_holders(empty: Store) -> None:
    """What is done after an answer, such as redrawing, belongs to the same process."""
    first = await put(empty, said("1", sender=ANN), "a")
    async with empty.begin("7") as unit:
        await unit.inbox.done(first)
    assert await take_over(empty, "b") == []
    async with empty.begin("7") as unit:
        assert await unit.inbox.holds(first, "a")


async def test_a_process_that_ends_leaves_what_waits_to_the_others(empty: Store) -> None:
    handled = await put(empty, said("0", sender=ANN), "a")
    await put(empty, said("1", sender=ANN), "a")
    await put(empty, said("2", sender=ANN), "b")
    async with empty.begin("a") as unit:
        await unit.inbox.done(handled)
        assert await unit.inbox.release("a") == 1
    assert await take_over(empty, "c", ["a", "b"]) == ["1"]


async def test_what_another_transaction_works_on_is_not_taken_over(empty: Store) -> None:
    """A process that is late, but writing just now, keeps what it holds. A file has one writer anyway."""
    first = await put(empty, said("1", sender=ANN), "late")
    if not (isinstance(empty, Storage) and empty.is_shared):
        pytest.skip("one transaction writes at a time")
    async with empty.begin("7") as late:
        assert await late.inbox.holds(first, "late")
        assert await take_over(empty, "b") == []
    assert await take_over(empty, "b") == ["1"]
