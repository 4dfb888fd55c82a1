"""How the local Telegram slows a bot down and breaks its connections."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import Forbidden, RetryAfter, TelegramError

from tests.servers.telegram import Fault, FloodLimits, ManualClock, Person, TelegramServer
from tests.servers.telegram.client import client_of


@pytest.fixture(autouse=True)
def _retry_after_is_a_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client warns about the older form, and warnings are errors."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def tg(clock: ManualClock) -> AsyncIterator[TelegramServer]:
    limits = FloodLimits(chat_burst=3, group_burst=2, total_burst=5, total_rate=2)
    async with TelegramServer(clock=clock, flood=limits) as server:
        yield server


@pytest.fixture
async def bot(tg: TelegramServer) -> AsyncIterator[Bot]:
    async with client_of(tg) as client:
        yield client


@pytest.fixture
async def ann(tg: TelegramServer) -> Person:
    person = tg.user(7)
    await person.send("/start")
    return person


async def test_a_chat_gets_about_one_message_a_second(bot: Bot, ann: Person, clock: ManualClock) -> None:
    for _ in range(3):
        await bot.send_message(7, "x")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(7, "x")
    assert refused.value.retry_after == timedelta(seconds=1)

    clock.seconds += 1

    await bot.send_message(7, "x")
    assert len(ann.chat.messages) == 4


async def test_all_chats_together_share_one_limit(tg: TelegramServer, bot: Bot, ann: Person) -> None:
    for user_id in range(10, 15):
        await tg.user(user_id).send("hi")
        await bot.send_message(user_id, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(7, "x")


async def test_a_group_gets_twenty_messages_a_minute(
    tg: TelegramServer, bot: Bot, ann: Person, clock: ManualClock
) -> None:
    await ann.send("hi", to=tg.group(-5))
    await bot.send_message(-5, "x")
    await bot.send_message(-5, "x")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(-5, "x")
    assert refused.value.retry_after == timedelta(seconds=3)


@pytest.mark.parametrize(
    ("fault", "cause", "is_delivered"),
    [
        (Fault.SERVER_502, TelegramError, False),
        (Fault.SERVER_502.but_delivers(True), TelegramError, True),
        (Fault.CLOSE_BEFORE_REQUEST, httpx.RemoteProtocolError, False),
        (Fault.CLOSE_AFTER_REQUEST, httpx.RemoteProtocolError, True),
        (Fault.HALF_BODY, httpx.RemoteProtocolError, True),
        (Fault.HANG, httpx.ReadTimeout, True),
        (Fault.GARBAGE, json.JSONDecodeError, True),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else None,
)
async def test_a_fault_hides_whether_the_message_was_delivered(
    tg: TelegramServer, bot: Bot, ann: Person, fault: Fault, cause: type[Exception], is_delivered: bool
) -> None:
    tg.faults.next("sendMessage", fault)

    with pytest.raises(TelegramError) as failed:
        await bot.send_message(7, "once", read_timeout=0.2)

    assert isinstance(failed.value.__cause__, cause)
    assert not isinstance(failed.value, Forbidden)
    (call,) = tg.called("sendMessage")
    assert (call.fault, call.delivered, len(ann.chat.messages)) == (
        fault.name,
        is_delivered,
        int(is_delivered),
    )
    assert await bot.send_message(7, "again")


async def test_a_429_can_be_played_and_taken_back(tg: TelegramServer, bot: Bot, ann: Person) -> None:
    tg.faults.next("sendMessage", Fault.refuse_429(17), times=2)
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(7, "x")
    assert refused.value.retry_after == timedelta(seconds=17)

    tg.faults.clear()

    assert await bot.send_message(7, "x")


async def test_a_slow_answer_is_a_whole_one(tg: TelegramServer, bot: Bot, ann: Person) -> None:
    tg.faults.next("sendMessage", Fault.slow(0.05))
    sending = asyncio.create_task(bot.send_message(7, "x"))
    await ann.expect_message()
    assert not sending.done()
    assert (await sending).text == "x"


async def test_a_client_that_goes_away_ends_its_poll(tg: TelegramServer, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.expect_that(lambda: tg.is_polled)

    poll.cancel()

    await tg.expect_that(lambda: not tg.is_polled)
    assert tg.called("getUpdates") == []
