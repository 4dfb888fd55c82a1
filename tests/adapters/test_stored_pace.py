"""All processes keep one pace, and a restart keeps what a platform demanded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import SystemClock
from adapters.storage.store import open_store
from adapters.stored_pace import LONG_AGO, LONGEST_BACKLOG_SECONDS, StoredPaces, used
from adapters.telegram.gate import BOT_RATE, CHAT_RATE, Gate
from core.errors import NotSent, StoreUnreachable
from core.ports import Limit
from core.records import PaceState
from core.store import PACES_LOCK, Store
from tests.adapters.jumping import jumping
from tests.fakes.store import FakeStore, FakeUnit
from tests.servers.postgres import empty_database
from tests.waiting import WAIT_LIMIT

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


def state(free_at: datetime) -> PaceState:
    return PaceState(name="bot", free_at=free_at, held_until=LONG_AGO)


def test_each_message_drains_after_those_before_it() -> None:
    assert used(state(LONG_AGO), BOT, 2, NOW).free_at == NOW + timedelta(seconds=2)
    assert used(state(NOW + timedelta(seconds=5)), BOT, 2, NOW).free_at == NOW + timedelta(seconds=7)


def test_a_clock_that_was_set_back_stops_nobody_for_long() -> None:
    """G2: the server's clock went back by a day after messages were sent."""
    left = used(state(NOW + timedelta(days=1)), BOT, 1, NOW).free_at - NOW
    assert left == timedelta(seconds=3 + LONGEST_BACKLOG_SECONDS + 1)


# --- Several processes -------------------------------------------------------------------------------------


async def test_after_the_burst_each_message_waits_for_one_interval_more(store: Store) -> None:
    shared = book(store)
    waits = [await shared.turn([BOT], PATIENT) for _ in range(5)]
    assert waits[:3] == [0, 0, 0]
    assert 0 < waits[3] <= 1 < waits[4] <= 2


async def test_a_message_waits_for_the_strictest_limit(store: Store) -> None:
    shared = book(store)
    waits = [await shared.turn([CHAT, BOT], PATIENT) for _ in range(3)]
    assert waits[0] == 0
    assert 1 < waits[1] <= 2 < waits[2] <= 4


async def test_what_another_process_has_sent_counts_once_this_one_has_reported(store: Store) -> None:
    one, other = book(store), book(store)
    for _ in range(5):
        await one.turn([BOT], PATIENT)
    await one.close()
    assert await other.turn([BOT], PATIENT) == 0, "nothing is known yet, and nothing is waited for"
    await other.close()
    assert await other.turn([BOT], PATIENT) > 2
    with pytest.raises(NotSent) as refusal:
        await other.turn([BOT], 1.0)
    assert refusal.value.retry_after > 3


def test_three_busy_processes_together_keep_to_the_limit() -> None:
    """On a clock that jumps: each wants to send as much as it can, for ten seconds."""
    sent = jumping(_three_busy_ones(10.0))
    assert 300 <= sent <= 300 + BOT_RATE.burst + 10, "thirty a second, the burst, and what crossed a report"


class LoopClock:
    """The time of the event loop."""

    def now(self) -> datetime:
        return NOW + timedelta(seconds=asyncio.get_running_loop().time())


async def _three_busy_ones(span: float) -> int:
    store, sent = FakeStore(), 0

    async def busy(chats: int) -> None:
        nonlocal sent
        gate = Gate(replace(CHAT_RATE, interval=0.0), BOT_RATE)
        gate.book = StoredPaces(store, LoopClock(), key=KEY, is_shared=True)
        while asyncio.get_running_loop().time() < span:
            async with gate.sending(f"chat {chats}"):
                sent += asyncio.get_running_loop().time() < span

    await asyncio.gather(*(busy(number) for number in range(3)))
    return sent


async def test_messages_that_are_sent_at_once_are_reported_at_once() -> None:
    store = Counting()
    shared = book(store)
    for _ in range(50):
        await shared.turn([BOT], PATIENT)
    await shared.close()
    assert store.writes <= 2


async def test_what_one_process_is_told_all_keep_to(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.stored_pace.LOOK_SECONDS", 0.01)
    one, other = book(store), book(store)
    await other.start()
    one.hold("chat 7", 60)
    async with asyncio.timeout(WAIT_LIMIT):
        while not other.left("chat 7"):  # noqa: ASYNC110 - the book tells nobody
            await asyncio.sleep(0.01)
    with pytest.raises(NotSent) as refusal:
        await other.turn([CHAT, BOT], PATIENT)
    assert 0 < refusal.value.retry_after <= 60
    assert await other.turn([BOT], PATIENT) == 0
    await one.close()
    await other.close()


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

    monkeypatch.setattr("adapters.stored_pace.CLOSE_SECONDS", 0.01)
    stuck = FakeStore()
    async with stuck.begin(PACES_LOCK):
        waiting = book(stuck)
        assert await waiting.turn([BOT], PATIENT) == 0
        await waiting.close()
