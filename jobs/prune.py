"""Old inbox entries go: no platform repeats an update after a day."""

from __future__ import annotations

from datetime import timedelta

from core.world import World

KEPT = timedelta(days=3)


async def prune(world: World) -> int:
    """Drop handled updates that nobody will repeat any more; returns how many."""
    async with world.store.begin() as unit:
        return await unit.inbox.prune(world.clock.now() - KEPT)
