"""/token: programs that act for a person, as the person sees it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import tokens
from core.chat import Channel
from core.errors import NotSent, SendFailed, SendUnknown
from core.people.tokens import authenticate, tokens_of
from core.records import Scope
from core.words.tokens import READ, WRITE
from tests.scenarios.conftest import NINE, reaching, with_slack
from tests.scenarios.talking import (
    expect_all_answered,
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
    welcomed,
)
from tests.scenarios.world import Scene, scene
from tests.servers.slack import SlackServer
from tests.servers.telegram import Message, Person, TelegramServer

API_ON = "http: {api: true}\n"
SECRET = re.compile(r"oo_[A-Za-z0-9_-]{22}")


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    async with scene(tmp_path, NINE, config=API_ON, **reaching(telegram)) as running:
        yield running


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    return await welcomed(oo, telegram.user(7, "Ann"))


def secret_in(message: Message) -> str:
    found = SECRET.search(message.text)
    assert found, message.text
    return found[0]


async def test_a_token_is_shown_once_and_does_what_was_said(oo: Scene, ann: Person) -> None:
    shown = await expect_reply(ann, "/token new laptop read")
    secret = secret_in(shown)
    listed = await expect_reply(ann, "/token")

    caller = await authenticate(secret, oo.app.deps)
    assert caller is not None
    assert caller.person.person_id == (await oo.person("7")).person_id
    assert set(caller.token.scopes) == READ
    assert "Whoever can read this chat, the platform included, can use it." in shown.text
    assert SECRET.search(listed.text) is None
    assert "laptop: read your tasks, read why I chose a tip, read your settings. Never used." in listed.text
    assert "Last used today at 9:00." in (await expect_reply(ann, "/token")).text


async def test_without_scopes_oo_asks_and_a_tap_makes_the_token(oo: Scene, ann: Person) -> None:
    question = await expect_reply(ann, "/token new my read laptop")
    shown = await expect_message_on_tap(ann, question, "Read and change")

    caller = await authenticate(secret_in(shown), oo.app.deps)
    assert caller is not None
    assert (caller.token.name, frozenset(caller.token.scopes)) == ("my read laptop", WRITE)


async def test_a_secret_can_be_hidden_and_is_hidden_after_a_while(oo: Scene, ann: Person) -> None:
    first = await expect_reply(ann, "/token new one tips")
    second = await expect_reply(ann, "/token new two tips")
    secret = secret_in(second)

    await expect_edit_on_tap(ann, first, "Hide it")
    await oo.tick("tokens")
    assert SECRET.search(second.text)
    oo.clock.move(minutes=11)
    await oo.tick("tokens")
    await ann.expect_edit(second)

    for message in (first, second):
        assert SECRET.search(message.text) is None
        assert "I have hidden it here" in message.text
    assert await authenticate(secret, oo.app.deps) is not None


async def test_a_revoked_token_works_no_more_and_its_secret_is_hidden(oo: Scene, ann: Person) -> None:
    shown = await expect_reply(ann, "/token new laptop all")
    secret = secret_in(shown)
    listed = await expect_reply(ann, "/token")

    said = await expect_message_on_tap(ann, listed, "Revoke laptop")

    assert said.text.startswith("The token laptop is revoked")
    assert await authenticate(secret, oo.app.deps) is None
    assert SECRET.search(shown.text) is None
    assert "No program acts for you" in (await expect_reply(ann, "/token")).text


async def test_a_token_is_revoked_before_its_message_is_hidden(
    oo: Scene, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = secret_in(await expect_reply(ann, "/token new laptop all"))
    seen = []

    async def slow(*_: object) -> None:
        seen.append(await authenticate(secret, oo.app.deps))

    monkeypatch.setattr(tokens, "_hide", slow)
    assert "is revoked" in (await expect_reply(ann, "/token revoke laptop")).text
    assert seen == [None]


@pytest.mark.parametrize("fault", [NotSent, SendUnknown])
async def test_a_secret_that_can_not_be_hidden_now_is_hidden_later(
    oo: Scene,
    ann: Person,
    telegram: TelegramServer,
    fault: type[SendFailed],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown = await expect_reply(ann, "/token new laptop all")
    await expect_all_answered(oo, telegram)
    messenger = oo.app.deps.messengers[Channel.TELEGRAM]

    async def unreachable(*_: object) -> None:
        raise fault("no answer")

    oo.clock.move(minutes=11)
    with monkeypatch.context() as patch:
        patch.setattr(messenger, "edit", unreachable)
        await oo.tick("tokens")
    assert f"a token is shown until the platform answers: {fault.__name__}" in caplog.messages
    assert SECRET.search(shown.text)

    oo.clock.move(minutes=5)
    await oo.tick("tokens")
    await ann.expect_edit(shown)
    assert SECRET.search(shown.text) is None


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/token new", "How shall the token be called?"),
        ("/token revoke phone", 'No token is called "phone"'),
        ("/token revoke laptop", "The token laptop is revoked"),
        ("/token new LAPTOP read", 'There is a token "LAPTOP" already'),
        ("/token new laptop", "What may a program"),
    ],
)
async def test_what_can_not_be_done_is_explained(oo: Scene, ann: Person, typed: str, answer: str) -> None:
    await expect_reply(ann, "/token new laptop read")

    assert (await expect_reply(ann, typed)).text.startswith(answer)


async def test_where_the_api_is_off_tokens_can_only_be_revoked(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, config=API_ON, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_reply(ann, "/token new laptop read")
    async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
        for typed in ("/token", "/token new phone read"):
            assert "http.api" in (await expect_reply(ann, typed)).text
        assert "is revoked" in (await expect_reply(ann, "/token revoke laptop")).text
        assert await tokens_of(await oo.person("7"), oo.app.deps) == ()


async def test_in_slack_as_well(tmp_path: Path, slack: SlackServer) -> None:
    async with scene(tmp_path, NINE, config=API_ON, **with_slack(slack)) as oo:
        await slack.expect_connection()
        ann = slack.user("U1", name="Ann")
        await ann.slash("/oo", f"start {await oo.owner_code()}")
        greeting = await ann.expect_message()
        await ann.tap(greeting, "Agree and start")
        await ann.expect_message()
        await ann.slash("/oo", "token new laptop tips")
        shown = await ann.expect_message()
        found = SECRET.search(shown.text)

        assert found
        caller = await authenticate(found[0], oo.app.deps)
        assert caller is not None
        assert caller.token.scopes == (Scope.TIPS,)
