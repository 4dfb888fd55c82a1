"""Who answers the updates that the intake has stored.

Tests: tests/bot/test_intake.py, tests/bot/test_isolation.py.
"""

from __future__ import annotations

from typing import Protocol

from core.chat import Update
from core.errors import StoreUnavailable


class UpdateHandler(Protocol):
    """Answers updates, and tells people what becomes of those that it can't answer now.

    ``handle`` and ``handle_passed`` raise ``StoreUnavailable``: then the update is handled again.
    """

    async def handle(self, update: Update) -> None:
        """Answer it."""
        ...

    async def handle_passed(self, update: Update) -> None:
        """Answer it although later ones of its lane have been answered."""
        ...

    async def overflow(self, update: Update) -> None:
        """Say that this one, and maybe others, are left out."""
        ...

    async def delayed(self, update: Update, trouble: StoreUnavailable) -> None:
        """Say that its answer waits for the store."""
        ...

    async def isolated(self, update: Update) -> None:
        """Say that its answer waits, since processes ended each time that it was begun."""
        ...
