"""Access that a connection leaves behind is ended at Todoist, at once or as soon as it answers: G11."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.people.privacy import forget
from core.records import Revocation, TokenStatus
from tests.scenarios.conftest import NINE
from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.todoist_cloud_talk import (
    connection_of,
    expect_connection,
    expect_consent,
    expect_link,
    oo_with_cloud,
)
from tests.scenarios.world import Scene
from tests.servers.local import Fault as Answer
from tests.servers.local import close
from tests.servers.telegram import Fault, Person, TelegramServer
from tests.servers.todoist_body import failing
from tests.servers.todoist_cloud import Account, TodoistCloud
from tests.servers.todoist_people import Browser
from tests.stored import bytes_in
from tests.waiting import WAIT_LIMIT


@pytest.fixture
async def oo(
    tmp_path: Path, telegram: TelegramServer, cloud: TodoistCloud, cached_certificates: None
) -> AsyncIterator[Scene]:
    async with oo_with_cloud(tmp_path, NINE, telegram, cloud) as running:
        yield running


async def waiting(oo: Scene) -> tuple[Revocation, ...]:
    async with oo.app.store.read() as unit:
        return await unit.secrets.revocations()


async def expect_ended_once_it_answers(oo: Scene, cloud: TodoistCloud, account: Account) -> None:
    """Todoist fails twice more, then answers."""
    assert len(await waiting(oo)) == 1
    await oo.tick("revoke")
    oo.clock.move(minutes=2)
    await oo.tick("revoke")
    assert len(await waiting(oo)) == 1
    cloud.faults.clear()
    asked = len(cloud.calls_of("revoke"))
    await oo.tick("revoke")
    assert len(cloud.calls_of("revoke")) == asked, "the pause is not over"
    oo.clock.move(hours=1)
    await oo.tick("revoke")
    assert cloud.tokens_of(account) == set()
    assert await waiting(oo) == ()


@pytest.mark.parametrize(
    "fault", [failing(500), failing(401), failing(403), close], ids=["500", "401", "403", "close"]
)
async def test_disconnecting_says_that_the_access_ends_later(
    oo: Scene, ann: Person, cloud: TodoistCloud, fault: Answer
) -> None:
    account = cloud.account("Ann Smith")
    await expect_connection(ann, cloud, account)
    cloud.faults.always(fault, on="revoke")
    question = await expect_reply(ann, "/disconnect")
    await expect_edit_on_tap(ann, question, "Disconnect")
    assert question.text.startswith("Todoist is disconnected.")
    assert "Todoist has not ended my access yet. I keep asking for a week" in question.text
    assert cloud.tokens_of(account)
    await expect_ended_once_it_answers(oo, cloud, account)


async def test_who_cancels_is_told_if_the_access_ends_later(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    account = cloud.account("Ann Smith")
    question = await expect_consent(ann, cloud, account)
    cloud.faults.always(failing(503), on="revoke")
    await expect_edit_on_tap(ann, question, "Cancel")
    assert question.text.startswith("Nothing is connected.")
    assert "given the access back" not in question.text
    await expect_ended_once_it_answers(oo, cloud, account)


async def test_deleting_everything_leaves_only_what_ends_the_access(
    oo: Scene, ann: Person, cloud: TodoistCloud, tmp_path: Path
) -> None:
    account = cloud.account("Ann Smith")
    await expect_connection(ann, cloud, account)
    person_id, (token,) = (await oo.person("7")).person_id, cloud.tokens_of(account)
    cloud.faults.always(failing(500), on="revoke")
    asked = await expect_reply(ann, "/delete")
    await expect_edit_on_tap(ann, asked, asked.labels[0])
    assert asked.text.startswith("Everything about you is deleted.")
    assert "for at most a week, encrypted and without your name" in asked.text
    stored = bytes_in(tmp_path)
    for personal in (person_id, account.user_id, token, "Ann Smith"):
        assert personal.encode() not in stored
    await expect_ended_once_it_answers(oo, cloud, account)


async def test_the_api_and_the_command_line_end_the_access_as_well(
    oo: Scene, ann: Person, cloud: TodoistCloud
) -> None:
    """Both delete by ``forget``."""
    account = cloud.account("Ann Smith")
    await expect_connection(ann, cloud, account)
    assert await forget(await oo.person("7"), oo.app.deps)
    assert cloud.tokens_of(account) == set()


async def test_after_a_week_the_tokens_are_deleted_revoked_or_not(
    oo: Scene, ann: Person, cloud: TodoistCloud, caplog: pytest.LogCaptureFixture
) -> None:
    account = cloud.account("Ann Smith")
    await expect_connection(ann, cloud, account)
    cloud.faults.always(failing(500), on="revoke")
    asked = await expect_reply(ann, "/delete")
    await expect_edit_on_tap(ann, asked, asked.labels[0])
    oo.clock.move(days=6, hours=23)
    await oo.tick("prune")
    assert len(await waiting(oo)) == 1
    oo.clock.move(hours=2)
    await oo.tick("prune")
    assert await waiting(oo) == ()
    assert "access at todoist could not be revoked for 7 days: given up" in caplog.text


@pytest.mark.parametrize("fault", [failing(500), failing(401)], ids=["500", "401"])
async def test_tokens_of_an_account_that_does_not_say_its_name_are_given_back(
    oo: Scene, ann: Person, cloud: TodoistCloud, fault: Answer
) -> None:
    account = cloud.account("Ann Smith")
    url = await expect_link(ann)
    cloud.faults.always(fault, on="user")
    page = await Browser(cloud, account).connect(url)
    assert "<h1>Not connected</h1>" in page.text
    assert await waiting(oo) == ()
    assert cloud.tokens_of(account) == set()


async def test_the_operators_wrong_secret_is_not_blamed_on_the_person(
    oo: Scene, ann: Person, cloud: TodoistCloud, caplog: pytest.LogCaptureFixture
) -> None:
    account = cloud.account("Ann Smith")
    url = await expect_link(ann)
    await expect_connection(ann, cloud, account)
    right, cloud.client_secret = cloud.client_secret, "another"
    page = await Browser(cloud, account).connect(url)
    assert page.status == 503

    oo.clock.move(hours=1, minutes=5)
    await oo.tick("refresh_tokens", "sync")
    connection = await connection_of(oo, "7")
    assert connection is not None
    assert (connection.status, connection.told_at) == (TokenStatus.ERROR, None)
    assert "check TODOIST_CLIENT_ID and TODOIST_CLIENT_SECRET" in caplog.text

    cloud.client_secret = right
    oo.clock.move(minutes=2)
    await oo.tick("sync")
    assert (await expect_reply(ann, "/connect")).text.startswith("Todoist is connected: Ann Smith")


async def test_a_question_that_telegram_did_not_take_is_asked_again(
    oo: Scene, ann: Person, telegram: TelegramServer, cloud: TodoistCloud
) -> None:
    account = cloud.account("Ann Smith")
    url = await expect_link(ann)
    telegram.faults.next("sendMessage", Fault.refuse_429(retry_after=1))
    shown = len(ann.chat.messages)
    await Browser(cloud, account).connect(url)
    async with asyncio.timeout(WAIT_LIMIT):
        while len(ann.chat.messages) == shown:
            await oo.tick("connect")
    question = ann.chat.messages[-1]
    assert question.text.startswith("Todoist says that this is the account of Ann Smith")
    await expect_edit_on_tap(ann, question, "Connect")
