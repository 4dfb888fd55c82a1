"""What nobody comes back to goes: numbers of handled updates, what old messages and their buttons were about,
and vectors of old texts.
"""

from __future__ import annotations

from datetime import timedelta

from core.dependencies import Dependencies

UPDATES_KEPT = timedelta(days=3)
"""No platform repeats an update after a day."""

BUTTONS_KEPT = timedelta(days=180)
"""A tap may come weeks late, and still acts on its own tip. One on an older button hears that it is old."""

VECTORS_KEPT = timedelta(days=90)
"""No text is remembered longer than 60 days; those that still matter are embedded again."""


async def prune(deps: Dependencies) -> int:
    """Drop all of it; returns how many rows that were."""
    now = deps.clock.now()
    async with deps.store.begin() as unit:
        return (
            await unit.inbox.prune(now - UPDATES_KEPT)
            + await unit.handles.prune(now - BUTTONS_KEPT)
            + await unit.messages.prune(now - BUTTONS_KEPT)
            + await unit.embeddings.prune(now - VECTORS_KEPT)
        )
