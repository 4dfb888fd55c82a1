"""Export and deletion of everything about one person."""

from __future__ import annotations

import asyncio
import json

from core.dependencies import Dependencies
from core.learning.model_state import remove_contribution
from core.records import Person


async def export(person: Person, deps: Dependencies) -> bytes:
    """Everything stored about ``person`` as JSON (UTF-8), decisions included; no secrets, and no data of
    other people.
    """
    async with deps.store.read() as unit:
        tables = await unit.people.everything(person.person_id)
    document = {"exported_at": deps.clock.now().isoformat(), "tables": tables}
    text = await asyncio.to_thread(json.dumps, document, ensure_ascii=False, indent=2)  # may be large
    return text.encode()


async def forget(person: Person, deps: Dependencies) -> None:
    """Delete everything about ``person``, also their part in the population's statistics."""
    async with deps.store.begin() as unit:
        await remove_contribution(unit, person.person_id, deps.clock.now())
        await unit.people.forget(person.person_id)
