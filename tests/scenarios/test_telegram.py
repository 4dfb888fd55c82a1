"""Telegram from outside: a strict local Bot API, people who write and tap, and a clock moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.chat import Channel
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Message, Person, TelegramServer


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer) -> AsyncIterator[Scene]:
    """Sunday 22 November 2026, 9:00 in Berlin."""
    async with scene(
        tmp_path,
        "2026-11-22T08:00:00",
        TELEGRAM_BOT_TOKEN=telegram.token,
        TELEGRAM_API_URL=telegram.url,
    ) as running:
        yield running


async def welcomed(oo: Scene, telegram: TelegramServer) -> Person:
    """Ann, who is in and lives in Berlin."""
    ann = telegram.user(7, "Ann", "en")
    await ann.send(f"/start {await oo.owner_code()}")
    greeting = await ann.next_message()
    await ann.tap(greeting, "Agree and start")
    await ann.next_message()
    await ann.send("Berlin")
    await ann.next_message()
    await ann.next_message()
    return ann


async def said(ann: Person, text: str) -> Message:
    await ann.send(text)
    return await ann.next_message()


async def test_a_stranger_gets_one_polite_refusal(oo: Scene, telegram: TelegramServer) -> None:
    eve = telegram.user(66, "Eve", "en")

    refusal = await said(eve, "hello")
    await eve.send("let me in")
    await oo.oo.app.intake.settled()

    assert "invited" in refusal.text
    assert len(telegram.chat(66).messages) == 1


async def test_a_tip_is_pushed_tapped_and_learned_from(oo: Scene, telegram: TelegramServer) -> None:
    ann = await welcomed(oo, telegram)
    await said(ann, "Pay rent tomorrow 9am p1")

    oo.clock.set("2026-11-22T12:00:00")  # 13:00 in Berlin, the next slot
    await oo.tick()
    tip = await ann.next_message()
    assert tip.text.startswith("Pay rent")
    await ann.tap(tip, "Done")
    await ann.wait_edit(tip)

    assert tip.text.startswith("Pay rent Done at 13:00")
    assert tip.labels == ["Undo"]
    async with oo.oo.app.store.read() as unit:
        account = await unit.people.account(Channel.TELEGRAM, "7")
        assert account is not None
        decision = (await unit.decisions.latest(account.person_id, 1))[0]
        reward = await unit.reactions.reward(decision.decision_id)
    assert decision.slot == "2026-11-22T13:00"
    assert reward is not None
    assert reward.value == 1.0
    why = await said(ann, "/why")
    assert "you marked it urgent" in why.text
    assert "probability" in why.text


async def test_nothing_is_sent_at_night(oo: Scene, telegram: TelegramServer) -> None:
    ann = await welcomed(oo, telegram)
    await said(ann, "/times 6:00 23:30")
    await said(ann, "Pay rent tomorrow 9am p1")
    before = len(telegram.chat(7).messages)

    for moment in ("2026-11-22T22:30:00", "2026-11-23T02:00:00", "2026-11-23T05:00:00"):
        oo.clock.set(moment)
        await oo.tick()
    assert len(telegram.chat(7).messages) == before
    oo.clock.set("2026-11-23T06:00:00")  # 7:00 in Berlin
    await oo.tick()
    await oo.tick()

    assert (await ann.next_message()).text.startswith("Pay rent")
    assert len(telegram.chat(7).messages) == before + 1


async def test_a_second_tap_changes_nothing(oo: Scene, telegram: TelegramServer) -> None:
    ann = await welcomed(oo, telegram)
    await said(ann, "Pay rent tomorrow 9am p1")
    tip = await said(ann, "/tip")

    done = tip.button("Done").data or ""
    first = await ann.tap(tip, "Done")
    await ann.resend(first)
    await ann.wait_edit(tip)
    answer = await ann.wait_answer(await ann.forge(tip, done))

    assert answer.text == "Already done at 9:00."


async def test_somebody_elses_button_does_nothing(oo: Scene, telegram: TelegramServer) -> None:
    ann = await welcomed(oo, telegram)
    await said(ann, "Pay rent tomorrow 9am p1")
    tip = await said(ann, "/tip")
    eve = telegram.user(66, "Eve", "en")

    tap = await eve.tap(tip, "Done")
    answer = await eve.wait_answer(tap)

    assert "no longer hold any data" in answer.text
    assert tip.labels == ["Done", "Snooze", "Dismiss"]


async def test_a_snooze_into_quiet_hours_offers_other_times(oo: Scene, telegram: TelegramServer) -> None:
    ann = await welcomed(oo, telegram)
    await said(ann, "Pay rent tomorrow 9am p1")
    oo.clock.set("2026-11-22T20:30:00")  # 21:30 in Berlin
    tip = await said(ann, "/tip")

    await ann.tap(tip, "Snooze")
    await ann.wait_edit(tip)
    await ann.tap(tip, "1 hour")
    await ann.wait_edit(tip)

    assert "quiet until 7:00" in tip.text
    assert tip.labels == ["7:00", "Send anyway", "Tomorrow 9:00", "Back"]
    await ann.tap(tip, "Send anyway")
    await ann.wait_edit(tip)
    assert "Back today 22:30" in tip.text
    oo.clock.set("2026-11-22T21:30:00")
    await oo.tick()
    assert "You asked me to bring this back" in (await ann.next_message()).text


async def test_blocked_means_silent(oo: Scene, telegram: TelegramServer) -> None:
    ann = await welcomed(oo, telegram)
    await said(ann, "Pay rent tomorrow 9am p1")
    await ann.block()
    await oo.oo.app.intake.settled()
    before = len(telegram.called("sendMessage"))

    oo.clock.set("2026-11-22T12:00:00")
    await oo.tick()

    assert len(telegram.called("sendMessage")) == before
