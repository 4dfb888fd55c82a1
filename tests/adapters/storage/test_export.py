"""An export of many rows keeps nobody else waiting."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.storage import personal
from adapters.storage.store import open_store
from tests.contracts.store.records import event, person

ROWS = 2000
LONGEST_STRETCH = 2000  # values in one go: some milliseconds


async def test_others_have_their_turn_while_rows_are_made_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready = personal._json_value
    stretch, stretches = 0, [0]

    def counted(value: object) -> object:
        nonlocal stretch
        stretch += 1
        return make_ready(value)

    async def take_turns() -> None:
        nonlocal stretch
        while True:
            stretches.append(stretch)
            stretch = 0
            await asyncio.sleep(0)

    monkeypatch.setattr(personal, "_json_value", counted)
    storage = await open_store(f"sqlite:///{tmp_path}/oo.db")
    async with storage.begin() as unit:
        await unit.people.add(person("ada"))
        for number in range(ROWS):
            await unit.events.append(event(f"e{number}", person_id="ada"))
    async with storage.read() as unit:
        others = asyncio.create_task(take_turns())
        tables = await unit.people.everything("ada")
        others.cancel()
    await storage.close()

    assert len(tables["events"]) == ROWS
    assert sum(stretches) > ROWS
    assert max(stretches) <= LONGEST_STRETCH
