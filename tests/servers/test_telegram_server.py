"""The local Telegram, driven by the real client library: what comes in, what goes out, what is recorded."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from aiohttp import web
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, MaybeInaccessibleMessage
from telegram.error import Conflict, Forbidden, NetworkError

from tests.servers.telegram import Person, TelegramServer
from tests.servers.telegram.client import client_of

TIP = "<b>Pay the rent</b>: two minutes now, <s>then</s> it is done."
BUTTONS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Done", callback_data="d:1"),
            InlineKeyboardButton("Snooze", callback_data="s:1"),
        ],
        [InlineKeyboardButton("Open", url="https://example.org/rent")],
    ]
)


@pytest.fixture
async def tg() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def bot(tg: TelegramServer) -> AsyncIterator[Bot]:
    async with client_of(tg) as client:
        yield client


@pytest.fixture
async def ann(tg: TelegramServer) -> Person:
    person = tg.user(7, "Ann", "en")
    await person.send("/start")
    return person


async def test_a_message_arrives_with_its_marks_and_buttons(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(7, TIP, parse_mode="HTML", reply_markup=BUTTONS)

    message = await ann.expect_message()

    assert message.message_id == sent.message_id
    assert message.html == TIP
    assert message.text == sent.text == "Pay the rent: two minutes now, then it is done."
    assert [entity.kind for entity in message.entities] == ["bold", "strikethrough"]
    assert sent.reply_markup == BUTTONS
    assert message.screen() == (
        "*Pay the rent*: two minutes now, ~then~ it is done.\n[Done] [Snooze]\n[Open <https://example.org/rent>]"
    )


async def test_a_long_poll_is_held_until_somebody_writes(tg: TelegramServer, bot: Bot, ann: Person) -> None:
    (first,) = await bot.get_updates()
    poll = asyncio.create_task(bot.get_updates(offset=first.update_id + 1, timeout=30))
    await tg.expect_that(lambda: tg.is_polled)
    assert not poll.done()

    await ann.send("hello /help")

    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "hello /help"
    assert update.message.parse_entities() == {update.message.entities[0]: "/help"}
    assert update.effective_user is not None
    assert update.effective_user.language_code == "en"


async def test_a_long_poll_ends_empty_after_its_timeout(bot: Bot) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()

    assert await bot.get_updates(timeout=1) == ()

    assert loop.time() - started >= 1


async def test_updates_come_again_until_an_offset_confirms_them(bot: Bot, ann: Person) -> None:
    await ann.send("second")
    first, second = await bot.get_updates()

    assert [update.update_id for update in await bot.get_updates()] == [first.update_id, second.update_id]
    assert [update.update_id for update in await bot.get_updates(limit=1)] == [first.update_id]
    assert [update.update_id for update in await bot.get_updates(offset=-1)] == [second.update_id]
    assert await bot.get_updates(offset=second.update_id + 1) == ()


async def test_an_update_can_be_delivered_twice_under_one_id(
    tg: TelegramServer, bot: Bot, ann: Person
) -> None:
    sent = await ann.send("once")
    assert await bot.get_updates(offset=sent.update_id + 1) == ()

    await tg.redeliver(sent)

    (again,) = await bot.get_updates(offset=sent.update_id + 1)
    assert again.update_id == sent.update_id
    assert await bot.get_updates(offset=sent.update_id + 1) == ()


async def test_allowed_updates_are_remembered(bot: Bot, ann: Person) -> None:
    await bot.get_updates(offset=-1, allowed_updates=["callback_query"])
    await ann.send("not asked for")
    (start,) = await bot.get_updates()
    assert start.message is not None
    assert start.message.text == "/start"

    await bot.get_updates(offset=start.update_id + 1, allowed_updates=[])
    await ann.send("asked for")

    assert len(await bot.get_updates()) == 1


async def test_the_later_of_two_polls_wins(tg: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.expect_that(lambda: tg.is_polled)

    async with client_of(tg) as second:
        await second.get_updates()

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_a_webhook_gets_each_update_until_it_accepts_it(
    tg: TelegramServer, bot: Bot, ann: Person
) -> None:
    statuses, secrets = [500, 200, 200], []

    async def receive(request: web.Request) -> web.Response:
        secrets.append(request.headers["X-Telegram-Bot-Api-Secret-Token"])
        return web.Response(status=statuses.pop(0))

    application = web.Application()
    application.router.add_post("/hook", receive)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"

    await bot.set_webhook(url, secret_token="s3cret")
    later = await ann.send("later")
    await tg.expect_that(lambda: len(tg.webhook_attempts) == 3)
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await tg.expect_that(lambda: tg.webhook_attempts[-1].is_accepted)
    info = await bot.get_webhook_info()
    await runner.cleanup()

    assert [attempt.status for attempt in tg.webhook_attempts] == [500, 200, 200]
    assert tg.webhook_attempts[-1].update_id == later.update_id
    assert secrets == ["s3cret"] * 3
    assert (info.url, info.pending_update_count) == (url, 0)


async def test_what_no_webhook_accepted_can_be_polled(tg: TelegramServer, bot: Bot, ann: Person) -> None:
    await bot.set_webhook("http://127.0.0.1:9/nobody-listens")
    await tg.expect_that(lambda: tg.webhook_attempts)
    assert tg.webhook_attempts[0].status is None
    assert (await bot.get_webhook_info()).last_error_message

    await bot.delete_webhook()

    assert len(await bot.get_updates()) == 1
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_a_tap_is_answered_and_its_message_edited(bot: Bot, ann: Person) -> None:
    await bot.send_message(7, TIP, parse_mode="HTML", reply_markup=BUTTONS)
    message = await ann.expect_message()

    tap = await ann.tap(message, "Done")
    query = (await bot.get_updates(offset=tap.update.update_id))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.from_user.id, query.message.message_id) == ("d:1", 7, message.message_id)
    await query.answer("Well done", show_alert=True)
    await query.edit_message_text("<s>Pay the rent</s> Done.", parse_mode="HTML")

    answer = await ann.expect_answer(tap)
    assert (answer.text, answer.show_alert) == ("Well done", True)
    version = await ann.expect_edit(message)
    assert version.content.text == "Pay the rent Done."
    assert message.screen() == "~Pay the rent~ Done."
    assert [old.source for old in message.versions] == [TIP, "<s>Pay the rent</s> Done."]


async def test_a_resent_tap_is_the_same_query_under_a_new_update(bot: Bot, ann: Person) -> None:
    await bot.send_message(7, "x", reply_markup=BUTTONS)
    tap = await ann.tap(await ann.expect_message(), "d:1")
    again = await ann.resend(tap)

    first, second = await bot.get_updates(offset=tap.update.update_id)

    assert (first.update_id, second.update_id) == (tap.update.update_id, again.update_id)
    assert first.callback_query == second.callback_query


async def test_taps_can_be_forged_foreign_or_on_old_messages(
    tg: TelegramServer, bot: Bot, ann: Person
) -> None:
    await bot.send_message(7, "x", reply_markup=BUTTONS)
    message, bob = await ann.expect_message(), tg.user(8, "Bob", "de")
    with pytest.raises(LookupError, match="no button 'Dismiss'"):
        await ann.tap(message, "Dismiss")
    with pytest.raises(LookupError, match="opens a link"):
        await ann.tap(message, "Open")

    foreign = await bob.tap(message, "Snooze")
    await ann.forge(message, "d:999", is_old=True)

    by_bob, forged = (u.callback_query for u in await bot.get_updates(offset=foreign.update.update_id))
    assert by_bob is not None
    assert (by_bob.from_user.id, by_bob.data) == (8, "s:1")
    assert forged is not None
    assert forged.data == "d:999"
    assert isinstance(forged.message, MaybeInaccessibleMessage)
    assert not forged.message.is_accessible


async def test_everything_that_people_send_reaches_the_bot(tg: TelegramServer, bot: Bot, ann: Person) -> None:
    sent = await ann.send("typo", to=tg.group(-5))
    await ann.edit(sent, "fixed")
    await ann.send_content({"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular"}})
    await tg.send_raw({"channel_post": {"message_id": 1, "date": 0, "chat": {"id": -9, "type": "channel"}}})
    async with httpx.AsyncClient() as client:
        reply = await client.post(f"{tg.url}/bot{tg.token}/getUpdates", json={"offset": sent.update_id})

    message, edited, sticker, post = reply.json()["result"]
    assert message["message"]["chat"] == {"id": -5, "type": "group", "title": "Friends"}
    assert (edited["edited_message"]["text"], edited["edited_message"]["message_id"]) == (
        "fixed",
        message["message"]["message_id"],
    )
    assert sticker["message"]["sticker"]["file_id"] == "s"
    assert "from" not in post["channel_post"]


async def test_who_blocks_the_bot_gets_nothing(bot: Bot, ann: Person) -> None:
    blocked = await ann.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(7, "x")
    (update,) = await bot.get_updates(offset=blocked.update_id)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"

    await ann.unblock()

    assert await bot.send_message(7, "x")
    assert len(ann.chat.messages) == 1


async def test_calls_are_refused_at_the_socket_while_it_is_down(
    tg: TelegramServer, bot: Bot, ann: Person
) -> None:
    async with tg.down():
        with pytest.raises(NetworkError) as failed:
            await bot.send_message(7, "x")
    assert isinstance(failed.value.__cause__, httpx.ConnectError)

    await bot.send_message(7, "y")

    assert [message.text for message in ann.chat.messages] == ["y"]


async def test_menus_are_kept_for_each_language(tg: TelegramServer, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("tip", "One good tip")])
    await bot.set_my_commands([BotCommand("tip", "Ein guter Tipp")], language_code="de")

    assert [menu.description for menu in await bot.get_my_commands(language_code="de")] == ["Ein guter Tipp"]
    assert sorted(key.language_code for key in tg.menus) == ["", "de"]


async def test_typing_and_deleting_are_recorded(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(7, "x")

    await bot.send_chat_action(7, "typing")
    await bot.delete_message(7, sent.message_id)

    assert ann.chat.actions == ["typing"]
    assert ann.chat.deleted == {sent.message_id}


async def test_waiting_in_vain_names_the_last_calls(tg: TelegramServer, bot: Bot, ann: Person) -> None:
    with pytest.raises(TimeoutError, match=r"a message did not come within 0\.01 s; .*getMe 200"):
        await ann.expect_message(within=0.01)
