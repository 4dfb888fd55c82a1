"""What every way out promises (``core.ports.Messenger``), on a strict local server of each: what was sent,
what may be sent again, and what must not be.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest

from adapters.clock import SystemRandomSource
from adapters.mail import Mail, Security
from adapters.mail import SmtpServer as MailServer
from adapters.pace import UNLIMITED
from adapters.slack import Slack
from adapters.telegram import Telegram
from core.chat import Channel, Sender, Tapped, one_field
from core.delivery.visits import Visits
from core.errors import FileUnusable, NotSent, SendUnknown, Unreachable
from core.ports import Messenger
from tests.adapters.inbox import NOW, Inbox, StillClock
from tests.adapters.mail.test_compose import COMPOSER
from tests.adapters.samples import DONE, TIP
from tests.servers import local
from tests.servers.slack import SlackServer, ratelimited
from tests.servers.smtp import DROP, smtp_server
from tests.servers.telegram import Fault, TelegramServer

INBOX = Inbox()


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A messenger, somebody whom it reaches, and a server that can be made to fail."""

    messenger: Messenger
    sender: Sender
    gone: str
    """The address of somebody who is not there any more."""
    count: Callable[[], int]
    """How many messages have arrived."""
    plan_busy: Callable[[], None]
    """Let the server ask to wait, once."""
    plan_lost: Callable[[], None]
    """Let the next message arrive and its answer get lost."""
    down: Callable[[], AbstractAsyncContextManager[object]]
    """The server does not listen within the block."""


def _sender(channel: Channel, address: str) -> Sender:
    return Sender(channel=channel, external_id=address, address=address)


@asynccontextmanager
async def _without(stop: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    await stop()
    yield


async def telegram() -> AsyncIterator[WayOut]:
    async with TelegramServer(flood=None) as server:
        ann = server.user(42)
        ann.chat.has_written = True
        messenger = Telegram(
            server.token,
            api_url=server.url,
            accept=INBOX.accept,
            clock=StillClock(),
            chat_rate=UNLIMITED,
            bot_rate=UNLIMITED,
        )
        lost = Fault.CLOSE_AFTER_REQUEST
        yield WayOut(
            messenger=messenger,
            sender=_sender(Channel.TELEGRAM, "42"),
            gone="43",
            count=lambda: len(ann.chat.messages),
            plan_busy=lambda: server.faults.next("sendMessage", Fault.refuse_429(3)),
            plan_lost=lambda: server.faults.next("sendMessage", lost),
            down=server.down,
        )
        await messenger.stop()


async def slack() -> AsyncIterator[WayOut]:
    async with SlackServer(clock=NOW.timestamp, post_burst=1000, retry_after=(0.0, 0.02, 0.02)) as server:
        ann = server.user("U1", name="Ann")
        messenger = Slack(
            server.bot_token,
            api_url=server.api_url,
            accept=INBOX.accept,
            clock=StillClock(),
            signing_secret=server.signing_secret,
        )
        yield WayOut(
            messenger=messenger,
            sender=_sender(Channel.SLACK, ann.channel.id),
            gone="D404",
            count=lambda: len(ann.messages),
            plan_busy=lambda: server.faults.plan(ratelimited, on="chat.postMessage"),
            plan_lost=lambda: server.faults.plan(local.close, on="chat.postMessage", late=True),
            down=lambda: _without(server.stop),
        )
        await messenger.stop()


async def mail() -> AsyncIterator[WayOut]:
    async with smtp_server() as server:
        records = server.records
        messenger = Mail(
            MailServer(host="127.0.0.1", port=server.port, security=Security.NONE),
            COMPOSER,
            clock=StillClock(),
            random=SystemRandomSource(),
            visits=Visits(),
            rate=UNLIMITED,
        )
        records.unknown.add("gone@example.org")
        yield WayOut(
            messenger=messenger,
            sender=_sender(Channel.EMAIL, "ann@example.org"),
            gone="gone@example.org",
            count=lambda: len(records.taken) + len(records.lost),
            plan_busy=lambda: records.plan("RCPT", "450 4.7.1 greylisted"),
            plan_lost=lambda: records.plan("DOT", DROP),
            down=lambda: _without(server.stop),
        )
        await messenger.stop()


WAYS = {"telegram": telegram, "slack": slack, "mail": mail}


@pytest.fixture(params=WAYS)
async def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WayOut]:
    usual = httpx.create_ssl_context
    monkeypatch.setattr(httpx, "create_ssl_context", lambda **asked: usual(**asked, verify=False))
    async for one in WAYS[request.param]():
        yield one


async def test_a_message_arrives_once_and_has_an_id(way: WayOut) -> None:
    ids = [await way.messenger.send(way.sender.address, TIP) for _ in range(2)]
    assert all(ids)
    assert len(set(ids)) == 2
    assert way.count() == 2


async def test_a_server_that_asks_to_wait_has_shown_nothing(way: WayOut) -> None:
    way.plan_busy()
    with pytest.raises(NotSent) as refused:
        await way.messenger.send(way.sender.address, TIP)
    assert refused.value.retry_after > 0
    assert way.count() == 0


async def test_who_is_gone_is_unreachable_and_nobody_else(way: WayOut) -> None:
    with pytest.raises(Unreachable):
        await way.messenger.send(way.gone, TIP)
    await way.messenger.send(way.sender.address, TIP)
    assert way.count() == 1


async def test_without_an_answer_nobody_knows(way: WayOut) -> None:
    way.plan_lost()
    with pytest.raises(SendUnknown):
        await way.messenger.send(way.sender.address, TIP)
    assert way.count() == 1


async def test_a_server_that_is_down_has_shown_nothing(way: WayOut) -> None:
    async with way.down():
        with pytest.raises(NotSent):
            await way.messenger.send(way.sender.address, TIP)


async def test_an_edit_is_no_message(way: WayOut) -> None:
    message_id = await way.messenger.send(way.sender.address, TIP)
    await way.messenger.edit(way.sender.address, message_id, DONE)
    await way.messenger.edit(way.sender.address, message_id, DONE)
    assert way.count() == 1


async def test_what_a_platform_does_not_have_raises_nothing(way: WayOut) -> None:
    tap = Tapped(update_id="1", sender=way.sender, received_at=NOW, token="t.0")
    await way.messenger.acknowledge(tap, None)
    assert not await way.messenger.ask(tap, one_field("When?", "time"), "t.0")
    assert not await way.messenger.delete(way.sender.address, "999999")
    await way.messenger.thinking(way.sender.address)
    await way.messenger.show_menu(way.sender.address, "de")
    with pytest.raises(FileUnusable):
        await way.messenger.fetch("nothing", max_bytes=10)
