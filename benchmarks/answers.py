"""``/tip`` and taps: what a person waits for; and deciding, the part of it that is oO's own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from adapters.llm.gateway import Gateway
from benchmarks.decide import measure_decide
from benchmarks.house import House, furnished, live_through, move_in, sender
from benchmarks.table import Row, spread
from core.chat import Said, Tapped
from core.model import Person
from tests.servers.llm import LlmServer
from tests.servers.local import hang

PAST = 10_000
TIPS = 300
TAPS = 500
TAPS_A_SECOND = 50


async def _timed(work: Awaitable[object]) -> float:
    started = perf_counter()
    await work
    return (perf_counter() - started) * 1000


async def measure_answers(folder: Path) -> list[Row]:
    """``/tip`` without a language model, taps at a steady rate, then decisions that nobody hears of, on one
    person with a long past.
    """
    async with furnished(folder) as house:
        ann = await move_in(house, "ann", tasks=200)
        tokens = await live_through(house, ann, decisions=PAST)
        tips = [await answered(house, house.said("ann", "/tip", n)) for n in range(1, TIPS)]
        taps = await _taps(house, tokens[-TAPS:])
        deciding = await measure_decide(house, ann)
    return [
        *spread("/tip without LLM, 200 tasks, 10,000 past decisions", tips, p50=30, p99=100),
        *spread(f"tap to committed reward at {TAPS_A_SECOND}/s", taps, p50=8, p99=40),
        *deciding,
    ]


async def answered(house: House, said: Said) -> float:
    """How long (ms) somebody waits for the answer; what is stored after that keeps nobody waiting."""
    started = perf_counter()
    await house.app.router.handle(said)
    return (house.messenger.sent_at - started) * 1000


async def _taps(house: House, tokens: list[str]) -> list[float]:
    """Each tap at its appointed time, whatever became of the one before: no coordinated omission."""
    started = perf_counter()

    async def tap(number: int, token: str) -> float:
        due = started + number / TAPS_A_SECOND
        await asyncio.sleep(max(0.0, due - perf_counter()))
        tapped = _tapped(house, number, token)
        await house.app.router.handle(tapped)
        return (house.messenger.acknowledged[tapped.update_id] - due) * 1000

    return list(await asyncio.gather(*(tap(number, token) for number, token in enumerate(tokens))))


def _tapped(house: House, number: int, token: str) -> Tapped:
    return Tapped(
        update_id=f"tap-{number}",
        sender=sender("ann"),
        received_at=house.clock.now(),
        token=token,
        message_id=f"m{number}",
    )


async def measure_hanging_llm(folder: Path) -> list[Row]:
    """While one person's tip hangs in the language model, another's reply and that person's own taps."""
    async with LlmServer() as llm:
        llm.faults.always(hang)
        gateway = Gateway(llm.url, "any")
        await gateway.warm()
        async with furnished(folder, gateway) as house:
            ann = await move_in(house, "ann", tasks=50)
            await move_in(house, "bob", tasks=50)
            tokens = await live_through(house, without_llm(ann), decisions=40)
            hanging = asyncio.create_task(house.app.router.handle(house.said("ann", "/tip", 1)))
            await llm.expect_calls("POST")
            replies = [
                await _timed(house.app.router.handle(house.said("bob", "/tasks", n))) for n in range(1, 100)
            ]
            taps = [
                await _timed(house.app.router.handle(_tapped(house, n, token)))
                for n, token in enumerate(tokens)
            ]
            hanging.cancel()
            await asyncio.gather(hanging, return_exceptions=True)
    return [
        Row(what="another person's reply while an LLM hangs, worst", value=max(replies), goal=100, unit="ms"),
        Row(what="own tap while an LLM hangs, worst", value=max(taps), goal=100, unit="ms"),
    ]


def without_llm(person: Person) -> Person:
    """The same person without a language model, to make a past quickly."""
    return replace(person, preferences=replace(person.preferences, use_llm=False))
