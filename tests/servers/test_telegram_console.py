"""The developer's terminal: lines in, what people see out."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.servers.telegram import Fault, TelegramServer
from tests.servers.telegram.client import client_of
from tests.servers.telegram.console import USAGE, Console
from tests.waiting import WAIT_LIMIT

DONE = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d")]])


@pytest.fixture
async def tg() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def bot(tg: TelegramServer) -> AsyncIterator[Bot]:
    async with client_of(tg) as client:
        yield client


@pytest.fixture
async def written() -> list[str]:
    return []


@pytest.fixture
async def console(tg: TelegramServer, written: list[str]) -> AsyncIterator[Console]:
    console = Console(tg, written.append)
    watching = asyncio.create_task(console.watch())
    yield console
    watching.cancel()


async def test_a_whole_chat_by_hand(
    tg: TelegramServer, bot: Bot, console: Console, written: list[str]
) -> None:
    await console.obey("7: hello there\n")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "hello there"

    sent = await bot.send_message(7, "<b>Rent</b>", parse_mode="HTML", reply_markup=DONE)
    await console.obey("7 tap Done")
    (tap,) = await bot.get_updates(offset=update.update_id + 1)
    assert tap.callback_query is not None
    await tap.callback_query.answer("Noted")
    await tap.callback_query.edit_message_text("<s>Rent</s>", parse_mode="HTML")
    await bot.delete_message(7, sent.message_id)
    tg.faults.next("sendMessage", Fault.refuse_429(1))
    await asyncio.gather(bot.send_message(7, "x"), return_exceptions=True)
    await asyncio.gather(bot.send_message(8, "x"), return_exceptions=True)

    await tg.expect_that(lambda: len(written) == 6)
    assert written == [
        "--- chat 7, message 2\n*Rent*\n[Done]",
        "--- a note pops up: Noted",
        "--- chat 7, message 2, edited\n~Rent~",
        "--- message 2 is gone from chat 7",
        "! sendMessage: 429",
        "! sendMessage: Bad Request: chat not found",
    ]


async def test_lines_that_cannot_be_obeyed_are_explained(console: Console, written: list[str]) -> None:
    await console.obey("what?")
    await console.obey("7 tap Nothing")
    assert written == [USAGE, "person 7 sees no button 'Nothing'"]


async def test_people_can_block_and_unblock(tg: TelegramServer, console: Console) -> None:
    await console.obey("7: hi")
    await console.obey("7 block")
    assert tg.chat(7).has_blocked
    await console.obey("7 unblock")
    assert not tg.chat(7).has_blocked


async def test_the_command_serves_until_its_input_ends() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.servers.telegram", "--port", "0", "--token", "5:t"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().split()[3].rstrip(";")

    async with Bot("5:t", base_url=f"{url}/bot") as bot:
        process.stdin.write(b"7: hi\n")
        (update,) = await bot.get_updates(timeout=5)
        await bot.send_message(7, "hello")
    assert update.effective_chat is not None
    assert update.effective_chat.first_name == "Person 7"
    assert (await process.stdout.readline()).decode() == "--- chat 7, message 2\n"

    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), WAIT_LIMIT) == 0
