"""E-mail as a messenger: what is sent, how fast, and what it can't do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.clock import SystemRandomSource
from adapters.mail import Mail, Security, SmtpServer, rate_of
from adapters.mail.connection import Limits
from adapters.pace import UNLIMITED, Rate
from bot.screens.markup import say
from core.chat import Channel, Home, Sender, Tapped, one_field
from core.delivery.visits import Visits
from core.errors import FileUnusable, NotSent, OoError, SendFailed, SettingsError
from tests.adapters.mail.test_compose import COMPOSER, TIP
from tests.scenarios.world import HandClock
from tests.servers import smtp
from tests.servers.smtp import PASSWORD, USER, smtp_server
from tests.waiting import WAIT_LIMIT

CLOCK = HandClock(datetime(2026, 11, 29, 12, tzinfo=UTC))
SENDER = Sender(channel=Channel.EMAIL, external_id="ann@example.org", address="ann@example.org")
TAP = Tapped(
    update_id="1",
    sender=SENDER,
    received_at=CLOCK.now(),
    token="t.0",
    message_id="<m@x>",
    callback_id="visit",
)


@asynccontextmanager
async def mailing(
    port: int,
    *,
    password: str = "",
    visits: Visits | None = None,
    rate: Rate = UNLIMITED,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> AsyncIterator[Mail]:
    server = SmtpServer(
        host="127.0.0.1",
        port=port,
        security=Security.TLS if password else Security.NONE,
        login_name=USER if password else None,
        password=password or None,
    )
    mail = Mail(
        server,
        COMPOSER,
        clock=CLOCK,
        random=SystemRandomSource(),
        visits=visits or Visits(),
        rate=rate,
        limits=limits,
        tls=smtp.trusting_tls(),
    )
    try:
        yield mail
    finally:
        await mail.stop()


async def test_a_tip_arrives_with_the_id_of_its_delivery() -> None:
    async with smtp_server() as server, mailing(server.port) as mail:
        sent = [await mail.send("Ann@bücher.example", TIP) for _ in range(2)]
        assert sent == [f"<{'d' * 32}@example.org>"] * 2
        assert [one.to for one in server.records.taken] == [("Ann@xn--bcher-kva.example",)] * 2
        assert server.records.taken[0].mail["Message-ID"] == sent[0]
        assert mail.healthy


async def test_a_letter_gets_an_id_of_its_own() -> None:
    async with smtp_server() as server, mailing(server.port) as mail:
        letters = {await mail.send("ann@example.org", say("Hello")) for _ in range(2)}
        assert len(letters) == 2


async def test_a_wrong_password_ends_the_start_and_a_server_that_is_down_does_not() -> None:
    async with smtp_server(tls=True, auth=True) as server:
        async with mailing(server.port, password="wrong") as mail:
            with pytest.raises(SettingsError, match="OO_SMTP_URL"):
                await mail.start(())
            with pytest.raises(OoError, match="535"):
                await mail.check()
        async with mailing(server.port, password=PASSWORD) as mail:
            await mail.start(())
            assert mail.healthy
            assert "encrypted" in await mail.check()
    async with mailing(server.port) as mail:
        await mail.start(())
        assert not mail.healthy
        with pytest.raises(NotSent):
            await mail.send("ann@example.org", TIP)


async def test_a_server_that_comes_back_is_noticed_without_a_mail() -> None:
    async with smtp_server() as server:
        hasty = Limits(retry=0.01)
        async with mailing(server.port, limits=hasty) as mail:
            server.records.plan("MAIL", "421 4.3.2 going down")
            await mail.start(())
            with pytest.raises(NotSent):
                await mail.send("ann@example.org", TIP)
            async with asyncio.timeout(WAIT_LIMIT):
                while not mail.healthy:  # noqa: ASYNC110 - the channel tells nobody
                    await asyncio.sleep(0.01)
        assert server.records.taken == []


async def test_a_refused_address_says_nothing_about_the_channel() -> None:
    async with smtp_server() as server, mailing(server.port) as mail:
        await mail.start(())
        server.records.plan("RCPT", "550 5.1.1 unknown")
        with pytest.raises(SendFailed):
            await mail.send("ann@example.org", TIP)
        assert mail.healthy
        server.records.plan("MAIL", "550 5.7.1 not from you")
        with pytest.raises(SendFailed):
            await mail.send("ann@example.org", TIP)
        assert not mail.healthy


async def test_more_mails_than_the_pace_allows_wait_for_later() -> None:
    brief = Rate(interval=3600, burst=1, max_expected_wait=1.0)
    async with smtp_server() as server, mailing(server.port, rate=brief) as mail:
        await mail.send("ann@example.org", TIP)
        with pytest.raises(NotSent) as refused:
            await mail.send("ann@example.org", TIP)
        assert refused.value.retry_after > 1000
        assert len(server.records.taken) == 1


def test_the_setting_is_a_pace_with_a_small_burst() -> None:
    for per_minute in (1, 30, 6000):
        rate = rate_of(per_minute)
        assert rate.interval == pytest.approx(60 / per_minute)
        assert 1 <= rate.burst <= 10
        assert rate.max_expected_wait < 120


async def test_answers_to_a_tap_are_shown_on_its_page_and_never_mailed() -> None:
    visits = Visits()
    async with smtp_server() as server, mailing(server.port, visits=visits) as mail:
        with visits.opened("visit") as seen:
            await mail.acknowledge(TAP, "noted")
            await mail.edit("ann@example.org", "<m@x>", say("after"))
            await mail.send("ann@example.org", replace(say("more"), thread="visit"))
            assert await mail.ask(TAP, one_field("When?", "time"), "t.9")
        assert (seen.toast, seen.edit and seen.edit.text, [one.text for one in seen.replies]) == (
            "noted",
            "after",
            ["more"],
        )
        assert (seen.form and seen.form.title, seen.form_token) == ("When?", "t.9")
        await mail.edit("ann@example.org", "<m@x>", say("later"))
        await mail.send("ann@example.org", replace(say("late"), thread="visit"))
        assert not await mail.ask(TAP, one_field("When?", "time"), "t.9")
        assert server.records.commands == []


async def test_what_mail_does_not_have_is_left_out() -> None:
    async with smtp_server() as server, mailing(server.port) as mail:
        await mail.thinking("ann@example.org")
        await mail.show_menu("ann@example.org", "de")
        await mail.show_home(SENDER, Home(sections=()))
        assert not await mail.delete("ann@example.org", "<m@x>")
        with pytest.raises(FileUnusable):
            await mail.fetch("x", max_bytes=1)
        assert server.records.commands == []
