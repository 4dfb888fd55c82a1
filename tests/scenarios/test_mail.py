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
from core.records import Account, DeliveryState, Reward
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import RENT, expect_edit_on_tap, expect_reply, invited, welcomed
from tests.scenarios.test_my_page import KEY
from tests.scenarios.world import Scene, scene
from tests.servers.smtp import DROP, SmtpRecords, SmtpServer, Taken, smtp_server
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

    async def unsubscribe(self, path: str) -> int:
        """The request of a mail program (RFC 8058), as a multipart form."""
        with aiohttp.MultipartWriter("form-data") as form:
            part = form.append("One-Click")
            part.set_content_disposition("form-data", name="List-Unsubscribe")
        url = f"http://127.0.0.1:{self.port}{path}"
        async with aiohttp.ClientSession() as http, http.post(url, data=form) as answer:
            return answer.status

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
    labelled = re.findall(rf"^(.+?):?\n{re.escape(ROOT)}(/\S+)$", mail.plain, re.MULTILINE)
    return dict(labelled)


def buttons(page: str) -> dict[str, str]:
    """The path that each button of a page posts to, by its label."""
    forms = re.findall(
        r'<form method="post" action="([^"]+)">(?:<input[^>]*>)?<button[^>]*>([^<]+)</button>', page
    )
    return {label: path.removeprefix(ROOT) for path, label in forms}


def action(page: str) -> str:
    """The path that the form of a page posts to."""
    found = re.search(r'<form method="post" action="([^"]+)">', page)
    assert found is not None
    return found[1]


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
    assert await browser.unsubscribe(path) == 200
    assert not await is_reachable(oo)
    await browser.post(path, **{"List-Unsubscribe": "One-Click"})
    assert not await is_reachable(oo)
    await oo.tick("mail")
    assert f"ended the mails to {ADDRESS}" in (await ann.expect_message()).text
    await oo.tick("mail")
    await expect_reply(ann, "/add Call Bob today p1")
    await oo.at("2026-11-22T17:30:05")
    assert "Call Bob" in (await ann.expect_message()).text
    assert len(server.records.taken) == 2


async def test_the_code_of_the_mail_works_in_the_chat_as_well(
    oo: Scene, ann: Person, server: SmtpServer, browser: Browser
) -> None:
    assert "e-mail" in (await expect_reply(ann, "/connect email")).text
    assert "no e-mail address" in (await expect_reply(ann, "/connect email ann@example")).text
    await expect_reply(ann, f"Please send my tips by e-mail to {ADDRESS}")
    (letter,) = await server.records.expect_mails(1)
    code = re.search(r"^/connect email ([0-9A-Z-]+)$", letter.plain, re.MULTILINE)
    assert code is not None
    assert "confirms nothing" in (await expect_reply(ann, "/connect email 0000-0000-00000")).text
    assert "E-mail is connected" in (await expect_reply(ann, f"/connect email {code[1].lower()}")).text
    assert await browser.status("GET", links(letter)["Confirm the address"]) == 404
    assert "already" in (await expect_reply(ann, f"/connect {ADDRESS.upper()}")).text
    prefs = await expect_reply(ann, "/prefs")
    assert "Write to me by e-mail" in prefs.text
    await expect_edit_on_tap(ann, prefs, "Write where I answer")
    assert "Write by e-mail" in prefs.labels
    assert ADDRESS in (await expect_reply(ann, "/connect")).text
    assert ADDRESS in (await expect_reply(ann, "/disconnect email")).text
    assert "No e-mail address" in (await expect_reply(ann, "/disconnect email")).text
    assert await account_of(oo) is None


async def test_a_tip_is_put_off_and_explained_on_its_pages_in_the_persons_language(
    oo: Scene, ann: Person, server: SmtpServer, browser: Browser
) -> None:
    await expect_connected(ann, server, browser)
    await expect_reply(ann, "/language de")
    tip = await expect_tip(oo, ann, server.records)
    assert 'lang="de"' in tip.html
    found = links(tip)
    assert "Keine E-Mails mehr senden?" in await browser.get(found["Keine E-Mails mehr"])
    assert "Pay rent" in await browser.get(found["Warum dieser Tipp?"])
    for _ in range(2):
        page = await browser.get(found["Später"])
        assert "Es geschieht nichts" in page
        choices = buttons(await browser.post(found["Später"]))
    assert "Morgen früh" in choices
    form = await browser.post(choices["Zeit eintippen"])
    assert "<input" in form
    assert "Pay rent" in await browser.post(action(form), answer="20:15")
    (decision,) = await oo.decisions(await oo.person("7"))
    async with oo.app.store.read() as unit:
        (snooze,) = await unit.snoozes.waiting(decision.person_id)
    assert snooze.until.isoformat() == "2026-11-22T19:15:00+00:00"
    dismissed = await browser.post(found["Verwerfen"])
    await browser.post(buttons(dismissed)["Rückgängig"])
    assert await oo.reward(decision) is None
    assert "schon benutzt" in await browser.post(found["Verwerfen"])
    assert await oo.reward(decision) is None
    assert len(server.records.taken) == 2


async def test_forged_and_foreign_links_get_the_same_page_and_change_nothing(
    oo: Scene, ann: Person, server: SmtpServer, browser: Browser
) -> None:
    await expect_connected(ann, server, browser)
    tip = await expect_tip(oo, ann, server.records)
    done, why = links(tip)["Done"], links(tip)["Why this tip?"]
    stop = links(tip)["No more mails"]
    wrong = [
        done[:-1] + ("A" if done[-1] != "A" else "B"),
        f"{done.rpartition('.')[0]}.",
        done.replace("/tap/", "/stop/"),
        stop.replace("/stop/", "/tap/"),
        why.replace("/why/", "/confirm/"),
        "/mail/tap/x",
        "/mail/tap/" + "x" * 190,
    ]
    for path in wrong:
        for method in ("GET", "POST", "HEAD"):
            assert await browser.status(method, path) == 404, (method, path)
    assert await browser.status("HEAD", done) == 200
    assert await browser.status("HEAD", stop) == 200
    assert await browser.status("PUT", done) == 405
    (decision,) = await oo.decisions(await oo.person("7"))
    assert await oo.reward(decision) is None
    await expect_reply(ann, "/disconnect email")
    for path in (done, why):
        assert await browser.status("GET", path) == 404
    assert await browser.status("POST", done) == 404
    assert await oo.reward(decision) is None


async def test_a_mailbox_that_is_not_there_is_told_about_and_tips_go_to_the_chat(
    oo: Scene, ann: Person, server: SmtpServer, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    await expect_connected(ann, server, browser)
    await expect_reply(ann, RENT)
    server.records.plan("RCPT", f"550 5.1.1 <{ADDRESS}> unknown")
    await oo.at("2026-11-22T12:00:05")
    assert not await is_reachable(oo)
    await oo.tick("mail")
    assert f"nobody gets mails at {ADDRESS}" in (await ann.expect_message()).text
    await oo.at("2026-11-22T17:30:05")
    assert "Pay rent" in (await ann.expect_message()).text
    assert ADDRESS in (await expect_reply(ann, "/connect")).text
    assert len(server.records.taken) == 1
    assert ADDRESS not in caplog.text


async def test_a_greylisted_tip_comes_later_and_one_without_an_answer_never_again(
    oo: Scene, ann: Person, server: SmtpServer, browser: Browser
) -> None:
    await expect_connected(ann, server, browser)
    await expect_reply(ann, RENT)
    server.records.plan("RCPT", "450 4.7.1 greylisted")
    await oo.at("2026-11-22T12:00:05")
    await oo.tick("deliver")
    assert len(server.records.taken) == 1
    oo.clock.move(seconds=61)
    await oo.tick("deliver")
    tip = (await server.records.expect_mails(2))[1]
    await browser.post(links(tip)["Done"])
    await expect_reply(ann, "/add Call Bob today p1")
    server.records.plan("DOT", DROP)
    await oo.at("2026-11-22T17:30:05")
    (lost,) = server.records.lost
    for _ in range(3):
        oo.clock.move(minutes=5)
        await oo.tick("deliver", "recover", "push")
    assert len(server.records.taken) == 2
    decision = await oo.latest("7")
    async with oo.app.store.read() as unit:
        (delivery,) = await unit.deliveries.of(decision.decision_id)
    assert delivery.state is DeliveryState.UNKNOWN
    assert lost.mail["Message-ID"] == f"<{delivery.delivery_id}@example.net>"
    await browser.post(links(lost)["Done"])
    async with oo.app.store.read() as unit:
        (delivery,) = await unit.deliveries.of(decision.decision_id)
    assert (delivery.state, delivery.message_id) == (DeliveryState.SENT, lost.mail["Message-ID"])


async def test_a_tip_done_in_the_chat_is_done_on_the_page_of_its_mail(
    oo: Scene, ann: Person, server: SmtpServer, browser: Browser
) -> None:
    await expect_connected(ann, server, browser)
    tip = await expect_tip(oo, ann, server.records)
    await expect_reply(ann, "done")
    (decision,) = await oo.decisions(await oo.person("7"))
    before = await oo.reward(decision)
    assert before is not None
    page = await browser.get(links(tip)["Dismiss"])
    assert "how it stands now" in page
    assert buttons(page) == {}
    assert "Undo" in buttons(await browser.post(links(tip)["Dismiss"]))
    assert await oo.reward(decision) == before


async def test_a_reminder_rings_by_mail_and_is_done_from_there(
    oo: Scene, ann: Person, server: SmtpServer, browser: Browser
) -> None:
    await expect_connected(ann, server, browser)
    await expect_reply(ann, "remind me at 12:10 to call the bank")
    oo.clock.set("2026-11-22T11:10:01")
    await oo.tick("remind")
    ring = (await server.records.expect_mails(2))[1]
    assert "call the bank" in ring.mail["Subject"].lower()
    await browser.post(links(ring)["Done"])
    assert await oo.open_tasks(await oo.person("7")) == []


async def test_without_a_mail_server_the_chat_says_what_has_to_be_set(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram)) as running:
        ann = await welcomed(running, telegram.user(7, "Ann"))
        said = (await expect_reply(ann, f"/connect email {ADDRESS}")).text
        assert "OO_SMTP_URL" in said
        guest = await invited(running, ann, telegram.user(8, "Bob"))
        said = (await expect_reply(guest, f"/connect email {ADDRESS}")).text
        assert "OO_SMTP_URL" not in said


async def test_a_tap_that_a_stop_cuts_off_is_carried_out_after_the_start(
    tmp_path: Path, telegram: TelegramServer, server: SmtpServer, cached_certificates: None
) -> None:
    environment = {**reaching(telegram), **with_mail(server)}
    async with scene(tmp_path, NINE, **environment) as running:
        browser = Browser(port=running.oo.http_port)
        ann = await welcomed(running, telegram.user(7, "Ann"))
        await expect_connected(ann, server, browser)
        tip = await expect_tip(running, ann, server.records)
        await running.app.intake.stop(1)
        assert "Noted" in await browser.post(links(tip)["Done"])
        (decision,) = await running.decisions(await running.person("7"))
        assert await running.reward(decision) is None
    async with scene(tmp_path, "2026-11-22T12:01:00", **environment) as running:
        await running.app.intake.wait_until_answered()
        assert await running.reward(decision) is not None
        browser = Browser(port=running.oo.http_port)
        assert "used before" in await browser.get(links(tip)["Done"])
        assert len(server.records.taken) == 2
