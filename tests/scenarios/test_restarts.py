"""oO stops and starts again, Telegram fails and recovers: nothing is lost, nothing comes twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.records import DeliveryState
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import (
    RENT,
    expect_all_answered,
    expect_edit_on_tap,
    expect_reply,
    expect_toast_on_tap,
    welcomed,
)
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Fault, Person, TelegramServer

THREE_WEEKS_LATER = "2026-12-13T08:00:00"

pytestmark = pytest.mark.usefixtures("cached_certificates")


async def test_a_tap_on_an_old_tip_acts_on_its_own_task(tmp_path: Path, telegram: TelegramServer) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_reply(ann, RENT)
        old = await expect_reply(ann, "/tip")

    async with scene(tmp_path, THREE_WEEKS_LATER, **reaching(telegram)) as oo:
        await expect_reply(ann, "/add Call Bob p1")
        oo.clock.move(hours=21)
        newer = await expect_reply(ann, "/tip")
        shown = newer.screen()
        await expect_edit_on_tap(ann, old, "Done")

        assert old.text == "Pay rent Done at 6:00."
        assert newer.screen() == shown
        assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Call Bob"]
        async with oo.app.store.read() as unit:
            past = (await oo.decisions(await oo.person("7")))[-1]
            reaction = (await unit.decisions.stored_tip(past.decision_id)).reaction
        assert reaction is not None
        assert reaction.late


async def test_an_old_tip_whose_task_is_done_says_so(tmp_path: Path, telegram: TelegramServer) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_reply(ann, RENT)
        old = await expect_reply(ann, "/tip")
        oo.clock.move(days=1)
        await expect_reply(ann, "done with the rent")

    async with scene(tmp_path, THREE_WEEKS_LATER, **reaching(telegram)) as oo:
        remark = await expect_toast_on_tap(ann, old, "Done")
        await ann.expect_edit(old)

        assert remark == "That is no longer open."
        assert old.text == "Pay rent That was 3 weeks ago. It has been done since, on Mon 23 Nov at 9:00."
        assert old.labels == []


async def test_an_old_tip_whose_task_was_removed_says_so(oo: Scene, ann: Person) -> None:
    added = await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "/tip")
    await expect_edit_on_tap(ann, added, "Undo")

    await expect_toast_on_tap(ann, tip, "Dismiss")
    await ann.expect_edit(tip)

    assert tip.text == "Pay rent It is no longer on your list."
    assert tip.labels == []


async def test_what_was_not_answered_is_answered_after_the_restart(
    tmp_path: Path, telegram: TelegramServer
) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_reply(ann, RENT)
        tip = await expect_reply(ann, "/tip")
        await expect_all_answered(oo, telegram)
        await oo.app.intake.stop(0)  # from here on updates are only stored
        await ann.send("/add Call Bob")
        await ann.tap(tip, "Done")
        await expect_all_answered(oo, telegram)
        assert tip.edits == []

    async with scene(tmp_path, "2026-11-22T08:05:00", **reaching(telegram)) as oo:
        assert (await ann.expect_message()).text == "Added: Call Bob."
        await ann.expect_edit(tip)
        assert tip.text == "Pay rent Done at 9:05."


async def test_an_update_delivered_twice_counts_once(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    update = await ann.send("/add Pay rent")
    await ann.expect_message()

    await telegram.redeliver(update)
    await expect_all_answered(oo, telegram)

    assert len(await oo.open_tasks(await oo.person("7"))) == 1


# --- A platform that fails ---------------------------------------------------------------------------------


async def pushed(oo: Scene, ann: Person) -> DeliveryState:
    """How the delivery of the slot at 13:00 stands once everything was tried."""
    for _ in range(4):
        await oo.tick("push", "deliver")
        oo.clock.move(seconds=20)
    decision = (await oo.decisions(await oo.person("7")))[0]
    async with oo.app.store.read() as unit:
        [delivery] = await unit.deliveries.of(decision.decision_id)
    return delivery.state


@pytest.mark.parametrize(
    ("fault", "state", "arrives"),
    [
        (Fault.SERVER_502, DeliveryState.UNKNOWN, False),
        (Fault.CLOSE_BEFORE_REQUEST, DeliveryState.UNKNOWN, False),
        (Fault.CLOSE_AFTER_REQUEST, DeliveryState.UNKNOWN, True),
        (Fault.HALF_BODY, DeliveryState.UNKNOWN, True),
        (Fault.GARBAGE, DeliveryState.UNKNOWN, True),
    ],
)
async def test_a_tip_that_may_have_arrived_is_never_sent_again(
    oo: Scene, ann: Person, telegram: TelegramServer, fault: Fault, state: DeliveryState, arrives: bool
) -> None:
    await expect_reply(ann, RENT)
    before = len(ann.chat.messages)
    telegram.faults.next("sendMessage", fault)
    oo.clock.set("2026-11-22T12:00:00")

    assert await pushed(oo, ann) is state
    assert len(ann.chat.messages) == before + arrives


async def test_a_tip_that_was_refused_for_now_is_sent_once_later(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    await expect_reply(ann, RENT)
    before = len(ann.chat.messages)
    telegram.faults.next("sendMessage", Fault.refuse_429(retry_after=1))
    oo.clock.set("2026-11-22T12:00:00")
    await oo.tick()
    assert len(ann.chat.messages) == before

    await asyncio.sleep(1.05)  # the pause that Telegram asked for is counted by the event loop
    assert await pushed(oo, ann) is DeliveryState.SENT
    assert len(ann.chat.messages) == before + 1


async def test_an_answer_waits_while_telegram_is_away(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    async with telegram.down():
        await oo.app.intake.wait_until_answered()
    await telegram.expect_that(lambda: telegram.is_polled)

    assert (await expect_reply(ann, "thanks")).text == "You're welcome."
