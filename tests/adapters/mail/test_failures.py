"""What an answer of a mail server means."""

from __future__ import annotations

from aiosmtplib import SMTPResponseException
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPReadTimeoutError,
    SMTPRecipientRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from adapters.mail.failures import is_about_sender, kind, send_failure
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable
from tests.rows import each_of

TO = "ann@example.org"
ROWS: tuple[tuple[Exception, bool, type[SendFailed]], ...] = (
    (SMTPConnectError("no"), False, NotSent),
    (SMTPServerDisconnected("gone"), False, NotSent),
    (SMTPServerDisconnected("gone"), True, SendUnknown),
    (SMTPReadTimeoutError("slow"), False, NotSent),
    (SMTPReadTimeoutError("slow"), True, SendUnknown),
    (TimeoutError(), True, SendUnknown),
    (OSError(), False, NotSent),
    (SMTPResponseException(-1, "garbage"), True, SendUnknown),
    (SMTPResponseException(-1, "garbage"), False, NotSent),
    (SMTPDataError(250, "odd"), True, SendUnknown),
    (SMTPDataError(354, "odd"), True, SendUnknown),
    (SMTPRecipientRefused(450, "4.7.1 greylisted", TO), False, NotSent),
    (SMTPRecipientRefused(451, "later", TO), False, NotSent),
    (SMTPRecipientRefused(550, "5.1.1 no such mailbox", TO), False, Unreachable),
    (SMTPRecipientRefused(550, f"<{TO}> unknown", TO), False, Unreachable),
    (SMTPRecipientRefused(551, "moved", TO), False, Unreachable),
    (SMTPRecipientRefused(553, "no such mailbox", TO), False, Unreachable),
    (SMTPRecipientRefused(550, "5.2.1 disabled", TO), False, Unreachable),
    (SMTPRecipientRefused(556, "5.1.10 null MX", TO), False, Unreachable),
    (SMTPRecipientRefused(550, "5.7.1 blocked", TO), False, SendRejected),
    (SMTPRecipientRefused(552, "5.2.2 full", TO), False, SendRejected),
    (SMTPRecipientRefused(554, "no", TO), False, SendRejected),
    (SMTPSenderRefused(550, "5.1.8 bad sender", "oo@example.org"), False, SendRejected),
    (SMTPSenderRefused(550, "no", "oo@example.org"), False, SendRejected),
    (SMTPAuthenticationError(535, "5.7.8 no"), False, NotSent),
    (SMTPSenderRefused(530, "5.7.0 log in", "oo@example.org"), False, NotSent),
    (SMTPDataError(554, "5.7.1 spam"), True, SendRejected),
    (SMTPDataError(451, "4.3.0 later"), True, NotSent),
    (SMTPDataError(550, "5.1.1 gone"), True, Unreachable),
    (SMTPDataError(550, "no"), True, SendRejected),
)


@each_of(ROWS, ids=lambda row: f"{row[0]!r} {row[1]}")
def test_an_answer_decides_what_becomes_of_the_mail(
    fault: Exception, ended: bool, expected: type[SendFailed]
) -> None:
    failure = send_failure(fault, ended=ended)
    assert type(failure) is expected
    assert "@" not in str(failure)


def test_a_server_that_asks_for_patience_gets_it() -> None:
    for fault in (SMTPRecipientRefused(450, "4.2.0 greylisted", TO), SMTPConnectError("no")):
        failure = send_failure(fault, ended=False)
        assert isinstance(failure, NotSent)
        assert failure.retry_after >= 60


def test_the_log_names_the_code_and_nobody() -> None:
    assert kind(SMTPRecipientRefused(550, f"5.1.1 <{TO}> unknown", TO)) == "550 5.1.1 SMTPRecipientRefused"
    assert kind(OSError(f"to {TO}")) == "OSError"


def test_a_refused_sender_is_not_the_recipients_fault() -> None:
    assert is_about_sender(SMTPSenderRefused(550, "no", "oo@example.org"))
    assert is_about_sender(SMTPAuthenticationError(535, "no"))
    assert not is_about_sender(SMTPRecipientRefused(550, "no", TO))
