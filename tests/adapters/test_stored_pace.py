"""All processes keep one pace, and a restart keeps what a platform demanded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import SystemClock
from adapters.storage.store import open_store
from adapters.stored_pace import LONG_AGO, StoredPaces, give
from adapters.telegram.gate import BOT_RATE, CHAT_RATE, Gate
from core.errors import NotSent, StoreUnreachable
from core.ports import Limit
from core.records import PaceState
from core.store import PACES_LOCK, Store
from tests.fakes.store import FakeStore, FakeUnit
from tests.servers.postgres import empty_database

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
BOT = Limit(name="bot", interval=1.0, burst=3)
CHAT = Limit(name="chat 7", interval=2.0, burst=1)
PATIENT = 100.0
KEY = "token"


class Counting(FakeStore):
    """Counts its transactions."""

    writes = 0
    fails = False

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[FakeUnit]:
        self.writes += 1
        if self.fails:
            raise StoreUnreachable("server")
        async with super().begin(*people) as unit:
            yield unit


@pytest.fixture(params=["fake", "postgresql"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    if request.param == "fake":
        yield FakeStore()
        return
    storage = await open_store(empty_database())
    yield storage
    await storage.close()


def book(store: Store, *, key: str = KEY, is_shared: bool = True) -> StoredPaces:
    return StoredPaces(store, SystemClock(), key=key, is_shared=is_shared)


# --- The arithmetic ----------------------------------------------------------------------------------------


def test_after_the_burst_each_turn_is_one_interval_later() -> None:
    states: dict[str, PaceState] = {}
    waits = [give(states, [BOT], PATIENT, NOW) for _ in range(6)]
    assert waits == [0, 0, 0, 1, 2, 3]
    assert give(states, [BOT], PATIENT, NOW + timedelta(seconds=4)) == 0
    assert give(states, [BOT], PATIENT, NOW + timedelta(seconds=4)) == 1


def test_a_turn_is_when_the_strictest_limit_has_one() -> None:
    states: dict[str, PaceState] = {}
    assert [give(states, [CHAT, BOT], PATIENT, NOW) for _ in range(3)] == [0, 2, 4]
    assert give(states, [BOT], PATIENT, NOW) == 1


def test_who_would_wait_too_long_takes_no_turn() -> None:
    states: dict[str, PaceState] = {}
    for _ in range(5):
        give(states, [BOT], PATIENT, NOW)
    before = dict(states)
    refused = give(states, [BOT], 2.0, NOW)
    assert isinstance(refused, NotSent)
    assert refused.retry_after == 3
    assert states == before


def test_while_the_platform_wants_nothing_nobody_takes_a_turn() -> None:
    held = PaceState(name="bot", free_at=LONG_AGO, held_until=NOW + timedelta(seconds=7))
    states = {"bot": held}
    for limits in ([BOT], [CHAT, BOT], [Limit(name="bot", interval=0.0, burst=1), CHAT]):
        refused = give(states, limits, PATIENT, NOW)
        assert isinstance(refused, NotSent)
        assert refused.retry_after == 7
    assert states == {"bot": held}
    assert give(states, [BOT], PATIENT, NOW + timedelta(seconds=7)) == 0


def test_a_clock_that_was_set_back_stops_nobody_for_long() -> None:
    """G2: the server's clock went back by a day after turns were given."""
    states = {"bot": PaceState(name="bot", free_at=NOW + timedelta(days=1), held_until=LONG_AGO)}
    refused = give(states, [BOT], 10.0, NOW)
    assert isinstance(refused, NotSent)
    assert refused.retry_after <= 11


# --- Several processes -------------------------------------------------------------------------------------


async def test_two_processes_have_one_burst_together(store: Store) -> None:
    one, other = book(store), book(store)
    waits = [await at.turn([BOT], PATIENT) for at in (one, other, one, other, one, other)]
    assert waits[:3] == [0, 0, 0]
    assert all(0 < wait <= number + 1 for number, wait in enumerate(waits[3:]))
    assert waits[3:] == sorted(waits[3:])


async def test_all_who_wait_at_once_take_their_turns_in_one_transaction() -> None:
    store = Counting()
    shared = book(store)
    waits = await asyncio.gather(*(shared.turn([BOT], PATIENT) for _ in range(50)))
    assert store.writes <= 2
    assert sum(wait == 0 for wait in waits) == 3


async def test_what_one_process_is_told_all_keep_to(store: Store) -> None:
    one, other = book(store), book(store)
    one.hold("chat 7", 60)
    await one.close()
    with pytest.raises(NotSent) as refusal:
        await other.turn([CHAT, BOT], PATIENT)
    assert 0 < refusal.value.retry_after <= 60
    assert 0 < other.left("chat 7") <= 60
    assert await other.turn([BOT], PATIENT) == 0


@pytest.mark.parametrize("is_shared", [True, False])
async def test_what_a_platform_demanded_outlasts_a_restart(store: Store, is_shared: bool) -> None:
    before = book(store, is_shared=is_shared)
    before.hold("chat 7", 60)
    before.hold("chat 7", 5)
    await before.close()

    after = book(store, is_shared=is_shared)
    assert after.left("chat 7") == 0
    await after.start()
    assert 5 < after.left("chat 7") <= 60
    assert after.left("chat 8") == 0


async def test_the_gate_of_a_restarted_bot_refuses_what_telegram_wanted_to_wait(store: Store) -> None:
    first, second = Gate(CHAT_RATE, BOT_RATE), Gate(CHAT_RATE, BOT_RATE)
    first.book = kept = book(store)
    first.hold("7", 60)
    await kept.close()
    second.book = again = book(store)
    await again.start()
    with pytest.raises(NotSent):
        async with second.sending("7"):
            pytest.fail("sent")
    async with second.sending("8"):
        pass


async def test_a_bot_is_held_once_several_chats_are(store: Store) -> None:
    gate = Gate(CHAT_RATE, BOT_RATE)
    gate.book = book(store)
    for chat in ("1", "1", "2"):
        gate.hold(chat, 60)
    async with gate.sending("4"):
        pass
    gate.hold("3", 60)
    with pytest.raises(NotSent):
        async with gate.editing("4"):
            pytest.fail("sent")


async def test_another_bot_on_the_same_database_has_its_own_limits(store: Store) -> None:
    one, other = book(store), book(store, key="another token")
    one.hold("bot", 60)
    await one.close()
    await other.start()
    assert other.left("bot") == 0
    assert await other.turn([BOT], PATIENT) == 0


async def test_no_chat_is_named_in_the_database(store: Store) -> None:
    gate = Gate(CHAT_RATE, BOT_RATE)
    gate.book = kept = book(store)
    gate.hold("700123456", 60)
    async with gate.sending("700123457"):
        pass
    await kept.close()
    async with store.read() as unit:
        names = [one.name for one in await unit.paces.held(SystemClock().now())]
    assert [len(name) for name in names] == [32]
    assert "700123" not in names[0]


# --- What it costs -----------------------------------------------------------------------------------------


async def test_on_a_file_no_message_asks_the_database() -> None:
    store = Counting()
    gate = Gate(CHAT_RATE, BOT_RATE)
    gate.book = alone = book(store, is_shared=False)
    await alone.start()
    for chat in range(10):
        async with gate.sending(str(chat)):
            pass
        async with gate.editing(str(chat)):
            pass
    assert store.writes == 0
    gate.hold("7", 60)
    await alone.close()
    assert store.writes == 1


async def test_without_a_limit_no_message_asks_the_database() -> None:
    store = Counting()
    assert await book(store).turn([Limit(name="bot", interval=0.0, burst=1)], PATIENT) == 0
    assert store.writes == 0


async def test_a_database_that_does_not_answer_holds_back_no_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = Counting()
    store.fails = True
    shared = book(store)
    assert await shared.turn([BOT], PATIENT) == 0
    shared.hold("bot", 60)
    await shared.close()
    assert shared.left("bot") > 0

    monkeypatch.setattr("adapters.stored_pace.ANSWER_SECONDS", 0.01)
    stuck = FakeStore()
    async with stuck.begin(PACES_LOCK):
        assert await book(stuck).turn([BOT], PATIENT) == 0
