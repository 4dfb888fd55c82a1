import asyncio
from dataclasses import replace

import pytest

from adapters import pace
from adapters.telegram.gate import BOT_RATE, CHAT_RATE, Gate
from core.errors import NotSent
from tests.adapters.jumping import jumping
from tests.adapters.telegram.conftest import NO_TURN
from tests.waiting import WAIT_LIMIT


async def send(gate: Gate, chat: str) -> None:
    async with gate.sending(chat):
        pass


async def edit(gate: Gate, chat: str) -> None:
    async with gate.editing(chat):
        pass


async def test_one_busy_chat_does_not_slow_another() -> None:
    gate = Gate(NO_TURN, BOT_RATE)
    for _ in range(CHAT_RATE.burst):
        await send(gate, "busy")
    waiting = asyncio.create_task(send(gate, "busy"))

    async with asyncio.timeout(WAIT_LIMIT):
        await send(gate, "calm")
        await edit(gate, "busy")

    assert not waiting.done()
    waiting.cancel()


async def test_a_hold_refuses_at_once_and_says_for_how_long() -> None:
    gate = Gate(CHAT_RATE, BOT_RATE)
    gate.hold("42", 700)
    gate.hold("42", 3)

    with pytest.raises(NotSent) as refusal:
        await send(gate, "42")
    with pytest.raises(NotSent):
        await edit(gate, "42")
    await send(gate, "43")

    assert 3 < refusal.value.retry_after <= 700


async def test_a_hold_ends() -> None:
    gate = Gate(CHAT_RATE, BOT_RATE)
    gate.hold("42", 0.01)

    await asyncio.sleep(0.02)

    await send(gate, "42")


async def test_who_waits_while_a_hold_begins_is_refused() -> None:
    gate = Gate(replace(CHAT_RATE, interval=0.05), BOT_RATE)
    for _ in range(CHAT_RATE.burst):
        await send(gate, "42")
    waiting = asyncio.create_task(send(gate, "42"))
    await asyncio.sleep(0)
    gate.hold("42", 60)

    with pytest.raises(NotSent, match="asked to wait"):
        await waiting


def test_the_waits_for_the_chat_and_for_the_bot_have_one_limit() -> None:
    async def request(chat: str, gate: Gate, *, at: float, answer: float) -> None:
        await asyncio.sleep(at)
        async with gate.sending(chat):
            await asyncio.sleep(answer)

    async def scene() -> float:
        gate = Gate(CHAT_RATE, BOT_RATE)
        others = BOT_RATE.burst - CHAT_RATE.burst
        busy = [
            *(request("busy", gate, at=0, answer=12) for _ in range(CHAT_RATE.burst)),
            *(request(f"early {number}", gate, at=0, answer=60) for number in range(others)),
            *(request(f"late {number}", gate, at=11, answer=60) for number in range(CHAT_RATE.burst)),
        ]
        hanging = [asyncio.create_task(one) for one in busy]
        await asyncio.sleep(1)
        with pytest.raises(NotSent, match="too slow"):
            await send(gate, "busy")
        refused_at = pace.seconds()
        await asyncio.gather(*hanging)
        return refused_at - 1

    assert jumping(scene()) == pytest.approx(CHAT_RATE.max_wait, abs=1e-3)
