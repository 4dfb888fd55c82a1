"""Taps, as the tests make them, and what becomes of a tip."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from core.delivery.reactions import react, snooze, undo
from core.delivery.tip_status import TipStatus
from core.people.preferences import Change, change
from core.records import Decision, DismissReason, Person, ReactionKind, Task
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene

RENT = "oo-Pay the rent"


async def tip(here: Scene, **fields: Any) -> Decision:
    """A tip about the rent, on the screen."""
    await here.person()
    await here.task("Pay the rent", **fields)
    return await here.slot()


async def tapped(
    here: Scene, decision: Decision, kind: ReactionKind, reason: DismissReason | None = None
) -> TipStatus:
    person = await here.stored(decision.person_id)
    return await react(decision.decision_id, person, here.deps, kind=kind, reason=reason)


async def snoozed(here: Scene, decision: Decision, **span: float) -> TipStatus:
    until = here.clock.now() + timedelta(**span)
    return await snooze(decision.decision_id, await here.stored(), here.deps, until=until)


async def undone(here: Scene, decision: Decision) -> TipStatus:
    return await undo(decision.decision_id, await here.stored(), here.deps)


async def rent(here: Scene) -> Task:
    async with here.deps.store.read() as unit:
        return await unit.tasks.get(RENT)


async def standing(here: Scene, decision: Decision) -> list[object]:
    """The kinds of all reactions to a tip that are not undone."""
    async with here.deps.store.read() as unit:
        rows = (await unit.people.everything(decision.person_id)).get("reactions", [])
    found = (row for row in rows if row["decision_id"] == decision.decision_id)
    return [row["kind"] for row in found if row["undone_at"] is None]


async def value(here: Scene, decision: Decision) -> float | None:
    given = await here.reward(decision)
    return given.value if given else None


def berlin(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=BERLIN).astimezone(UTC)


async def snoozed_until(here: Scene, local: str, decision: Decision | None = None, **how: Any) -> Decision:
    """The tip of nine o'clock, or another one, promised back at a local time."""
    decision = decision or await tip(here)
    await snooze(decision.decision_id, await here.stored(), here.deps, until=berlin(local), **how)
    return decision


async def at(here: Scene, local: str) -> int:
    """How many people are due then; they are served."""
    here.clock.berlin(local)
    return await here.tick()


async def changed(here: Scene, make: Change) -> Person:
    return await change(await here.stored(), here.deps, make, what="test")
