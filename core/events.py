"""What happens is written down in the transaction that makes it so; the log is the outbox as well."""

from __future__ import annotations

from core.model import Event
from core.store import Unit
from core.world import World


async def happened(
    unit: Unit, world: World, kind: str, person_id: str | None, **data: str | int | float | bool | None
) -> None:
    """Append an event about a person; None: about oO itself. ``data`` holds ids, codes and numbers: no
    personal text.
    """
    await unit.events.append(
        Event(
            event_id=world.chance.new_id(),
            kind=kind,
            happened_at=world.clock.now(),
            person_id=person_id,
            data=data,
        )
    )
