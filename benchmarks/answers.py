"""Latency of ``/tip`` and of taps, and of the decision within them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from adapters.llm.gateway import Gateway
from benchmarks.decide import measure_decide
from benchmarks.deployment import Deployment, add_history, add_person, running_deployment, sender
from benchmarks.table import Row, spread
from core.chat import Said, Tapped
from core.records import Person, Purpose
from tests.servers.llm import LlmServer
from tests.servers.local import hang

PAST = 10_000  # decisions before the measurement
TIPS = 300
TAPS = 500
TAPS_A_SECOND = 50


async def _timed(work: Awaitable[object]) -> float:
    """Milliseconds."""
    started = perf_counter()
    await work
    return (perf_counter() - started) * 1000


async def measure_answers(folder: Path) -> list[Row]:
    """``/tip`` without a language model, taps at a constant rate, then decisions that are not sent, for one
    person with a long history.
    """
    async with running_deployment(folder) as deployment:
        ann = await add_person(deployment, "ann", tasks=200)
        tokens = await add_history(deployment, ann, decisions=PAST)
        tips = [await time_to_answer(deployment, deployment.said("ann", "/tip", n)) for n in range(1, TIPS)]
        taps = await _taps(deployment, tokens[-TAPS:])
        deciding = await measure_decide(deployment, ann)
    return [
        *spread("/tip without LLM, 200 tasks, 10,000 past decisions", tips, p50=30, p99=100),
        *spread(f"tap to committed reward at {TAPS_A_SECOND}/s", taps, p50=8, p99=40),
        *deciding,
    ]


async def time_to_answer(deployment: Deployment, said: Said) -> float:
    """Milliseconds until the answer is sent; writes after that do not count."""
    started = perf_counter()
    await deployment.app.router.handle(said)
    return (deployment.messenger.sent_at - started) * 1000


async def _taps(deployment: Deployment, tokens: list[str]) -> list[float]:
    """Send each tap at its scheduled time, even if earlier ones are pending: no coordinated omission."""
    started = perf_counter()

    async def tap(number: int, token: str) -> float:
        due = started + number / TAPS_A_SECOND
        await asyncio.sleep(max(0.0, due - perf_counter()))
        update = tapped(deployment, number, token)
        await deployment.app.router.handle(update)
        return (deployment.messenger.acknowledged[update.update_id] - due) * 1000

    return list(await asyncio.gather(*(tap(number, token) for number, token in enumerate(tokens))))


def tapped(deployment: Deployment, number: int, token: str) -> Tapped:
    """An update: Ann taps a button."""
    return Tapped(
        update_id=f"tap-{number}",
        sender=sender("ann"),
        received_at=deployment.clock.now(),
        token=token,
        message_id=f"m{number}",
    )


async def measure_hanging_llm(folder: Path) -> list[Row]:
    """Latency of another person's reply and of a person's own taps while a language model hangs."""
    async with LlmServer() as llm:
        llm.faults.always(hang)
        gateway = Gateway(llm.url, "any")
        await gateway.warm()
        async with running_deployment(folder, gateway) as deployment:
            ann = await add_person(deployment, "ann", tasks=50)
            await add_person(deployment, "bob", tasks=50)
            tokens = await add_history(deployment, without_llm(ann), decisions=40)
            hanging = asyncio.create_task(deployment.app.router.handle(deployment.said("ann", "/tip", 1)))
            await llm.expect_calls("POST")
            replies = [
                await _timed(deployment.app.router.handle(deployment.said("bob", "/tasks", n)))
                for n in range(1, 100)
            ]
            taps = [
                await _timed(deployment.app.router.handle(tapped(deployment, n, token)))
                for n, token in enumerate(tokens)
            ]
            hanging.cancel()
            await asyncio.gather(hanging, return_exceptions=True)
    return [
        Row(what="another person's reply while an LLM hangs, worst", value=max(replies), goal=100, unit="ms"),
        Row(what="own tap while an LLM hangs, worst", value=max(taps), goal=100, unit="ms"),
    ]


def without_llm(person: Person) -> Person:
    """The same person with the language model turned off, to build a history quickly."""
    allowed = tuple(one for one in person.allowed if one is not Purpose.LANGUAGE_MODEL)
    return replace(person, allowed=allowed)
