"""What people and other apps do in the local Slack, honest or not, as the app hears of it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp

from tests.servers.slack import CannotTouch, Person, SlackServer
from tests.servers.slack.bolt_app import app, by_socket, client

DONE = {"type": "button", "text": {"type": "plain_text", "text": "Done"}, "action_id": "done", "value": "d1"}
BLOCKS = [{"type": "actions", "block_id": "b", "elements": [DONE]}]
Heard = list[dict[str, Any]]


@pytest.fixture
def heard() -> Heard:
    """Every body the app got."""
    return []


@pytest.fixture
def bolt(slack: SlackServer, heard: Heard) -> AsyncApp:
    """An app that acknowledges everything."""
    deaf = app(slack)

    async def note(body: dict[str, Any], ack: Any) -> Any:
        heard.append(body)
        return await ack()

    deaf.use(note)
    return deaf


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(retry_after=(), echo=False) as server:
        yield server


@pytest.fixture
async def ann(slack: SlackServer, bolt: AsyncApp) -> AsyncIterator[Person]:
    async with by_socket(slack, bolt):
        yield slack.user("U1", name="Ann")


async def test_taps_of_others_and_forged_taps_look_like_taps(
    slack: SlackServer, ann: Person, heard: Heard
) -> None:
    await client(slack).chat_postMessage(channel="U1", text="tip", blocks=BLOCKS)
    tip = await ann.expect_message()
    await ann.tap(tip, "Done")
    await ann.tap(tip, "Done", value="d2")
    await slack.user("U2").tap(tip, "Done")
    await ann.forge_tap(tip, action_id="done", value="d3")
    taps = [(body["user"]["id"], body["actions"][0]["value"]) for body in heard]
    assert taps == [("U1", "d1"), ("U1", "d2"), ("U2", "d1"), ("U1", "d3")]
    assert {body["container"]["message_ts"] for body in heard} == {tip.ts}
    with pytest.raises(CannotTouch):
        await ann.tap(tip, "Snooze")


async def test_a_button_that_is_gone_can_still_be_tapped_on_a_snapshot(
    slack: SlackServer, ann: Person, heard: Heard
) -> None:
    await client(slack).chat_postMessage(channel="U1", text="tip", blocks=BLOCKS)
    tip = await ann.expect_message()
    before = tip.snapshot()
    await client(slack).chat_update(channel=tip.channel, ts=tip.ts, text="done")
    assert (await ann.expect_edit(tip)).buttons == []
    await ann.tap(before, "Done")
    assert heard[-1]["actions"][0]["value"] == "d1"


async def test_a_menu_is_set_in_the_home(slack: SlackServer, ann: Person, heard: Heard) -> None:
    options = [{"text": {"type": "plain_text", "text": f"{n} a day"}, "value": str(n)} for n in (1, 3)]
    menu = {"type": "static_select", "action_id": "cap", "options": options, "initial_option": options[0]}
    picker = {"type": "timepicker", "action_id": "at", "initial_time": "09:00"}
    view = {"type": "home", "blocks": [{"type": "actions", "block_id": "b", "elements": [menu, picker]}]}
    await client(slack).views_publish(user_id="U1", view=view)
    home = slack.home("U1")
    assert home is not None
    await ann.tap(home, "3 a day")
    await ann.choose(home, "at", "18:30")
    assert [body["actions"][0]["type"] for body in heard] == ["static_select", "timepicker"]
    assert heard[0]["actions"][0]["selected_option"]["value"] == "3"
    assert heard[1]["view"]["state"]["values"]["b"]["at"]["selected_time"] == "18:30"


async def test_a_closed_modal_is_reported_if_the_app_asked_for_that(
    slack: SlackServer, ann: Person, heard: Heard
) -> None:
    title = {"title": {"type": "plain_text", "text": "T"}, "blocks": [{"type": "divider"}]}
    for notify in (True, False):
        trigger = (await ann.slash("/oo", "prefs")).payload["trigger_id"]
        modal = {"type": "modal", "notify_on_close": notify, **title}
        await client(slack).views_open(trigger_id=trigger, view=modal)
        await ann.close_view(await ann.expect_view())
    assert [body.get("type") for body in heard] == [None, "view_closed", None]
    assert ann.modal is None


async def test_everything_else_that_happens_in_a_direct_message(
    slack: SlackServer, ann: Person, heard: Heard
) -> None:
    note = await ann.dm("see https://a.b?x=1&y")
    await ann.edit(note, "see <that>")
    await ann.delete(note)
    await ann.share_file("list.pdf")
    await slack.other_bot_says("U1", "beep")
    await slack.send_event({"type": "message", "channel": ann.channel.id, "channel_type": "im", "text": "?"})
    events = [body["event"] for body in heard]
    assert [event.get("subtype") for event in events] == [
        None,
        "message_changed",
        "message_deleted",
        "file_share",
        "bot_message",
        None,
    ]
    assert events[0]["text"] == "see <https://a.b?x=1&amp;y>"
    assert events[1]["message"]["text"] == "see &lt;that&gt;"
    assert events[1]["previous_message"]["text"] == events[0]["text"]
    assert "user" not in events[4]
    assert "user" not in events[5]
    assert ann.messages == []


async def test_a_move_an_uninstall_and_a_revoked_user_token_are_told(
    slack: SlackServer, ann: Person, heard: Heard
) -> None:
    await ann.change_tz("Asia/Tokyo")
    await slack.revoke_user_token("U1")
    await slack.uninstall()
    events = [body["event"] for body in heard]
    assert events[0]["user"]["tz_offset"] == 9 * 3600
    assert events[1]["tokens"] == {"oauth": ["U1"], "bot": []}
    assert events[2]["tokens"] == {"oauth": [], "bot": ["U0BOT"]}
    assert events[3]["type"] == "app_uninstalled"


async def test_a_command_in_a_channel_is_answered_there_for_one_person(
    slack: SlackServer, ann: Person
) -> None:
    general = slack.workspace.general
    command = await ann.slash("/oo", "tip", channel=general)
    assert command.payload["channel_name"] == "general"
    async with ClientSession() as session:
        await session.post(command.payload["response_url"], json={"text": "only for you"})
    answer = await ann.expect_message()
    assert (answer.channel, answer.only_for, answer.text) == (general.id, "U1", "only for you")


async def test_waiting_in_vain_ends_with_an_error(ann: Person) -> None:
    with pytest.raises(TimeoutError, match="not within"):
        await ann.expect_message(within=0.01)
