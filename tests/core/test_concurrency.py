"""Work for many people at once: bounded, and one failure is nobody else's."""

from __future__ import annotations

import asyncio

import pytest

from core.concurrency import gather_bounded, run_uninterrupted


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


@pytest.mark.parametrize("fails", [False, True])
async def test_work_that_is_not_interrupted_ends_before_its_cancellation_is_raised(*, fails: bool) -> None:
    may_end, ended = asyncio.Event(), list[bool]()

    async def work() -> None:
        await may_end.wait()
        ended.append(True)
        if fails:
            raise ValueError("too late to be told")

    waiting = asyncio.create_task(run_uninterrupted(work()))
    await asyncio.sleep(0)
    for _ in range(3):
        waiting.cancel()
        await asyncio.sleep(0)
    assert not waiting.done()
    may_end.set()
    await asyncio.wait({waiting})
    assert (waiting.cancelled(), ended) == (True, [True])


async def test_without_a_cancellation_it_returns_or_raises_what_the_work_does() -> None:
    async def seven() -> int:
        return 7

    async def failing() -> int:
        raise ValueError("seven")

    assert await run_uninterrupted(seven()) == 7
    with pytest.raises(ValueError, match="seven"):
        await run_uninterrupted(failing())
