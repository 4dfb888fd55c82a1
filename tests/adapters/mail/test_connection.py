"""Handing mails over to a strict SMTP server, and every way in which that fails."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from adapters.mail.channel import rate_of
from adapters.mail.connection import Connection, Limits, Parcel, Security, SmtpServer
from core.dependencies import DeliveryRules
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable
from tests.servers import smtp
from tests.servers.smtp import DROP, HANG, PASSWORD, USER, SmtpRecords, smtp_server
from tests.waiting import WAIT_LIMIT

PATIENT = Limits(command=WAIT_LIMIT, until_end=2 * WAIT_LIMIT, end=WAIT_LIMIT, idle=WAIT_LIMIT)
HASTY = Limits(command=0.2, end=0.2, idle=WAIT_LIMIT)
BODY = b"Subject: x\r\n\r\n.dot\r\n..\r\nend\r\n"


def parcel(to: str = "ann@example.org", content: bytes = BODY) -> Parcel:
    return Parcel(sender="oo@example.org", to=to, content=content)


@asynccontextmanager
async def connected(
    port: int,
    security: Security = Security.NONE,
    *,
    login: tuple[str, str] | None = None,
    limits: Limits = PATIENT,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[Connection]:
    user, password = login or (None, None)
    server = SmtpServer(host="127.0.0.1", port=port, security=security, login_name=user, password=password)
    connection = Connection(server, limits, hostname="oo.example.org", tls=tls or smtp.trusting_tls())
    try:
        yield connection
    finally:
        await connection.close()


async def outcome(
    records: SmtpRecords, port: int, *mails: Parcel, limits: Limits = PATIENT
) -> list[type[Exception] | None]:
    """What becomes of mails that are handed over one after the other; None: the server has it. No fault names
    the address.
    """
    results: list[type[Exception] | None] = []
    async with connected(port, limits=limits) as connection:
        for mail in mails or (parcel(),):
            try:
                await connection.hand_over(mail)
            except SendFailed as fault:
                results.append(AssertionError if "ann" in str(fault) else type(fault))
            else:
                results.append(None)
    return results


async def test_a_mail_arrives_octet_for_octet_with_its_dots() -> None:
    async with smtp_server() as server:
        assert await outcome(server.records, server.port) == [None]
        (mail,) = server.records.taken
    assert mail.raw == BODY
    assert (mail.sender, mail.to) == ("oo@example.org", ("ann@example.org",))


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_the_connection_is_encrypted_before_the_password_goes_over_it(security: Security) -> None:
    is_tls = security is Security.TLS
    async with smtp_server(tls=is_tls, starttls=not is_tls, auth=True) as server:
        async with connected(server.port, security, login=(USER, PASSWORD)) as connection:
            assert f"encrypted, logged in as {USER}" in await connection.try_out()
            await connection.hand_over(parcel())
        assert (len(server.records.taken), server.records.logins) == (1, 1)


async def test_a_server_without_the_wanted_encryption_gets_neither_password_nor_mail() -> None:
    async with smtp_server(auth=True) as server:
        async with connected(server.port, Security.STARTTLS, login=(USER, PASSWORD)) as connection:
            with pytest.raises(NotSent):
                await connection.hand_over(parcel())
        assert (server.records.logins, server.records.commands) == (0, [])


async def test_a_mail_waits_for_a_slow_server_and_the_mail_before_it_only_for_a_while() -> None:
    brief = Limits(command=WAIT_LIMIT, until_end=0.3, end=WAIT_LIMIT, idle=WAIT_LIMIT)
    async with smtp_server() as server, connected(server.port, limits=brief) as connection:
        server.records.plan("RCPT", *[HANG] * 8)
        found = await asyncio.gather(
            *(connection.hand_over(parcel()) for _ in range(8)), return_exceptions=True
        )
        assert [type(one) for one in found] == [NotSent] * 8
        assert server.records.commands.count("RCPT") < 8, "most have waited long enough for the first one"
        server.records.planned.clear()
        while not server.records.taken:  # a busy machine may take longer than a mail may
            with suppress(NotSent):
                await connection.hand_over(parcel())


def test_every_attempt_ends_before_it_counts_as_cut_off() -> None:
    limits, rate = Limits(), rate_of(60)
    assert rate.max_wait + limits.until_end + limits.end < DeliveryRules().lease.total_seconds()


async def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    async with smtp_server(tls=True) as server:
        tls = ssl.create_default_context()
        async with connected(server.port, Security.TLS, tls=tls) as connection:
            with pytest.raises(NotSent):
                await connection.hand_over(parcel())
        assert server.records.taken == []


async def test_a_wrong_password_is_the_operators_business_and_the_mail_waits() -> None:
    async with smtp_server(tls=True, auth=True) as server:
        async with connected(server.port, Security.TLS, login=(USER, "wrong")) as connection:
            with pytest.raises(NotSent) as refused:
                await connection.hand_over(parcel())
        assert refused.value.retry_after >= 60
        assert server.records.taken == []


@pytest.mark.parametrize(
    ("command", "answer", "expected"),
    [
        ("MAIL", "451 4.3.0 busy", NotSent),
        ("MAIL", "421 4.3.2 going down", NotSent),
        ("MAIL", "550 5.7.1 not you", SendRejected),
        ("MAIL", "530 5.7.0 log in first", NotSent),
        ("RCPT", "450 4.2.0 greylisted, ann@example.org", NotSent),
        ("RCPT", "452 4.2.2 full", NotSent),
        ("RCPT", "550 5.1.1 <ann@example.org> unknown", Unreachable),
        ("RCPT", "550 no such user ann", Unreachable),
        ("RCPT", "550 5.7.1 policy", SendRejected),
        ("RCPT", "552 5.2.2 mailbox full", SendRejected),
        ("RCPT", "556 5.1.10 null MX", Unreachable),
        ("DATA", "451 4.3.0 later", NotSent),
        ("DATA", "554 5.7.1 no", SendRejected),
        ("DATA", DROP, NotSent),
        ("RCPT", DROP, NotSent),
        ("DOT", "250 2.0.0 taken", None),
        ("DOT", "451 4.7.1 try again", NotSent),
        ("DOT", "552 5.3.4 too big", SendRejected),
        ("DOT", "554 5.7.1 looks like spam", SendRejected),
        ("DOT", DROP, SendUnknown),
    ],
)
async def test_an_answer_says_whether_the_mail_may_be_sent_again(
    command: str, answer: str, expected: type[SendFailed] | None
) -> None:
    async with smtp_server() as server:
        server.records.plan(command, answer)
        results = await outcome(server.records, server.port, parcel(), parcel())
        assert [result and result.__name__ for result in results] == [expected and expected.__name__, None]


async def test_silence_before_the_last_dot_means_not_sent_and_after_it_unknown() -> None:
    for command, expected in (("RCPT", NotSent), ("DATA", NotSent), ("DOT", SendUnknown)):
        async with smtp_server() as server:
            server.records.plan(command, HANG)
            assert await outcome(server.records, server.port, limits=HASTY) == [expected]
            assert server.records.taken == []


async def test_a_connection_that_breaks_off_in_the_middle_of_a_mail_was_no_delivery() -> None:
    """The mail is larger than what the two systems buffer, so that its end can't have been written."""
    large = BODY + b"".join(b"%070d\r\n" % number for number in range(150_000))
    for answer in (DROP, HANG):
        async with smtp_server() as server:
            server.records.plan("BODY", answer)
            assert await outcome(server.records, server.port, parcel(content=large), limits=HASTY) == [
                NotSent
            ]
            assert server.records.taken == server.records.lost == []


async def test_nobody_listens() -> None:
    async with smtp_server() as server:
        port = server.port
    assert await outcome(SmtpRecords(), port) == [NotSent]


async def test_one_connection_serves_many_mails_until_it_has_been_idle_for_too_long() -> None:
    async with smtp_server() as server:
        async with connected(server.port) as connection:
            await asyncio.gather(*(connection.hand_over(parcel()) for _ in range(5)))
        assert (len(server.records.taken), server.records.connections) == (5, 1)
        brief = Limits(command=WAIT_LIMIT, end=WAIT_LIMIT, idle=0.0)
        async with connected(server.port, limits=brief) as connection:
            for _ in range(2):
                await connection.hand_over(parcel())
                await asyncio.sleep(0.01)
        assert (len(server.records.taken), server.records.connections) == (7, 3)


async def test_a_connection_that_the_server_closed_in_between_is_made_anew() -> None:
    async with smtp_server() as server, connected(server.port) as connection:
        await connection.hand_over(parcel())
        assert connection._smtp is not None
        connection._smtp.close()
        await connection.hand_over(parcel())
        assert (len(server.records.taken), server.records.connections) == (2, 2)


async def test_an_address_beyond_ascii_needs_a_server_that_takes_it() -> None:
    beyond = parcel("jörg@xn--bcher-kva.example", "Subject: ü\r\n\r\nü\r\n".encode())
    async with smtp_server() as server:
        assert await outcome(server.records, server.port, beyond) == [None]
        (mail,) = server.records.taken
        assert mail.to == ("jörg@xn--bcher-kva.example",)
        assert {"SMTPUTF8", "BODY=8BITMIME"} <= set(mail.options)
    async with smtp_server(utf8=False) as server:
        assert await outcome(server.records, server.port, beyond, parcel()) == [SendRejected, None]


async def test_the_strict_server_refuses_what_sloppy_ones_take() -> None:
    rows = (b"x" * 1200 + b"\r\n", "ü\r\n".encode(), b"a\nb\r\n", b"\0\r\n")
    async with smtp_server() as server:
        contents = [parcel(content=b"Subject: x\r\n\r\n" + row) for row in rows]
        results = await outcome(server.records, server.port, *contents)
        assert server.records.taken == []
    assert results == [SendRejected] * len(rows)
