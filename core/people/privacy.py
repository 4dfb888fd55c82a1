"""Export and deletion: everything about one person, out or gone."""

from __future__ import annotations

import asyncio
import json

from core.learning.model_state import leave
from core.model import Person
from core.world import World


async def export(person: Person, world: World) -> bytes:
    """Everything stored about ``person`` as JSON (UTF-8), decisions included; no secret, nobody else's
    data.
    """
    async with world.store.read() as unit:
        tables = await unit.people.everything(person.person_id)
    document = {"exported_at": world.clock.now().isoformat(), "tables": tables}
    text = await asyncio.to_thread(json.dumps, document, ensure_ascii=False, indent=2)  # may be long
    return text.encode()


async def forget(person: Person, world: World) -> None:
    """Delete everything about ``person``, their part in what everybody's tips have taught included."""
    async with world.store.begin() as unit:
        await leave(unit, person.person_id, world.clock.now())
        await unit.people.forget(person.person_id)
