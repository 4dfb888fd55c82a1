"""The local Slack against real slack_bolt apps, in Socket Mode and by signed HTTP."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from tests.servers.slack import CannotTouch, SlackServer
from tests.servers.slack.bolt_app import app, by_http, by_socket
from tests.waiting import WAIT_LIMIT

BUTTONS = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Pay the rent*: two minutes now"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "text": {"type": "plain_text", "text": label},
                "action_id": f"tap:{n}",
                "value": f"d1:{n}",
            }
            for n, label in enumerate(("Done", "Snooze"))
        ],
    },
]
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Preferences"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "quiet",
            "label": {"type": "plain_text", "text": "Quiet hours"},
            "element": {"type": "plain_text_input", "action_id": "typed", "initial_value": "22:00-07:00"},
        }
    ],
}


def tips(slack: SlackServer) -> AsyncApp:
    """A small assistant: says hello, sends a tip, edits it when tapped, has a home and a form."""
    bolt = app(slack)

    async def hello(event: dict[str, Any], say: Any) -> None:
        if event.get("subtype") is None:
            await say(f"hello {event['text']}")

    async def command(ack: Any, client: Any, body: dict[str, Any]) -> None:
        await ack("one moment")
        if body["text"] == "prefs":
            await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        else:
            await client.chat_postMessage(channel=body["user_id"], text="Pay the rent", blocks=BUTTONS)

    async def tapped(ack: Any, client: Any, body: dict[str, Any]) -> None:
        await ack()
        where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**where, text=f"~Pay the rent~ {body['actions'][0]['value']}")

    async def home(client: Any, event: dict[str, Any]) -> None:
        view = {"type": "home", "blocks": BUTTONS[:1]}
        await client.views_publish(user_id=event["user"], view=view)

    async def submitted(ack: Any, view: dict[str, Any]) -> None:
        typed = view["state"]["values"]["quiet"]["typed"]["value"]
        bad = {"response_action": "errors", "errors": {"quiet": f"I didn't get {typed}."}}
        await (ack(**bad) if ":" not in typed else ack())

    bolt.event("message")(hello)
    bolt.command("/oo")(command)
    bolt.action("tap:0")(tapped)
    bolt.event("app_home_opened")(home)
    bolt.view("")(submitted)
    return bolt


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(retry_after=(0.0, 0.05, 0.05)) as server:
        yield server


@pytest.fixture(params=[by_socket, by_http])
def running(request: pytest.FixtureRequest, slack: SlackServer) -> AbstractAsyncContextManager[Any]:
    connected: AbstractAsyncContextManager[Any] = request.param(slack, tips(slack))
    return connected


async def test_a_direct_message_is_answered(
    slack: SlackServer, running: AbstractAsyncContextManager[Any]
) -> None:
    async with running:
        ann = slack.user("U1", name="Ann")
        sent = await ann.dm("oO & <you>")
        answer = await ann.expect_message()
    assert answer.text == "hello oO &amp; &lt;you&gt;"
    assert answer.screen() == "hello oO & <you>"
    assert sent.acknowledged
    assert slack.refusals == []


async def test_a_tip_is_tapped_and_edited(
    slack: SlackServer, running: AbstractAsyncContextManager[Any]
) -> None:
    async with running:
        ann = slack.user("U1")
        delivery = await ann.slash("/oo", "tip")
        answers = [await ann.expect_message(), await ann.expect_message()]
        at_once, tip = sorted(answers, key=lambda answer: answer.only_for is None)
        assert at_once.screen() == "(only visible to you)\none moment"
        assert tip.screen() == "*Pay the rent*: two minutes now\n[Done] [Snooze]"
        tap = await ann.tap(tip, "Done")
        await ann.expect_edit(tip)
    assert tip.screen() == "~Pay the rent~ d1:0"
    assert [version.text for version in tip.versions] == ["Pay the rent", "~Pay the rent~ d1:0"]
    assert delivery.acknowledged
    assert tap.acknowledged
    assert [each.what for each in slack.journal] == ["posted", "posted", "edited"]


async def test_a_form_is_refused_then_accepted(
    slack: SlackServer, running: AbstractAsyncContextManager[Any]
) -> None:
    async with running:
        ann = slack.user("U1")
        await ann.slash("/oo", "prefs")
        form = await ann.expect_view()
        assert form.screen() == "== Preferences ==\nQuiet hours: [22:00-07:00]\n[Save]"
        await ann.submit_view(form, {"Quiet hours": "late"})
        assert form.screen().splitlines()[2] == "! I didn't get late."
        with pytest.raises(CannotTouch, match="required"):
            await ann.submit_view(form, {"quiet": ""})
        await ann.submit_view(form)
    assert ann.modal is None


async def test_the_home_is_published(slack: SlackServer, running: AbstractAsyncContextManager[Any]) -> None:
    async with running:
        ann = slack.user("U1")
        await ann.open_home()
        home = await slack.expect_that(lambda: slack.home("U1"))
    assert home.screen() == "*Pay the rent*: two minutes now"


async def test_an_event_without_ack_is_tried_four_times_with_one_event_id(slack: SlackServer) -> None:
    heard: list[str] = []
    bolt = app(slack)

    async def fail(body: dict[str, Any]) -> None:
        heard.append(body["event_id"])
        raise ValueError("not today")

    bolt.use(fail)
    async with by_http(slack, bolt):
        message = await slack.user("U1").dm("hello")
        await slack.expect_that(lambda: len(slack.acks) == 4)
    assert len(heard) == 4
    assert len(set(heard)) == 1
    assert {ack.problem for ack in slack.acks} == {"http_error"}
    assert not message.acknowledged


async def test_retries_carry_their_number_and_reason(slack: SlackServer) -> None:
    seen: list[tuple[str, ...]] = []
    bolt = app(slack)
    slack.ack_within = 0.2

    async def slow_once(request: Any, next: Any) -> None:
        seen.append(
            tuple(
                request.headers.get(name, [""])[0] for name in ("x-slack-retry-num", "x-slack-retry-reason")
            )
        )
        if len(seen) == 1:
            slack.ack_within = WAIT_LIMIT  # for the attempts to come
            await slack.expect_that(lambda: slack.acks)
        await next()

    async def note() -> None:
        """The listener, without which Bolt acknowledges nothing."""

    bolt.use(slow_once)
    bolt.event("app_uninstalled")(note)
    async with by_socket(slack, bolt):
        delivery = await slack.send_event({"type": "app_uninstalled"})
        await slack.expect_that(lambda: delivery.acknowledged)
    assert seen == [("0", ""), ("1", "timeout")]
    assert delivery.attempts[0].problem == "timeout"


async def test_a_redelivered_envelope_reaches_the_app_again(slack: SlackServer) -> None:
    heard: list[str] = []
    bolt = app(slack)

    async def note(body: dict[str, Any]) -> None:
        heard.append(body["event_id"])

    bolt.event("app_uninstalled")(note)
    async with by_socket(slack, bolt):
        delivery = await slack.send_event({"type": "app_uninstalled"})
        await slack.redeliver(delivery, times=3)
        await slack.expect_that(lambda: len(heard) == 4)
    assert set(heard) == {delivery.payload["event_id"]}


async def test_disconnect_makes_the_app_open_a_new_socket(slack: SlackServer) -> None:
    async with by_socket(slack, tips(slack)):
        first = slack.sockets.sockets[0]
        await slack.ask_to_reconnect("warning")
        await slack.expect_connection()
        assert slack.sockets.sockets != [first]
        assert (await slack.user("U1").dm("still there?")).acknowledged


async def test_a_broken_connection_is_opened_again(slack: SlackServer) -> None:
    async with by_socket(slack, tips(slack)):
        slack.sockets.drop()
        await slack.expect_that(lambda: not slack.sockets.sockets)
        await slack.expect_connection()
        assert (await slack.user("U1").dm("still there?")).acknowledged


async def test_a_command_without_an_app_gets_slackbots_apology(slack: SlackServer) -> None:
    ann = slack.user("U1")
    await ann.slash("/oo", "tip")
    assert "dispatch_failed" in (await ann.expect_message()).text


async def test_a_bolt_app_never_hears_itself(slack: SlackServer) -> None:
    async with by_socket(slack, tips(slack)):
        ann = slack.user("U1")
        await ann.dm("hi")
        await ann.expect_message()
        await slack.expect_that(lambda: len(slack.deliveries) == 2 and slack.deliveries[1].attempts)
    assert slack.deliveries[1].payload["event"]["bot_id"]
    assert [message.text for message in ann.messages] == ["hello hi"]


async def test_the_url_is_verified(slack: SlackServer) -> None:
    async with by_http(slack, tips(slack)):
        assert await slack.verify_url()
