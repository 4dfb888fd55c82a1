"""Bad input in Telegram: whatever comes, the answer is short and kind, and nothing stops."""

from __future__ import annotations

import pytest

from bot.conversation.commands import COMMANDS
from bot.screens import texts
from tests.operators_log import operators_log
from tests.scenarios.talking import (
    expect_all_answered,
    expect_edit_on_tap,
    expect_reply,
    expect_toast_on_tap,
    invited,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Person, TelegramServer

LONG = 100_000
NONSENSE = (
    "???",
    "-1",
    "99999999999999999999",
    "NaN",
    "９９:９９",
    "25:99",
    "9:00-9:00",
    "x" * 4000,
    "1" * 4000,
    "\x00\x07\x1b[31m",
    "\u202egnp.exe\u2066",
    "z̴͍͎̾" * 200,
    "<b>&amp;</i> **x** `y` {name} %s %(a)d",
    "'; DROP TABLE people; --",
    "<!channel> @everyone <@U123> https://evil.example/?q=1",
    "🧑‍🚀" * 300,
    "../../etc/passwd",
    "off off off",
)
TAKES_ARGUMENT = ("add", "cap", "mute", "pause", "quiet", "times", "timezone")


@pytest.mark.parametrize("name", sorted(COMMANDS))
async def test_every_command_bears_every_argument(oo: Scene, ann: Person, name: str) -> None:
    for argument in ("", *NONSENSE):
        answer = await expect_reply(ann, f"/{name} {argument}".strip())

        assert answer.text != texts.TROUBLE
        assert name not in TAKES_ARGUMENT or len(answer.text.splitlines()) <= 3, answer.text
        assert len(answer.text) < 4096
        await settle_tip(oo, ann, name)


async def settle_tip(oo: Scene, ann: Person, name: str) -> None:
    """Between two tips there is a pause, or nothing is left to suggest."""
    if name == "tip":
        oo.clock.move(hours=21)


HELP = (
    ("/quiet 25:99", 'I didn\'t get "25:99". Try /quiet 22:00-07:00, or /quiet off.'),
    ("/quiet 22:00", 'I didn\'t get "22:00". Try /quiet 22:00-07:00, or /quiet off.'),
    ("/times 25:99", 'I didn\'t get "25:99". A time looks like 9:00 or 18:30.'),
    ("/times blue", 'I didn\'t get "blue". A time looks like 9:00 or 18:30.'),
    ("/cap many", 'I didn\'t get "many". How many a day, from 0 to 20? For example: /cap 3'),
    ("/cap -1", 'I didn\'t get "-1". How many a day, from 0 to 20? For example: /cap 3'),
    ("/pause 2 May 2020", '"2 May 2020" has passed already. Try: in 2 hours, or tomorrow 9am.'),
    ("/pause blue", 'I didn\'t get "blue". Try: in 2 hours, 18:30, tomorrow 9am, or monday.'),
    ("/dance", "I don't know /dance. /help shows what I understand."),
    ("/", "I didn't quite get that. /help shows what I understand."),
    ("/add " + "x" * 400, "That is too long for a task: at most 300 characters, please."),
)


async def test_bad_input_is_helped_not_blamed(ann: Person) -> None:
    for text, answer in HELP:
        assert (await expect_reply(ann, text)).text == answer


async def test_nonsense_is_not_understood_but_answered(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "pay rent\nbuy milk\ncall mum")
    for text in NONSENSE:
        answer = await expect_reply(ann, text)
        assert answer.text != texts.TROUBLE
        assert len(answer.text.splitlines()) <= 2

    assert len(await oo.open_tasks(await oo.person("7"))) == 3


async def test_a_very_long_message_gets_a_short_answer(ann: Person) -> None:
    for letter in ["a", "\u202e", "\x00", "é", "𝕏", "\n", "not now. "]:
        answer = await expect_reply(ann, f"hello {letter * (LONG // len(letter))}")
        assert len(answer.text) < 400


async def test_a_message_of_nothing_but_invisible_characters(ann: Person) -> None:
    assert (await expect_reply(ann, "\u200b\u2060\x00\ufeff")).text == texts.UNCLEAR_LONG


async def test_lone_surrogates_are_borne(oo: Scene, ann: Person) -> None:
    added = await expect_reply(ann, "/add Buy \ud800 milk")

    assert added.text.startswith("Added: Buy")
    assert len(await oo.open_tasks(await oo.person("7"))) == 1


UNREADABLE: tuple[dict[str, object], ...] = (
    {"sticker": {"file_id": "s", "emoji": "👍"}},
    {"photo": [{"file_id": "p"}]},
    {"document": {"file_id": "d", "file_name": "../../x.exe"}},
    {"voice": {"file_id": "v", "duration": 3}},
    {"location": {"latitude": 52.5, "longitude": 13.4}},
    {"poll": {"id": "1", "question": "?", "options": []}},
)


async def test_what_cannot_be_read_is_said_so(oo: Scene, ann: Person) -> None:
    for content in UNREADABLE:
        await ann.send_content(content)
        assert (await ann.expect_message()).text == texts.CANT_READ

    assert await oo.open_tasks(await oo.person("7")) == []


CAPTIONED: tuple[dict[str, object], ...] = (
    {"photo": [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]},
    {"document": {"file_id": "x", "file_unique_id": "y"}},
    {"voice": {"file_id": "x", "file_unique_id": "y", "duration": 1}},
    {"video": {"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1, "duration": 1}},
)


@pytest.mark.parametrize("content", CAPTIONED, ids=lambda content: next(iter(content)))
async def test_the_words_under_a_picture_are_read(oo: Scene, ann: Person, content: dict[str, object]) -> None:
    await ann.send_content({**content, "caption": "/add Pay rent tomorrow 9am"})

    added, remark = (await ann.expect_message()).text.splitlines()

    assert added == "Added: Pay rent, tomorrow 9:00."
    assert remark.startswith("I read the words; the ")
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Pay rent"]


@pytest.mark.parametrize("caption", ["remind me to call Ann", "/add Call Ann", "buy milk tomorrow"])
async def test_a_caption_is_understood_like_any_words(oo: Scene, ann: Person, caption: str) -> None:
    await ann.send_content({**CAPTIONED[0], "caption": caption})

    assert (await ann.expect_message()).text.startswith("Added: ")


async def test_an_edit_without_a_change_is_not_answered(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    """Telegram tells of one when a link gets its preview."""
    sent = await ann.send("/add Pay rent")
    await ann.expect_message()
    photo = await ann.send_content({**CAPTIONED[0], "caption": "/add Call Ann"})
    await ann.expect_message()
    before = len(ann.chat.messages)

    await ann.edit(sent, "/add Pay rent")
    await ann.send_raw({"edited_message": {**photo.body["message"], "edit_date": 1}})
    await expect_all_answered(oo, telegram)
    assert len(ann.chat.messages) == before

    await ann.edit(sent, "Well, well!")
    assert (await ann.expect_message()).text == texts.EDITED
    await ann.edit(sent, "Well, well!")
    await expect_all_answered(oo, telegram)
    assert ann.chat.messages[-1].text == texts.EDITED
    assert sum(one.text == texts.EDITED for one in ann.chat.messages) == 1


async def test_an_edited_message_is_not_taken_for_a_new_one(oo: Scene, ann: Person) -> None:
    sent = await ann.send("/add Pay rent")
    await ann.expect_message()

    await ann.edit(sent, "/tasks")

    assert (await ann.expect_message()).text == texts.EDITED
    assert len(await oo.open_tasks(await oo.person("7"))) == 1


ODD: tuple[dict[str, object], ...] = (
    {"message": {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "/delete"}},
    {"message": {"message_id": 1, "date": 0, "text": "/delete"}},
    {"message": None},
    {"message": []},
    {"callback_query": {"id": "1"}},
    {"callback_query": {"id": "1", "from": {"id": 7}, "data": "x"}},
    {"edited_message": {}},
    {"my_chat_member": {"chat": {"id": 7}}},
    {"message": {"from": {"id": "7", "is_bot": False}, "chat": {"id": 7, "type": "private"}, "text": "hi"}},
)


async def test_updates_without_a_sender_change_nothing(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    before = len(ann.chat.messages)
    for body in ODD:
        await telegram.send_raw(body)
    await expect_all_answered(oo, telegram)

    assert len(ann.chat.messages) == before
    assert (await expect_reply(ann, "thanks")).text == "You're welcome."


FORGED = ["", ".", "a.0", "x" * 64, "9" * 64, "../..", "\x00", "é.1", "💥.0", "%s.%d"]


async def test_a_forged_token_does_nothing(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")

    for data in FORGED:
        answer = await ann.expect_answer(await ann.forge(tip, data))
        assert answer.text == texts.OLD_BUTTON

    assert tip.labels == ["Done", "Snooze", "Dismiss"]


async def test_a_real_token_with_another_number_does_nothing(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")
    handle = (tip.button("Done").data or "").partition(".")[0]

    for number in ("3", "99", "-1", "01x", "٣"):
        answer = await ann.expect_answer(await ann.forge(tip, f"{handle}.{number}"))
        assert answer.text == texts.OLD_BUTTON


async def test_somebody_elses_token_does_nothing(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    await expect_reply(ann, "/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")
    bob = await invited(oo, ann, telegram.user(8, "Bob"))
    own = await expect_reply(bob, "/prefs")

    answer = await bob.expect_answer(await bob.forge(own, tip.button("Done").data or ""))

    assert answer.text == texts.OLD_BUTTON
    assert tip.labels == ["Done", "Snooze", "Dismiss"]
    assert len(await oo.open_tasks(await oo.person("7"))) == 1


async def test_nothing_personal_gets_into_the_log(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    with operators_log() as log:
        await expect_reply(ann, "/add Buy xylophone-canary p1")
        tip = await expect_reply(ann, "/tip")
        await expect_edit_on_tap(ann, tip, "Done")
        await expect_reply(ann, "xylophone-canary?")
        await expect_reply(ann, "/quiet xylophone-canary")
        await expect_toast_on_tap(ann, tip, "Undo")

    assert "xylophone" not in log.getvalue()
    assert telegram.token not in log.getvalue()
