"""What a push service gets, what a browser can read of it, and what an answer means for the delivery."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NoReturn

import pytest

from adapters.web_push.channel import EDITED_WITHIN, SHOWN_WITHIN, WebPush, worst_that_counts
from adapters.web_push.failures import DEFAULT_RETRY_AFTER, MAX_RETRY_AFTER, KeyRefused, failure_of
from adapters.web_push.vapid import new_key
from core.errors import (
    NotSent,
    SendFailed,
    SendRejected,
    SendUnknown,
    SettingsError,
    StoreBusy,
    Unreachable,
)
from tests.adapters.inbox import NOW
from tests.adapters.samples import DONE, TIP
from tests.adapters.web_push.conftest import ADDRESS, Known, built, subscribed
from tests.servers.local import Fault, close, hang, status
from tests.servers.push import Browser, PushService

MINUTE = timedelta(minutes=1)


async def test_a_tip_reaches_every_browser_and_only_they_can_read_it(
    service: PushService, known: Known, channel: WebPush, phone: Browser
) -> None:
    laptop = subscribed(service, known, channel)
    message_id = await channel.send(ADDRESS, replace(TIP, expires_at=NOW + 45 * MINUTE))
    for browser in (phone, laptop):
        (shown,) = browser.shown
        assert shown.content["title"] == "Pay the rent"
        assert [one["title"] for one in shown.content["actions"]] == ["Done", "Snooze", "Dismiss"]
        assert shown.content["ticket"] == f"ticket of {ADDRESS} for {message_id}"
        assert shown.content["tag"] == shown.topic == message_id
        assert (shown.ttl, shown.urgency) == (45 * 60, "normal")
    assert set(known.accepted) == {phone.name, laptop.name}
    assert not any(b"rent" in call.body for call in service.calls)
    assert not any("rent" in f"{call.headers}{call.path}" for call in service.calls)


async def test_the_signed_token_names_the_service_and_the_operator_and_ends_within_a_day(
    service: PushService, channel: WebPush, phone: Browser
) -> None:
    await channel.send(ADDRESS, TIP)
    claims = phone.shown[0].claims
    assert claims["aud"] == service.url
    assert claims["sub"] == "mailto:operator@example.org"
    assert NOW < datetime.fromtimestamp(claims["exp"], UTC) <= NOW + timedelta(days=1)


async def test_a_reminder_is_urgent_and_a_message_without_an_end_has_a_short_one(
    channel: WebPush, phone: Browser
) -> None:
    await channel.send(ADDRESS, replace(TIP, urgent=True))
    await channel.send(ADDRESS, replace(TIP, expires_at=NOW - MINUTE))
    first, late = phone.shown
    assert (first.urgency, first.ttl) == ("high", SHOWN_WITHIN.total_seconds())
    assert late.ttl == 0


async def test_an_edit_replaces_what_waits_for_a_browser_that_is_away(
    service: PushService, channel: WebPush, phone: Browser
) -> None:
    phone.online = False
    message_id = await channel.send(ADDRESS, TIP)
    await channel.edit(ADDRESS, message_id, DONE)
    await service.connect(phone)
    (shown,) = phone.shown
    assert (shown.content["kind"], shown.content["tag"]) == ("edit", message_id)
    assert shown.ttl == EDITED_WITHIN.total_seconds()
    assert shown.content["silent"]


ANSWERS: dict[str, tuple[Fault, type[SendFailed], bool]] = {
    "404": (status(404), Unreachable, True),
    "410": (status(410), Unreachable, True),
    "413": (status(413), SendRejected, False),
    "400": (status(400), KeyRefused, False),
    "401": (status(401), KeyRefused, False),
    "403": (status(403), KeyRefused, False),
    "405": (status(405), SendRejected, False),
    "a redirect": (status(307, Location="http://127.0.0.1:1/"), SendRejected, False),
    "429": (status(429, Retry_After="7"), NotSent, False),
    "406 of Microsoft": (status(406), NotSent, False),
    "500": (status(500), SendUnknown, False),
    "a page": (status(200, body="<html>Sign in to the network</html>"), SendUnknown, False),
    "nothing": (status(200), SendUnknown, False),
    "502": (status(502), SendUnknown, False),
    "503": (status(503, Retry_After="7"), SendUnknown, False),
    "closed": (close, SendUnknown, False),
    "hanging": (hang, SendUnknown, False),
}
"""The answer, what it means, and whether the browser is gone."""


@pytest.mark.parametrize(("fault", "kind", "is_gone"), ANSWERS.values(), ids=ANSWERS)
async def test_an_answer_means_the_same_whoever_gives_it(
    service: PushService, known: Known, fault: Fault, kind: type[SendFailed], is_gone: bool
) -> None:
    channel = built(known, seconds=0.5)
    subscribed(service, known, channel)
    service.faults.plan(fault)
    with pytest.raises(SendFailed) as failed:
        await channel.send(ADDRESS, TIP)
    assert type(failed.value) is kind
    assert (known.here == []) is is_gone
    assert len(service.calls) == 1
    await channel.stop()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "7"}, 7),
        ({}, DEFAULT_RETRY_AFTER),
        ({"Retry_After": "soon"}, DEFAULT_RETRY_AFTER),
        ({"Retry_After": "-5"}, DEFAULT_RETRY_AFTER),
        ({"Retry_After": "٧"}, DEFAULT_RETRY_AFTER),
        ({"Retry_After": "9" * 30}, MAX_RETRY_AFTER),
        ({"Retry_After": "Mon, 01 Mar 2027 09:02:00 GMT", "Date": "Mon, 01 Mar 2027 09:00:00 GMT"}, 120),
        ({"Retry_After": "Mon, 01 Mar 2027 08:00:00 GMT", "Date": "Mon, 01 Mar 2027 09:00:00 GMT"}, 0),
    ],
)
async def test_a_service_that_asks_to_wait_is_left_alone_for_that_long(
    headers: dict[str, str], seconds: float
) -> None:
    fault = failure_of(429, {name.replace("_", "-"): value for name, value in headers.items()})
    assert isinstance(fault, NotSent)
    assert fault.retry_after == seconds


async def test_a_refused_connection_proves_that_nothing_was_sent(
    service: PushService, channel: WebPush, phone: Browser
) -> None:
    await service.stop()
    with pytest.raises(NotSent):
        await channel.send(ADDRESS, TIP)
    await service.start()
    await channel.send(ADDRESS, TIP)
    assert len(phone.shown) == 1


async def test_the_key_of_another_oo_is_told_to_the_operator_once_and_not_blamed_on_the_person(
    service: PushService, known: Known, channel: WebPush, phone: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    changed = built(known, key=new_key())
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            with pytest.raises(KeyRefused):
                await changed.send(ADDRESS, TIP)
    (told,) = caplog.messages
    assert "OO_PUSH_KEY" in told
    assert service.url in told
    assert phone.name not in told
    assert len(known.here) == 1
    await changed.stop()


async def test_a_browser_that_is_gone_does_not_keep_the_tip_from_the_others(
    service: PushService, known: Known, channel: WebPush, phone: Browser
) -> None:
    laptop = subscribed(service, known, channel)
    phone.gone = 410
    await channel.send(ADDRESS, TIP)
    assert [one.subscription_id for one in known.here] == [laptop.name]
    assert len(laptop.shown) == 1


async def test_a_person_without_a_browser_is_unreachable(channel: WebPush) -> None:
    for address in (ADDRESS, "somebody-else"):
        with pytest.raises(Unreachable):
            await channel.send(address, TIP)


async def test_a_store_that_fails_neither_loses_nor_repeats_a_tip(
    known: Known, channel: WebPush, phone: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> NoReturn:
        raise StoreBusy("oo.db")

    monkeypatch.setattr(known, "delivered", fail)
    await channel.send(ADDRESS, TIP)
    assert len(phone.shown) == 1
    phone.gone = 410
    monkeypatch.setattr(known, "gone", fail)
    with pytest.raises(Unreachable):
        await channel.send(ADDRESS, TIP)
    monkeypatch.setattr(known, "at", fail)
    with pytest.raises(NotSent):
        await channel.send(ADDRESS, TIP)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:{port}/push/x",
        "https://127.0.0.1:{port}/push/x",
        "https://localhost:{port}/push/x",
        "https://[::1]:{port}/push/x",
        "https://[::ffff:127.0.0.1]:{port}/push/x",
        "https://10.0.0.1/push",
        "https://169.254.169.254/latest",
        "http://8.8.8.8/push",
        "https://user:pass@8.8.8.8/push",
        "https://127.1:{port}/",
        "https://2130706433:{port}/",
        "file:///etc/passwd",
        "https://",
        "https://[::1",
        "no address",
        "",
    ],
)
async def test_no_browser_can_make_oo_ask_what_it_must_not_ask(
    service: PushService, known: Known, channel: WebPush, phone: Browser, endpoint: str
) -> None:
    guarded = built(known, allow_private=False, seconds=5)
    known.here = [replace(known.here[0], endpoint=endpoint.format(port=service.url.rpartition(":")[2]))]
    with pytest.raises(SendRejected):
        await guarded.send(ADDRESS, TIP)
    assert service.calls == []
    await guarded.stop()


async def test_keys_that_are_none_end_the_subscription(
    known: Known, channel: WebPush, phone: Browser
) -> None:
    known.here = [replace(known.here[0], p256dh="A" * 87)]
    with pytest.raises(Unreachable):
        await channel.send(ADDRESS, TIP)
    assert known.here == []


OK, GONE, BUSY, LONG = None, Unreachable("gone"), NotSent("busy", 5), NotSent("busy", 9)
LOST, NO, KEY = SendUnknown("lost"), SendRejected("no"), KeyRefused("key")


def test_of_several_browsers_the_outcome_counts_that_promises_no_tip_twice_and_blames_nobody() -> None:
    rows: list[tuple[list[SendFailed | None], SendFailed | None]] = [
        ([OK], None),
        ([OK, GONE, BUSY, LOST, NO], None),
        ([BUSY, LOST, GONE], LOST),
        ([BUSY, LONG, NO], LONG),
        ([GONE, BUSY], BUSY),
        ([GONE, NO], NO),
        ([GONE, KEY], KEY),
        ([GONE, GONE], GONE),
    ]
    for outcomes, expected in rows:
        for order in (outcomes, outcomes[::-1]):
            assert worst_that_counts(order) is expected


@pytest.mark.parametrize("key", ["", "short", "A" * 43, "é" * 43, "=" * 43, "B" * 43 + "A"])
def test_what_is_no_key_is_a_fault_of_the_settings(key: str) -> None:
    with pytest.raises(SettingsError, match="oo push key"):
        built(Known(), key=key or "x")
