"""Work for many people at once: bounded, and one failure is nobody else's."""

from __future__ import annotations

import asyncio

import pytest

from core.concurrency import gather_bounded


@pytest.mark.parametrize("limit", [1, 3, 100])
async def test_at_most_so_many_run_at_a_time_and_all_are_done(limit: int) -> None:
    running, most, done = 0, 0, list[int]()

    async def act(item: int) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        done.append(item)

    await gather_bounded(range(20), act, limit=limit)

    assert sorted(done) == list(range(20))
    assert most == min(limit, 20)


async def test_a_failure_stops_nobody_and_is_raised_at_the_end() -> None:
    done: list[int] = []

    async def act(item: int) -> None:
        if item % 2:
            raise ValueError(item)
        done.append(item)

    with pytest.raises(ExceptionGroup, match="2 of 5 failed") as raised:
        await gather_bounded(range(5), act, limit=2)

    assert done == [0, 2, 4]
    assert [str(fault) for fault in raised.value.exceptions] == ["1", "3"]


async def test_nothing_to_do_is_done() -> None:
    await gather_bounded([], asyncio.sleep)
