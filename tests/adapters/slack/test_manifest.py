"""The manifest asks for what the adapter uses, and for nothing else."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters.slack import Slack
from adapters.slack.api import OPTIONAL_SCOPES, SCOPES
from adapters.slack.parse import EVENTS
from core.chat import Said, one_field
from tests.adapters.inbox import Inbox
from tests.adapters.samples import EXPORT, TIP
from tests.adapters.slack.samples import HOME, SENDER, tapped
from tests.adapters.slack.test_profile import account_of
from tests.servers.slack import Person, SlackServer

MANIFEST: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[3] / "infra" / "slack-manifest.yaml").read_text(encoding="utf-8")
)
# docs.slack.dev, reference of the methods: what a bot token needs for each.
SCOPE_OF = {
    "auth.test": None,
    "apps.connections.open": None,  # the app token's
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "files.getUploadURLExternal": "files:write",
    "users.info": "users:read",
    "dnd.info": "dnd:read",
    "views.open": None,
    "views.publish": None,
}
SCOPE_TO_HEAR = {"message.im": "im:history", "/oo": "commands"}


def test_the_events_are_those_that_are_understood() -> None:
    settings = MANIFEST["settings"]

    assert set(settings["event_subscriptions"]["bot_events"]) == set(EVENTS)
    assert settings["interactivity"]["is_enabled"]
    assert settings["socket_mode_enabled"]


def test_people_can_write_open_the_home_and_use_the_command() -> None:
    features = MANIFEST["features"]

    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    [command] = features["slash_commands"]
    assert command["command"] == "/oo"
    assert "url" not in command


def test_texts_are_as_short_as_slack_wants_them() -> None:
    assert len(MANIFEST["display_information"]["name"]) <= 35
    assert len(MANIFEST["display_information"]["description"]) <= 140
    assert len(MANIFEST["features"]["bot_user"]["display_name"]) <= 80
    assert len(MANIFEST["features"]["slash_commands"][0]["description"]) <= 2000
    assert len(MANIFEST["features"]["slash_commands"][0]["usage_hint"]) <= 1000


@pytest.mark.parametrize("slack", ["socket"], indirect=True)
async def test_the_scopes_are_those_that_are_used(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    dm = ann.channel.id
    await slack.edit(dm, await slack.send(dm, TIP), TIP)
    await slack.send(dm, EXPORT)
    await slack.acknowledge(tapped(dm), "Done")
    await slack.ask(tapped(dm, "trigger"), one_field("When?", "Your answer"), "t")
    await slack.show_home(SENDER, HOME)
    await ann.slash("/oo", "tip")
    await inbox.expect_updates()
    await ann.share_file("todo.txt", content=b"Call Ann")
    _, said = await inbox.expect_updates(count=2)
    assert isinstance(said, Said)
    assert await slack.fetch(said.files[0].reference, max_bytes=100) == b"Call Ann"

    assert await slack.notifications(account_of(ann)) is not None

    called = {call.path.removeprefix("/api/") for call in server.calls if call.path.startswith("/api/")}
    assert called == SCOPE_OF.keys()
    used = {*SCOPE_OF.values(), *SCOPE_TO_HEAR.values()} - {None}
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == {*SCOPES, *OPTIONAL_SCOPES} == used
