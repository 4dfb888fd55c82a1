"""Leases in every store, whatever clock it goes by: one that is taken for 0 seconds is over at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.records import Lease
from core.store import Store, lock_of
from tests.contracts.store.records import NOW

POLL = "poll telegram"
LONG = 600.0


async def take(store: Store, holder: str, *, seconds: float = LONG, name: str = POLL) -> Lease | None:
    async with store.begin(lock_of(name)) as unit:
        return await unit.leases.take(name, holder, now=NOW, seconds=seconds)


async def taken(store: Store, holder: str, *, seconds: float = LONG, name: str = POLL) -> Lease:
    lease = await take(store, holder, seconds=seconds, name=name)
    assert lease is not None
    return lease


async def renewed(store: Store, lease: Lease, seconds: float = LONG) -> Lease | None:
    async with store.begin(lock_of(lease.name)) as unit:
        return await unit.leases.renew(lease, NOW, seconds)


async def holds(store: Store, lease: Lease) -> bool:
    async with store.begin("ada") as unit:
        return await unit.leases.holds(lease)


async def give_back(store: Store, lease: Lease) -> None:
    async with store.begin(lock_of(lease.name)) as unit:
        await unit.leases.give_back(lease)


async def held(store: Store, prefix: str) -> list[tuple[str, str]]:
    async with store.read() as unit:
        return [(one.name, one.holder) for one in await unit.leases.held(prefix, NOW)]


async def test_the_first_to_take_it_holds_it_and_nobody_else(store: Store) -> None:
    lease = await taken(store, "a")
    assert (lease.name, lease.holder, lease.fence) == (POLL, "a", 1)
    assert await take(store, "b") is None
    assert await holds(store, lease)
    assert await taken(store, "b", name="another name")


async def test_of_many_at_once_one_gets_it(store: Store) -> None:
    leases = await asyncio.gather(*(take(store, f"replica {number}") for number in range(8)))
    (winner,) = [one for one in leases if one]
    assert winner.fence == 1
    assert await held(store, POLL) == [(POLL, winner.holder)]


async def test_one_that_is_over_goes_to_the_next_with_a_larger_fence(store: Store) -> None:
    old = await taken(store, "a", seconds=0)
    new = await taken(store, "b")
    assert new.fence == old.fence + 1
    assert not await holds(store, old)
    assert await holds(store, new)


async def test_a_paused_holder_neither_renews_nor_gives_back_what_another_took(store: Store) -> None:
    old = await taken(store, "a", seconds=0)
    new = await taken(store, "b")
    assert await renewed(store, old) is None
    await give_back(store, old)
    assert await holds(store, new)
    assert await take(store, "a") is None


async def test_an_old_lease_of_the_same_holder_does_not_hold_either(store: Store) -> None:
    old = await taken(store, "a", seconds=0)
    await taken(store, "b", seconds=0)
    new = await taken(store, "a")
    assert new.fence == old.fence + 2
    assert not await holds(store, old)
    assert await renewed(store, old) is None
    assert await holds(store, new)


async def test_it_is_renewed_with_its_fence_even_if_it_was_over(store: Store) -> None:
    lease = await taken(store, "a", seconds=0)
    assert await held(store, POLL) == []
    later = await renewed(store, lease)
    assert later is not None
    assert (later.fence, later.holder) == (lease.fence, "a")
    assert later.until - lease.until >= timedelta(seconds=LONG)
    assert await take(store, "b") is None
    assert await holds(store, lease)


async def test_whoever_takes_what_it_holds_holds_it_longer(store: Store) -> None:
    lease = await taken(store, "a", seconds=30)
    again = await taken(store, "a", seconds=300)
    assert again.fence == lease.fence
    assert again.until - lease.until >= timedelta(seconds=270)


async def test_what_was_given_back_is_free_at_once(store: Store) -> None:
    lease = await taken(store, "a")
    await give_back(store, lease)
    await give_back(store, lease)
    assert not await holds(store, lease)
    assert await renewed(store, lease) is None
    assert await held(store, POLL) == []
    assert (await taken(store, "b")).fence == lease.fence + 1


async def test_the_same_holder_gets_a_larger_fence_after_giving_back(store: Store) -> None:
    lease = await taken(store, "a")
    await give_back(store, lease)
    assert (await taken(store, "a")).fence == lease.fence + 1
    assert not await holds(store, lease)


async def test_held_lists_by_the_beginning_of_the_name(store: Store) -> None:
    for name, holder in (("job push", "b"), ("job", "a"), ("jobs", "c"), ("Job push", "d"), ("poll", "e")):
        await taken(store, holder, name=name)
    await taken(store, "f", name="job over", seconds=0)
    assert await held(store, "job ") == [("job push", "b")]
    assert await held(store, "job") == [("job", "a"), ("job push", "b"), ("jobs", "c")]
    assert len(await held(store, "")) == 5


@pytest.mark.parametrize("name", ["", "% _", "'; --", "poll télégram 🙂", "a" * 500])
async def test_any_text_is_a_name(store: Store, name: str) -> None:
    lease = await taken(store, "a", name=name)
    assert lease.name == name
    assert await held(store, name) == [(name, "a")]
    assert await holds(store, lease)


async def test_a_lease_of_a_transaction_that_fails_was_never_taken(store: Store) -> None:
    async def fail() -> None:
        async with store.begin(lock_of(POLL)) as unit:
            assert await unit.leases.take(POLL, "a", now=NOW, seconds=LONG)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert (await taken(store, "b")).fence == 1


async def test_nobody_takes_it_before_the_end_of_a_transaction_that_relies_on_it(store: Store) -> None:
    old = await taken(store, "a", seconds=0)
    order: list[str] = []

    async def take_over() -> None:
        await taken(store, "b")
        order.append("taken over")

    async with store.begin("ada") as unit:
        assert await unit.leases.holds(old)
        rival = asyncio.create_task(take_over())
        for _ in range(50):
            await asyncio.sleep(0.001)
        order.append("relied on")
    await rival
    assert order == ["relied on", "taken over"]


async def test_old_rows_are_pruned_and_held_ones_stay(store: Store) -> None:
    over = await taken(store, "a", name="over", seconds=-86_400)
    await taken(store, "a", name="held")
    async with store.begin() as unit:
        assert await unit.leases.prune(over.until) == 0
        assert await unit.leases.prune(over.until + timedelta(hours=1)) == 1
    assert await held(store, "") == [("held", "a")]
    assert not await holds(store, over)
