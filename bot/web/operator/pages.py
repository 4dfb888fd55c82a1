"""The operator's page, and acknowledging an incident."""

from __future__ import annotations

from contextlib import suppress

from bot.screens import texts_operator
from bot.web.operator import numbers
from bot.web.operator.figures import read_figures
from bot.web.operator.rows import board
from bot.web.page import OPERATOR_HOME, Access, Answer, Page, Visit, see_other
from bot.web.rendering import render
from core.errors import NotFound
from core.incidents import acknowledge
from core.store import NOBODY
from core.text import clean

MAX_NAME = 60
"""Characters of an operator's name, which a provider may have given."""


async def overview(visit: Visit) -> Answer:
    """How oO is doing."""
    figures = await read_figures(visit.deps)
    return render(
        visit,
        "operator/overview.html",
        words=texts_operator,
        n=numbers,
        figures=figures,
        board=board(figures),
        operator=clean(visit.operator or "", MAX_NAME),
    )


async def acknowledged(visit: Visit) -> Answer:
    """An incident is acknowledged. One that is gone by now is no fault: the page shows what there is."""
    now, operator = visit.deps.clock.now(), visit.operator or ""
    async with visit.deps.store.begin(NOBODY) as unit:
        with suppress(NotFound):
            await acknowledge(unit, visit.form.get("incident", ""), operator, now)
    return await overview(visit) if visit.is_fragment else see_other(OPERATOR_HOME)


OPERATOR = (
    Page(method="GET", path=OPERATOR_HOME, run=overview, access=Access.OPERATOR),
    Page(method="POST", path=f"{OPERATOR_HOME}/acknowledge", run=acknowledged, access=Access.OPERATOR),
)
