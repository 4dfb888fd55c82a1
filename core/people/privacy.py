"""Export and deletion of everything about one person."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.dependencies import Dependencies
from core.events import record_deletion
from core.integrations.revoking import revoke_now
from core.learning.beliefs import Belief, Beliefs, evidence_of, infer_beliefs
from core.learning.model_state import allows, remove_contribution
from core.people.connections import queue_everything
from core.records import Person, Purpose
from core.store import Unit

Tables = Mapping[str, Sequence[Mapping[str, object]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Everything about a person; no secrets, and no data of other people."""

    exported_at: datetime
    beliefs: Beliefs
    """What oO believes about them: derived from the tables."""
    tables: Tables
    """The personal columns of every table, ready for JSON."""


async def collect(person: Person, deps: Dependencies) -> Collected:
    """Everything stored about ``person``, decisions and the consent log included, and what oO believes."""
    now = deps.clock.now()
    async with deps.store.read() as unit:
        tables = await unit.people.everything(person.person_id)
        corrections = await unit.corrections.of(person.person_id)
        beliefs = infer_beliefs(await evidence_of(unit, person, now), corrections)
    return Collected(exported_at=now, beliefs=beliefs, tables=tables)


async def as_json(found: Collected) -> bytes:
    """The export as JSON (UTF-8)."""
    document = {
        "exported_at": found.exported_at.isoformat(),
        "beliefs": [_belief(one) for one in found.beliefs.held],
        "tables": found.tables,
    }
    text = await asyncio.to_thread(json.dumps, document, ensure_ascii=False, indent=2)  # may be large
    return text.encode()


def _belief(belief: Belief) -> dict[str, Any]:
    return {"belief": belief.code, "done": belief.done, "shown": belief.shown}


async def export(person: Person, deps: Dependencies) -> bytes:
    """``collect`` as JSON."""
    return await as_json(await collect(person, deps))


async def forget(person: Person, deps: Dependencies) -> bool:
    """Delete everything about ``person``, also their part in the population's statistics.

    Returns whether every access to an account of theirs has ended; the rest is ended later, and names nobody.
    """
    async with deps.store.begin() as unit:
        queued = await queue_everything(unit, person.person_id, deps)
        # First, since a place in the log may be given again once the events behind it are deleted.
        await record_deletion(unit, deps, person.person_id)
        await erase(unit, person.person_id, deps.clock.now())
    return await revoke_now(queued, deps)


async def erase(unit: Unit, person_id: str, now: datetime) -> None:
    """``forget`` inside the caller's transaction; nothing is done elsewhere. The key of the person's secrets
    goes first.
    """
    if await allows(unit, person_id, Purpose.POPULATION):
        await remove_contribution(unit, person_id, now)
    await unit.secrets.shred(person_id)
    await unit.people.forget(person_id)
