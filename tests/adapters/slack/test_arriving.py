"""What people do in Slack arrives as updates, by Socket Mode and by signed HTTP alike."""

import pytest

from adapters.slack import Limits, Slack
from core.chat import Channel as Where
from core.chat import OpenedHome, Said, Sender, Tapped, one_field
from tests.adapters.inbox import NOW, Inbox
from tests.adapters.samples import TIP
from tests.adapters.slack.conftest import built
from tests.adapters.slack.samples import HOME
from tests.servers.local import hang, status
from tests.servers.slack import Person, SlackServer
from tests.waiting import WAIT_LIMIT


async def test_a_direct_message_arrives(slack: Slack, ann: Person, inbox: Inbox) -> None:
    note = await ann.dm("pay <rent> & see https://a.example?x=1&y")

    [said] = await inbox.expect_updates()
    assert isinstance(said, Said)
    assert said.text == "pay <rent> & see https://a.example?x=1&y"
    assert said.received_at == NOW
    assert said.sender == Sender(
        channel=Where.SLACK,
        external_id="T00000001/U1",
        address=ann.channel.id,
        zone="Europe/Berlin",
        trusted=True,
    )
    assert note.acknowledged


async def test_commands_come_with_a_slash_and_without(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    await ann.dm("Tasks ")
    await ann.dm("tip please")
    for text in ("tip", "", "add Pay rent <b> p1", "/tip", "what should I do now?"):
        assert (await ann.slash("/oo", text)).acknowledged
    await ann.slash("/oo", "tip", channel=server.workspace.general)

    updates = await inbox.expect_updates(count=8)
    assert [update.text for update in updates if isinstance(update, Said)] == [
        "/tasks",
        "tip please",
        "/tip",
        "/help",
        "/add Pay rent <b> p1",
        "/tip",
        "what should I do now?",
        "/tip",
    ]
    assert {update.sender.address for update in updates} == {ann.channel.id}
    assert ann.messages == []


async def test_a_tap_brings_its_token_its_message_and_its_trigger(
    slack: Slack, ann: Person, inbox: Inbox
) -> None:
    message_id = await slack.send(ann.channel.id, TIP)
    tap = await ann.tap(await ann.expect_message(), "Done")
    await ann.tap(ann.messages[0], "Done")

    first, second = await inbox.expect_updates(count=2)
    assert isinstance(first, Tapped)
    assert (first.token, first.message_id) == (TIP.buttons[0][0].token, message_id)
    assert first.callback_id == tap.payload["trigger_id"]
    assert isinstance(second, Tapped)
    assert (second.token, second.message_id) == (first.token, first.message_id)
    assert tap.acknowledged


async def test_what_slack_delivers_again_is_one_update(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    await slack.send(ann.channel.id, TIP)
    await ann.tap(await ann.expect_message(), "Done")
    await ann.dm("hello")
    await ann.slash("/oo", "tip")
    await inbox.expect_updates(count=3)

    for delivery in list(server.deliveries):
        await server.redeliver(delivery, times=3)

    assert len(inbox.updates) == 3


async def test_what_the_inbox_refuses_is_not_confirmed_and_comes_again(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    server.acks.clear()
    inbox.refuse = OSError("disk full")
    server.ack_within = 0.2
    refused = server.expect_that(lambda: inbox.refused >= 2)
    tap = await ann.slash("/oo", "tip")
    note = await ann.dm("hello")
    await refused
    assert not tap.acknowledged
    assert not note.acknowledged

    inbox.refuse = None
    server.ack_within = WAIT_LIMIT

    [said] = await inbox.expect_updates()
    assert isinstance(said, Said)
    assert said.text == "hello"
    await server.expect_that(lambda: note.acknowledged)


async def test_forged_tokens_are_passed_on_as_they_are(slack: Slack, ann: Person, inbox: Inbox) -> None:
    await slack.send(ann.channel.id, TIP)
    tip = await ann.expect_message()
    for value in ("x" * 2000, "';--", "\ud800"):
        assert (await ann.forge_tap(tip, action_id="tap-0", value=value)).acknowledged

    updates = await inbox.expect_updates(count=3)
    assert [update.token for update in updates if isinstance(update, Tapped)] == [
        "x" * 2000,
        "';--",
        "\ufffd",
    ]


async def test_a_form_brings_what_was_typed_to_the_button_it_was_for(
    slack: Slack, ann: Person, inbox: Inbox
) -> None:
    message_id = await slack.send(ann.channel.id, TIP)
    await ann.tap(await ann.expect_message(), "Snooze")
    [tap] = await inbox.expect_updates()
    assert isinstance(tap, Tapped)

    assert await slack.ask(tap, one_field("When? For example: 18:30", "Your answer"), tap.token)
    form = await ann.expect_view()
    assert form.screen() == "== When? For example: 18:30 ==\nYour answer: […]\n[OK]"
    submission = await ann.submit_view(form, {"Your answer": "tomorrow <9am> & so"})

    [_, answer] = await inbox.expect_updates(count=2)
    assert isinstance(answer, Tapped)
    assert (answer.token, answer.message_id) == (tap.token, message_id)
    assert answer.typed == "tomorrow <9am> & so"
    assert answer.sender == tap.sender
    assert submission.acknowledged
    assert ann.modal is None


async def test_a_form_that_is_not_taken_stays_open(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    await slack.send(ann.channel.id, TIP)
    await ann.tap(await ann.expect_message(), "Snooze")
    [tap] = await inbox.expect_updates()
    assert isinstance(tap, Tapped)
    await slack.ask(tap, one_field("When?", "Your answer"), tap.token)
    form = await ann.expect_view()

    inbox.refuse = OSError("disk full")
    server.ack_within = 0.2
    await ann.submit_view(form, {"Your answer": "9am"})
    assert ann.modal is form
    inbox.refuse = None
    server.ack_within = WAIT_LIMIT
    await ann.submit_view(form, {"Your answer": "9am"})

    assert ann.modal is None
    assert len(inbox.updates) == 2


async def test_the_home_is_opened_filled_and_tapped(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    await ann.open_home("messages")
    await ann.open_home()
    [opened] = await inbox.expect_updates()
    assert isinstance(opened, OpenedHome)
    await slack.show_home(opened.sender, HOME)
    home = server.home("U1")
    assert home

    await ann.tap(home, "More")

    [_, tap] = await inbox.expect_updates(count=2)
    assert isinstance(tap, Tapped)
    assert (tap.token, tap.message_id) == (HOME.sections[0].buttons[1][1].token, None)
    assert tap.sender.address == ann.channel.id


async def test_changes_files_and_pictures(slack: Slack, ann: Person, inbox: Inbox) -> None:
    note = await ann.dm("see https://a.example")
    preview = {"attachments": [{"title": "A"}]}
    await ann.edit(note, "see https://a.example")  # what Slack says when it adds a preview
    await ann.edit(note, "see <that>")
    await ann.share_file("list.pdf")
    await ann.dm("with a file", extra=preview | {"subtype": "file_share", "files": [{"id": "F1"}]})

    updates = await inbox.expect_updates(count=4)
    assert [(u.text, u.edited, u.attachment) for u in updates if isinstance(u, Said)] == [
        ("see https://a.example", False, None),
        ("see <that>", True, None),
        ("", False, "file"),
        ("with a file", False, "file"),
    ]


async def test_what_is_not_for_oo_is_confirmed_and_dropped(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    note = await ann.dm("hello")
    await slack.send(ann.channel.id, TIP)
    await slack.edit(ann.channel.id, ann.messages[0].ts, TIP)
    await server.expect_that(lambda: len(server.deliveries) == 3 and server.deliveries[-1].attempts)
    await server.other_bot_says("U1", "beep")
    await ann.delete(note)
    here = {"type": "message", "channel": ann.channel.id, "channel_type": "im", "text": "?"}
    await server.send_event(here)
    await server.send_event(here | {"user": "USLACKBOT"})
    await server.send_event(here | {"user": "U1", "channel_type": "channel"})
    await server.send_event(here | {"user": "U1", "subtype": "channel_join"})
    await ann.change_tz("Asia/Tokyo")

    assert all(delivery.acknowledged for delivery in server.deliveries)
    assert [type(update) for update in inbox.updates] == [Said]
    assert slack.ignored == len(server.deliveries) - 1


async def test_a_hundred_kilobytes_arrive(slack: Slack, ann: Person, inbox: Inbox) -> None:
    text = "<&>é👍" * 20_000

    assert (await ann.dm(text)).acknowledged

    [said] = await inbox.expect_updates()
    assert isinstance(said, Said)
    assert said.text == text


async def test_a_zone_is_asked_for_once_an_hour(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    for _ in range(3):
        await ann.slash("/oo", "tip")
    await server.user("U2", tz=None).dm("hi")

    updates = await inbox.expect_updates(count=4)
    assert [update.sender.zone for update in updates] == ["Europe/Berlin"] * 3 + [None]
    assert len(server.calls_of("users.info")) == 2
    assert len(server.calls_of("conversations.open")) == 1


@pytest.mark.parametrize("limits", [Limits(lookup=2.0)])
async def test_a_zone_that_slack_does_not_tell_keeps_nobody_waiting(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    server.faults.plan(hang, on="users.info")
    server.faults.plan(status(502), on="users.info")

    for _ in range(2):
        assert (await ann.dm("hi")).acknowledged
    assert (await ann.dm("hi")).acknowledged

    assert [update.sender.zone for update in inbox.updates] == [None, None, "Europe/Berlin"]


async def test_without_an_address_nothing_is_confirmed(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    server.faults.plan(status(502), on="conversations.open")

    server.ack_within = 0.2
    assert not (await ann.slash("/oo", "tip")).acknowledged
    server.ack_within = WAIT_LIMIT
    assert (await ann.slash("/oo", "tip")).acknowledged

    assert len(inbox.updates) == 1


async def test_bolt_does_not_speak_of_settings_that_are_for_oo(
    server: SlackServer, inbox: Inbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It reads some variables of the environment by itself, and warns that it ignores others."""
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"):
        monkeypatch.setenv(name, "canary")

    slack = built(server, inbox)
    await slack.stop()

    assert [record.getMessage() for record in caplog.records if record.name.startswith("slack_")] == []
