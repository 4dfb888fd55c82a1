"""Does oO help? A person lets it be tested, and sees what comes of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.operator import replay
from core.people.preferences import change
from core.records import Decision, Dosage
from core.records import Person as StoredPerson
from tests.decisions import draw_of
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.oo import place
from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Person, TelegramServer

FAIR = "helping: {hold_out: 0.5}\n"
DAY = timedelta(days=1)


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    """oO at nine on a Sunday in Berlin; where it is asked to, it holds out every other tip."""
    async with scene(tmp_path, NINE, config=FAIR, **reaching(telegram)) as running:
        yield running


async def slot_of(oo: Scene, ann: Person, day: int) -> Decision:
    """The decision of one afternoon, on which something urgent is due."""
    at = datetime(2026, 11, 22, 12, tzinfo=UTC) + day * DAY
    oo.clock.set((at - timedelta(hours=3)).isoformat())
    await expect_reply(ann, f"/add Errand {day} today p1")
    before = len(ann.chat.messages)
    await oo.at(at.isoformat())
    if len(ann.chat.messages) > before:
        await ann.expect_message()
    return await oo.latest("7")


async def test_somebody_asks_and_one_day_a_tip_is_held_out(oo: Scene, ann: Person) -> None:
    question = await expect_reply(ann, "Do your tips help?")
    assert question.labels == ["Test if tips help"]
    assert "about one in 2 tips" in question.text
    await expect_edit_on_tap(ann, question, "Test if tips help")
    assert question.text.startswith("The test is on")
    await expect_reply(ann, "/times 13:00")

    held_out = sent = None
    for day in range(60):
        decision = await slot_of(oo, ann, day)
        latest = ann.chat.messages[-1]
        if not (decision.tip and decision.tip.task_id):  # silence was drawn, or advice
            continue
        if decision.held_out:
            held_out = decision
            assert latest.text.startswith("Added: ")
            assert "you asked me to test whether I help" in (await expect_reply(ann, "/whynot")).text
        else:
            sent = decision
            await expect_edit_on_tap(ann, latest, "Done")
        if held_out and sent:
            break
    assert held_out
    assert sent

    assert await oo.reward(held_out) is None
    for one in (held_out, sent):
        assert (await replay(oo.app.settings, one.decision_id)).same
    oo.clock.move(days=1)
    shown = await expect_reply(ann, "/helped")
    assert "With a tip: 100 % done on the same day" in shown.text
    assert "Without: 0 % done on the same day" in shown.text
    assert "Not yet known" in shown.text
    assert "more week" in shown.text

    await expect_edit_on_tap(ann, shown, "Stop the test")
    assert shown.text.endswith("It is off: I keep nothing to myself, and I can't tell.")
    assert draw_of(await slot_of(oo, ann, 70)).coin is None


async def test_the_switch_is_among_the_settings_as_well(oo: Scene, ann: Person) -> None:
    settings = await expect_reply(ann, "/prefs")
    assert "Test of my help off" in settings.text
    await expect_edit_on_tap(ann, settings, "Test if tips help")
    assert "Test of my help on" in settings.text
    await expect_edit_on_tap(ann, settings, "Stop the test")
    assert "Test of my help off" in settings.text


async def test_a_word_that_is_no_switch_is_answered_with_those_there_are(oo: Scene, ann: Person) -> None:
    refused = await expect_reply(ann, "/helped banana")
    assert refused.text == 'I didn\'t get "banana". Try /helped on, or /helped off.'


async def test_what_oo_took_off_is_given_back_with_one_tap(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/helped on")
    person = await oo.person("7")
    since = oo.clock.now()

    def less(who: StoredPerson) -> StoredPerson:
        return replace(who, dosage=Dosage(since=since, fewer=1, told=False))

    await change(person, oo.app.deps, less, what="test")
    await expect_reply(ann, "/add Pay rent today p1")
    tip = await expect_reply(ann, "/tip")
    assert "from now on I write at most 2 a day" in tip.text
    oo.clock.move(hours=1)
    assert "at most" not in (await expect_reply(ann, "/tip")).text
    assert "At most 2 a day for now, not 3" in (await expect_reply(ann, "/cap")).text
    assert "At most 2 of them a day for now, not 3" in (await expect_reply(ann, "/plan")).text

    settings = await expect_reply(ann, "/prefs")
    await expect_edit_on_tap(ann, settings, "More a day")
    assert "At most 3 a day\n" in settings.text


async def test_trials_are_exported_and_deleted(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/helped on")
    for day in range(20):
        decision = await slot_of(oo, ann, day)
        if decision.tip and decision.tip.task_id:
            break
    person = await oo.person("7")
    async with oo.app.store.read() as unit:
        tables = await unit.people.everything(person.person_id)
    assert json.dumps(tables["trials"])
    assert [one["coin"] for one in tables["decisions"] if one["coin"]]
    asked = await expect_reply(ann, "/delete")
    await expect_edit_on_tap(ann, asked, "Delete everything")
    async with oo.app.store.read() as unit:
        assert await unit.trials.of(person.person_id) == ()


async def test_at_the_terminal_it_is_the_same(tmp_path: Path) -> None:
    typed = "/start\n1\n/timezone Europe/Berlin\n/helped\n1\n/helped\n/helped off\n"
    ended = await place(tmp_path / "oo").run("chat", typed=typed)
    assert (ended.code, ended.err) == (0, "")
    assert "[1] Test if tips help" in ended.out
    assert ended.out.count("The test is on") == 2
    assert ended.out.count("It is off") == 2
