import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram.error import Conflict

from adapters.telegram import Limits, Telegram
from adapters.telegram.polling import retry_until_success
from core.chat import Left, Returned, Said, Tapped
from tests.adapters.inbox import NOW, Inbox, StillClock
from tests.adapters.samples import TIP
from tests.adapters.telegram.conftest import QUICK, built
from tests.adapters.telegram.scripted import ScriptedTelegram
from tests.servers.telegram import Fault, TelegramServer


def offsets(server: TelegramServer) -> list[int]:
    return [int(call.params.get("offset", 0)) for call in server.called("getUpdates")]


async def test_what_a_person_does_arrives_in_order(
    server: TelegramServer, telegram: Telegram, inbox: Inbox
) -> None:
    ann = server.user(42, language_code="de")
    sent = await ann.send("/tip")
    await ann.edit(sent, "/tips")
    await ann.send_content({"sticker": {"file_id": "x", "emoji": "👍"}})
    await ann.block()
    await ann.unblock()

    said, edited, sticker, left, returned = await inbox.expect_updates(count=5)

    assert isinstance(said, Said)
    assert (said.text, said.sender.external_id, said.sender.language) == ("/tip", "42", "de")
    assert (said.update_id, said.received_at) == (str(sent.update_id), NOW)
    assert isinstance(edited, Said)
    assert (edited.text, edited.edited) == ("/tips", True)
    assert isinstance(sticker, Said)
    assert sticker.attachment == "sticker"
    assert isinstance(left, Left)
    assert isinstance(returned, Returned)


async def test_a_tap_brings_its_token_and_its_message(
    server: TelegramServer, telegram: Telegram, inbox: Inbox
) -> None:
    ann = server.user(42)
    await ann.send("hi")
    message_id = await telegram.send("42", TIP)
    tap = await ann.tap(await ann.expect_message(), "Done")
    forged = await ann.forge(server.chat(42).messages[0], "';--" + "x" * 60)

    _, tapped, forgery = await inbox.expect_updates(count=3)

    assert isinstance(tapped, Tapped)
    assert (tapped.token, tapped.message_id) == (TIP.buttons[0][0].token, message_id)
    assert tapped.callback_id == tap.query_id
    assert isinstance(forgery, Tapped)
    assert (forgery.token, forgery.callback_id) == ("';--" + "x" * 60, forged.query_id)


async def test_nothing_is_confirmed_before_it_is_taken(
    server: TelegramServer, telegram: Telegram, inbox: Inbox
) -> None:
    inbox.refuse = OSError("disk full")
    first = await server.user(42).send("one")
    second = await server.user(42).send("two")
    await inbox.expect_updates(count=0, refused=2)
    assert max(offsets(server)) <= first.update_id
    assert (telegram.healthy, telegram.last_error) == (False, "OSError")

    inbox.refuse = None

    updates = await inbox.expect_updates(count=2)
    assert [update.update_id for update in updates] == [str(first.update_id), str(second.update_id)]
    await server.expect_that(lambda: server.is_polled)
    assert telegram.healthy


async def test_what_was_taken_is_confirmed_and_comes_once(
    server: TelegramServer, telegram: Telegram, inbox: Inbox
) -> None:
    first = await server.user(42).send("one")
    await inbox.expect_updates(count=1)
    await server.expect_that(lambda: server.is_polled)

    await server.user(42).send("two")

    assert len(await inbox.expect_updates(count=2)) == 2
    await server.expect_that(lambda: first.update_id + 1 in offsets(server))


async def test_a_repeated_update_keeps_its_id_for_the_inbox_to_drop(
    server: TelegramServer, telegram: Telegram, inbox: Inbox
) -> None:
    update = await server.user(42).send("one")
    await inbox.expect_updates(count=1)
    await server.redeliver(update)

    [first] = await inbox.expect_updates(repeats=1)

    assert first.update_id == str(update.update_id)


async def test_what_is_not_for_oo_is_counted_and_confirmed(
    server: TelegramServer, telegram: Telegram, inbox: Inbox
) -> None:
    await server.user(42).send("/tip", to=server.group(-100))
    await server.send_raw({"message": {"message_id": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}})
    await server.send_raw({"message": "nonsense"})
    await server.user(42).send("\ud800 hello")

    [said] = await inbox.expect_updates()

    assert isinstance(said, Said)
    assert said.text == "\ufffd hello"
    assert telegram.ignored == 3


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.SERVER_502, "Unreadable"),
        (Fault.GARBAGE, "Unreadable"),
        (Fault.HALF_BODY, "RemoteProtocolError"),
        (Fault.CLOSE_AFTER_REQUEST, "RemoteProtocolError"),
        (Fault.refuse_429(1), "RetryAfter"),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
async def test_polling_survives(
    server: TelegramServer,
    idle: Telegram,
    inbox: Inbox,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
    error: str,
) -> None:
    server.faults.next("getUpdates", fault)
    await server.user(42).send("hello")
    await idle.start([])

    await inbox.expect_updates()

    assert f"Telegram: {error}" in caplog.messages
    await server.expect_that(lambda: server.is_polled)
    assert len(inbox.updates) == 1
    assert idle.healthy


async def test_a_second_process_with_the_same_token_is_noticed(
    server: TelegramServer, telegram: Telegram, inbox: Inbox
) -> None:
    await server.expect_that(lambda: server.is_polled)
    rival = built(server, inbox)
    try:
        await rival.start([])
        await server.expect_that(lambda: "Conflict" in {telegram.last_error, rival.last_error})
    finally:
        await rival.stop()

    await server.user(42).send("hello")
    await inbox.expect_updates()
    await server.expect_that(lambda: telegram.healthy)


def text(update_id: object, words: str) -> dict[str, object]:
    person = {"id": 42, "is_bot": False}
    chat = {"id": 42, "type": "private"}
    return {"update_id": update_id, "message": {"message_id": 1, "from": person, "chat": chat, "text": words}}


@asynccontextmanager
async def listening(server: ScriptedTelegram, inbox: Inbox) -> AsyncIterator[Telegram]:
    channel = Telegram("1:token", api_url=server.url, accept=inbox.accept, clock=StillClock(), limits=QUICK)
    try:
        await channel.start([])
        yield channel
    finally:
        await channel.stop()


async def test_after_an_empty_poll_lower_numbers_are_heard(inbox: Inbox) -> None:
    async with ScriptedTelegram() as server:
        server.script["getUpdates"] += [[text(900, "old")], [], [text(5, "a week later")]]
        async with listening(server, inbox):
            await server.expect_calls("/getUpdates", count=4)

        assert [call.get("offset") for call in server.sent("getUpdates")] == [None, "901", None, "6"]
        assert len(inbox.updates) == 2


async def test_a_malformed_update_does_not_stop_the_others(inbox: Inbox) -> None:
    async with ScriptedTelegram() as server:
        batch: list[object] = [None, {"update_id": "x"}, text(7, "one"), {"update_id": 8, "message": [1]}]
        server.script["getUpdates"] += [batch]
        async with listening(server, inbox) as channel:
            await server.expect_calls("/getUpdates", count=2)

            assert channel.ignored == 3
        assert server.sent("getUpdates")[1]["offset"] == "9"
        assert [update.update_id for update in inbox.updates] == ["7"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"ok": true, "result": {"not": "a list"}}',
        b'{"ok": true, "result": [{"update_id": null}]}',
        b'{"ok": true}',
        b"[]",
        b"[" * 100_000,
        b'{"ok": true, "result": [' + b"9" * 5000 + b"]}",
        b"\xff\xfe",
        b"",
    ],
    ids=["object", "no number", "no result", "list", "deep", "huge number", "not UTF-8", "nothing"],
)
async def test_an_answer_that_is_none_is_asked_for_again(
    inbox: Inbox, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    async with ScriptedTelegram() as server:
        server.script["getUpdates"] += [body, [text(7, "one")]]
        async with listening(server, inbox):
            await inbox.expect_updates()

    assert "Telegram: Unreadable" in caplog.messages


async def test_a_long_failure_is_asked_about_less_and_less(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def failing() -> None:
        if len(pauses) < 9:
            raise Conflict("another one")

    async def noted(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", noted)
    reports: list[str | None] = []

    await retry_until_success(failing, reports.append, Limits())

    assert pauses == [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30]
    assert reports == ["Conflict"] * 9 + [None]
