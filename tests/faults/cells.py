"""One cell of the matrix: oO uses a service during a fault, and the verdict.

Tests: tests/faults/test_faults.py.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.faults.house import House, until
from tests.faults.kinds import Kind
from tests.faults.service import BAD, Outcome, Service, Word
from tests.scenarios import slack_talk

RECOVERY_SPEED = 40.0
"""oO's seconds in each second once the fault is over: pauses that a service asked for end soon."""

MAX_LINES = 40
"""Lines of a warning in a cell: one for each failed attempt and each change of a connection, no flood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What was seen."""

    service: str
    fault: str
    outcome: Outcome
    recovered: float = 0.0
    """oO's seconds from the end of the fault until the service was used with success."""
    others: float | None = None
    """Seconds that a tap on another channel took during the fault; None: nobody can be served meanwhile."""
    lines: int = 0
    """Lines of a warning and above."""

    @property
    def is_good(self) -> bool:
        """Whether every promise was kept."""
        return self.outcome.word not in BAD and self.lines <= MAX_LINES

    @property
    def words(self) -> str:
        """For the table."""
        return self.outcome.word if self.lines <= MAX_LINES else f"{self.outcome.word}, NOISY"


async def run(here: House, service: Service, kind: Kind) -> Cell:
    """One cell."""
    usual = here.clock.speed
    await service.prepare()
    tap = None if service.serves_all else await _tap_elsewhere(here, service)
    before = len(here.log.lines)
    await service.proxy.begin(service.wire.makes[kind.name](service.proxy))
    acting = asyncio.create_task(service.act(kind))
    others = await tap() if tap else None
    await acting
    await service.proxy.end()
    ended_at = here.clock.now()
    here.clock.speed = RECOVERY_SPEED
    works = await service.recover()
    recovered = (here.clock.now() - ended_at).total_seconds()
    outcome = await service.outcome(kind) if works else Outcome(word=Word.STUCK)
    here.clock.speed = usual
    return Cell(
        service=service.name,
        fault=kind.name,
        outcome=outcome,
        recovered=recovered,
        others=others,
        lines=len(here.log.lines) - before,
    )


async def _tap_elsewhere(here: House, service: Service) -> Callable[[], Awaitable[float]]:
    """A tap on a channel that is well; it returns the seconds until its answer."""
    title = f"Wash {here.next_number()}"
    return await (_in_telegram(here, title) if service.name == "Slack" else _in_slack(here, title))


async def _in_telegram(here: House, title: str) -> Callable[[], Awaitable[float]]:
    chat = here.tom.chat
    await here.tom.send(f"/add {title}")
    assert await until(lambda: bool(chat.messages) and title in chat.messages[-1].text) is not None
    added = chat.messages[-1]

    async def tap() -> float:
        began = time.monotonic()
        await here.tom.tap(added, "Undo")
        await here.tom.expect_edit(added)
        return time.monotonic() - began

    return tap


async def _in_slack(here: House, title: str) -> Callable[[], Awaitable[float]]:
    await here.bob.dm(f"add {title}")
    said = here.bob.messages
    assert await until(lambda: any(title in one.text for one in here.bob.messages)) is not None
    added = next(one for one in reversed(here.bob.messages) if title in one.text and one not in said)
    added.seen = len(added.versions)

    async def tap() -> float:
        began = time.monotonic()
        await slack_talk.expect_edit_on_tap(here.bob, added, "Undo")
        return time.monotonic() - began

    return tap
