from __future__ import annotations

import asyncio

import pytest

from adapters import pace
from adapters.pace import Pace, Paces
from core.errors import NotSent


def test_a_burst_goes_at_once_and_the_rest_one_by_one() -> None:
    even = Pace(interval=1.0, burst=3)
    waits = []
    for _ in range(5):
        waits.append(even.wait(100.0))
        even.take(100.0)

    assert waits == [0, 0, 0, 1, 2]


def test_rest_gives_back_the_burst_but_no_more() -> None:
    even = Pace(interval=1.0, burst=3)
    for _ in range(3):
        even.take(100.0)

    assert even.wait(100.5) == 0.5
    assert even.wait(101.0) == 0
    for _ in range(3):
        even.take(1000.0)
    assert even.wait(1000.0) == 1


async def test_a_flood_is_refused_and_not_piled_up() -> None:
    even = Pace(interval=1.0, burst=4)
    turns = [asyncio.create_task(even.turn()) for _ in range(1000)]
    await asyncio.sleep(0)

    waiting = [turn for turn in turns if not turn.done()]
    refusals = [turn.exception() for turn in turns if turn.done()]
    assert len(waiting) == 4 + pace.LONGEST_WAIT
    assert len(refusals) == 1000 - len(waiting)
    assert all(isinstance(fault, NotSent) and fault.retry_after > pace.LONGEST_WAIT for fault in refusals)
    for turn in waiting:
        turn.cancel()


async def test_conversations_at_rest_are_forgotten_and_busy_ones_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "CONVERSATIONS_REMEMBERED", 10)
    paces = Paces(interval=60.0, burst=1)
    await paces.of("busy").turn()

    at_rest = [paces.of(str(number)) for number in range(500)]

    assert paces.of("busy").due_at > 0
    assert paces.of("0") is not at_rest[0]
    assert paces.of("499") is at_rest[499]
