"""``/connect`` and ``/disconnect``: the accounts outside oO that a person has connected.

Tests: tests/scenarios/test_connecting.py, tests/scenarios/test_todoist.py,
tests/scenarios/test_todoist_trouble.py.
"""

from __future__ import annotations

from bot.conversation.todoist_account import ask_to_disconnect, todoist
from bot.conversation.update_context import UpdateContext
from core.chat import Message


async def connect(ctx: UpdateContext, argument: str) -> Message:
    """Connect what the argument names; without one, show what is connected. Raises ``BadInput``."""
    return await todoist(ctx, argument)


async def disconnect(ctx: UpdateContext, argument: str) -> Message:
    """Ask before a connection is ended."""
    return await ask_to_disconnect(ctx)
