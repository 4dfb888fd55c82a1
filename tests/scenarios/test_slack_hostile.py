"""Slack's own ways of sending something odd, and signed HTTP instead of Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.screens import texts
from core.chat import Channel
from tests.scenarios.conftest import NINE, free_port
from tests.scenarios.slack_talk import RENT, account, expect_edit_on_tap, expect_reply, welcomed
from tests.scenarios.world import Scene, scene
from tests.servers.slack import Person, SlackServer


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    now = datetime.fromisoformat(NINE).replace(tzinfo=UTC)  # signatures are good for five minutes
    async with SlackServer(post_burst=1000, retry_after=(0.0, 0.02, 0.02), clock=now.timestamp) as server:
        yield server


@pytest.fixture
async def oo(tmp_path: Path, slack: SlackServer, cached_certificates: None) -> AsyncIterator[Scene]:
    """oO behind signed HTTP."""
    port = free_port()
    async with scene(
        tmp_path,
        NINE,
        OO_HTTP_PORT=str(port),
        SLACK_BOT_TOKEN=slack.bot_token,
        SLACK_SIGNING_SECRET=slack.signing_secret,
        SLACK_API_URL=slack.api_url,
    ) as running:
        slack.use_http(f"http://127.0.0.1:{port}/slack/events")
        yield running


@pytest.fixture
async def ann(oo: Scene, slack: SlackServer) -> Person:
    return await welcomed(slack.user("U1", name="Ann"))


async def test_a_conversation_by_signed_http(oo: Scene, ann: Person, slack: SlackServer) -> None:
    assert await slack.verify_url()
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "tip")
    await expect_edit_on_tap(ann, tip, "Done")

    assert tip.screen() == "~Pay rent~ Done at 9:00.\n[Undo]"
    assert all(ack.latency is not None and ack.latency < 3 for ack in slack.acks)
    assert slack.refusals == []


async def test_requests_that_slack_did_not_sign_change_nothing(
    oo: Scene, ann: Person, slack: SlackServer
) -> None:
    before = len(ann.messages)
    forge = slack.forge
    answers = [
        await forge.unsigned(),
        await forge.without_timestamp(),
        await forge.wrong_signature(),
        await forge.non_ascii_signature(),
        await forge.stale(),
        await forge.stale(-301),
        await forge.junk_timestamp(),
        await forge.other_body(),
        await forge.raw(b"\xff{"),
    ]

    assert {answer.status for answer in answers} <= {400, 401, 403}
    assert len(ann.messages) == before
    assert (await expect_reply(ann, "thanks")).text == "You're welcome."


async def test_a_repeated_message_is_answered_once(oo: Scene, ann: Person, slack: SlackServer) -> None:
    message = await ann.dm("add Pay rent")
    await ann.expect_message()
    assert message.delivery is not None

    await slack.redeliver(message.delivery, times=3)
    await oo.app.intake.wait_until_answered()

    assert len(await oo.open_tasks(await oo.person(account(ann), Channel.SLACK))) == 1


async def test_an_edited_message_corrects_the_task_that_it_added(
    oo: Scene, ann: Person, slack: SlackServer
) -> None:
    message = await ann.dm("remind me to call Ann")
    await ann.expect_message()

    await ann.edit(message, "remind me to call Anna tomorrow")

    changed = await ann.expect_message()
    assert changed.text == "Changed.\nI'll remind you tomorrow at 9:00: call Anna."
    assert [one.title for one in await oo.open_tasks(await oo.person(account(ann), Channel.SLACK))] == [
        "call Anna"
    ]


async def test_what_slack_alone_can_send(oo: Scene, ann: Person, slack: SlackServer) -> None:
    await ann.share_file("virus.exe")
    assert (await ann.expect_message()).text == texts.CANT_READ
    await ann.share_file("virus.exe", "/oo help")
    assert (await ann.expect_message()).text.endswith("I read the words; the file itself I can't look at.")
    message = await ann.dm("thanks")
    await ann.expect_message()
    await ann.edit(message, "thanks a lot")
    assert (await ann.expect_message()).text == texts.EDITED
    before = len(ann.messages)

    await ann.delete(message)
    await slack.other_bot_says(ann.id, "add Pay rent")
    await slack.send_event({"type": "message", "channel_type": "im", "channel": ann.channel.id, "text": "hi"})
    await slack.send_event({"type": "message"})
    await slack.send("interactive", {"type": "block_actions"})
    await oo.app.intake.wait_until_answered()

    assert len(ann.messages) == before
    assert await oo.open_tasks(await oo.person(account(ann), Channel.SLACK)) == []


async def test_mentions_and_markup_stay_text(oo: Scene, ann: Person, slack: SlackServer) -> None:
    hostile = "<!channel> <@U2> *bold* `code` & https://evil.example"

    added = await expect_reply(ann, f"add {hostile}")

    assert added.screen().startswith("Added: *<!channel> <@U2> *bold* `code` & https://evil.example*.")
    assert "1. <!channel> <@U2>" in (await expect_reply(ann, "tasks")).screen()
    assert slack.refusals == []


async def test_a_forged_button_does_nothing(oo: Scene, ann: Person, slack: SlackServer) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "tip")
    bob = await welcomed(slack.user("U2", name="Bob"))
    theirs = await expect_reply(bob, "prefs")

    await ann.forge_tap(tip, action_id="tap-0", value="x" * 64)
    assert (await ann.expect_message()).text == texts.OLD_BUTTON
    token = next(one["value"] for block in tip.blocks for one in block.get("elements", []) if "value" in one)
    await bob.forge_tap(theirs, action_id="tap-0", value=token)

    assert (await bob.expect_message()).text == texts.OLD_BUTTON
    assert tip.buttons == ["Done", "Snooze", "Dismiss"]


async def test_the_export_is_a_file(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, RENT)
    message = await expect_reply(ann, "export")

    [file] = message.files or (await ann.expect_message()).files
    assert file.name == "oo-export-2026-11-22.json"
    assert b"Pay rent" in file.content


async def test_everything_is_deleted(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "tip")
    await expect_edit_on_tap(ann, await expect_reply(ann, "delete"), "Delete everything")

    await ann.tap(tip, "Done")

    assert (await ann.expect_message()).text == texts.NO_DATA
    with pytest.raises(LookupError):
        await oo.person(account(ann), Channel.SLACK)
