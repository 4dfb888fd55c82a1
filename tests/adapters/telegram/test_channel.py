import asyncio
import logging
from dataclasses import replace

import pytest

from adapters.telegram import Command, Limits, Telegram
from core.errors import OoError, SendFailed, SettingsError
from core.ports import Messenger
from tests.adapters.inbox import Inbox, StillClock
from tests.adapters.samples import TIP
from tests.adapters.telegram.conftest import MENU, QUICK, built
from tests.servers.telegram import Fault, TelegramServer, updates
from tests.servers.telegram.commands import MenuKey
from tests.waiting import WAIT_LIMIT

CANARY = "123456:CANARY-token-that-must-not-be-seen"


def test_it_is_a_messenger(idle: Telegram) -> None:
    messenger: Messenger = idle

    assert messenger


async def test_start_registers_the_menu_and_listens(server: TelegramServer, telegram: Telegram) -> None:
    await server.expect_that(lambda: server.is_polled)

    assert telegram.healthy
    assert server.menus[MenuKey()] == [
        {"command": "tip", "description": "One good tip"},
        {"command": "help", "description": "What I can do"},
    ]


async def test_only_what_oo_understands_is_asked_for(server: TelegramServer, telegram: Telegram) -> None:
    await server.user(42).send("hello")
    [call, *_] = await server.expect_that(lambda: server.called("getUpdates"))

    assert call.params["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]


async def test_a_wrong_token_is_said_clearly(server: TelegramServer, inbox: Inbox) -> None:
    wrong = Telegram("123456:wrong", api_url=server.url, accept=inbox.accept, clock=StillClock())
    try:
        with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN is wrong"):
            await wrong.start(MENU)
        with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN is wrong"):
            await wrong.check()
        assert not wrong.healthy
    finally:
        await wrong.stop()


async def test_a_network_that_is_down_at_the_start_is_waited_for(
    server: TelegramServer, idle: Telegram, inbox: Inbox
) -> None:
    async with server.down():
        await idle.start(MENU)
        assert (idle.healthy, idle.last_error) == (False, "ConnectError")

    await server.user(42).send("hello")
    await inbox.expect_updates()
    assert idle.healthy
    assert MenuKey() in server.menus


async def test_a_telegram_that_hangs_does_not_hold_up_the_start(server: TelegramServer, inbox: Inbox) -> None:
    channel = built(server, inbox, replace(QUICK, first_attempt=0.05))
    server.faults.next("getMe", Fault.HANG)
    try:
        await channel.start(MENU)

        assert channel.last_error == "TimeoutError"
        await server.user(42).send("hello")
        await inbox.expect_updates()
    finally:
        await channel.stop()


async def test_a_menu_that_is_refused_is_no_reason_to_be_deaf(
    server: TelegramServer, idle: Telegram, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    await idle.start([Command(name="Not Allowed", description="x")])

    await server.user(42).send("hello")
    await inbox.expect_updates()
    assert any("menu" in message for message in caplog.messages)


async def test_stop_is_quick_and_leaves_nothing_behind(
    server: TelegramServer, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "MAX_POLL_SECONDS", 10 * WAIT_LIMIT)
    stopped = built(server, inbox, Limits(poll=int(10 * WAIT_LIMIT)))
    await stopped.start(MENU)
    await server.expect_that(lambda: server.is_polled)

    async with asyncio.timeout(WAIT_LIMIT):
        await stopped.stop()

    assert tasks_of_oo() == []
    assert not stopped.healthy


async def test_stop_does_not_wait_for_a_connection(server: TelegramServer, inbox: Inbox) -> None:
    server.faults.next("getMe", Fault.HANG, times=2)
    stopped = built(server, inbox, replace(QUICK, first_attempt=0.05, answer=10 * WAIT_LIMIT))
    await stopped.start(MENU)
    await server.expect_that(lambda: len(server.called("getMe")) == 2)

    async with asyncio.timeout(WAIT_LIMIT):
        await stopped.stop()

    assert tasks_of_oo() == []


def tasks_of_oo() -> list[asyncio.Task[object]]:
    """All but the test's own and those of the local server."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    return [task for task in others if "RequestHandler" not in repr(task.get_coro())]


async def test_check_names_the_bot(idle: Telegram) -> None:
    assert await idle.check() == "@oo_local_bot"


async def test_check_says_what_is_wrong(server: TelegramServer, idle: Telegram) -> None:
    async with server.down():
        with pytest.raises(OoError, match=r"no answer from Telegram .ConnectError."):
            await idle.check()


async def test_the_token_is_in_no_log(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with TelegramServer(token=CANARY, flood=None) as server:
        watched = Telegram(CANARY, api_url=server.url, accept=inbox.accept, clock=StillClock())
        server.faults.next("getUpdates", Fault.GARBAGE)
        await watched.start(MENU)
        await server.user(42).send("CANARY words")
        await inbox.expect_updates()
        for fault in (Fault.GARBAGE, Fault.CLOSE_AFTER_REQUEST, Fault.SERVER_502, Fault.refuse_429(1)):
            server.faults.next("sendMessage", fault)
            try:
                await watched.send("42", TIP)
            except SendFailed:
                logging.getLogger("test").exception("a delivery failed")
        await watched.stop()

    assert "a delivery failed" in caplog.text
    assert "CANARY" not in caplog.text
    assert "Pay the rent" not in caplog.text


async def test_a_refused_token_is_in_no_log(
    server: TelegramServer, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    watched = Telegram(CANARY, api_url=server.url, accept=inbox.accept, clock=StillClock())
    for step in (watched.start(MENU), watched.check()):
        try:
            await step
        except OoError:
            logging.getLogger("test").exception("refused")
    await watched.stop()

    assert caplog.text.count("refused") >= 2
    assert "CANARY" not in caplog.text
