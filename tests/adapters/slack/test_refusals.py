import pytest

from adapters.slack import Limits, Slack
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable
from tests.adapters.inbox import NOW, Inbox
from tests.adapters.samples import DONE, EXPORT, TIP, said
from tests.adapters.slack.conftest import built
from tests.adapters.slack.samples import HOME, SENDER, tapped
from tests.servers.local import Fault, close, garbage, half_body, hang, nothing, status
from tests.servers.slack import Person, SlackServer, ratelimited

JSON = "application/json"

UNCLEAR: dict[str, Fault] = {
    "closed": close,
    "hanging": hang,
    "half a body": half_body,
    "garbage": garbage,
    "empty": nothing,
    "502": status(502),
    "503 in JSON": status(503, body='{"ok": false, "error": "service_unavailable"}', content_type=JSON),
    "half done": status(200, body='{"ok": false, "error": "internal_error"}', content_type=JSON),
    "no code": status(200, body='{"ok": false, "error": "<script>"}', content_type=JSON),
    "no object": status(200, body="[1]", content_type=JSON),
    "deep": status(200, body="[" * 100_000, content_type=JSON),
    "words": status(200, body="all is well", content_type="text/plain"),
    "bytes": status(200, body="all is well", content_type="application/gzip"),
    "no id": status(200, body='{"ok": true}', content_type=JSON),
}


@pytest.mark.parametrize("late", [False, True], ids=["lost", "delivered"])
@pytest.mark.parametrize("fault", UNCLEAR.values(), ids=UNCLEAR)
async def test_without_a_clear_answer_nobody_knows(
    server: SlackServer,
    inbox: Inbox,
    ann: Person,
    dm: str,
    fault: Fault,
    late: bool,
) -> None:
    slack = built(server, inbox, limits=Limits(answer=0.3))
    server.faults.plan(fault, on="chat.postMessage", late=late)
    try:
        with pytest.raises(SendUnknown):
            await slack.send(dm, TIP)
    finally:
        await slack.stop()
    assert len(server.calls_of("chat.postMessage")) == 1
    assert len(ann.messages) == late


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("channel_not_found", Unreachable),
        ("is_archived", Unreachable),
        ("user_disabled", Unreachable),
        ("account_inactive", Unreachable),
        ("token_revoked", Unreachable),
        ("invalid_auth", SendRejected),
        ("missing_scope", SendRejected),
        ("msg_too_long", SendRejected),
    ],
)
async def test_a_refusal_is_for_good(
    server: SlackServer, dm: str, idle: Slack, code: str, kind: type[SendFailed]
) -> None:
    server.token_error = code

    with pytest.raises(SendRejected, match=code) as refusal:
        await idle.send(dm, TIP)

    assert type(refusal.value) is kind


async def test_what_is_not_there_can_be_neither_written_to_nor_edited(
    ann: Person, dm: str, idle: Slack
) -> None:
    with pytest.raises(Unreachable, match="channel_not_found"):
        await idle.send("D404", TIP)
    with pytest.raises(SendRejected, match="message_not_found"):
        await idle.edit(dm, "1.2", DONE)
    with pytest.raises(SendRejected, match="no_text"):
        await idle.send(dm, said(""))


async def test_a_refused_connection_proves_that_nothing_was_sent(
    server: SlackServer, ann: Person, dm: str, idle: Slack
) -> None:
    await server.stop()
    for step in (idle.send(dm, TIP), idle.edit(dm, "1", DONE), idle.show_home(SENDER, HOME)):
        with pytest.raises(NotSent, match="ClientConnectorError"):
            await step
    await server.start()

    await idle.send(dm, TIP)


async def test_slack_is_left_alone_for_as_long_as_it_asks(
    server: SlackServer, ann: Person, dm: str, idle: Slack
) -> None:
    server.faults.plan(status(429, Retry_After="30"), on="chat.postMessage")

    with pytest.raises(NotSent) as first:
        await idle.send(dm, TIP)
    with pytest.raises(NotSent) as second:
        await idle.send(dm, TIP)
    await idle.acknowledge(tapped(dm), "Already done")

    assert first.value.retry_after == 30
    assert 29 < second.value.retry_after <= 30
    assert len(server.calls_of("chat.postMessage")) == 1


@pytest.mark.parametrize(("header", "seconds"), [("", 1), ("-5", 1), ("²", 1), ("9" * 500, 3600)])
async def test_a_senseless_wait_is_a_short_or_a_bearable_one(
    server: SlackServer, dm: str, idle: Slack, header: str, seconds: float
) -> None:
    server.faults.plan(status(429, Retry_After=header), on="chat.postMessage")

    with pytest.raises(NotSent) as refusal:
        await idle.send(dm, TIP)

    assert refusal.value.retry_after == seconds


async def test_half_a_message_is_never_begun_again(inbox: Inbox) -> None:
    async with SlackServer(clock=NOW.timestamp, post_burst=1) as busy:
        ann, slack = busy.user("U1"), built(busy, inbox)
        try:
            with pytest.raises(SendUnknown, match="first pages"):
                await slack.send(ann.channel.id, said("z" * 5000))
        finally:
            await slack.stop()

    assert len(ann.messages) == 1


@pytest.mark.parametrize("step", ["files.getUploadURLExternal", "/upload/"])
@pytest.mark.parametrize("fault", [close, half_body, status(502)], ids=["closed", "half", "502"])
async def test_a_file_that_was_not_stored_shows_nothing_and_may_be_tried_again(
    server: SlackServer, ann: Person, dm: str, idle: Slack, step: str, fault: Fault
) -> None:
    server.faults.plan(fault, on=step)

    with pytest.raises(NotSent):
        await idle.send(dm, EXPORT)
    assert ann.messages == []

    await idle.send(dm, EXPORT)
    assert len(ann.messages) == 2


@pytest.mark.parametrize("fault", [ratelimited, close, status(502)], ids=["429", "closed", "502"])
async def test_a_file_that_may_be_missing_is_not_sent_again(
    server: SlackServer, ann: Person, dm: str, idle: Slack, fault: Fault
) -> None:
    server.faults.plan(fault, on="files.completeUploadExternal")

    with pytest.raises(SendUnknown):
        await idle.send(dm, EXPORT)

    assert [message.text for message in ann.messages] == ["Here is everything I keep about you."]
