"""``oo move``.

Tests: tests/adapters/storage/test_moving.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from adapters.storage.moving import MovedTable
from adapters.storage.moving import move as carry
from bot.app import require_database
from bot.settings import Settings


async def move(settings: Settings, target: str) -> tuple[MovedTable, ...]:
    """Carry everything to the empty database at ``target``. Raises ``MoveRefused`` and ``SettingsError``."""
    require_database(settings)
    return await carry(settings.environment.database_url, target)


def format_move(moved: Sequence[MovedTable]) -> str:
    """What was carried, for the operator."""
    lines = [f"{one.name:<24}{one.rows:>9}  {one.digest[:16]}" for one in moved if one.rows]
    total = f"{sum(one.rows for one in moved)} rows of {len(moved)} tables, the same in both databases."
    then = "Set DATABASE_URL to the new one; the former one is as it was, with everything in it."
    return "\n".join((*lines, total, then))
