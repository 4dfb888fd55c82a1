"""One connection to the SMTP server, kept for a while, for one mail at a time.

Tests: tests/adapters/mail/test_connection.py.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass, field
from enum import StrEnum

from aiosmtplib import SMTP, SMTPException
from aiosmtplib.errors import SMTPDataError, SMTPServerDisconnected

from adapters.mail.failures import FAILURES, send_failure
from core.errors import SendRejected

_START_INPUT = 354
_MAX_LINE = 998
_LEADING_DOT = re.compile(rb"(?m)^\.")
_FLUSH_SECONDS = 0.01


class Security(StrEnum):
    """How the connection is encrypted."""

    TLS = "tls"
    """From the first byte."""
    STARTTLS = "starttls"
    """By an upgrade that the server must offer."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mails are handed over, and as whom."""

    host: str
    port: int
    security: Security
    login_name: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A mail on its way."""

    sender: str
    to: str
    """With the domain in ASCII; the part before it may need SMTPUTF8."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times in seconds."""

    command: float = 20.0
    """For an answer of the server."""
    end: float = 60.0
    """For the answer to the dot that ends a mail: the server may scan it first (RFC 5321 allows minutes)."""
    idle: float = 20.0
    """How long a connection is kept without a mail."""
    retry: float = 60.0
    """Between two attempts to reach a server that failed, while no mail tries it."""


class Connection:
    """Connects when a mail has to go and there is no usable connection from before."""

    def __init__(
        self, server: SmtpServer, limits: Limits, *, hostname: str, tls: ssl.SSLContext | None = None
    ) -> None:
        """``hostname``: by which oO introduces itself. ``tls`` None: the certificates of the system."""
        self._server = server
        self._limits = limits
        self._hostname = hostname
        self._tls = tls
        self._smtp: SMTP | None = None
        self._turn = asyncio.Lock()
        self._closing: asyncio.TimerHandle | None = None

    async def try_out(self) -> str:
        """Connect, encrypt and log in; the server's name and what it can do. Raises ``FAILURES``."""
        async with self._turn:
            smtp = await self._connected()
            secured = {Security.NONE: "not encrypted"}.get(self._server.security, "encrypted")
            logged_in = f", logged in as {self._server.login_name}" if self._server.login_name else ""
            utf8 = "" if smtp.supports_extension("smtputf8") else ", no SMTPUTF8"
            self._keep_for_a_while()
            return f"{self._server.host}:{self._server.port}, {secured}{logged_in}{utf8}"

    async def hand_over(self, parcel: Parcel) -> None:
        """Hand the mail over; it is the server's when this returns. Raises ``SendFailed``."""
        async with self._turn:
            ended = False
            try:
                smtp = await self._connected()
                await self._introduce(smtp, parcel)
                await self._write(smtp, parcel.content)
                ended = True
                await self._finish(smtp)
            except FAILURES as fault:
                await self._after(fault, ended=ended)
                raise send_failure(fault, ended=ended) from fault
            except asyncio.CancelledError:
                self._drop()
                raise
            self._keep_for_a_while()

    async def close(self) -> None:
        """Say goodbye, if there is a connection."""
        async with self._turn:
            self._stop_timer()
            smtp, self._smtp = self._smtp, None
            if smtp and smtp.is_connected:
                await _quit(smtp)

    # --- The connection ------------------------------------------------------------------------------------

    async def _connected(self) -> SMTP:
        self._stop_timer()
        if self._smtp and self._smtp.is_connected and await _answers(self._smtp):
            return self._smtp
        self._drop()
        server = self._server
        smtp = SMTP(
            hostname=server.host,
            port=server.port,
            timeout=self._limits.command,
            local_hostname=self._hostname,
            use_tls=server.security is Security.TLS,
            start_tls=server.security is Security.STARTTLS,
            tls_context=self._tls if server.security is not Security.NONE else None,
        )
        try:
            async with asyncio.timeout(self._limits.command * 2):
                await smtp.connect()
                if smtp.is_ehlo_or_helo_needed:
                    await smtp.ehlo()
                if server.login_name is not None:
                    await smtp.login(server.login_name, server.password or "")
        except BaseException:
            smtp.close()
            raise
        self._smtp = smtp
        return smtp

    def _keep_for_a_while(self) -> None:
        self._closing = asyncio.get_running_loop().call_later(self._limits.idle, self._drop)

    def _stop_timer(self) -> None:
        if self._closing:
            self._closing.cancel()
            self._closing = None

    def _drop(self) -> None:
        self._stop_timer()
        if self._smtp:
            self._smtp.close()
        self._smtp = None

    # --- One mail ------------------------------------------------------------------------------------------

    async def _introduce(self, smtp: SMTP, parcel: Parcel) -> None:
        utf8 = not parcel.to.isascii()
        if utf8 and not smtp.supports_extension("smtputf8"):
            raise SendRejected("the server can't send to such an address (no SMTPUTF8)")
        options = ["SMTPUTF8", "BODY=8BITMIME"] if utf8 else []
        await smtp.mail(parcel.sender, options=options, encoding="utf-8" if utf8 else "ascii")
        await smtp.rcpt(parcel.to, encoding="utf-8" if utf8 else "ascii")

    async def _write(self, smtp: SMTP, content: bytes) -> None:
        """Everything but the dot that ends the mail: until that is written, nothing was accepted."""
        answer = await smtp.execute_command(b"DATA")
        if answer.code != _START_INPUT:
            raise SMTPDataError(answer.code, answer.message)
        if smtp.protocol is None:
            raise SMTPServerDisconnected("Connection lost")
        smtp.protocol.write(_LEADING_DOT.sub(b"..", content))
        async with asyncio.timeout(self._limits.command):
            while smtp.transport and smtp.transport.get_write_buffer_size():  # type: ignore[attr-defined]  # noqa: ASYNC110
                await asyncio.sleep(_FLUSH_SECONDS)
        if not smtp.is_connected:
            raise SMTPServerDisconnected("Connection lost")

    async def _finish(self, smtp: SMTP) -> None:
        answer = await smtp.execute_command(b".", timeout=self._limits.end)
        if answer.code != 250:
            raise SMTPDataError(answer.code, answer.message)

    async def _after(self, fault: Exception, *, ended: bool) -> None:
        """A refusal leaves the connection usable; anything else does not."""
        smtp = self._smtp
        if smtp and smtp.is_connected and not ended and getattr(fault, "code", 0) >= 400:
            try:
                await smtp.rset()
            except FAILURES:
                self._drop()
            else:
                self._keep_for_a_while()
        else:
            self._drop()


async def _answers(smtp: SMTP) -> bool:
    """Whether a connection from before still works."""
    try:
        await smtp.noop()
    except FAILURES:
        return False
    return True


async def _quit(smtp: SMTP) -> None:
    try:
        await smtp.quit()
    except (SMTPException, OSError):
        smtp.close()
