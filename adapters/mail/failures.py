"""What a failed attempt to hand a mail over means.

Until the dot that ends the mail is written, nothing was accepted. After it, only the server's answer tells.
Reasons hold the code and never the text of an answer: servers repeat addresses there.

Tests: tests/adapters/mail/test_failures.py.
"""

from __future__ import annotations

import re
import ssl

from aiosmtplib import SMTPException, SMTPResponseException
from aiosmtplib.errors import SMTPAuthenticationError, SMTPRecipientRefused, SMTPSenderRefused

from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable

FAILURES: tuple[type[Exception], ...] = (SMTPException, OSError, TimeoutError, ssl.SSLError)
"""What the library raises while it talks to a server."""

RETRY_SECONDS = 60.0
"""Before the next attempt after a temporary refusal. Servers that greylist accept after a minute or more."""

OPERATOR_SECONDS = 300.0
"""Before the next attempt where the operator has to do something."""

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_NO_SUCH_MAILBOX = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"}
"""RFC 3463 and RFC 7505: no such mailbox or domain, an address that can't be, moved, no mail accepted,
disabled, no route.
"""
_NO_USER_CODES = {550, 551, 553}
"""What servers without enhanced codes answer for an unknown address."""


def send_failure(fault: Exception, *, ended: bool) -> SendFailed:
    """``fault`` as an error of the core. ``ended``: the dot that ends the mail was written."""
    if isinstance(fault, SMTPResponseException) and fault.code >= 400:
        return _answered(fault, ended=ended)
    if ended:
        return SendUnknown(kind(fault))
    return NotSent(kind(fault), retry_after=RETRY_SECONDS)


def _answered(fault: SMTPResponseException, *, ended: bool) -> SendFailed:
    reason, enhanced = kind(fault), _enhanced(fault)
    if fault.code < 500:
        return NotSent(reason, retry_after=RETRY_SECONDS)
    if isinstance(fault, SMTPAuthenticationError) or fault.code in (530, 538):
        return NotSent(reason, retry_after=OPERATOR_SECONDS)
    if enhanced in _NO_SUCH_MAILBOX:
        return Unreachable(reason)
    if enhanced is None and isinstance(fault, SMTPRecipientRefused) and fault.code in _NO_USER_CODES:
        return Unreachable(reason)
    return SendRejected(reason)


def kind(fault: Exception) -> str:
    """``550 5.1.1 SMTPRecipientRefused``, or the kind of error alone: nothing that names somebody."""
    name = type(fault).__name__
    if not isinstance(fault, SMTPResponseException):
        return name
    return " ".join(filter(None, (str(fault.code), _enhanced(fault), name)))


def _enhanced(fault: SMTPResponseException) -> str | None:
    found = _ENHANCED.match(fault.message.strip())
    return found.group(0) if found else None


def is_about_sender(fault: Exception) -> bool:
    """Whether the server refuses oO's own address or login, so that no mail gets out."""
    return isinstance(fault, SMTPAuthenticationError | SMTPSenderRefused)
