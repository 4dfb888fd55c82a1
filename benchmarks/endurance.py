"""``python -m benchmarks.endurance``: memory and open files of ``oo run`` while people use it for an hour.

They type, tap, ask for tips and for reminders. What oO keeps in memory for them, and what has to be loaded
first, comes early: only the second half counts.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import linear_regression
from time import monotonic

from benchmarks.table import Row, show
from tests.scenarios.oo import Place, Serving, place
from tests.servers import postgres
from tests.servers.telegram import TelegramServer
from tests.soak.clock import SteppedClock
from tests.soak.ledger import Ledger
from tests.soak.participants import Participant, new_words

PEOPLE = 20
PACE_SECONDS = 5.0
"""Between two deeds of a person."""
SAMPLES = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the process holds at a moment."""

    hours: float
    """Since the first sample."""
    megabytes: float
    files: int


async def measure_endurance(folder: Path, *, minutes: float, url: str | None = None) -> list[Row]:
    """Growth during the second half of ``minutes``. ``url``: a database; None: a file in ``folder``."""
    clock = SteppedClock(folder / "clock")
    async with TelegramServer(flood=None, clock=clock) as telegram, AsyncExitStack() as ending:
        oo = await _started(folder, telegram, clock, url)
        ending.push_async_callback(oo.stop)
        people = await _people(telegram, clock, oo)
        before = oo.processor_seconds()
        samples = await _used(people, oo, minutes)
        processor = (oo.processor_seconds() - before) / (minutes * 60)
        messages = sum(len(one.person.chat.messages) for one in people)
    return growth(samples, minutes=minutes, messages=messages, processor=processor)


async def _started(folder: Path, telegram: TelegramServer, clock: SteppedClock, url: str | None) -> Serving:
    given = {"DATABASE_URL": url} if url else {}
    home: Place = place(
        folder / "oo",
        TELEGRAM_BOT_TOKEN=telegram.token,
        TELEGRAM_API_URL=telegram.url,
        OO_ACCESS="open",
        **given,
    )
    return Serving(await replace(home, clock=str(clock.file)).start("run"))


async def _people(telegram: TelegramServer, clock: SteppedClock, oo: Serving) -> list[Participant]:
    """Everybody has joined, the owner first."""
    code = (await oo.expect_line("/start ")).rsplit("/start ", 1)[1].strip()
    ledger, words = Ledger(), new_words()
    people = [
        Participant(telegram, number, seed=1, clock=clock, ledger=ledger, words=words)
        for number in range(PEOPLE)
    ]
    for number, one in enumerate(people):
        await one.settle_in(code if number == 0 else None)
    return people


async def _used(people: Sequence[Participant], oo: Serving, minutes: float) -> list[Sample]:
    living = [asyncio.create_task(one.live(every=PACE_SECONDS)) for one in people]
    began, samples = monotonic(), list[Sample]()
    for _ in range(SAMPLES):
        await asyncio.sleep(minutes * 60 / SAMPLES)
        hours = (monotonic() - began) / 3600
        samples.append(Sample(hours=hours, megabytes=oo.megabytes(), files=oo.open_files()))
    for one in living:
        one.cancel()
    ended = await asyncio.gather(*living, return_exceptions=True)
    faults = [one for one in ended if not isinstance(one, asyncio.CancelledError)]
    assert not faults, faults
    return samples


def growth(samples: Sequence[Sample], *, minutes: float, messages: int, processor: float) -> list[Row]:
    """The figures. ``processor``: the share of a core; ``messages``: how many there were."""
    half = samples[len(samples) // 2 :]
    hours = [one.hours for one in half]
    slope, _ = linear_regression(hours, [one.megabytes for one in half])
    files, _ = linear_regression(hours, [float(one.files) for one in half])
    return [
        Row(what=f"messages of oO's in {minutes:g} minutes", value=messages, goal=None, unit=""),
        Row(what="processor", value=processor * 100, goal=None, unit="%"),
        Row(what="memory after half of the time", value=half[0].megabytes, goal=None, unit="MB"),
        Row(what="memory in the end", value=half[-1].megabytes, goal=None, unit="MB"),
        Row(what="memory, slope of the second half", value=slope, goal=5, unit="MB/h"),
        Row(what="open files in the end", value=half[-1].files, goal=None, unit=""),
        Row(what="open files, slope of the second half", value=files, goal=1, unit="1/h"),
    ]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endurance")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL; else on a file of SQLite")
    given = parser.parse_args()
    url = postgres.new_database(migrated=True) if given.postgresql else None
    with tempfile.TemporaryDirectory() as folder:
        show(asyncio.run(measure_endurance(Path(folder), minutes=given.minutes, url=url)))


if __name__ == "__main__":
    main()
