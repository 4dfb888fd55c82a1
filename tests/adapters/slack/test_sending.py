from dataclasses import replace
from pathlib import Path

import pytest

from adapters.pace import UNLIMITED
from adapters.slack import Slack
from core.chat import one_field
from core.ports import Messenger
from tests.adapters.inbox import Inbox
from tests.adapters.samples import DONE, EXPORT, TIP, row, said
from tests.adapters.slack.conftest import built
from tests.adapters.slack.samples import HOME, HOSTILE, SAMPLES, SENDER, tapped
from tests.servers.slack import Person, SlackServer

GOLDEN = Path(__file__).parents[2] / "golden" / "slack"


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_it_is_a_messenger(idle: Slack) -> None:
    messenger: Messenger = idle

    assert messenger


@pytest.mark.parametrize("name", SAMPLES)
async def test_a_message_looks_as_agreed(
    server: SlackServer, ann: Person, dm: str, idle: Slack, name: str
) -> None:
    await idle.send(dm, SAMPLES[name])

    assert "\n-----\n".join(message.screen() for message in ann.messages) + "\n" == golden(name)
    assert server.refusals == []


async def test_the_home_looks_as_agreed(server: SlackServer, ann: Person, idle: Slack) -> None:
    await idle.show_home(SENDER, HOME)
    await idle.show_home(SENDER, HOME)

    home = server.home("U1")
    assert home
    assert home.screen() + "\n" == golden("home")


async def test_a_form_with_a_long_question_looks_as_agreed(
    server: SlackServer, ann: Person, dm: str, idle: Slack
) -> None:
    trigger = server.workspace.triggers.issue("U1")

    assert await idle.ask(
        tapped(dm, trigger), one_field("When? For example: 18:30, in 2 hours", "Your answer"), "t"
    )

    assert (await ann.expect_view()).screen() + "\n" == golden("form")


async def test_what_goes_out_beside_the_blocks(
    server: SlackServer, ann: Person, dm: str, idle: Slack
) -> None:
    message_id = await idle.send(dm, HOSTILE)
    await idle.send(dm, TIP)

    hostile, tip = ann.messages
    assert message_id == hostile.ts
    assert hostile.text.startswith("&lt;!channel&gt; *x* _y_ ~z~ ``` &amp; &lt;b&gt;: &lt;@U1&gt; &amp;lt;b")
    assert (hostile.metadata, tip.metadata) == (
        None,
        {"event_type": "oo_tip", "event_payload": {"decision_id": "decision"}},
    )
    for call in server.calls_of("chat.postMessage"):
        assert (call.json["unfurl_links"], call.json["unfurl_media"]) == (False, False)


async def test_an_edit_replaces_text_and_buttons(ann: Person, dm: str, idle: Slack) -> None:
    message_id = await idle.send(dm, TIP)

    await idle.edit(dm, message_id, DONE)
    await idle.edit(dm, message_id, DONE)

    [shown] = ann.messages
    assert shown.screen() == "~Pay the rent~ Done at 10:02.\n[Undo]"
    assert shown.text == "Pay the rent Done at 10:02."
    assert shown.metadata


async def test_a_long_message_comes_in_pages(ann: Person, dm: str, idle: Slack) -> None:
    text = "\n".join(f"{number}. " + "task " * 100 + "." for number in range(20))

    message_id = await idle.send(dm, replace(said(text), buttons=(row("More"),)))

    pages = ann.messages
    assert "\n".join(page.text for page in pages) == text
    assert [page.buttons for page in pages] == [[]] * 3 + [["More"]]
    assert pages[-1].ts == message_id


async def test_a_hundred_kilobytes_go_out(server: SlackServer, ann: Person, dm: str, inbox: Inbox) -> None:
    slack = built(server, inbox, rate=UNLIMITED)
    try:
        await slack.send(dm, said("<&>👍 " * 20_000))
    finally:
        await slack.stop()

    assert "".join(page.screen() for page in ann.messages) == "<&>👍 " * 20_000
    assert server.refusals == []


# --- Taps, forms, files ------------------------------------------------------------------------------------


async def test_a_remark_is_for_the_person_alone(ann: Person, dm: str, idle: Slack) -> None:
    await idle.acknowledge(tapped(dm), None)
    await idle.acknowledge(tapped(dm), "Already <done> at 10:02.")

    [remark] = ann.messages
    assert remark.screen() == "(only visible to you)\nAlready <done> at 10:02."


@pytest.mark.parametrize("trigger", [None, "unknown"])
async def test_a_form_that_cannot_be_opened_is_left_to_the_chat(
    dm: str, idle: Slack, trigger: str | None
) -> None:
    assert not await idle.ask(tapped(dm, trigger), one_field("When?", "Your answer"), "t")


async def test_a_tap_opens_one_form_only_and_only_in_time(strict: SlackServer, inbox: Inbox) -> None:
    ann, slack = strict.user("U1"), built(strict, inbox)
    trigger = strict.workspace.triggers.issue("U1")
    try:
        assert await slack.ask(tapped(ann.channel.id, trigger), one_field("When?", "Your answer"), "t")
        assert not await slack.ask(tapped(ann.channel.id, trigger), one_field("When?", "Your answer"), "t")
    finally:
        await slack.stop()

    assert [refusal.error for refusal in strict.refusals] == ["exchanged_trigger_id"]


async def test_nothing_is_shown_of_thinking(server: SlackServer, dm: str, idle: Slack) -> None:
    await idle.thinking(dm)

    assert server.calls == []


async def test_a_file_arrives_whole(ann: Person, dm: str, idle: Slack) -> None:
    message_id = await idle.send(dm, EXPORT)

    text, file = ann.messages
    assert text.ts == message_id
    assert [(shared.name, shared.content) for shared in file.files] == [("oo-export.json", b'{"tasks": []}')]
