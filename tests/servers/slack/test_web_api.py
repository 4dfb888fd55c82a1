"""The Web API of the local Slack, called by the real SDK client: refusals, limits, faults, response URLs."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.servers.local import close, garbage, hang, status
from tests.servers.slack import Person, SlackServer, ratelimited
from tests.servers.slack.bolt_app import client

METADATA = {"event_type": "tip", "event_payload": {"decision_id": "d1"}}
HOME = {"type": "home", "blocks": [{"type": "divider"}]}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "A"}, "blocks": [{"type": "divider"}]}
DONE = {"type": "button", "text": {"type": "plain_text", "text": "Done"}, "action_id": "done", "value": "1"}
ACTIONS = [{"type": "actions", "elements": [DONE]}]


@dataclass(slots=True)
class Clock:
    """A clock that moves when it is told to."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[SlackServer]:
    async with SlackServer(clock=clock, retry_after=(), post_burst=3) as server:
        yield server


@pytest.fixture
def ann(slack: SlackServer) -> Person:
    return slack.user("U1", name="Ann", tz="Europe/Berlin")


async def error(call: Any) -> str:
    """The error that the awaited call is refused with."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


@pytest.mark.parametrize(
    ("token", "code"),
    [(None, "not_authed"), ("xoxb-other", "invalid_auth"), ("xapp-local", "not_allowed_token_type")],
)
async def test_a_wrong_token_is_refused(slack: SlackServer, token: str | None, code: str) -> None:
    assert await error(AsyncWebClient(token=token, base_url=slack.api_url).auth_test()) == code


async def test_a_dead_token_is_refused_by_every_method(slack: SlackServer) -> None:
    slack.token_error = "token_revoked"
    assert await error(client(slack).auth_test()) == "token_revoked"
    await slack.uninstall()
    assert await error(client(slack).chat_postMessage(channel="U1", text="hi")) == "account_inactive"


async def test_people_have_their_zone_with_todays_offset(slack: SlackServer, ann: Person) -> None:
    shown = (await client(slack).users_info(user="U1"))["user"]
    assert (shown["tz"], shown["tz_offset"], shown["tz_label"]) == (
        "Europe/Berlin",
        3600,
        "Central European Standard Time",
    )
    slack.user("U2", tz=None)
    assert "tz" not in (await client(slack).users_info(user="U2"))["user"]
    assert await error(client(slack).users_info(user="U9")) == "user_not_found"


async def test_messages_go_to_direct_messages_only(slack: SlackServer, ann: Person) -> None:
    api = client(slack)
    dm = (await api.conversations_open(users="U1"))["channel"]["id"]
    assert (await api.conversations_info(channel=dm))["channel"]["user"] == "U1"
    await api.chat_postMessage(channel=dm, text="to the channel")
    await api.chat_postMessage(channel="U1", text="to the person")
    assert [message.text for message in ann.messages] == ["to the channel", "to the person"]
    assert await error(api.chat_postMessage(channel="D404", text="hi")) == "channel_not_found"
    assert await error(api.chat_postMessage(channel="C00000001", text="hi")) == "not_in_channel"
    assert await error(api.api_call("chat.postMessage", json={"channel": dm})) == "no_text"
    assert await error(api.conversations_open(users="U404")) == "user_not_found"
    assert [refusal.error for refusal in slack.refusals][-1] == "user_not_found"


async def test_invalid_blocks_are_refused_with_a_pointer(slack: SlackServer, ann: Person) -> None:
    blocks = [{"type": "marquee", "text": "hi"}]
    with pytest.raises(SlackApiError) as refused:
        await client(slack).chat_postMessage(channel="U1", text="hi", blocks=blocks)
    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == ["unsupported type: marquee [json-pointer:/blocks/0/type]"]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {answer['errors'][0]}"]


async def test_only_own_messages_are_edited_and_blocks_go_when_only_text_comes(
    slack: SlackServer, ann: Person
) -> None:
    api = client(slack)
    sent = await api.chat_postMessage(channel="U1", text="tip", blocks=ACTIONS)
    here = {"channel": ann.channel.id, "ts": sent["ts"]}
    message = await ann.expect_message()
    assert message.buttons == ["Done"]
    await api.chat_update(**here, text="done")
    assert (await ann.expect_edit(message)).blocks == []
    hers = await ann.dm("mine")
    assert await error(api.chat_update(**here | {"ts": hers.ts}, text="x")) == "cant_update_message"
    assert await error(api.chat_update(**here | {"ts": "1.000001"}, text="x")) == "message_not_found"
    assert await error(api.chat_update(**here | {"channel": "U1"}, text="x")) == "channel_not_found"
    await api.chat_delete(**here)
    assert await error(api.chat_update(**here, text="x")) == "message_not_found"


async def test_history_is_paged_and_shows_metadata_when_asked(slack: SlackServer, ann: Person) -> None:
    api = client(slack)
    dm = ann.channel.id
    for number in range(3):
        await api.chat_postMessage(channel=dm, text=f"tip {number}", metadata=METADATA)
    await api.chat_postEphemeral(channel=dm, user="U1", text="psst")
    first = await api.conversations_history(channel=dm, limit=2, include_all_metadata=True)
    assert [each["text"] for each in first["messages"]] == ["tip 2", "tip 1"]
    assert first["messages"][0]["metadata"] == METADATA
    cursor = first["response_metadata"]["next_cursor"]
    last = await api.conversations_history(channel=dm, cursor=cursor)
    assert [each["text"] for each in last["messages"]] == ["tip 0"]
    assert "metadata" not in last["messages"][0]
    later = await api.conversations_history(channel=dm, oldest=first["messages"][1]["ts"])
    assert [each["text"] for each in later["messages"]] == ["tip 2"]


async def test_posts_beyond_the_burst_wait_a_second_each_per_channel(
    slack: SlackServer, ann: Person, clock: Clock
) -> None:
    slack.user("U2")
    api = client(slack)
    for _ in range(3):
        await api.chat_postMessage(channel="U1", text="hi")
    with pytest.raises(SlackApiError) as refused:
        await api.chat_postMessage(channel="U1", text="hi")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    await api.chat_postMessage(channel="U2", text="hi")
    clock.now += 1
    await api.chat_postMessage(channel="U1", text="hi")
    assert len(ann.messages) == 4


async def test_a_trigger_opens_one_modal_within_three_seconds(
    slack: SlackServer, ann: Person, clock: Clock
) -> None:
    api = client(slack)
    triggers = [(await ann.slash("/oo", "prefs")).payload["trigger_id"] for _ in range(2)]
    view = (await api.views_open(trigger_id=triggers[0], view=MODAL))["view"]
    assert await error(api.views_open(trigger_id=triggers[0], view=MODAL)) == "exchanged_trigger_id"
    assert await error(api.views_open(trigger_id="1.2.x", view=MODAL)) == "invalid_trigger_id"
    clock.now += 3.1
    assert await error(api.views_open(trigger_id=triggers[1], view=MODAL)) == "expired_trigger_id"
    await api.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    stale = api.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    assert await error(stale) == "hash_conflict"
    assert await error(api.views_update(view_id="V404", view=MODAL)) == "not_found"
    assert await error(api.views_publish(user_id="U1", view=MODAL)) == "invalid_arguments"
    assert await error(api.views_publish(user_id="U404", view=HOME)) == "user_not_found"
    assert slack.views == [ann.modal]


async def test_a_response_url_takes_five_replies_in_thirty_minutes(
    slack: SlackServer, ann: Person, clock: Clock
) -> None:
    await client(slack).chat_postMessage(channel="U1", text="tip", blocks=ACTIONS)
    tip = await ann.expect_message()
    url = AsyncWebhookClient((await ann.tap(tip, "Done")).payload["response_url"])
    assert (await url.send(text="edited", replace_original=True)).body == "ok"
    assert tip.text == "edited"
    assert (await url.send(text="psst")).status_code == 200
    assert (await url.send(text="aloud", response_type="in_channel")).status_code == 200
    assert (await url.send(blocks=[{"type": "marquee"}])).status_code == 400
    assert (await url.send(delete_original=True)).status_code == 200
    assert "used_url" in (await url.send(text="one more")).body
    assert [m.screen() for m in ann.messages] == ["(deleted)", "(only visible to you)\npsst", "aloud"]
    old = AsyncWebhookClient((await ann.slash("/oo")).payload["response_url"])
    clock.now += 1801
    assert "expired_url" in (await old.send(text="late")).body


async def test_a_message_can_arrive_although_its_answer_is_lost(slack: SlackServer, ann: Person) -> None:
    slack.faults.plan(close, on="chat.postMessage", late=True)
    with pytest.raises(ClientError):
        await client(slack, retry_handlers=[]).chat_postMessage(channel="U1", text="once")
    assert [message.text for message in ann.messages] == ["once"]


async def test_the_sdks_default_retry_doubles_a_message_whose_answer_is_lost(
    slack: SlackServer, ann: Person
) -> None:
    slack.faults.plan(close, on="chat.postMessage", late=True)
    await client(slack).chat_postMessage(channel="U1", text="twice")
    assert [message.text for message in ann.messages] == ["twice", "twice"]


async def test_faults_are_seen_by_the_client_as_from_slack(slack: SlackServer, ann: Person) -> None:
    slack.faults.plan(ratelimited, on="chat.postMessage")
    patient = client(slack, retry_handlers=[AsyncRateLimitErrorRetryHandler()])
    await patient.chat_postMessage(channel="U1", text="at last")
    assert len(slack.calls_of("chat.postMessage")) == 2
    for fault in (status(500), garbage):
        slack.faults.plan(fault, on="chat.postMessage")
        with pytest.raises((SlackApiError, UnicodeDecodeError)):
            await client(slack, retry_handlers=[]).chat_postMessage(channel="U1", text="lost")
    slack.faults.plan(hang, on="chat.postMessage")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client(slack).chat_postMessage(channel="U1", text="lost"), 0.1)
    assert [message.text for message in ann.messages] == ["at last"]


async def test_a_file_is_shown_once_it_was_uploaded(slack: SlackServer, ann: Person) -> None:
    api = client(slack)
    await api.files_upload_v2(filename="tasks.json", content="{}", channel=ann.channel.id)
    [message] = ann.messages
    assert message.screen() == "<tasks.json: 2 bytes>"
    assert [file.content for file in message.files] == [b"{}"]


async def test_a_file_without_its_whole_content_is_refused(slack: SlackServer, ann: Person) -> None:
    api = client(slack)
    place = await api.files_getUploadURLExternal(filename="tasks.json", length=3)
    async with ClientSession() as session, session.post(place["upload_url"], data=b"{}") as answer:
        assert answer.status == 400
    shown = api.files_completeUploadExternal(files=[{"id": place["file_id"]}], channel_id=ann.channel.id)
    assert await error(shown) == "file_not_found"
    assert await error(api.files_getUploadURLExternal(filename="none", length=0)) == "invalid_arguments"
    assert ann.messages == []
