"""What the local Telegram refuses, in the platform's words."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import BadRequest, EndPointNotFound, InvalidToken

from tests.servers.telegram import ManualClock, Message, Person, TelegramServer
from tests.servers.telegram.client import client_of

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def tg(clock: ManualClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(clock=clock) as server:
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


def keyboard(*rows: int, data: str = "x") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("b", callback_data=data)] * count for count in rows])


async def test_another_token_is_unauthorized(tg: TelegramServer) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("654321:other", base_url=f"{tg.url}/bot"):
            raise AssertionError("the client must not start")
    assert [call.status for call in tg.calls] == [401]


async def test_unknown_methods_and_paths_are_not_found(tg: TelegramServer, bot: Bot) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("makeCoffee")
    async with httpx.AsyncClient() as client:
        reply = await client.get(f"{tg.url}/elsewhere")
    assert reply.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<b>unclosed", "can't parse entities: can't find end tag corresponding to start tag b"),
        ("<blink>x</blink>", 'can\'t parse entities: unsupported start tag "blink" at byte offset 0'),
        ("1 < 2", 'can\'t parse entities: unsupported start tag "" at byte offset 2'),
        (" \n ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("&lt;" * 8193, "text is too long"),
    ],
)
async def test_texts_that_break_a_rule_are_refused(bot: Bot, ann: Person, text: str, reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(7, text, parse_mode="HTML")
    assert refused.value.message.lower() == reason
    assert ann.chat.messages == []


async def test_the_length_counts_after_markup_is_parsed(bot: Bot, ann: Person) -> None:
    await bot.send_message(7, "<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")
    assert (await ann.expect_message()).text == "<" * 4096


async def test_marks_can_be_sent_as_entities(bot: Bot, ann: Person) -> None:
    await bot.send_message(7, " 😀 bold", entities=[MessageEntity("bold", 4, 4)])
    assert (await ann.expect_message()).screen() == "😀 *bold*"


@pytest.mark.parametrize(("kind", "offset", "length"), [("bold", 5, 9), ("bold", 2, 1), ("text_link", 0, 1)])
async def test_marks_outside_the_text_are_refused(
    bot: Bot, ann: Person, kind: str, offset: int, length: int
) -> None:
    with pytest.raises(BadRequest, match=r"(?i)entity"):
        await bot.send_message(7, " 😀 bold", entities=[MessageEntity(kind, offset, length)])
    assert ann.chat.messages == []


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (keyboard(1, data="é" * 33), "Button_data_invalid"),
        (keyboard(1, data=""), "Button_data_invalid"),
        (keyboard(9), "Reply markup is too long"),
        (keyboard(*[8] * 12, 5), "Reply markup is too long"),
        (InlineKeyboardMarkup([[InlineKeyboardButton("b", url="http://localhost/")]]), "wrong http url"),
        (InlineKeyboardMarkup([[InlineKeyboardButton("b", pay=True)]]), "text buttons are unallowed"),
    ],
)
async def test_keyboards_that_break_a_rule_are_refused(
    bot: Bot, ann: Person, markup: InlineKeyboardMarkup, reason: str
) -> None:
    with pytest.raises(BadRequest, match=reason):
        await bot.send_message(7, "x", reply_markup=markup)
    assert ann.chat.messages == []


async def test_the_largest_keyboard_is_delivered(bot: Bot, ann: Person) -> None:
    await bot.send_message(7, "x", reply_markup=keyboard(*[8] * 12, 4, data="é" * 32))
    assert len((await ann.expect_message()).buttons) == 100


async def test_nobody_is_written_to_who_never_wrote(tg: TelegramServer, bot: Bot) -> None:
    tg.user(8)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(8, "x")


async def test_an_edit_must_change_something(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(7, "<b>x</b>", parse_mode="HTML", reply_markup=keyboard(1))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text(
            "<b>x</b> ", 7, sent.message_id, parse_mode="HTML", reply_markup=keyboard(1)
        )
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=keyboard(1))

    await bot.edit_message_text("<b>x</b>", 7, sent.message_id, parse_mode="HTML")

    assert [len(version.rows) for version in (await ann.expect_message()).versions] == [1, 0]


async def test_only_the_bots_own_messages_can_be_edited_while_they_exist(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(7, "x")
    heard = (await ann.send("mine")).body["message"]["message_id"]
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("y", 7, heard)
    await bot.delete_message(7, heard)
    await bot.delete_message(7, sent.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(7, heard)
    for gone in (heard, sent.message_id, 999):
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("y", 7, gone)


async def test_old_messages_cannot_be_deleted(bot: Bot, ann: Person, clock: ManualClock) -> None:
    sent = await bot.send_message(7, "x")
    clock.seconds += 48 * 3600 + 1
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(7, sent.message_id)


async def tapped(bot: Bot, ann: Person) -> Message:
    await bot.send_message(7, "x", reply_markup=keyboard(1))
    return await ann.expect_message()


async def test_a_tap_is_answered_once_and_in_time(
    tg: TelegramServer, bot: Bot, ann: Person, clock: ManualClock
) -> None:
    message = await tapped(bot, ann)
    answered, late, expired = [await ann.tap(message, "b") for _ in range(3)]
    await bot.answer_callback_query(answered.query_id)
    tg.expire(expired)
    clock.seconds += 31
    for query_id in (answered.query_id, late.query_id, expired.query_id, "12"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout"):
            await bot.answer_callback_query(query_id)


async def test_the_note_after_a_tap_is_short(bot: Bot, ann: Person) -> None:
    tap = await ann.tap(await tapped(bot, ann), "b")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(tap.query_id, "x" * 201)
    await bot.answer_callback_query(tap.query_id, "x" * 200)


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([BotCommand("Tip", "x")], "bot_command_invalid"),
        ([BotCommand("t" * 33, "x")], "bot_command_invalid"),
        ([BotCommand("tip", "x" * 257)], "bot_command_description_invalid"),
        ([BotCommand("tip", "x")] * 101, "bot_commands_too_much"),
    ],
)
async def test_menus_that_break_a_rule_are_refused(bot: Bot, commands: list[BotCommand], reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.set_my_commands(commands)
    assert refused.value.message.lower() == reason


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 7}, "message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": "\ud800"}, "strings must be encoded in UTF-8"),
        ("sendMessage", {"chat_id": 7, "text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        (
            "sendMessage",
            {"chat_id": 7, "text": "x", "reply_markup": "[no JSON"},
            "can't parse reply markup JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": 7, "text": "x", "reply_markup": {"force_reply": True}},
            "inline keyboard expected",
        ),
        ("sendChatAction", {"chat_id": 7, "action": "dancing"}, "wrong parameter action in request"),
        ("setWebhook", {"url": "ftp://x"}, "bad webhook: invalid webhook URL specified"),
        (
            "setWebhook",
            {"url": "http://x", "secret_token": "a b"},
            "secret token contains unallowed characters or is too long",
        ),
        ("setMyCommands", {"commands": [], "language_code": "deu"}, "invalid language code specified"),
        ("getUpdates", {"allowed_updates": "all"}, "can't parse allowed updates JSON object"),
    ],
)
async def test_other_parameters_are_checked_too(
    tg: TelegramServer, ann: Person, method: str, params: dict[str, object], reason: str
) -> None:
    async with httpx.AsyncClient() as client:
        reply = await client.post(
            f"{tg.url}/bot{tg.token}/{method}", content=json.dumps(params), headers=JSON
        )
    assert reply.status_code == 400
    assert reply.json() == {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}


async def test_a_body_that_is_no_object_is_refused(tg: TelegramServer) -> None:
    async with httpx.AsyncClient() as client:
        for body in ("[]", "{", "nonsense"):
            reply = await client.post(f"{tg.url}/bot{tg.token}/getMe", content=body, headers=JSON)
            assert reply.status_code == 400
