import asyncio
import time
from dataclasses import replace
from typing import Any

import pytest

from adapters.telegram import CHAT_RATE, Telegram
from core.chat import Home, one_field
from core.errors import SendRejected
from tests.adapters.inbox import Inbox, StillClock
from tests.adapters.samples import DONE, EXPORT, TIP, row, said
from tests.adapters.telegram.conftest import NO_TURN, built
from tests.adapters.telegram.samples import HOSTILE, SENDER, tapped
from tests.adapters.telegram.scripted import ScriptedTelegram
from tests.servers.telegram import Fault, FloodLimits, Person, TelegramServer
from tests.waiting import WAIT_LIMIT


async def test_a_tip_looks_as_meant(ann: Person, idle: Telegram) -> None:
    message_id = await idle.send("42", TIP)

    shown = await ann.expect_message()
    assert str(shown.message_id) == message_id
    assert shown.screen() == (
        "*Pay the rent*: two minutes now, and it was due yesterday.\n[Done] [Snooze] [Dismiss]"
    )


async def test_hostile_words_stay_words(ann: Person, idle: Telegram) -> None:
    await idle.send("42", HOSTILE)

    shown = await ann.expect_message()
    assert shown.text.startswith(
        "</b><a href='tg://user?id=1'>free</a> & <!channel> *x* _y_ `z`: &lt;b&gt; @all"
    )
    assert {entity.kind for entity in shown.entities} == {"bold", "italic", "code"}


async def test_sound_and_previews(server: TelegramServer, ann: Person, idle: Telegram) -> None:
    await idle.send("42", replace(TIP, silent=True))
    await idle.send("42", TIP)

    silent, loud = server.called("sendMessage")
    assert [call.params["disable_notification"] for call in (silent, loud)] == ["true", "false"]
    assert silent.params["link_preview_options"] == {"is_disabled": True}


async def test_a_long_message_comes_in_pages(ann: Person, idle: Telegram) -> None:
    text = "\n".join(f"{number}. " + "task " * 100 + "." for number in range(20))

    message_id = await idle.send("42", replace(said(text), buttons=(row("More"),)))

    pages = ann.chat.messages
    assert "\n".join(page.text for page in pages) == text
    assert [page.labels for page in pages] == [[], [], ["More"]]
    assert str(pages[-1].message_id) == message_id


async def test_an_edit_replaces_text_and_buttons(ann: Person, idle: Telegram) -> None:
    message_id = await idle.send("42", TIP)

    await idle.edit("42", message_id, DONE)
    await idle.edit("42", message_id, DONE)

    [shown] = ann.chat.messages
    assert shown.screen() == "~Pay the rent~ Done at 10:02.\n[Undo]"
    assert len(shown.edits) == 1


async def test_an_edit_that_is_too_long_is_cut(ann: Person, idle: Telegram) -> None:
    message_id = await idle.send("42", TIP)

    await idle.edit("42", message_id, replace(said("y" * 9000), buttons=(row("Undo"),)))

    [shown] = ann.chat.messages
    assert shown.text.endswith("y\n…")
    assert shown.labels == ["Undo"]


async def test_what_is_gone_cant_be_edited(ann: Person, idle: Telegram) -> None:
    with pytest.raises(SendRejected, match="not found"):
        await idle.edit("42", "999", DONE)


async def test_a_tap_is_answered(server: TelegramServer, ann: Person, idle: Telegram) -> None:
    await idle.send("42", TIP)
    tap = await ann.tap(await ann.expect_message(), "Done")

    await idle.acknowledge(tapped(tap.query_id), "Done " + "👍" * 200)

    answer = await ann.expect_answer(tap)
    assert answer.text == "Done " + "👍" * 97 + "…"
    assert not answer.show_alert


async def test_a_tap_is_answered_without_words(server: TelegramServer, ann: Person, idle: Telegram) -> None:
    await idle.send("42", TIP)
    tap = await ann.tap(await ann.expect_message(), "Done")

    await idle.acknowledge(tapped(tap.query_id), None)

    assert (await ann.expect_answer(tap)).text == ""


async def test_an_old_or_unknown_tap_needs_no_answer(
    server: TelegramServer, ann: Person, idle: Telegram
) -> None:
    await idle.send("42", TIP)
    tap = await ann.tap(await ann.expect_message(), "Done")
    server.expire(tap)

    await idle.acknowledge(tapped(tap.query_id), "late")
    await idle.acknowledge(tapped("made up"), None)
    await idle.acknowledge(tapped(None), None)

    assert len(server.called("answerCallbackQuery")) == 2


async def test_a_tap_is_answered_while_messages_wait(
    server: TelegramServer, ann: Person, inbox: Inbox
) -> None:
    channel = built(server, inbox, chat_rate=NO_TURN)
    message_id = await channel.send("42", TIP)
    tap = await ann.tap(await ann.expect_message(), "Done")
    waiting = [asyncio.create_task(channel.send("42", TIP)) for _ in range(10)]
    await server.expect_that(lambda: len(server.called("sendMessage")) == 4)

    async with asyncio.timeout(WAIT_LIMIT):
        await channel.acknowledge(tapped(tap.query_id), None)
        await channel.edit("42", message_id, DONE)

    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await channel.stop()


async def test_telegram_never_has_to_ask_for_patience(inbox: Inbox) -> None:
    async with TelegramServer() as server:
        channel = built(server, inbox)
        people = range(42, 62)
        for number in people:
            server.user(number).chat.has_written = True
        try:
            sends = [channel.send(str(number), said(str(turn))) for turn in range(2) for number in people]
            await asyncio.gather(*sends, *(channel.send("42", said("more")) for _ in range(3)))
        finally:
            await channel.stop()

        assert {call.status for call in server.called("sendMessage")} == {200}
        assert len(server.called("sendMessage")) == 43


async def test_nor_when_messages_that_left_one_by_one_arrive_at_once(inbox: Inbox) -> None:
    async with TelegramServer(flood=FloodLimits(chat_rate=10.0)) as server:
        channel = built(server, inbox, chat_rate=replace(CHAT_RATE, interval=0.1))
        server.user(42).chat.has_written = True
        sends = asyncio.gather(*(channel.send("42", said(str(turn))) for turn in range(9)))
        asyncio.get_running_loop().call_soon(time.sleep, 0.5)  # the first have left, none has arrived
        try:
            await sends
        finally:
            await channel.stop()

        assert [call.status for call in server.called("sendMessage")] == [200] * 9


async def test_messages_without_an_answer_count_until_they_are_given_up(
    server: TelegramServer, ann: Person, inbox: Inbox
) -> None:
    server.faults.next("sendMessage", Fault.HANG, times=CHAT_RATE.burst)
    channel = built(server, inbox, chat_rate=replace(CHAT_RATE, interval=0.01))
    try:
        hanging = [asyncio.create_task(channel.send("42", TIP)) for _ in range(CHAT_RATE.burst)]
        last = asyncio.create_task(channel.send("42", TIP))
        await server.expect_that(lambda: len(server.called("sendMessage")) == CHAT_RATE.burst)
        await asyncio.sleep(0.1)
        assert len(server.called("sendMessage")) == CHAT_RATE.burst

        for task in hanging:
            task.cancel()
        message_id = await last
    finally:
        await channel.stop()

    assert message_id == str(ann.chat.messages[-1].message_id)


async def test_typing_is_shown_and_may_fail(server: TelegramServer, ann: Person, idle: Telegram) -> None:
    await idle.thinking("42")
    server.faults.next("sendChatAction", Fault.SERVER_502)
    await idle.thinking("42")
    await ann.block()
    await idle.thinking("42")

    assert ann.chat.actions == ["typing"]


async def test_there_are_no_forms_and_no_pages(server: TelegramServer, idle: Telegram) -> None:
    assert not await idle.ask(tapped("1"), one_field("Snooze", "Until?"), "t")
    await idle.show_home(SENDER, Home(sections=(TIP,)))

    assert server.calls == []


async def test_a_file_goes_out_with_its_caption(inbox: Inbox) -> None:
    async with ScriptedTelegram() as server:
        chat: dict[str, Any] = {"id": 42, "type": "private"}
        server.script["sendDocument"] += [{"message_id": 12, "date": 1, "chat": chat}]
        channel = Telegram("1:token", api_url=server.url, accept=inbox.accept, clock=StillClock())
        try:
            message_id = await channel.send("42", EXPORT)
        finally:
            await channel.stop()

        [call] = server.calls
        assert message_id == "12"
        assert b'filename="oo-export.json"' in call.body
        assert b'{"tasks": []}' in call.body
        assert b"Here is everything I keep about you." in call.body
