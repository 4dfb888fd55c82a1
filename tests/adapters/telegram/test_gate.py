import asyncio

import pytest

from adapters.telegram import gate
from adapters.telegram.gate import Gate, Pace
from core.errors import NotSent


def test_a_burst_goes_at_once_and_the_rest_one_by_one() -> None:
    pace = Pace(interval=1.0, burst=3)
    waits = []
    for _ in range(5):
        waits.append(pace.wait(100.0))
        pace.take(100.0)

    assert waits == [0, 0, 0, 1, 2]


def test_rest_gives_back_the_burst_but_no_more() -> None:
    pace = Pace(interval=1.0, burst=3)
    for _ in range(3):
        pace.take(100.0)

    assert pace.wait(100.5) == 0.5
    assert pace.wait(101.0) == 0
    for _ in range(3):
        pace.take(1000.0)
    assert pace.wait(1000.0) == 1


async def test_one_busy_chat_does_not_slow_another() -> None:
    turnstile = Gate()
    for _ in range(gate.CHAT_BURST):
        await turnstile.to_send("busy")
    waiting = asyncio.create_task(turnstile.to_send("busy"))

    async with asyncio.timeout(0.5):
        await turnstile.to_send("calm")
        await turnstile.to_edit("busy")

    assert not waiting.done()
    waiting.cancel()


async def test_a_flood_to_one_chat_is_refused_and_not_piled_up() -> None:
    turnstile = Gate()
    tasks = [asyncio.create_task(turnstile.to_send("42")) for _ in range(1000)]
    await asyncio.sleep(0)

    waiting = [task for task in tasks if not task.done()]
    refused = [task for task in tasks if task.done() and isinstance(task.exception(), NotSent)]
    assert len(waiting) == gate.CHAT_BURST + gate.LONGEST_WAIT
    assert len(refused) == 1000 - len(waiting)
    for task in waiting:
        task.cancel()


async def test_a_hold_refuses_at_once_and_says_for_how_long() -> None:
    turnstile = Gate()
    turnstile.hold("42", 7)
    turnstile.hold("42", 3)

    with pytest.raises(NotSent) as refusal:
        await turnstile.to_send("42")
    with pytest.raises(NotSent):
        await turnstile.to_edit("42")
    await turnstile.to_send("43")

    assert 6.5 < refusal.value.retry_after <= 7


async def test_a_hold_ends() -> None:
    turnstile = Gate()
    turnstile.hold("42", 0.01)

    await asyncio.sleep(0.02)

    await turnstile.to_send("42")


async def test_who_waits_while_a_hold_begins_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "CHAT_INTERVAL", 0.05)
    turnstile = Gate()
    for _ in range(gate.CHAT_BURST):
        await turnstile.to_send("42")
    waiting = asyncio.create_task(turnstile.to_send("42"))
    await asyncio.sleep(0)
    turnstile.hold("42", 60)

    with pytest.raises(NotSent, match="asked to wait"):
        await waiting


async def test_chats_at_rest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "CHATS_REMEMBERED", 10)
    monkeypatch.setattr(gate, "CHAT_INTERVAL", 0.0)
    monkeypatch.setattr(gate, "TOTAL_BURST", 1000)
    turnstile = Gate()

    for number in range(500):
        await turnstile.to_send(str(number))

    assert len(turnstile._chats) <= 10
