"""Receipts on every channel: why, why not, what is believed; and a belief put right and forgotten."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.storage.store import open_store
from core.chat import Channel
from core.records import Person as Known
from tests.core.histories import lived, two_sided
from tests.scenarios import slack_talk
from tests.scenarios.oo import Place, place
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers import slack as slack_server
from tests.servers.slack import SlackServer
from tests.servers.telegram import Person

KNEW = r"(At|On) .*you had (an|\d+) open tasks?(, \d+ overdue)?\."
CHOSE = r"I chose it with (over )?\d+ % probability, because .+\."
NEXT = r'Next would have been ".+" with (under )?\d+ %\.'
TRIED = r"It was a try, to learn what helps you, with (under )?\d+ % probability\.\nLikelier was .+\."
WHY = rf"{KNEW}\n({CHOSE}\n{NEXT}|{TRIED})"
LEARNED = (
    "You did 15 of the 27 tips that I have learned from. What stands out:\n"
    "1. Tasks worked for you: 14 of 18.\n"
    "2. Advice rarely worked for you: 1 of 9."
)
DENIED = (
    "You did 15 of the 27 tips that I have learned from. What stands out:\n"
    "1. Tasks worked for you: 14 of 18.\n"
    "2. ✗ Advice: you said I was wrong."
)
CORRECTED = (
    "Advice: noted, I was wrong. From now on I expect them to do as well as your other tips."
    " Your word weighs as much as 4 tips."
)
FORGOTTEN = (
    "Tasks: I no longer learn from the 18 tips behind that, unless you tap one of them again."
    " They stay in your data (/export)."
)
FEW = "I don't believe anything about you so far: I have learned from 9 tips, and it takes at least 10."
SILENT = (
    "Today at 13:00 it was time for a tip.\n"
    "I stayed silent because you want tips only when you ask.\n"
    "I had not looked for a tip yet."
)


async def remembered(oo: Scene, person: Known) -> None:
    """Some weeks have passed with tips at nine, and advice in the evening."""
    await lived(oo.app.store, oo.clock.now(), two_sided(), person.person_id)


# --- Telegram ----------------------------------------------------------------------------------------------


async def test_telegram_explains_a_tip_and_a_silence(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent tomorrow 9am p1")
    await expect_reply(ann, "/add Call Bob")
    await expect_reply(ann, "/tip")
    assert re.fullmatch(WHY, (await expect_reply(ann, "/why")).text)

    await expect_reply(ann, "/cap 0")
    await oo.at("2026-11-22T12:00:00")
    assert (await expect_reply(ann, "/whynot")).text == SILENT


async def test_telegram_a_belief_is_wrong_and_another_forgotten(oo: Scene, ann: Person) -> None:
    person = await oo.person("7")
    assert "it takes at least 10" in (await expect_reply(ann, "/learned")).text
    await remembered(oo, person)
    before = await oo.learned(person)

    shown = await expect_reply(ann, "/learned")
    assert shown.text == LEARNED
    assert shown.labels == ["Right 1", "Wrong 1", "Forget 1", "Right 2", "Wrong 2", "Forget 2"]
    confirmed = await expect_message_on_tap(ann, shown, "Wrong 2")
    assert (confirmed.text, confirmed.labels) == (CORRECTED, ["Undo"])
    assert shown.text == DENIED
    assert shown.labels == ["Right 1", "Wrong 1", "Forget 1", "Undo 2"]
    assert await oo.learned(person) != before
    await expect_edit_on_tap(ann, confirmed, "Undo")
    assert confirmed.text == "Advice: taken back, all is as it was before."
    assert await oo.learned(person) == before

    shown = await expect_reply(ann, "/learned")
    await expect_edit_on_tap(ann, shown, "Right 1")
    assert "1. ✓ Tasks worked for you: 14 of 18." in shown.text
    await expect_edit_on_tap(ann, shown, "Undo 1")
    assert shown.text == LEARNED
    forgotten = await expect_message_on_tap(ann, shown, "Forget 1")
    assert forgotten.text == FORGOTTEN
    assert (await expect_reply(ann, "/learned")).text == FEW
    await expect_edit_on_tap(ann, forgotten, "Undo")
    assert await oo.learned(person) == before


async def test_a_second_tap_on_an_old_list_finds_the_belief_gone(oo: Scene, ann: Person) -> None:
    await remembered(oo, await oo.person("7"))
    shown = await expect_reply(ann, "/learned")
    await expect_message_on_tap(ann, shown, "Forget 1")
    again = await expect_reply(ann, "/learned")

    assert again.text == FEW
    assert again.labels == []


# --- Slack -------------------------------------------------------------------------------------------------


async def in_slack(
    person: slack_server.Person, message: slack_server.Message, label: str
) -> slack_server.Message:
    """Tap a button that leads to a new message."""
    await person.tap(message, label)
    return await person.expect_message()


async def test_slack_explains_and_is_corrected(office: Scene, slack: SlackServer) -> None:
    ann = await slack_talk.welcomed(slack.user("U1", name="Ann"))
    person = await office.person(slack_talk.account(ann), Channel.SLACK)
    for words in ("add Pay rent tomorrow 9am p1", "add Call Bob", "tip"):
        await slack_talk.expect_reply(ann, words)
    assert re.fullmatch(WHY, (await slack_talk.expect_reply(ann, "/why")).screen())
    await slack_talk.expect_reply(ann, "/cap 0")
    await office.at("2026-11-22T12:00:00")
    assert (await slack_talk.expect_reply(ann, "/whynot")).screen() == SILENT

    await remembered(office, person)
    before = await office.learned(person)
    shown = await slack_talk.expect_reply(ann, "/learned")
    assert shown.screen().startswith(LEARNED)
    confirmed = await in_slack(ann, shown, "Wrong 2")
    assert confirmed.screen() == f"{CORRECTED}\n[Undo]"
    await slack_talk.expect_edit_on_tap(ann, confirmed, "Undo")
    assert await office.learned(person) == before
    forgotten = await in_slack(ann, await slack_talk.expect_reply(ann, "/learned"), "Forget 1")
    assert forgotten.screen() == f"{FORGOTTEN}\n[Undo]"
    assert (await slack_talk.expect_reply(ann, "/learned")).screen() == FEW


# --- Terminal ----------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Place:
    return place(tmp_path / "oo")


async def remembered_at(home: Place) -> None:
    """As ``remembered``, while nobody is running."""
    (row,) = home.rows("SELECT person_id FROM people")
    store = await open_store(home.database_url)
    await lived(store, datetime.fromtimestamp(time.time(), UTC), two_sided(), row["person_id"])
    await store.close()


async def test_the_terminal_explains_and_is_corrected(home: Place) -> None:
    began = await home.run(
        "chat",
        typed="/start\n1\n/timezone Berlin\n/add Pay rent tomorrow p1\n/add Call Bob\n/tip\n/why\n/whynot\n",
    )
    assert re.search(WHY, began.out)
    assert "kept silent on purpose" in began.out
    await remembered_at(home)
    (before,) = home.rows("SELECT statistics FROM statistics WHERE person_id IS NOT NULL")

    wrong = await home.run("chat", typed="/learned\n5\n")
    assert (
        f"{LEARNED}\n[1] Right 1  [2] Wrong 1  [3] Forget 1  [4] Right 2  [5] Wrong 2  [6] Forget 2"
        in wrong.out
    )
    assert f"{DENIED}\n" in wrong.out
    assert f"{CORRECTED}\n[1] Undo" in wrong.out
    undone = await home.run("chat", typed="/learned\n4\n")
    assert undone.out.rstrip().endswith("[6] Forget 2")
    (after,) = home.rows("SELECT statistics FROM statistics WHERE person_id IS NOT NULL")
    assert bytes(after["statistics"]) == bytes(before["statistics"])

    forgot = await home.run("chat", typed="/learned\n3\n/learned\n")
    assert f"{FORGOTTEN}\n[1] Undo" in forgot.out
    assert FEW in forgot.out
    assert (wrong.err, undone.err, forgot.err) == ("", "", "")
