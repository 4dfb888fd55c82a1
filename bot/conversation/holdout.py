"""``/helped``: the result of the hold-out test, and its switch.

Tests: tests/scenarios/test_helping.py.
"""

from __future__ import annotations

from bot.conversation.update_context import UpdateContext
from bot.screens import helped as screen
from core.chat import Message
from core.errors import BadInput
from core.learning.holdout import treatment_effect
from core.records import Purpose
from core.text import clean

SWITCH = {
    **dict.fromkeys(("on", "yes", "an", "ja", "oui", "sí", "si"), True),
    **dict.fromkeys(("off", "no", "aus", "nein", "non"), False),
}


async def show_helped(ctx: UpdateContext, argument: str) -> Message:
    """Show the result so far; ``on`` and ``off`` switch the test. Raises ``BadInput`` for other words."""
    if word := clean(argument, 40):
        if word.lower() not in SWITCH:
            raise BadInput("not_on_off", value=word)
        await ctx.allow(Purpose.HOLDOUT, granted=SWITCH[word.lower()])
    found = await treatment_effect(ctx.person, ctx.deps)
    return screen.helped(ctx.person, found, ctx.deps.rules.helping)
