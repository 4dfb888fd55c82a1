"""The latest answers of an account, by the update that they answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.storage.store import open_store
from bot.conversation.kept_answer import Answer, find, keep
from bot.screens.markup import say
from core.chat import Button, Channel, Document, Message, Said, Sender
from core.store import Store
from tests.core.outsiders import NOW
from tests.core.worlds import account, scene

SENDER = Sender(channel=Channel.TELEGRAM, external_id="ada", address="chat-ada")
FIRST = Said(update_id="1", sender=SENDER, received_at=NOW, text="/cap 2")
ADA = account("ada", NOW)
ANSWER = Answer(
    reply=say("**At most** 2 a day.", (Button(label="Undo", verb="restore", arg="cap"),)),
    edit=Message(lines=(), tasks=("rent",)),
    edited="m1",
    toast="Fine",
    tip="d1",
)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """The real one."""
    storage = await open_store(database_url)
    yield storage
    await storage.close()


async def test_the_latest_answer_is_found_as_it_was(store: Store) -> None:
    await scene(store).person()
    later = replace(FIRST, update_id="2")
    async with store.begin("ada") as unit:
        assert await find(unit, FIRST, ADA) is None
        await keep(unit, FIRST, ADA, ANSWER, NOW)
        assert await find(unit, FIRST, ADA) == ANSWER
        assert await find(unit, later, ADA) is None
        await keep(unit, later, ADA, Answer(toast="Other"), NOW)
        assert await find(unit, FIRST, ADA) is None
        assert await find(unit, later, ADA) == Answer(toast="Other")


async def test_files_and_links_are_not_kept(store: Store) -> None:
    await scene(store).person()
    link = say("Open it", (Button(label="Open", verb="open", url="https://oo.example/secret"),))
    file = Message(lines=(), file=Document(name="a.json", content=b"{}"))
    async with store.begin("ada") as unit:
        for message in (link, file):
            await keep(unit, FIRST, ADA, Answer(reply=message), NOW)
            assert await find(unit, FIRST, ADA) is None


async def test_what_another_version_kept_is_left(store: Store) -> None:
    await scene(store).person()
    async with store.begin("ada") as unit:
        await keep(unit, FIRST, ADA, ANSWER, NOW)
        row = await unit.kept_answers.get("ada", "said telegram-ada")
        assert row is not None
        await unit.kept_answers.put(replace(row, body='{"reply": {"words": 1}}'))
        assert await find(unit, FIRST, ADA) is None


async def test_nothing_is_kept_for_somebody_who_is_gone(store: Store) -> None:
    async with store.begin("ada") as unit:
        await keep(unit, FIRST, ADA, ANSWER, NOW)
        assert await find(unit, FIRST, ADA) is None
