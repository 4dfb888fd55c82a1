import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from telegram.error import TelegramError

from adapters.telegram import Limits, Telegram
from adapters.telegram.api import DEFAULT_RETRY_AFTER, Request
from adapters.telegram.failures import send_failure
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable
from tests.adapters.inbox import Inbox, StillClock
from tests.adapters.samples import DONE, TIP, said
from tests.adapters.telegram.conftest import built
from tests.adapters.telegram.samples import tapped
from tests.adapters.telegram.scripted import ScriptedTelegram
from tests.servers.local import status
from tests.servers.proxy import Proxy, Slow, to_port
from tests.servers.telegram import Fault, Person, TelegramServer


async def test_a_person_who_blocked_oo_is_unreachable_until_they_return(ann: Person, idle: Telegram) -> None:
    await ann.block()
    with pytest.raises(Unreachable, match="blocked"):
        await idle.send("42", TIP)

    await ann.unblock()
    await idle.send("42", TIP)


async def test_a_chat_that_never_was_is_unreachable(idle: Telegram) -> None:
    with pytest.raises(Unreachable, match="not found"):
        await idle.send("77", TIP)


async def test_an_empty_message_is_rejected(ann: Person, idle: Telegram) -> None:
    with pytest.raises(SendRejected) as refusal:
        await idle.send("42", said(" "))

    assert not isinstance(refusal.value, Unreachable)


async def test_a_refused_token_is_a_rejection(server: TelegramServer, inbox: Inbox) -> None:
    channel = Telegram("123456:other", api_url=server.url, accept=inbox.accept, clock=StillClock())
    try:
        with pytest.raises(SendRejected):
            await channel.send("42", TIP)
    finally:
        await channel.stop()


@pytest.mark.parametrize(
    "fault",
    [
        Fault.SERVER_502,
        Fault.CLOSE_BEFORE_REQUEST,
        Fault.CLOSE_AFTER_REQUEST,
        Fault.HANG,
        Fault.HALF_BODY,
        Fault.GARBAGE,
        Fault.SERVER_502.but_delivers(True),
        Fault.HANG.but_delivers(False),
    ],
    ids=lambda fault: f"{fault.name}, {'delivered' if fault.delivers else 'lost'}",
)
async def test_without_a_clear_answer_nobody_knows(
    server: TelegramServer,
    inbox: Inbox,
    ann: Person,
    idle: Telegram,
    fault: Fault,
) -> None:
    channel = built(server, inbox, Limits(answer=0.2))
    server.faults.next("sendMessage", fault)
    server.faults.next("editMessageText", fault)
    try:
        with pytest.raises(SendUnknown):
            await channel.send("42", TIP)
        assert len(server.called("sendMessage")) == 1
        message_id = await idle.send("42", TIP)  # by a patient channel
        with pytest.raises(SendUnknown):
            await channel.edit("42", message_id, DONE)
    finally:
        await channel.stop()


async def test_an_answer_that_comes_byte_by_byte_is_given_up(
    server: TelegramServer, inbox: Inbox, ann: Person
) -> None:
    async with Proxy(to_port(int(server.url.rsplit(":", 1)[1]))) as proxy:
        limits = Limits(connect=0.2, answer=0.2, poll=1, first_pause=0.02)
        url = f"http://127.0.0.1:{proxy.port}"
        channel = Telegram(server.token, api_url=url, accept=inbox.accept, clock=StillClock(), limits=limits)
        await proxy.begin(Slow(proxy, 0.1))
        try:
            with pytest.raises(SendUnknown, match="TimeoutError"):
                await channel.send("42", TIP)
            await channel.start(())
            await ann.send("hello")
            await proxy.end()
            await inbox.expect_updates()
        finally:
            await channel.stop()


async def test_too_many_requests_without_a_time_to_wait_proves_that_nothing_was_sent(inbox: Inbox) -> None:
    refusal = b'{"ok": false, "error_code": 429, "description": "Too Many Requests", "parameters": %s}'
    bodies = (
        b"<html>429</html>",
        b"",
        refusal.replace(b', "parameters": %s', b""),
        *(refusal % said for said in (b"{}", b'{"retry_after": 0}', b'{"retry_after": "soon"}', b"[]")),
    )
    async with ScriptedTelegram() as server:
        for body in bodies:
            server.faults.plan(status(429, body=body.decode(), content_type="application/json"))
            channel = Telegram("1:a", api_url=server.url, accept=inbox.accept, clock=StillClock())
            try:
                with pytest.raises(NotSent) as fault:
                    await channel.send("42", TIP)
            finally:
                await channel.stop()
            assert fault.value.retry_after == DEFAULT_RETRY_AFTER


async def test_a_refused_connection_proves_that_nothing_was_sent(
    server: TelegramServer, ann: Person, idle: Telegram
) -> None:
    async with server.down():
        with pytest.raises(NotSent, match="ConnectError"):
            await idle.send("42", TIP)
        with pytest.raises(NotSent):
            await idle.edit("42", "1", DONE)
        with pytest.raises(NotSent):
            await idle.acknowledge(tapped("1"), None)

    await idle.send("42", TIP)


async def test_a_busy_connection_pool_proves_it_too(
    server: TelegramServer, inbox: Inbox, ann: Person
) -> None:
    channel = built(server, inbox, Limits(connections=1))
    server.faults.next("sendMessage", Fault.HANG)
    try:
        hanging = asyncio.create_task(channel.send("42", TIP))
        await server.expect_that(lambda: server.called("sendMessage"))
        with pytest.raises(NotSent, match="PoolTimeout"):
            await channel.send("42", TIP)
        hanging.cancel()
    finally:
        await channel.stop()


async def test_telegram_is_left_alone_for_as_long_as_it_asks(
    server: TelegramServer, ann: Person, idle: Telegram
) -> None:
    server.faults.next("sendMessage", Fault.refuse_429(30))

    with pytest.raises(NotSent) as first:
        await idle.send("42", TIP)
    with pytest.raises(NotSent) as second:
        await idle.send("42", TIP)
    with pytest.raises(NotSent):
        await idle.edit("42", "1", DONE)
    server.user(43).chat.has_written = True
    await idle.send("43", TIP)

    assert first.value.retry_after == 30
    assert 29 < second.value.retry_after <= 30
    assert [call.params["chat_id"] for call in server.called("sendMessage")] == ["42", "43"]


async def test_a_failure_of_another_kind_does_not_end_the_wait(
    server: TelegramServer, ann: Person, idle: Telegram
) -> None:
    server.faults.next("sendMessage", Fault.slow(0.2))
    late = asyncio.create_task(idle.send("42", said(" ")))
    server.faults.next("sendMessage", Fault.refuse_429(30))
    await asyncio.gather(late, idle.send("42", TIP), return_exceptions=True)

    with pytest.raises(NotSent) as refusal:
        await idle.send("42", TIP)

    assert refusal.value.retry_after > 29


async def test_half_a_message_is_never_begun_again(
    server: TelegramServer, ann: Person, idle: Telegram
) -> None:
    server.faults.next("sendMessage", Fault.slow(0))
    server.faults.next("sendMessage", Fault.refuse_429(1))

    with pytest.raises(SendUnknown, match="first pages"):
        await idle.send("42", said("z" * 5000))

    assert len(ann.chat.messages) == 1


@pytest.mark.parametrize(
    ("fault", "error"), [(Fault.refuse_429(3), NotSent), (Fault.SERVER_502, SendUnknown)], ids=["429", "502"]
)
async def test_an_answer_to_a_tap_can_fail(
    server: TelegramServer, idle: Telegram, fault: Fault, error: type[SendFailed]
) -> None:
    server.faults.next("answerCallbackQuery", fault)

    with pytest.raises(error):
        await idle.acknowledge(tapped("1"), None)


@pytest.mark.parametrize("seconds", [10**300, 10**30, 2**63, 86_401, 0, -1, -(10**30)])
async def test_whatever_wait_is_asked_for_a_clock_can_be_set_to_it(
    server: TelegramServer, ann: Person, idle: Telegram, seconds: int
) -> None:
    server.faults.next("sendMessage", Fault.refuse_429(seconds))
    with pytest.raises(NotSent) as refused:
        await idle.send("42", TIP)
    assert 1 <= refused.value.retry_after <= 86_400
    assert datetime(2026, 11, 25, tzinfo=UTC) + timedelta(seconds=refused.value.retry_after)


@pytest.mark.parametrize(
    "answer",
    [
        b'{"ok": false}',
        b'{"ok": false, "error_code": 400, "description": "Bad Request"}',
        b'{"ok": true}',
        b'{"ok": "true", "result": 1}',
        b'{"ok": false, "result": {"message_id": 1}}',
        b"[]",
        b"null",
        b"",
    ],
)
async def test_a_success_without_a_result_is_no_answer(answer: bytes) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=answer))
    with pytest.raises(TelegramError) as error:
        await Request(60.0, httpx_kwargs={"transport": transport}).post("https://api.telegram.example/x")
    assert isinstance(send_failure(error.value), SendUnknown)


@pytest.mark.parametrize("status", [400, 403, 429, 500])
@pytest.mark.parametrize(
    "refusal",
    [
        b'{"ok": false, "description": {"a": 1}}',
        b'{"ok": false, "description": ["x"], "parameters": []}',
        b'{"ok": false, "parameters": {"retry_after": "soon"}}',
        b'{"ok": false, "parameters": {"retry_after": null}}',
        b'{"ok": false, "parameters": {"retry_after": 1e400}}',
        b'{"ok": false, "parameters": {"migrate_to_chat_id": "x"}}',
        b'{"ok": false, "parameters": 5}',
    ],
)
async def test_a_refusal_with_odd_values_is_still_one(status: int, refusal: bytes) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=refusal))
    with pytest.raises(TelegramError) as error:
        await Request(60.0, httpx_kwargs={"transport": transport}).post("https://api.telegram.example/x")
    assert len(str(send_failure(error.value))) <= 200
