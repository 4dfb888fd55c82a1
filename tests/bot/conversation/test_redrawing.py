"""Messages that show a tip are redrawn in the background, whoever reacted first."""

from __future__ import annotations

import pytest

from bot.conversation.edits import Edits
from bot.conversation.redrawing import Redrawing
from core.chat import Message
from core.claims import ClaimedStore, claimed
from tests.core.test_claims import FakeClaim
from tests.core.worlds import scene
from tests.fakes.store import FakeStore
from tests.waiting import WAIT_LIMIT


async def test_an_update_that_was_taken_over_ends_no_redrawing_that_it_had_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here, edited = scene(ClaimedStore(FakeStore())), []

    async def edit(_: str, message_id: str, __: Message) -> None:
        edited.append(message_id)

    monkeypatch.setattr(here.phone, "edit", edit)
    decisions = []
    for name in ("ada", "ben"):
        await here.person(name)
        await here.task(f"Pay the rent of {name}", name)
    here.clock.berlin("2027-06-14 09:00")
    await here.tick()
    for name in ("ada", "ben"):
        decisions.append((await here.latest(name)).decision_id)
    redrawing = Redrawing(here.deps, Edits(), pause_seconds=0)

    claim = FakeClaim()
    with claimed(claim):
        redrawing.start(decisions[0])
    claim.is_held = claim.is_current = False
    redrawing.start(decisions[1])
    await redrawing.stop(WAIT_LIMIT)

    async with here.deps.store.read() as unit:
        deliveries = [(await unit.deliveries.of(one))[0] for one in decisions]
    assert edited == [one.message_id for one in deliveries]
