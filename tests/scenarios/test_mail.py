"""E-mail as a way out, from /connect to the end of all mails: a strict SMTP server and the pages by HTTP."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import aiohttp
import pytest

from core.chat import Channel
from core.records import Account, Reward
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import (
    RENT,
    expect_reply,
    welcomed,
)
from tests.scenarios.test_my_page import KEY
from tests.scenarios.world import Scene, scene
from tests.servers.smtp import SmtpRecords, SmtpServer, Taken, smtp_server
from tests.servers.telegram import Person, TelegramServer

ADDRESS = "ann@example.org"
ROOT = "https://oo.example.net"
LINK = re.compile(rf"{re.escape(ROOT)}(/mail/\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """Opens links of mails on the running oO."""

    port: int

    async def _ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> tuple[int, str]:
        url = f"http://127.0.0.1:{self.port}{path}"
        async with aiohttp.ClientSession() as http, http.request(method, url, data=form) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            return answer.status, unescape(await answer.text())

    async def get(self, path: str) -> str:
        """The page; it is there."""
        status, text = await self._ask("GET", path)
        assert status == 200, text
        return text

    async def post(self, path: str, **form: str) -> str:
        """The answer to a form without a session and without a token."""
        status, text = await self._ask("POST", path, form)
        assert status == 200, text
        return text

    async def status(self, method: str, path: str) -> int:
        """Only the status."""
        return (await self._ask(method, path))[0]


@pytest.fixture
async def server() -> AsyncIterator[SmtpServer]:
    async with smtp_server() as running:
        yield running


def with_mail(server: SmtpServer) -> dict[str, str]:
    """The environment of an oO that sends mails there."""
    return {
        "OO_SMTP_URL": server.url("smtp"),
        "OO_MAIL_FROM": "oO <oo@example.net>",
        "OO_PUBLIC_URL": ROOT,
        "OO_VAULT_KEYS": KEY,
    }


@pytest.fixture
async def oo(
    tmp_path: Path, telegram: TelegramServer, server: SmtpServer, cached_certificates: None
) -> AsyncIterator[Scene]:
    async with scene(tmp_path, NINE, **reaching(telegram), **with_mail(server)) as running:
        yield running


@pytest.fixture
def browser(oo: Scene) -> Browser:
    return Browser(port=oo.oo.http_port)


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    return await welcomed(oo, telegram.user(7, "Ann"))


def links(mail: Taken) -> dict[str, str]:
    """The path of each link of a mail, by its label."""
    labelled = re.findall(rf"^(.+):\n{re.escape(ROOT)}(/\S+)$", mail.plain, re.MULTILINE)
    return dict(labelled)


async def expect_connected(ann: Person, server: SmtpServer, browser: Browser) -> None:
    """Connect the address by the link in its mail."""
    await expect_reply(ann, f"/connect email {ADDRESS}")
    (letter,) = await server.records.expect_mails(1)
    await browser.post(links(letter)["Confirm the address"])
    assert "E-mail is connected" in (await ann.expect_message()).text


async def expect_tip(oo: Scene, ann: Person, records: SmtpRecords) -> Taken:
    """A tip that is due, as a mail."""
    await expect_reply(ann, RENT)
    count = len(records.taken)
    await oo.at("2026-11-22T12:00:05")
    return (await records.expect_mails(count + 1))[count]


async def account_of(oo: Scene) -> Account | None:
    async with oo.app.store.read() as unit:
        return await unit.people.account(Channel.EMAIL, ADDRESS)


async def is_reachable(oo: Scene) -> bool:
    """Whether mails go to the address."""
    account = await account_of(oo)
    assert account is not None
    return account.reachable


async def test_from_connecting_to_the_last_mail(
    oo: Scene, ann: Person, server: SmtpServer, browser: Browser
) -> None:
    asked = (await expect_reply(ann, f"/connect email {ADDRESS}")).text
    assert ADDRESS in asked
    assert "/connect email CODE" in asked
    (letter,) = await server.records.expect_mails(1)
    assert letter.to == (ADDRESS,)
    assert await account_of(oo) is None
    confirming = links(letter)["Confirm the address"]
    for _ in range(2):
        assert ADDRESS in await browser.get(confirming)
    assert await account_of(oo) is None
    assert "from now on" in await browser.post(confirming)
    assert ADDRESS in (await ann.expect_message()).text
    assert await browser.status("POST", confirming) == 404

    tip = await expect_tip(oo, ann, server.records)
    assert "Pay rent" in tip.mail["Subject"]
    (decision,) = await oo.decisions(await oo.person("7"))
    done = links(tip)["Done"]
    for _ in range(2):
        assert "Pay rent" in await browser.get(done)
    assert await oo.reward(decision) is None
    assert "Pay rent" in await browser.post(done)
    reward = await oo.reward(decision)
    assert isinstance(reward, Reward)
    assert reward.value == 1.0
    before = await oo.learned(await oo.person("7"))
    for again in (await browser.get(done), await browser.post(done)):
        assert "used before" in again
        assert "Done" in again
    assert await oo.learned(await oo.person("7")) == before
    assert await oo.open_tasks(await oo.person("7")) == []

    stop = LINK.search(str(tip.mail["List-Unsubscribe"]))
    assert stop is not None
    path = stop[1].removesuffix(">")
    await browser.get(path)
    assert await is_reachable(oo)
    for _ in range(2):
        await browser.post(path, **{"List-Unsubscribe": "One-Click"})
    assert not await is_reachable(oo)
    await oo.tick("mail")
    assert f"ended the mails to {ADDRESS}" in (await ann.expect_message()).text
    await oo.tick("mail")
    await expect_reply(ann, "/add Call Bob today p1")
    await oo.at("2026-11-22T17:30:05")
    assert "Call Bob" in (await ann.expect_message()).text
    assert len(server.records.taken) == 2
