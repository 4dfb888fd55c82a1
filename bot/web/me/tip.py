"""The page of one tip, to which its notification leads: it shows the tip with all its buttons.

Tests: tests/bot/web/me/test_tip.py.
"""

from __future__ import annotations

from bot.screens.tips import after
from bot.web.me.frame import card, show
from bot.web.page import Answer, Visit
from core.delivery.tip_status import read_status
from core.errors import NotFound


async def tip(visit: Visit) -> Answer:
    """The tip as it is now. Raises ``NotFound`` if it is not theirs."""
    person = visit.whose
    async with visit.deps.store.read() as unit:
        decision = await unit.decisions.get(visit.path["decision_id"])
        if decision.person_id != person.person_id or decision.tip is None:
            raise NotFound("no tip of theirs")
        status = await read_status(unit, decision.decision_id, person)
    message = after(status, person, visit.deps.clock.now())
    return show(
        visit, "me/tip.html", "tips", tip=card(visit, "tip", message), decision_id=decision.decision_id
    )
