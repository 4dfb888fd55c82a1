"""What one person has set in Slack, read for a push."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.slack import Slack
from core.chat import Channel
from core.errors import SendFailed
from core.records import Account
from tests.adapters.inbox import NOW
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.server import ratelimited


def account_of(person: Person) -> Account:
    return Account(
        account_id="a",
        person_id="p",
        channel=Channel.SLACK,
        external_id=f"T00000001/{person.id}",
        address=person.channel.id,
        last_seen_at=NOW,
    )


async def test_the_window_and_the_zone_are_read(slack: Slack, ann: Person) -> None:
    start, end = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    ann.silence(start.timestamp(), end.timestamp())
    found = await slack.notifications(account_of(ann))
    assert found is not None
    assert found.silenced_until is not None
    assert (found.silenced_until - end) < timedelta(seconds=1)
    assert found.zone == "Europe/Berlin"


async def test_a_workspace_without_the_scope_is_asked_once(
    slack: Slack, ann: Person, server: SlackServer
) -> None:
    server.workspace.scopes.discard("dnd:read")
    assert [await slack.notifications(account_of(ann)) for _ in range(3)] == [None] * 3
    assert len(server.calls_of("dnd.info")) == 1
    assert len(server.calls_of("users.info")) == 0
    assert "without dnd:read" in await slack.check()


@pytest.mark.parametrize("method", ["dnd.info", "users.info"])
async def test_a_failure_is_one_of_the_core(
    slack: Slack, ann: Person, server: SlackServer, method: str
) -> None:
    server.faults.plan(ratelimited, on=method)
    with pytest.raises(SendFailed):
        await slack.notifications(account_of(ann))
