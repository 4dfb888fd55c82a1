"""Files that the bot sends: the local Telegram takes them from the real client library, and no worse ones."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest

from tests.servers.telegram import Person, TelegramServer
from tests.servers.telegram.client import client_of


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    async with client_of(telegram) as client:
        yield client


@pytest.fixture
async def ann(telegram: TelegramServer) -> Person:
    person = telegram.user(7, "Ann")
    await person.send("/export")
    return person


async def test_a_file_arrives_with_its_caption(bot: Bot, ann: Person) -> None:
    sent = await bot.send_document(
        7, b'{"a": 1}', filename="export.json", caption="<b>All</b> of it.", parse_mode=ParseMode.HTML
    )

    message = await ann.expect_message()
    assert message.screen() == "<export.json: 8 bytes>\n*All* of it."
    assert message.document is not None
    assert message.document.content == b'{"a": 1}'
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == (
        "export.json",
        8,
        "All of it.",
    )


async def test_a_file_needs_no_caption(bot: Bot, ann: Person) -> None:
    sent = await bot.send_document(7, b"x", filename="a.txt")

    assert sent.caption is None
    assert (await ann.expect_message()).text == ""


@pytest.mark.parametrize(
    ("content", "caption", "reason"),
    [
        (b"", "empty", "(?i)file must be non-empty"),
        (b"x", "c" * 1025, "(?i)caption is too long"),
        (b"x", "<b>", "(?i)can.t parse entities"),
    ],
)
async def test_what_telegram_refuses(
    bot: Bot, ann: Person, content: bytes, caption: str, reason: str
) -> None:
    with pytest.raises(BadRequest, match=reason):
        await bot.send_document(7, content, filename="a.txt", caption=caption, parse_mode=ParseMode.HTML)


async def test_a_file_has_no_text_to_edit(bot: Bot, ann: Person) -> None:
    sent = await bot.send_document(7, b"x", filename="a.txt", caption="c")

    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("new", 7, sent.message_id)
