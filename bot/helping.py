"""Whether tips help: the answer to ``/helped``, and the switch of the test."""

from __future__ import annotations

from bot.screens import helped as screen
from bot.visit import Visit
from core.chat import Message
from core.helping import helped
from core.preferences import hold_out

SWITCH = {"on": True, "off": False}


async def show_helped(visit: Visit, argument: str) -> Message:
    """What the test says so far; ``on`` and ``off`` switch it."""
    wanted = SWITCH.get(argument.strip().lower())
    if wanted is not None:
        await visit.change(hold_out(wanted, visit.now), what="hold_out")
    found = await helped(visit.person, visit.world)
    return screen.helped(visit.person, found, visit.world.rules.helping)
