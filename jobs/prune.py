"""Deletes what is old: updates, messages, buttons, turns of talks, offers of imports, vectors, deliveries."""

from __future__ import annotations

from datetime import timedelta

from core.dependencies import Dependencies
from core.people.talk_memory import REMEMBERED

UPDATE_RETENTION = timedelta(days=3)
"""No platform repeats an update after a day."""

BUTTON_RETENTION = timedelta(days=180)
"""A tap may come weeks late and still acts on its own tip. A tap on an older button only gets a remark."""

VECTOR_RETENTION = timedelta(days=90)
"""No text is used for longer than 60 days; texts that are still in use are embedded again."""


DELIVERY_RETENTION = timedelta(days=30)
"""No task source repeats a webhook delivery after an hour."""


async def prune(deps: Dependencies) -> int:
    """Returns how many rows were deleted."""
    now = deps.clock.now()
    async with deps.store.begin() as unit:
        return (
            await unit.inbox.prune(now - UPDATE_RETENTION)
            + await unit.handles.prune(now - BUTTON_RETENTION)
            + await unit.messages.prune(now - BUTTON_RETENTION)
            + await unit.turns.prune(now - REMEMBERED)
            + await unit.imports.prune(
                offered_before=now - deps.rules.answer_wait, before=now - BUTTON_RETENTION
            )
            + await unit.embeddings.prune(now - VECTOR_RETENTION)
            + await unit.connecting.prune(now - DELIVERY_RETENTION)
        )
