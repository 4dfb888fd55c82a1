"""E-mail as a channel: connects and sends. What people tap in mails is answered on pages."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Sequence

from adapters.channel_health import ConnectedChannel
from adapters.mail.compose import Composer
from adapters.mail.connection import Connection, Limits, Parcel, SmtpServer
from adapters.mail.failures import FAILURES, is_about_sender, kind
from adapters.pace import Pace, Rate, in_turn
from adapters.way_out import WayOut
from core.chat import Message
from core.errors import NotSent, OoError, SendFailed, SettingsError
from core.ports import Clock, RandomSource
from core.words.mail_addresses import in_ascii

log = logging.getLogger(__name__)

MAX_EXPECTED_WAIT, MAX_WAIT = 40.0, 45.0
"""Seconds that a mail waits for its turn. With ``Limits`` that is less than the three minutes after which a
delivery counts as cut off.
"""


def rate_of(per_minute: int) -> Rate:
    """The pace of ``per_minute`` mails, some of them at once after a rest."""
    burst = max(1, min(10, per_minute // 6))
    interval = 60 / per_minute
    return Rate(interval=interval, burst=burst, max_expected_wait=MAX_EXPECTED_WAIT, max_wait=MAX_WAIT)


class Mail(ConnectedChannel, WayOut):
    """Mails to people; implements ``core.ports.Messenger``."""

    ignored = 0
    """No update comes by mail."""

    def __init__(
        self,
        server: SmtpServer,
        composer: Composer,
        *,
        clock: Clock,
        random: RandomSource,
        rate: Rate,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """``tls`` None: the certificates of the system."""
        super().__init__("Mail", log, failures=FAILURES, describe=kind)
        self._connection = Connection(server, limits, hostname=composer.domain, tls=tls)
        self._composer = composer
        self._clock = clock
        self._random = random
        self._pace = Pace(rate)
        self._limits = limits
        self._retrying: asyncio.Task[None] | None = None

    def message_id(self, delivery_id: str) -> str:
        """The ``Message-ID`` of a delivery: the same in every attempt."""
        return self._composer.message_id(delivery_id)

    async def start(self, commands: Sequence[object]) -> None:
        """Connect once. Raises ``SettingsError`` when the server refuses the login; a server that is down is
        tried again in the background, and by each mail.
        """
        await self._first_attempt(self._limits.command * 2)
        self._retrying = asyncio.create_task(self._retry())

    async def _retry(self) -> None:
        """Try again and again while the server fails, so that a recovery is seen without a mail."""
        while True:
            await asyncio.sleep(self._limits.retry)
            if self.healthy:
                continue
            try:
                await self._first_attempt(self._limits.command * 2)
            except SettingsError as fault:
                log.warning("%s", fault)

    async def stop(self) -> None:
        """Close the connection."""
        if self._retrying:
            self._retrying.cancel()
            await asyncio.wait({self._retrying})
        try:
            async with asyncio.timeout(1):
                await self._connection.close()
        except TimeoutError:
            log.info("the mail server did not say goodbye")
        self.last_error = "Stopped"

    async def check(self) -> str:
        """Connect and log in. Raises an ``OoError`` that says what is wrong."""
        try:
            return await self._connection.try_out()
        except FAILURES as fault:
            raise OoError(f"the mail server can't be used ({kind(fault)})") from fault

    async def send(self, address: str, message: Message) -> str:
        """Send ``message`` as a mail; returns its ``Message-ID``."""
        name = message.envelope.delivery_id if message.envelope else self._random.new_id()
        message_id, to = self._composer.message_id(name), in_ascii(address)
        mail = self._composer.compose(message, to=to, message_id=message_id, at=self._clock.now())
        parcel = Parcel(sender=self._composer.address, to=to, content=mail.as_bytes())
        async with in_turn(self._pace):
            await self._hand_over(parcel)
        return message_id

    async def _hand_over(self, parcel: Parcel) -> None:
        try:
            await self._connection.hand_over(parcel)
        except SendFailed as fault:
            cause = fault.__cause__
            if isinstance(cause, Exception) and (isinstance(fault, NotSent) or is_about_sender(cause)):
                self._report(kind(cause))
            raise
        self._report(None)

    async def _connect(self) -> None:
        try:
            await self._connection.try_out()
        except FAILURES as fault:
            if is_about_sender(fault):
                reason = f"OO_SMTP_URL: the mail server refuses name and password ({kind(fault)})"
                raise SettingsError((reason,)) from fault
            raise
