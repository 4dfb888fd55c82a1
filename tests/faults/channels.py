"""Telegram, Slack, mail and browsers: a slot's push, and what people type and tap.

Tests: tests/faults/test_faults.py.
"""

from __future__ import annotations

from abc import abstractmethod
from contextlib import AsyncExitStack
from typing import Any, ClassVar

from adapters.web_push.vapid import new_key
from core.chat import Channel, Line, Message, Span
from core.errors import OoError
from core.people.browsers import read_subscription, subscribe
from core.records import DeliveryState
from tests.faults.house import House, ProxiedSlack, slack_account, until
from tests.faults.kinds import HTTP, SLACK, SMTP, TELEGRAM, Kind
from tests.faults.service import Outcome, Service, Word, once
from tests.scenarios import slack_talk
from tests.scenarios.talking import expect_reply
from tests.scenarios.test_mail import ADDRESS, Browser, expect_connected
from tests.servers.proxy import Proxy, to_port
from tests.servers.push import Browser as Phone
from tests.servers.push import PushService
from tests.servers.smtp import SmtpServer, smtp_server
from tests.servers.telegram import Person

ACT_SECONDS = 20.0
"""A push that was not tried by then is not waited for."""

ASK_AGAIN_SECONDS = 4.0
"""Somebody who gets no answer asks again after that time."""


class Push(Service):
    """A push at a slot."""

    purpose = "a slot's push"
    channel: ClassVar[Channel]
    seen = 0
    """How many pushes there were before this cell."""
    was_done = False
    is_tried = True
    """Whether an attempt ended in time."""

    @property
    @abstractmethod
    def recipient(self) -> str:
        """The external id of who gets it."""

    @abstractmethod
    def pushes(self) -> int:
        """How many pushes there are in all, by the service's own record."""

    @abstractmethod
    async def add_task(self, title: str) -> None:
        """Give the recipient something to do today."""

    @property
    def shown(self) -> int:
        """How many pushes came in this cell."""
        return self.pushes() - self.seen

    @abstractmethod
    async def works(self) -> bool:
        """Use the channel once; whether that worked."""

    async def prepare(self) -> None:
        self.here.next_day()
        await self.add_task(f"Pay rent {self.here.next_number()}")
        self.seen = self.pushes()

    async def act(self, kind: Kind) -> None:
        self.here.slot()
        self.is_tried = await until(self._is_tried, within=ACT_SECONDS) is not None
        self.was_done = self.shown == 1

    async def _is_tried(self) -> bool:
        """An attempt has ended."""
        found = await self.here.deliveries(self.recipient, self.channel)
        return any(one.attempt and one.state is not DeliveryState.SENDING for one in found)

    async def _is_over(self) -> bool:
        """There will be no further attempt."""
        found = await self.here.deliveries(self.recipient, self.channel)
        going = (DeliveryState.SENDING, DeliveryState.RESERVED)
        return bool(found) and all(one.state not in going for one in found)

    async def recover(self) -> bool:
        return await until(self.works) is not None

    async def outcome(self, kind: Kind) -> Outcome:
        if not self.is_tried:
            return Outcome(word=Word.HUNG)
        if await until(self._is_over) is None:
            return Outcome(word=Word.STUCK, detail="the push is still waiting")
        found = await self.here.deliveries(self.recipient, self.channel)
        states = {one.state.value for one in found}
        state = next((one for one in ("sent", "unknown") if one in states), found[0].state.value)
        return once(self.shown, state=state, was_done=self.was_done, may_be_done=kind.may_be_done)


class Telegram(Push):
    """Tom's chat."""

    name = "Telegram"
    channel = Channel.TELEGRAM
    wire = TELEGRAM

    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        self.here = here
        port = int(here.telegram.url.rsplit(":", 1)[1])
        self.proxy = await stack.enter_async_context(Proxy(to_port(port)))
        return {"TELEGRAM_API_URL": f"http://127.0.0.1:{self.proxy.port}"}

    @property
    def recipient(self) -> str:
        return str(self.here.tom.user_id)

    def pushes(self) -> int:
        return sum(one.text.startswith("Pay rent") for one in self.here.tom.chat.messages)

    async def add_task(self, title: str) -> None:
        await expect_reply(self.here.tom, f"/add {title} today p1")

    async def works(self) -> bool:
        before = len(self.here.tom.chat.messages)
        await self.here.tom.send("/tasks")
        asked = await until(
            lambda: any("Pay rent" in one.text for one in self.here.tom.chat.messages[before:]),
            within=ASK_AGAIN_SECONDS,
        )
        return asked is not None


class Slack(Push):
    """Bob's direct messages."""

    name = "Slack"
    channel = Channel.SLACK
    wire = SLACK

    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        self.here = here
        assert isinstance(here.slack, ProxiedSlack)
        self.proxy = await stack.enter_async_context(Proxy(to_port(here.slack.own_port)))
        here.slack.proxy_port = self.proxy.port
        return {"SLACK_API_URL": f"http://127.0.0.1:{self.proxy.port}/api/"}

    @property
    def recipient(self) -> str:
        return slack_account(self.here.bob)

    def pushes(self) -> int:
        return sum(one.text.startswith("Pay rent") for one in self.here.bob.messages)

    async def add_task(self, title: str) -> None:
        await slack_talk.expect_reply(self.here.bob, f"add {title} today p1")

    async def works(self) -> bool:
        before = len(self.here.bob.messages)
        await self.here.bob.dm("tasks")
        asked = await until(
            lambda: any("Pay rent" in one.text for one in self.here.bob.messages[before:]),
            within=ASK_AGAIN_SECONDS,
        )
        return asked is not None


class Mail(Push):
    """Cleo's mailbox. What can't reach it may go to her chat instead: both count."""

    name = "SMTP"
    channel = Channel.EMAIL
    wire = SMTP
    recipient = ADDRESS
    _server: SmtpServer
    _cleo: Person

    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        self.here = here
        self._server = await stack.enter_async_context(smtp_server())
        self.proxy = await stack.enter_async_context(Proxy(to_port(self._server.port)))
        return {"OO_SMTP_URL": f"smtp://127.0.0.1:{self.proxy.port}", "OO_MAIL_FROM": "oO <oo@example.net>"}

    async def settle(self) -> None:
        self._cleo = await self.here.guest(9, "Cleo")
        await expect_connected(self._cleo, self._server, Browser(port=self.here.oo.oo.http_port))

    def pushes(self) -> int:
        mails = sum("Pay rent" in one.mail["Subject"] for one in self._server.records.taken)
        return mails + sum(one.text.startswith("Pay rent") for one in self._cleo.chat.messages)

    async def add_task(self, title: str) -> None:
        await expect_reply(self._cleo, f"/add {title} today p1")

    async def works(self) -> bool:
        try:
            await self.here.oo.oo.platforms.by_channel[Channel.EMAIL].check()
        except OoError:
            return False
        return True


class WebPush(Push):
    """Eve's browser."""

    name = "web push"
    channel = Channel.WEB
    wire = HTTP
    _service: ProxiedPush
    _phone: Phone
    _eve: Person
    _address = ""

    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        self.here = here
        self._service = ProxiedPush(here.clock.now)
        await stack.enter_async_context(self._service)
        port = int(self._service.url.rsplit(":", 1)[1])
        self.proxy = await stack.enter_async_context(Proxy(to_port(port)))
        self._service.public_url = f"http://127.0.0.1:{self.proxy.port}"
        return {"OO_PUSH_KEY": new_key(), "OO_PUSH_CONTACT": "mailto:operator@example.org"}

    async def settle(self) -> None:
        self._eve = await self.here.guest(10, "Eve")
        self._phone = self._service.subscribe(self._channel.public_key)

    @property
    def _channel(self) -> Any:
        return self.here.oo.oo.platforms.by_channel[Channel.WEB]

    @property
    def recipient(self) -> str:
        return self._address

    def pushes(self) -> int:
        shown = {one.topic for one in self._phone.shown if "Pay rent" in one.text}
        return len(shown) + sum(one.text.startswith("Pay rent") for one in self._eve.chat.messages)

    async def add_task(self, title: str) -> None:
        await expect_reply(self._eve, f"/add {title} today p1")
        deps = self.here.oo.app.deps
        person = await self.here.oo.person("10")
        await self.here.oo.app.intake.wait_until_answered()
        self.here.clock.move(seconds=1)  # the browser is what oO hears from last
        offered = read_subscription(self._phone.as_json(), "Firefox, Linux")
        assert offered is not None
        await subscribe(person, offered, deps)
        async with self.here.oo.app.store.read() as unit:
            accounts = await unit.people.accounts(person.person_id)
        (self._address,) = (one.external_id for one in accounts if one.channel is Channel.WEB)

    async def works(self) -> bool:
        try:
            await self._channel.send(self._address, Message(lines=(Line(spans=(Span(text="Hello"),)),)))
        except OoError:
            return False
        return True


class ProxiedPush(PushService):
    """Browsers know it by the address of the proxy."""

    public_url = ""

    @property
    def url(self) -> str:
        return self.public_url or super().url
