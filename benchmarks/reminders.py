"""How long after its instant a reminder leaves, with a million people stored."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from adapters.clock import SystemClock
from benchmarks.deployment import CountingMessenger
from benchmarks.table import Row, percentile, spread
from bot.app import build
from bot.cli.loop import freeze_gc
from bot.settings import load_settings
from core.chat import Channel, Message
from core.people.consents import AT_THE_START
from core.records import Account, Consent, Person, Preferences, Reminder, Task

PEOPLE = 1_000_000
DUE = 1_500
BURST = 300
LEAD_IN = timedelta(seconds=5)
MAX_WAIT_SECONDS = 60.0
FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class TimingMessenger(CountingMessenger):
    """Notes when each address got its message."""

    clock: SystemClock = field(default_factory=SystemClock)
    at: dict[str, datetime] = field(default_factory=dict)
    expected: int = 0
    """How many messages ``complete`` waits for."""
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    def expect(self, count: int) -> None:
        """Forget what was sent, and wait for ``count`` messages."""
        self.at.clear()
        self.complete.clear()
        self.expected = count

    async def send(self, address: str, message: Message) -> str:
        self.at[address] = self.clock.now()
        if len(self.at) == self.expected:
            self.complete.set()
        return await CountingMessenger.send(self, address, message)


async def measure_reminders(folder: Path) -> list[Row]:
    """1,500 reminders, spread over a minute as people ask for them, then 300 at one instant."""
    messenger = TimingMessenger()
    settings = load_settings({"DATABASE_URL": f"sqlite:///{folder}/oo.db", "OO_ACCESS": "open"}, folder)
    app = await build(settings, lambda intake, _: {Channel.TELEGRAM: messenger})
    async with app.store.begin() as unit:
        await unit.people.add(_person())
        await unit.people.save_account(_account())
        await unit.tasks.put(Task(task_id="t", person_id="p", title="Drink water", created_at=FAR_AHEAD))
        await unit.reminders.put(
            Reminder(reminder_id="r", person_id="p", at=FAR_AHEAD, next_at=FAR_AHEAD, created_at=FAR_AHEAD)
        )
    _populate(folder / "oo.db")
    await app.start()
    freeze_gc()
    app.scheduler.start()
    chance = Random(1)  # noqa: S311 - no secret
    minute = await _delays(folder / "oo.db", messenger, [chance.uniform(0, 60) for _ in range(DUE)])
    burst = await _delays(folder / "oo.db", messenger, [0.0] * BURST)
    await app.pause()
    await app.close()
    people = f"{PEOPLE:,} people"
    return [
        *spread(f"reminder after its instant, {people}, {DUE:,} in a minute", minute, p50=1000, p99=1500),
        Row(
            what=f"the last of {BURST} reminders at one instant, {people}",
            value=percentile(burst, 1),
            goal=None,
            unit="ms",
        ),
    ]


def _person() -> Person:
    return Person(
        person_id="p",
        created_at=FAR_AHEAD,
        consent=Consent.AGREED,
        allowed=AT_THE_START,
        zone="Europe/Berlin",
        preferences=Preferences(quiet=(), times=()),
    )


def _account() -> Account:
    return Account(
        account_id="a",
        person_id="p",
        channel=Channel.TELEGRAM,
        external_id="p",
        address="p",
        last_seen_at=FAR_AHEAD,
    )


async def _delays(file: Path, messenger: TimingMessenger, seconds: Sequence[float]) -> list[float]:
    """Milliseconds from the instant of each reminder until it left. ``seconds``: when, from now on."""
    messenger.expect(len(seconds))
    start = messenger.clock.now() + LEAD_IN
    planned = {f"p{number}": start + timedelta(seconds=at) for number, at in enumerate(seconds, start=1)}
    await asyncio.to_thread(_make_due, file, planned)  # the loop may hold the lock of the file
    async with asyncio.timeout(max(seconds) + MAX_WAIT_SECONDS):
        await messenger.complete.wait()
    return [(messenger.at[address] - at).total_seconds() * 1000 for address, at in planned.items()]


COPIES = {
    "people": {"person_id": "'p' || i"},
    "accounts": {
        "account_id": "'a' || i",
        "person_id": "'p' || i",
        "external_id": "'p' || i",
        "address": "'p' || i",
    },
    "tasks": {"task_id": "'t' || i", "person_id": "'p' || i"},
    "reminders": {"reminder_id": "'r' || i", "person_id": "'p' || i", "task_id": "'t' || i"},
}
"""By table: what differs between the copies of its only row, as SQL."""


def _populate(file: Path) -> None:
    """Copy the person with account, task and reminder by SQL."""
    with sqlite3.connect(file) as connection:
        for table, own in COPIES.items():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            columns = ", ".join(f'"{name}"' for name in names)
            values = ", ".join(own.get(name, f'"{name}"') for name in names)
            query = (
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"  # noqa: S608 - names from the lines above
                f" INSERT INTO {table} ({columns}) SELECT {values} FROM n, (SELECT * FROM {table} LIMIT 1)"
            )
            connection.execute(query, (PEOPLE - 1,))


def _make_due(file: Path, planned: dict[str, datetime]) -> None:
    """Let one reminder of each person ring at its instant."""
    with sqlite3.connect(file, timeout=30) as connection:
        connection.executemany(
            'UPDATE reminders SET "at" = ?, next_at = ?, over = NULL WHERE reminder_id = ?',
            [
                (int(at.timestamp() * 1e6), int(at.timestamp() * 1e6), f"r{address[1:]}")
                for address, at in planned.items()
            ],
        )
