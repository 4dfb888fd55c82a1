"""Work under a claim ends once another process has taken it over."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from core.chat import Channel
from core.claims import ClaimedMessengers, ClaimedStore, Overtaken, claimed, was_overtaken
from core.concurrency import gather_bounded
from core.store import Unit
from tests.bot.test_intake import said
from tests.fakes.store import FakeStore

MESSENGER = object()


@dataclass(slots=True, kw_only=True)
class FakeClaim:
    """Holds, or not."""

    is_current: bool = True
    is_held: bool = True

    async def holds(self, unit: Unit) -> bool:
        return self.is_held


async def note(store: ClaimedStore, key: str) -> None:
    async with store.begin("ada") as unit:
        await unit.notes.put(None, key, "1")


async def noted(store: ClaimedStore, key: str) -> str | None:
    async with store.read() as unit:
        return await unit.notes.get(None, key)


@pytest.fixture
def store() -> ClaimedStore:
    return ClaimedStore(FakeStore())


async def test_a_transaction_is_committed_only_under_a_claim_that_holds(store: ClaimedStore) -> None:
    await note(store, "without a claim")
    claim = FakeClaim()
    with claimed(claim):
        await note(store, "held")
        claim.is_held = False
        with pytest.raises(Overtaken):
            await note(store, "lost")
        with claimed(None):
            await note(store, "needs none")
    await note(store, "after the block")

    kept = ("without a claim", "held", "lost", "needs none", "after the block")
    assert [await noted(store, key) for key in kept] == ["1", "1", None, "1", "1"]


async def test_tasks_that_work_starts_are_under_its_claim(store: ClaimedStore) -> None:
    with claimed(FakeClaim(is_held=False)):
        started = asyncio.create_task(note(store, "in a task"))
    with pytest.raises(asyncio.CancelledError):
        await started
    assert started.cancelled()
    assert await noted(store, "in a task") is None


async def test_no_handler_of_errors_takes_it_for_one(store: ClaimedStore) -> None:
    async def apologising() -> None:
        try:
            await note(store, "lost")
        except Exception:
            await noted(store, "an apology")

    with claimed(FakeClaim(is_held=False)), pytest.raises(Overtaken):
        await apologising()


async def test_nothing_is_sent_under_a_claim_that_may_have_ended() -> None:
    channels = ClaimedMessengers(by_channel={Channel.TELEGRAM: MESSENGER})  # type: ignore[dict-item]
    claim = FakeClaim()
    with claimed(claim):
        assert channels[Channel.TELEGRAM] is MESSENGER
        assert channels.answering(said(1)) is MESSENGER
        claim.is_current = False
        with pytest.raises(Overtaken):
            channels[Channel.TELEGRAM]
        with pytest.raises(Overtaken):
            channels.answering(said(1))
    assert channels[Channel.TELEGRAM] is MESSENGER


async def test_one_of_many_pieces_shows_that_all_were_overtaken(store: ClaimedStore) -> None:
    async def piece(number: int) -> None:
        if number == 2:
            raise LookupError
        await note(store, str(number))

    with claimed(FakeClaim(is_held=False)), pytest.raises(BaseExceptionGroup) as found:
        await gather_bounded(range(4), piece)
    assert was_overtaken(found.value)
    assert was_overtaken(Overtaken())
    assert not was_overtaken(asyncio.CancelledError())
    assert not was_overtaken(ExceptionGroup("", [LookupError()]))
