"""What the scenarios of ``tests/crash_points.py`` have in common: a store, and a phone that remembers.

Tests: tests/core/delivery/test_crashes.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from adapters.storage.engine import connect
from adapters.storage.store import Storage
from core.chat import Channel, Message
from core.delivery.results import recover_orphans
from core.delivery.send import deliver_waiting
from core.ports import Messengers
from core.store import Store
from tests.core.outsiders import Phone, SeededRandom
from tests.core.worlds import Scene, compose, scene
from tests.databases import url_in


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Storage]:
    """The store of the folder, whose tables are known to be up to date."""
    store = Storage(connect(url_in(folder)))
    try:
        yield store
    finally:
        await store.close()


class RememberingPhone(Phone):
    """Writes down each message before it answers: what a person has seen is not lost by a kill of oO."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._file = folder / "shown"

    async def send(self, address: str, message: Message) -> str:
        with self._file.open("a") as file:
            file.write("one\n")
        return f"m{self.count()}"

    def count(self) -> int:
        """How many messages were shown so far."""
        return len(self._file.read_text().splitlines()) if self._file.exists() else 0


def world(store: Store, folder: Path, *, life: int = 1, **rules: Any) -> tuple[Scene, RememberingPhone]:
    """A world whose phone remembers. Each ``life`` of the process has random numbers of its own."""
    here, phone = scene(store, **rules), RememberingPhone(folder)
    messengers = Messengers(by_channel={Channel.TELEGRAM: phone})
    deps = replace(here.deps, messengers=messengers, random=SeededRandom(life))
    return replace(here, deps=deps, phone=phone), phone


async def restarted(here: Scene) -> None:
    """What a process does after its start, when attempts to send of the one before are surely over."""
    here.clock.time += here.deps.rules.delivery.lease + timedelta(seconds=1)
    await recover_orphans(here.deps)
    await deliver_waiting(here.deps, compose)
