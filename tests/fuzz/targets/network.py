"""What comes over the network beside bodies: headers, addresses, events, keys, answers of mail servers."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Network, ip_address
from types import SimpleNamespace

from aiosmtplib import errors as smtp
from multidict import CIMultiDict
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from yarl import URL

from adapters.calendars.addresses import calendar_url
from adapters.calendars.fetch import _retry_after as calendar_retry_after
from adapters.calendars.fetch import _target as redirected
from adapters.mail.failures import FAILURES, kind
from adapters.mail.failures import send_failure as mail_failure
from adapters.nats.schema import NotAnEvent, decoded
from adapters.nats.schema import encoded as as_protobuf
from adapters.public_addresses import is_literal, is_public
from adapters.slack.failures import _refusal
from adapters.todoist.api import retry_after as todoist_retry_after
from adapters.web_push.failures import failure_of
from adapters.web_push.post import PushServices
from bot.screens.browser_page import browser_page, preferred
from core.errors import CalendarUnusable, NotSent, Unreachable
from core.records import EVENT_FIELDS, WITH_FEATURES, Features, PublicEvent
from core.text import language_tag
from tests.fuzz.target import Target, by_name, text_of
from tests.fuzz.targets.words_of import encoded

NAT64 = IPv6Network("64:ff9b::/96")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


# --- Events ------------------------------------------------------------------------------------------------


def _events(data: bytes) -> None:
    """What is read as an event comes back as it is."""
    try:
        event = decoded(data)
    except NotAnEvent as fault:
        assert len(str(fault)) < 200
        return
    assert event.event_id
    assert event.happened_at.tzinfo is not None
    again = decoded(as_protobuf(event))
    assert repr(again) == repr(event)


def _event_seeds() -> list[bytes]:
    from tests.adapters.nats.test_schemas import AT, sample

    return [
        as_protobuf(
            PublicEvent(
                position=7,
                event_id="e1",
                kind=kind,
                happened_at=AT,
                person_id="ada",
                data={name: sample(name) for name in fields},
                features=Features(version="v7", space="hash", values=(0.1, -0.0))
                if kind in WITH_FEATURES
                else None,
            )
        )
        for kind, fields in EVENT_FIELDS.items()
    ]


EVENTS = Target(name="events", run=_events, seeds=_event_seeds, max_bytes=400)


# --- Headers -----------------------------------------------------------------------------------------------


def _headers(data: bytes) -> None:
    """Whatever a header asks for, the wait is one that a clock can be set to."""
    said, _, date = text_of(data).partition("\n")
    headers = CIMultiDict({"Retry-After": said, "Date": date})
    waits = [todoist_retry_after(headers), calendar_retry_after(SimpleNamespace(headers=headers))]  # type: ignore[arg-type]
    for status in (429, 406, 503, 404):
        failure = failure_of(status, headers)
        waits += [failure.retry_after] if isinstance(failure, NotSent) else []
    answer = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data={"ok": False, "error": said}, headers=dict(headers), status_code=429
    )  # fmt: skip
    refusal = _refusal(answer)
    waits += [refusal.retry_after] if isinstance(refusal, NotSent) else []
    for wait in waits:
        assert 0 <= wait <= 7 * 86_400
        assert NOW + timedelta(seconds=wait) >= NOW
    tag = language_tag(said)
    assert tag is None or tag.isascii()
    page = browser_page(tag or "en", preferred(said), "")
    assert page.count("<title>") == 1
    assert len(preferred(said)) <= 20


HEADERS = Target(
    name="headers",
    run=_headers,
    seeds=lambda: encoded(
        (
            *("120", "0", "-1", "1.5", "1e9", "inf", "nan", "９９", "²", "9" * 400, "de-DE,en;q=0.8"),
            "Wed, 25 Nov 2026 09:10:00 GMT\nWed, 25 Nov 2026 09:00:00 GMT",
            "Wed, 25 Nov 2026 09:10:00 +0100\nWed, 25 Nov 2026 09:00:00",
        )
    ),
    words=lambda: (
        "Wed, ",
        "Nov",
        "2026",
        "GMT",
        "+0000",
        "-9999",
        "+99999999999999999999",
        "9999",
        "\n",
        ":60",
    ),
    max_bytes=200,
)


# --- Addresses ---------------------------------------------------------------------------------------------


def _addresses(data: bytes) -> None:
    """No address that oO asks by itself is a private one, however it is written."""
    typed, _, location = text_of(data).partition("\n")
    with suppress(CalendarUnusable):
        url = calendar_url(typed)
        assert url.scheme in ("http", "https")
        assert url.host
        assert not set(str(url)) & set("\r\n\x00")
    with suppress(CalendarUnusable):
        target = redirected(URL("https://cal.example/a/b"), location)
        assert target.scheme == "https"
        assert target.host
    with suppress(Unreachable):
        checked = PushServices().checked(typed)
        assert checked.scheme == "https"
        assert not is_literal(checked.host or "") or is_public(checked.host or "")
    _ip(typed)


def _ip(text: str) -> None:
    if not is_public(text):
        return
    found = ip_address(text.partition("%")[0])
    if found in NAT64:
        return
    assert not (
        found.is_private
        or found.is_loopback
        or found.is_link_local
        or found.is_multicast
        or found.is_reserved
    )
    assert is_literal(text)


ADDRESSES = Target(
    name="addresses",
    run=_addresses,
    seeds=lambda: encoded(
        (
            *(
                "webcal://cal.example/a.ics\n/b",
                "https://ü.example:8443/x?y=z#f\nhttps://other.example/",
                "<http://a.example>",
            ),
            *(
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://a@b.example/",
            ),
            *(
                "10.0.0.1",
                "8.8.8.8",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:7f00:1::",
                "fe80::1%eth0",
                "2606:4700::1111",
            ),
        )
    ),
    words=lambda: (
        "https://",
        "http://",
        "webcal://",
        "//",
        "\\",
        "@",
        "[",
        "]",
        "%",
        "#",
        "?",
        ":",
        "..",
        "xn--",
        "。",
        "％",
        "\t",
        "::ffff:",
        "127.0.0.1",
        "\n",
    ),
    max_bytes=400,
)


# --- Mail servers ------------------------------------------------------------------------------------------


def _mail(data: bytes) -> None:
    """``code text``: an answer of a mail server. What is logged of it is no text of its own."""
    number, _, said = text_of(data).partition(" ")
    code = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 550
    recipient = smtp.SMTPRecipientRefused(code, said, "ada@example.org")
    faults = (
        smtp.SMTPResponseException(code, said),
        recipient,
        smtp.SMTPRecipientsRefused([recipient]),
        smtp.SMTPSenderRefused(code, said, "oo@example.org"),
        smtp.SMTPAuthenticationError(code, said),
        smtp.SMTPDataError(code, said),
    )
    for fault in faults:
        assert isinstance(fault, FAILURES)
        for ended in (False, True):
            found = str(mail_failure(fault, ended=ended))
            assert found == kind(fault)
            assert len(found) < 60


MAIL = Target(
    name="mail",
    run=_mail,
    seeds=lambda: encoded(
        (
            "550 5.1.1 no such user",
            "421 4.7.0 try later",
            "250 ok",
            "554 5.7.1 <ada@example.org> spam",
            "530 5.7.0 auth",
        )
    ),
    words=lambda: ("5.1.1", "4.", "\r\n", "550", "5.999.999", "5.1.10"),
    max_bytes=200,
)

TARGETS = by_name(EVENTS, HEADERS, ADDRESSES, MAIL)
