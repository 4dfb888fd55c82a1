"""Helpers for scenarios in which people connect their own Todoist."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.records import Integration, TaskSource
from tests.scenarios.conftest import free_port, reaching
from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Message, Person, TelegramServer
from tests.servers.todoist_cloud import Account, TodoistCloud
from tests.servers.todoist_people import Browser, Page

VAULT_KEY = base64.b64encode(bytes(range(32))).decode()
CALLBACK = "/oauth/todoist/callback"


def with_cloud(cloud: TodoistCloud, port: int) -> dict[str, str]:
    """The environment of an oO in which people connect their accounts."""
    root = f"http://127.0.0.1:{port}"
    cloud.redirect_uri = f"{root}{CALLBACK}"
    return {
        "TODOIST_API_URL": cloud.url,
        "TODOIST_CLIENT_ID": cloud.client_id,
        "TODOIST_CLIENT_SECRET": cloud.client_secret,
        "OO_VAULT_KEYS": VAULT_KEY,
        "OO_PUBLIC_URL": root,
        "OO_HTTP_PORT": str(port),
    }


@asynccontextmanager
async def oo_with_cloud(
    folder: Path, now: str, telegram: TelegramServer, cloud: TodoistCloud, **other: str
) -> AsyncIterator[Scene]:
    """oO with a public URL and OAuth; its clock is that of the cloud as well."""
    environment = {**with_cloud(cloud, free_port()), **other}
    async with scene(folder, now, **reaching(telegram), **environment) as oo:
        cloud.use_clock(oo.clock.now)
        yield oo


def url_in(message: Message) -> str:
    """The address that the button of ``message`` opens."""
    (button,) = [one for one in message.buttons if one.url]
    assert button.url
    return button.url


async def expect_link(person: Person) -> str:
    """Ask for a link; returns its address."""
    return url_in(await expect_reply(person, "/connect todoist"))


async def expect_consent(person: Person, cloud: TodoistCloud, account: Account) -> Message:
    """Ask for a link and agree in the browser; returns the question in the chat."""
    url = await expect_link(person)
    page = await Browser(cloud, account).connect(url)
    assert page.status == 200
    assert "Go back to the chat" in page.text
    return await person.expect_message()


async def expect_connection(person: Person, cloud: TodoistCloud, account: Account) -> Message:
    """Connect the account; returns what oO sees there."""
    question = await expect_consent(person, cloud, account)
    await expect_edit_on_tap(person, question, "Connect")
    assert question.text.startswith(f"Todoist is connected: {account.full_name}.")
    return await person.expect_message()


async def come_back(cloud: TodoistCloud, **query: str) -> Page:
    """Open the callback's address with any parameters."""
    from urllib.parse import urlencode

    anybody = Browser(cloud, cloud.account("Anybody"))
    return await anybody.open(f"{cloud.redirect_uri}?{urlencode(query)}")


async def connection_of(oo: Scene, external_id: str) -> Integration | None:
    """Somebody's connection to Todoist."""
    person = await oo.person(external_id)
    async with oo.app.store.read() as unit:
        return await unit.integrations.get(person.person_id, TaskSource.TODOIST)
