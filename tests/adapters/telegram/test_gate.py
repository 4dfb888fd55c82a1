import asyncio

import pytest

from adapters import pace
from adapters.telegram import gate
from adapters.telegram.gate import Gate
from core.errors import NotSent
from tests.adapters.jumping import jumping
from tests.waiting import WAIT_LIMIT


async def send(turnstile: Gate, chat: str) -> None:
    async with turnstile.sending(chat):
        pass


async def edit(turnstile: Gate, chat: str) -> None:
    async with turnstile.editing(chat):
        pass


def never(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a turn in a chat waits longer than any test."""
    monkeypatch.setattr(gate, "CHAT_INTERVAL", 10 * WAIT_LIMIT)
    monkeypatch.setattr(pace, "LONGEST_WAIT", 100 * WAIT_LIMIT)
    monkeypatch.setattr(pace, "PATIENCE", 100 * WAIT_LIMIT)


async def test_one_busy_chat_does_not_slow_another(monkeypatch: pytest.MonkeyPatch) -> None:
    never(monkeypatch)
    turnstile = Gate()
    for _ in range(gate.CHAT_BURST):
        await send(turnstile, "busy")
    waiting = asyncio.create_task(send(turnstile, "busy"))

    async with asyncio.timeout(WAIT_LIMIT):
        await send(turnstile, "calm")
        await edit(turnstile, "busy")

    assert not waiting.done()
    waiting.cancel()


async def test_a_hold_refuses_at_once_and_says_for_how_long() -> None:
    turnstile = Gate()
    turnstile.hold("42", 700)
    turnstile.hold("42", 3)

    with pytest.raises(NotSent) as refusal:
        await send(turnstile, "42")
    with pytest.raises(NotSent):
        await edit(turnstile, "42")
    await send(turnstile, "43")

    assert 3 < refusal.value.retry_after <= 700


async def test_a_hold_ends() -> None:
    turnstile = Gate()
    turnstile.hold("42", 0.01)

    await asyncio.sleep(0.02)

    await send(turnstile, "42")


async def test_who_waits_while_a_hold_begins_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "CHAT_INTERVAL", 0.05)
    turnstile = Gate()
    for _ in range(gate.CHAT_BURST):
        await send(turnstile, "42")
    waiting = asyncio.create_task(send(turnstile, "42"))
    await asyncio.sleep(0)
    turnstile.hold("42", 60)

    with pytest.raises(NotSent, match="asked to wait"):
        await waiting


def test_the_waits_for_the_chat_and_for_the_bot_have_one_limit() -> None:
    async def request(chat: str, turnstile: Gate, *, at: float, answer: float) -> None:
        await asyncio.sleep(at)
        async with turnstile.sending(chat):
            await asyncio.sleep(answer)

    async def scene() -> float:
        turnstile = Gate()
        others = gate.TOTAL_BURST - gate.CHAT_BURST
        busy = [
            *(request("busy", turnstile, at=0, answer=12) for _ in range(gate.CHAT_BURST)),
            *(request(f"early {number}", turnstile, at=0, answer=60) for number in range(others)),
            *(request(f"late {number}", turnstile, at=11, answer=60) for number in range(gate.CHAT_BURST)),
        ]
        hanging = [asyncio.create_task(one) for one in busy]
        await asyncio.sleep(1)
        with pytest.raises(NotSent, match="too slow"):
            await send(turnstile, "busy")
        refused_at = pace.seconds()
        await asyncio.gather(*hanging)
        return refused_at - 1

    assert jumping(scene()) == pytest.approx(pace.PATIENCE, abs=1e-3)
