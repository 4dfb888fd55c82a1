"""What oO believes about the person, with the evidence, and the buttons that correct it.

Tests: tests/bot/web/me/test_pages.py.
"""

from __future__ import annotations

from bot.screens import learned as screen
from bot.web.me.frame import show
from bot.web.page import Answer, Visit
from core.learning.beliefs import Belief
from core.learning.beliefs import beliefs as read_beliefs
from core.records import Correction, Purpose


async def beliefs(visit: Visit) -> Answer:
    """A card for each belief."""
    found = await read_beliefs(visit.whose, visit.deps)
    entries: list[Belief | Correction] = [*found.held, *found.wrong]
    return show(
        visit,
        "me/beliefs.html",
        "beliefs",
        head=screen.head(found),
        entries=[screen.entry_of(one) for one in entries],
        learns=visit.whose.allows(Purpose.LEARNING),
    )
