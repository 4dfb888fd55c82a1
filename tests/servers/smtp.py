"""A strict SMTP server on 127.0.0.1 (aiosmtpd): TLS, AUTH, the limits of RFC 5321, and faults.

It takes mails as a careful server does: only ASCII without 8BITMIME, only short lines with CRLF, addresses
beyond ASCII only with SMTPUTF8. It keeps what was accepted, parsed and as it came.

Tests: tests/adapters/mail/test_connection.py.
"""

from __future__ import annotations

import asyncio
import ssl
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as PARSING
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.clock import SystemClock
from tests.waiting import WAIT_LIMIT

USER, PASSWORD = "oo@example.org", "s3cret/ü"
MAX_LINE = 1000
"""Octets with CRLF."""

HANG = "hang"
DROP = "drop"
Answer = str
"""``450 4.2.0 …``, or ``HANG``, or ``DROP``: the connection is cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A mail as it was accepted, or came before the connection was cut off."""

    sender: str
    to: tuple[str, ...]
    options: tuple[str, ...]
    """Of ``MAIL FROM``, such as ``SMTPUTF8``."""
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        """The mail, parsed."""
        found = message_from_bytes(self.raw, policy=PARSING)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def plain(self) -> str:
        """Its plain text."""
        body = self.mail.get_body(("plain",))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")

    @property
    def html(self) -> str:
        """Its HTML."""
        body = self.mail.get_body(("html",))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")


@dataclass(slots=True)
class SmtpRecords:
    """What came in, and what goes wrong next."""

    taken: list[Taken] = field(default_factory=list)
    """Mails that the server answered with 250."""
    lost: list[Taken] = field(default_factory=list)
    """Mails whose dot came, and that were not answered with 250."""
    connections: int = 0
    logins: int = 0
    commands: list[str] = field(default_factory=list)
    planned: dict[str, list[Answer]] = field(default_factory=dict)
    """By command: ``MAIL``, ``RCPT``, ``DATA`` (before 354), ``BODY`` (while it reads), ``DOT``."""
    unknown: set[str] = field(default_factory=set)
    """Addresses that the server does not know."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def plan(self, command: str, *answers: Answer) -> None:
        """Answer the next times the command comes so, instead of doing it."""
        self.planned.setdefault(command, []).extend(answers)

    def take(self, command: str) -> Answer | None:
        """The answer that is planned for the command."""
        self.commands.append(command)
        waiting = self.planned.get(command)
        return waiting.pop(0) if waiting else None

    async def expect_mails(self, count: int) -> list[Taken]:
        """Wait until that many mails were taken."""
        async with asyncio.timeout(WAIT_LIMIT):
            while len(self.taken) < count:
                self.changed.clear()
                await self.changed.wait()
        return self.taken


class _Strict(SMTP):
    """aiosmtpd, which refuses what only sloppy servers take, and plays faults."""

    def __init__(self, records: SmtpRecords, handler: _Handler, **options: Any) -> None:
        super().__init__(handler, hostname="mail.example.org", **options)
        self.records = records
        self.is_utf8 = options.get("enable_SMTPUTF8", False)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not self.session or not self.session.ssl:
            self.records.connections += 1
        super().connection_made(transport)

    async def _play(self, answer: Answer) -> str | None:
        """Play a fault; what is left is to be answered."""
        if answer == HANG:
            await asyncio.sleep(WAIT_LIMIT)
        if answer in (HANG, DROP):
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.abort()
            return None
        return answer

    async def _faulty(self, command: str, do: Callable[[str | None], Any], arg: str | None) -> None:
        answer = self.records.take(command)
        if answer is None:
            await do(arg)
        elif (said := await self._play(answer)) is not None:
            await self.push(said)

    async def smtp_MAIL(self, arg: str | None) -> None:
        await self._faulty("MAIL", super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        if any(f"<{one}>" in str(arg) for one in self.records.unknown):
            await self.push("550 5.1.1 no such mailbox")
            return
        await self._faulty("RCPT", super().smtp_RCPT, arg)

    async def smtp_DATA(self, arg: str | None) -> None:
        if (answer := self.records.take("BODY")) is not None:
            await self.push("354 go on")
            await self._play(answer)
            return
        await self._faulty("DATA", super().smtp_DATA, arg)


class _Handler:
    """Accepts or refuses whole mails."""

    def __init__(self, records: SmtpRecords) -> None:
        self._records = records

    async def handle_DATA(self, server: _Strict, session: Session, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        mail = Taken(
            sender=str(envelope.mail_from),
            to=tuple(map(str, envelope.rcpt_tos)),
            options=tuple(envelope.mail_options),
            raw=raw,
        )
        refusal = _refusal(mail)
        answer = self._records.take("DOT") or refusal
        if answer is None:
            self._records.taken.append(mail)
            self._records.changed.set()
            return "250 2.0.0 taken"
        self._records.lost.append(mail)
        return await server._play(answer) or "421 4.4.2 gone"


def _refusal(mail: Taken) -> Answer | None:
    """What a careful server refuses in a mail."""
    if any(len(line) + 2 > MAX_LINE for line in mail.raw.split(b"\r\n")):
        return "554 5.6.0 line too long"
    if b"\n" in mail.raw.replace(b"\r\n", b"") or b"\r" in mail.raw.replace(b"\r\n", b""):
        return "554 5.6.0 bare line end"
    if b"\0" in mail.raw:
        return "554 5.6.0 NUL"
    is_eight_bits = "BODY=8BITMIME" in mail.options
    if not mail.raw.isascii() and not is_eight_bits:
        return "554 5.6.1 not seven bits"
    return None


@dataclass(slots=True, kw_only=True)
class SmtpServer:
    """A running server."""

    records: SmtpRecords
    listen: Callable[[int], Awaitable[asyncio.Server]]
    """Listens on a port of loopback; 0: on any."""
    port: int = 0
    listening: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen, again on the port from before."""
        self.listening = await self.listen(self.port)
        self.port = self.listening.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no more."""
        if self.listening:
            self.listening.close()

    def url(self, scheme: str, *, login: str = "") -> str:
        """For ``OO_SMTP_URL``; ``login`` ends with an ``@``."""
        return f"{scheme}://{login}127.0.0.1:{self.port}"


@asynccontextmanager
async def smtp_server(
    *, tls: bool = False, starttls: bool = False, auth: bool = False, utf8: bool = True
) -> AsyncIterator[SmtpServer]:
    """A server within the block. ``tls``: from the first byte; ``starttls``: it must be asked for."""
    records, loop = SmtpRecords(), asyncio.get_running_loop()

    def authenticate(
        server: object, session: object, envelope: object, mechanism: str, data: Any
    ) -> AuthResult:
        given = data if isinstance(data, LoginPassword) else LoginPassword(b"", b"")
        is_right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        records.logins += is_right
        return AuthResult(success=is_right, handled=False)

    def connect() -> _Strict:
        with warnings.catch_warnings():  # it does not see that the whole connection is encrypted
            warnings.simplefilter("ignore", UserWarning)
            return _Strict(
                records,
                _Handler(records),
                loop=loop,
                enable_SMTPUTF8=utf8,
                decode_data=False,
                auth_required=auth,
                auth_require_tls=starttls,
                authenticator=authenticate,
                tls_context=server_tls() if starttls else None,
                require_starttls=starttls,
                timeout=WAIT_LIMIT,
            )

    def listen(port: int) -> Awaitable[asyncio.Server]:
        return loop.create_server(connect, "127.0.0.1", port, ssl=server_tls() if tls else None)

    server = SmtpServer(records=records, listen=listen)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


# --- Certificates ------------------------------------------------------------------------------------------


@cache
def certificate() -> tuple[bytes, bytes]:
    """A certificate of 127.0.0.1 that signed itself, and its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = SystemClock().now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM), private


@cache
def server_tls() -> ssl.SSLContext:
    """The server's side."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "both.pem"
        file.write_bytes(b"".join(certificate()))
        context.load_cert_chain(file)
    return context


@cache
def trusting_tls() -> ssl.SSLContext:
    """A client that trusts that certificate, and no other."""
    context = ssl.create_default_context(cadata=certificate()[0].decode())
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT if hasattr(ssl, "VERIFY_X509_STRICT") else ~0
    return context
