"""What every channel promises (``core.ports.Messenger``), each against its strict local server."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest

from adapters.clock import SystemRandomSource
from adapters.mail import Mail, Security
from adapters.mail import SmtpServer as MailServer
from adapters.mail.connection import Limits as MailLimits
from adapters.pace import UNLIMITED
from adapters.slack import Limits as SlackLimits
from adapters.telegram import Limits as TelegramLimits
from core.chat import Message
from core.delivery.visits import Visits
from core.errors import FileUnusable, NotSent, SendRejected, SendUnknown, Unreachable
from core.ports import Messenger
from tests.adapters.inbox import NOW, Inbox, StillClock
from tests.adapters.mail.test_compose import COMPOSER
from tests.adapters.samples import DONE, TIP
from tests.adapters.slack import conftest as slack_channel
from tests.adapters.slack.samples import tapped
from tests.adapters.telegram import conftest as telegram_channel
from tests.adapters.web_push import conftest as web_channel
from tests.servers import local
from tests.servers.push import PushService
from tests.servers.slack import SlackServer
from tests.servers.smtp import DROP, HANG, SmtpServer, smtp_server
from tests.servers.telegram import Fault, TelegramServer

PATIENCE = 0.3
"""Seconds that the channels wait for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A channel, and Ada on it."""

    messenger: Messenger
    address: str
    shown: Callable[[], int]
    """How many messages she has been shown."""
    busy: Callable[[], None]
    """The next request is refused for now; by all but mail for seven seconds."""
    broken: Callable[[], None]
    """The next request gets no answer, or 502."""
    hanging: Callable[[], None]
    """The next request is never answered."""
    down: Callable[[], AbstractAsyncContextManager[None]]
    leave: Callable[[], Awaitable[object]]
    """Ada leaves for good."""


async def telegram() -> AsyncIterator[Reached]:
    async with TelegramServer(flood=None) as server:
        ann = server.user(42)
        ann.chat.has_written = True
        channel = telegram_channel.built(server, Inbox(), TelegramLimits(answer=PATIENCE))

        def plan(fault: Fault) -> Callable[[], None]:
            return lambda: server.faults.next("sendMessage", fault)

        yield Reached(
            messenger=channel,
            address="42",
            shown=lambda: len(ann.chat.messages),
            busy=plan(Fault.refuse_429(7)),
            broken=plan(Fault.SERVER_502),
            hanging=plan(Fault.HANG),
            down=server.down,
            leave=ann.block,
        )
        await channel.stop()


async def slack() -> AsyncIterator[Reached]:
    async with SlackServer(clock=NOW.timestamp, post_burst=1000) as server:
        ann = server.user("U1", name="Ann")
        channel = slack_channel.built(server, Inbox(), limits=SlackLimits(answer=PATIENCE))

        def plan(fault: local.Fault) -> Callable[[], None]:
            return lambda: server.faults.plan(fault, on="chat.postMessage")

        async def leave() -> None:
            server.faults.always(
                local.status(
                    200, body='{"ok": false, "error": "user_disabled"}', content_type="application/json"
                )
            )

        yield Reached(
            messenger=channel,
            address=ann.channel.id,
            shown=lambda: len(ann.messages),
            busy=plan(
                local.status(429, body='{"ok":false}', content_type="application/json", Retry_After="7")
            ),
            broken=plan(local.status(502)),
            hanging=plan(local.hang),
            down=lambda: _down(server),
            leave=leave,
        )
        await channel.stop()


async def web() -> AsyncIterator[Reached]:
    async with PushService(lambda: NOW) as server:
        known = web_channel.Known()
        channel = web_channel.built(known, seconds=PATIENCE)
        phone = web_channel.subscribed(server, known, channel)

        def plan(fault: local.Fault) -> Callable[[], None]:
            return lambda: server.faults.plan(fault)

        async def leave() -> None:
            phone.gone = 410

        yield Reached(
            messenger=channel,
            address=web_channel.ADDRESS,
            shown=lambda: sum(one.content["kind"] == "show" for one in phone.shown),
            busy=plan(local.status(429, Retry_After="7")),
            broken=plan(local.status(502)),
            hanging=plan(local.hang),
            down=lambda: _down(server),
            leave=leave,
        )
        await channel.stop()


async def mail() -> AsyncIterator[Reached]:
    async with smtp_server() as server:
        records, address = server.records, "ann@example.org"
        channel = Mail(
            MailServer(host="127.0.0.1", port=server.port, security=Security.NONE),
            COMPOSER,
            clock=StillClock(),
            random=SystemRandomSource(),
            visits=Visits(),
            rate=UNLIMITED,
            limits=MailLimits(end=PATIENCE),
        )

        async def leave() -> None:
            records.unknown.add(address)

        yield Reached(
            messenger=channel,
            address=address,
            shown=lambda: len(records.taken) + len(records.lost),
            busy=lambda: records.plan("RCPT", "450 4.7.1 greylisted"),
            broken=lambda: records.plan("DOT", DROP),
            hanging=lambda: records.plan("DOT", HANG),
            down=lambda: _down(server),
            leave=leave,
        )
        await channel.stop()


@asynccontextmanager
async def _down(server: local.LocalServer | SlackServer | SmtpServer) -> AsyncIterator[None]:
    await server.stop()
    yield
    await server.start()


TLS = ssl.create_default_context()


@pytest.fixture(params=[telegram, slack, web, mail], ids=lambda make: make.__name__)
async def reached(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Reached]:
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: TLS)
    async for made in request.param():
        yield made


async def test_a_message_is_shown_once_and_its_id_names_it_in_an_edit(reached: Reached) -> None:
    first = await reached.messenger.send(reached.address, TIP)
    second = await reached.messenger.send(reached.address, TIP)
    await reached.messenger.edit(reached.address, first, DONE)
    await reached.messenger.edit(reached.address, first, DONE)
    assert first
    assert first != second
    assert reached.shown() == 2


async def test_a_channel_that_asks_to_wait_says_for_how_long_and_has_shown_nothing(reached: Reached) -> None:
    reached.busy()
    with pytest.raises(NotSent) as refused:
        await reached.messenger.send(reached.address, TIP)
    assert refused.value.retry_after > 6
    assert reached.shown() == 0


async def test_without_a_connection_provably_nothing_was_sent(reached: Reached) -> None:
    async with reached.down():
        with pytest.raises(NotSent):
            await reached.messenger.send(reached.address, TIP)
    await reached.messenger.send(reached.address, TIP)
    assert reached.shown() == 1


@pytest.mark.parametrize("fault", ["broken", "hanging"])
async def test_without_a_clear_answer_it_is_unknown_and_not_repeated(reached: Reached, fault: str) -> None:
    getattr(reached, fault)()
    with pytest.raises(SendUnknown):
        await reached.messenger.send(reached.address, TIP)
    assert reached.shown() <= 1


async def test_somebody_who_left_is_unreachable(reached: Reached) -> None:
    await reached.leave()
    with pytest.raises(Unreachable):
        await reached.messenger.send(reached.address, TIP)


async def test_what_a_channel_can_not_do_it_says_without_a_fault(reached: Reached) -> None:
    await reached.messenger.thinking(reached.address)
    await reached.messenger.show_menu(reached.address, "de")
    await reached.messenger.acknowledge(tapped("x.1"), None)
    with pytest.raises(FileUnusable):
        await reached.messenger.fetch("forged", max_bytes=1)


async def test_a_message_of_nothing_is_refused_or_shown_but_never_lost(reached: Reached) -> None:
    nothing = Message(lines=())
    try:
        await reached.messenger.send(reached.address, nothing)
    except SendRejected:
        assert reached.shown() == 0
    else:
        assert reached.shown() == 1
