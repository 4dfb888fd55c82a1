"""What the first answer of the language model needs, made ready while nobody waits for it."""

from __future__ import annotations

from datetime import timedelta

from bot.app import App
from core.deciding.embed_texts import reads_along
from core.store import Unit

SOON = timedelta(days=7)
LOOKED_AT = 50


async def warm_up(app: App) -> None:
    """Where somebody lets the model read along who is written to soon: import what it needs, and load it."""
    if app.model is None:
        return
    async with app.store.read() as unit:
        is_wanted = await _somebody_reads_along(unit, app)
    if is_wanted:
        await app.model.warm()
        await app.model.wake(app.deps.rules.writing.talk_alias)


async def _somebody_reads_along(unit: Unit, app: App) -> bool:
    due = await unit.people.due(app.deps.clock.now() + SOON, LOOKED_AT)
    return any([reads_along(await unit.people.get(one.person_id)) for one in due])
