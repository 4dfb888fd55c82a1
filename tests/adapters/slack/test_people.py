import json
from collections.abc import AsyncIterator

import pytest

from adapters.slack.api import Api, Limits
from adapters.slack.people import People
from adapters.slack.workspaces import Workspaces
from core.chat import Said, Sender
from core.errors import SendFailed
from tests.adapters.inbox import NOW
from tests.adapters.slack.samples import SENDER
from tests.servers.local import status
from tests.servers.slack import SlackServer
from tests.waiting import WAIT_LIMIT

SAID = Said(update_id="1", sender=SENDER, received_at=NOW, text="hi")


@pytest.fixture
def max_cached() -> int:
    return 10


@pytest.fixture
async def people(server: SlackServer, max_cached: int) -> AsyncIterator[People]:
    api = Api(server.bot_token, server.api_url, Limits())
    yield People(Workspaces(api, has_own=True), lookup_seconds=WAIT_LIMIT, max_cached=max_cached)
    await api.close()


def answers(server: SlackServer, method: str, **body: object) -> None:
    text = json.dumps({"ok": True, **body})
    server.faults.plan(status(200, body=text, content_type="application/json"), on=method)


async def completed(people: People) -> Sender:
    update = await people.complete(SAID)
    assert update is not None
    return update.sender


async def test_zone_and_language_are_those_of_the_profile(server: SlackServer, people: People) -> None:
    server.user("U1")
    answers(server, "users.info", user={"tz": "Asia/Tokyo", "locale": "ja-JP"})

    sender = await completed(people)

    assert (sender.zone, sender.language) == ("Asia/Tokyo", "ja-JP")
    assert sender.address == server.dm("U1").id
    assert server.calls_of("users.info")[0].query == {"user": "U1", "include_locale": "1"}


@pytest.mark.parametrize(
    "body", [{}, {"user": None}, {"user": {"tz": 5, "locale": ["de"]}}, {"user": {"locale": "<de>"}}]
)
async def test_an_odd_profile_is_no_profile(
    server: SlackServer, people: People, body: dict[str, object]
) -> None:
    server.user("U1")
    answers(server, "users.info", **body)

    sender = await completed(people)

    assert (sender.zone, sender.language) == (None, None)


@pytest.mark.parametrize("body", [{}, {"channel": "D1"}, {"channel": {"id": 5}}])
async def test_an_odd_address_is_a_failure(
    server: SlackServer, people: People, body: dict[str, object]
) -> None:
    answers(server, "conversations.open", **body)

    with pytest.raises(SendFailed):
        await people.complete(SAID)


@pytest.mark.parametrize("max_cached", [2])
async def test_those_known_longest_are_forgotten(server: SlackServer, people: People) -> None:
    for user in ("U1", "U2", "U2", "U3", "U1"):
        server.user(user)
        sender = SENDER.__class__(channel=SENDER.channel, external_id=f"T1/{user}", address="")
        await people.complete(Said(update_id="1", sender=sender, received_at=NOW, text="hi"))

    asked = [call.query["user"] for call in server.calls_of("users.info")]
    assert asked == ["U1", "U2", "U3", "U1"]
