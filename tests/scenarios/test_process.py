"""``oo run`` as its operator knows it: a process that serves Telegram and Slack, stops well, dies well."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.scenarios import slack_talk
from tests.scenarios.oo import Place, Serving, place_from_scratch
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.servers.slack import SlackServer
from tests.servers.telegram import Message, Person, TelegramServer
from tests.stored import changing

CONFIG = """
jobs: {push: 0.5, deliver: 0.5, relay: 0.5}
availability: {spacing_minutes: 0}
policy: {serve: "epsilon-greedy:epsilon=0.000001"}
"""


def at_home(folder: Path, telegram: TelegramServer, slack: SlackServer | None = None) -> Place:
    """A fresh oO that knows these servers."""
    environment = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
    if slack:
        environment |= {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
        }
    here = place_from_scratch(folder, **environment)
    (folder / "config.yaml").write_text(CONFIG)
    return here


async def welcomed(oo: Serving, ann: Person) -> Person:
    """The owner, who came in with the printed code, has agreed and lives in Reykjavik, where it is UTC."""
    code = (await oo.expect_line("/start ")).rsplit("/start ", 1)[1].strip()
    greeting = await expect_reply(ann, f"/start {code}")
    await expect_message_on_tap(ann, greeting, "Agree and start")
    await expect_reply(ann, "Reykjavik")
    return ann


def this_minute() -> str:
    """The minute that has begun, as ``/times`` wants it."""
    return f"{datetime.fromtimestamp(time.time(), UTC):%H:%M}"


def become_due(here: Place) -> None:
    """Let whoever is on Telegram be due now, so that no test waits for a full minute. The slot has come."""
    whose = "person_id IN (SELECT person_id FROM accounts WHERE channel = 'telegram')"
    with changing(here.data) as execute:
        execute(f"UPDATE people SET next_due_at = ? WHERE {whose}", time.time_ns() // 1000)  # noqa: S608


async def test_greeting_task_push_tap_why_and_replay(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, SlackServer() as slack:
        here = at_home(tmp_path / "oo", telegram, slack)
        async with here.serving() as oo:
            ann = await welcomed(oo, telegram.user(7, "Ann"))
            await expect_reply(ann, "/quiet off")
            await expect_reply(ann, "/add Pay rent today p1")
            slot = this_minute()
            await expect_reply(ann, f"/times {slot}")
            await talked_in_slack(slack)

            become_due(here)
            pushed = await ann.expect_message()
            assert pushed.text.startswith("Pay rent: ")
            await expect_edit_on_tap(ann, pushed, "Done")
            assert pushed.labels == ["Undo"]
            assert "probability" in (await expect_reply(ann, "/why")).text

            await stored(here, slot)
            ended = await oo.stop()

    assert ended.code == 0
    assert "Traceback" not in ended.err
    assert " ERROR " not in ended.err


async def talked_in_slack(slack: SlackServer) -> None:
    """The same house, another channel and another person: a tip asked for, tapped, explained."""
    await slack.expect_connection()
    bob = await slack_talk.welcomed(slack.user("U2", name="Bob"))
    await slack_talk.expect_reply(bob, "add Feed the cat p1")
    tip = await slack_talk.expect_reply(bob, "tip")
    await slack_talk.expect_edit_on_tap(bob, tip, "Done")
    assert "Feed the cat" in tip.screen()
    assert tip.buttons == ["Undo"]
    assert "probability, because you marked it urgent" in (await slack_talk.expect_reply(bob, "why")).screen()
    assert slack.refusals == []


async def stored(here: Place, slot: str) -> None:
    """What the operator finds in the database, and that every decision can be made again."""
    decisions = here.rows('SELECT decision_id, slot, "trigger" FROM decisions ORDER BY decided_at')
    # Somebody else has the usual times: one of those may come just now.
    decisions = [row for row in decisions if row["slot"] is None or row["slot"].endswith(slot)]
    assert [row["trigger"] for row in decisions] == ["requested", "scheduled"]
    assert decisions[1]["slot"].endswith(f"T{slot}")
    assert [row["value"] for row in here.rows("SELECT value FROM rewards")] == [1.0, 1.0]
    assert {row["state"] for row in here.rows("SELECT state FROM deliveries")} == {"sent"}
    kinds = [row["kind"] for row in here.rows("SELECT kind FROM events")]
    assert kinds.count("reaction.taken") == 2
    for row in decisions:
        replayed = await here.run("replay", row["decision_id"])
        assert replayed.code == 0, replayed.out
        assert "the same again, bit for bit" in replayed.out


async def test_killed_at_any_time_no_tap_is_lost_and_no_tip_comes_twice(tmp_path: Path) -> None:
    async with TelegramServer(flood=None) as telegram:
        here = at_home(tmp_path / "oo", telegram)
        ann = telegram.user(7, "Ann")
        async with here.serving() as oo:
            await welcomed(oo, ann)
            tips = [await asked(ann, number) for number in (1, 2)]
            await ann.tap(tips[0], "Done")  # whatever becomes of it before the end
            oo.kill()
        await ann.tap(tips[1], "Done")  # nobody is there
        sent = len(ann.chat.messages)

        async with here.serving():
            for tip in tips:
                if not tip.edits:
                    await ann.expect_edit(tip)
            await expect_reply(ann, "/tasks")

        assert [tip.labels for tip in tips] == [["Undo"], ["Undo"]]
        assert len(here.rows("SELECT decision_id FROM decisions")) == 2, "none was made again"
        assert [row["value"] for row in here.rows("SELECT value FROM rewards")] == [1.0, 1.0]
        assert here.rows("SELECT title FROM tasks WHERE state = 'open'") == []
        assert len(ann.chat.messages) == sent + 1


@pytest.mark.of_a_sqlite_file
async def test_a_second_process_on_the_same_file_is_refused_and_a_chat_beside_is_not(tmp_path: Path) -> None:
    async with TelegramServer(flood=None) as telegram:
        here = at_home(tmp_path / "oo", telegram)
        async with here.serving() as oo:
            second = await here.run("run")
            beside = await here.run("chat", typed="/start\n1\n")
            moved = await here.run("move", "--to", f"sqlite:///{tmp_path}/new.db")
            await oo.stop()
        async with here.serving() as oo:
            await oo.stop()
        late = await here.run("move", "--to", f"sqlite:///{tmp_path}/new.db")

    assert (second.code, second.out) == (1, "")
    assert f"oo.db is served already, by process {oo_pid(second.err)} on " in second.err
    assert len(second.err.splitlines()) == 1
    assert (beside.code, beside.err) == (0, "")
    assert (moved.code, moved.err) == (1, "the database is in use: stop oO first\n")
    assert (late.code, late.err) == (0, "")


def oo_pid(said: str) -> int:
    """The process that the refusal names."""
    return int(said.partition("by process ")[2].split()[0])


async def asked(ann: Person, number: int) -> Message:
    """A tip about a new task."""
    await expect_reply(ann, f"/add Errand {number} today p1")
    return await expect_reply(ann, "/tip")


async def test_a_wrong_token_ends_with_two_and_says_which(tmp_path: Path) -> None:
    async with TelegramServer() as telegram:
        here = at_home(tmp_path / "oo", telegram)
        here.environment["TELEGRAM_BOT_TOKEN"] = "123456:canary"

        ended = await here.run("run")

    assert ended.code == 2
    assert "TELEGRAM_BOT_TOKEN" in ended.err
    assert "canary" not in ended.err
