"""Prepares the first answer of the language model while nobody waits for it.

Tests: tests/scenarios/test_waking.py.
"""

from __future__ import annotations

from datetime import timedelta

from bot.app import App
from core.deciding.embed_texts import allows_language_model
from core.store import Unit

WARM_UP_HORIZON = timedelta(days=7)
MAX_PEOPLE = 50


async def warm_up(app: App) -> None:
    """Import and load the model if a person who is due soon has allowed it."""
    if app.model is None:
        return
    async with app.store.read() as unit:
        is_wanted = await _is_model_needed_soon(unit, app)
    if is_wanted:
        await app.model.warm()
        await app.model.wake(app.deps.rules.writing.talk_alias)


async def _is_model_needed_soon(unit: Unit, app: App) -> bool:
    due = await unit.people.due(app.deps.clock.now() + WARM_UP_HORIZON, MAX_PEOPLE)
    return any([allows_language_model(await unit.people.get(one.person_id)) for one in due])
