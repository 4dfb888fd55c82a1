"""What nobody comes back to goes: numbers of handled updates, and what the buttons of old messages mean."""

from __future__ import annotations

from datetime import timedelta

from core.world import World

UPDATES_KEPT = timedelta(days=3)
"""No platform repeats an update after a day."""

BUTTONS_KEPT = timedelta(days=180)
"""A tap may come weeks late, and still acts on its own tip. One on an older button hears that it is old."""


async def prune(world: World) -> int:
    """Drop both; returns how many rows that were."""
    now = world.clock.now()
    async with world.store.begin() as unit:
        return await unit.inbox.prune(now - UPDATES_KEPT) + await unit.handles.prune(now - BUTTONS_KEPT)
