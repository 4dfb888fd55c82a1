import asyncio

import pytest

from adapters.telegram import gate
from adapters.telegram.gate import Gate
from core.errors import NotSent


async def send(turnstile: Gate, chat: str) -> None:
    async with turnstile.sending(chat):
        pass


async def edit(turnstile: Gate, chat: str) -> None:
    async with turnstile.editing(chat):
        pass


async def test_one_busy_chat_does_not_slow_another() -> None:
    turnstile = Gate()
    for _ in range(gate.CHAT_BURST):
        await send(turnstile, "busy")
    waiting = asyncio.create_task(send(turnstile, "busy"))

    async with asyncio.timeout(0.5):
        await send(turnstile, "calm")
        await edit(turnstile, "busy")

    assert not waiting.done()
    waiting.cancel()


async def test_a_hold_refuses_at_once_and_says_for_how_long() -> None:
    turnstile = Gate()
    turnstile.hold("42", 7)
    turnstile.hold("42", 3)

    with pytest.raises(NotSent) as refusal:
        await send(turnstile, "42")
    with pytest.raises(NotSent):
        await edit(turnstile, "42")
    await send(turnstile, "43")

    assert 6.5 < refusal.value.retry_after <= 7


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
