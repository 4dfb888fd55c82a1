"""Somebody writes far too much: they wait, nobody else does."""

from __future__ import annotations

from pathlib import Path

from bot.lanes import LANE_LIMIT
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import expect_reply, invited, welcomed
from tests.scenarios.world import paced_scene, scene
from tests.servers.telegram import TelegramServer

FLOOD = 300


async def test_a_flood_delays_nobody_else(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, paced_scene(tmp_path, NINE, **reaching(telegram)) as oo:
        oo.app.patience = 0.1  # the flood need not be answered to its end
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        bob = await invited(oo, ann, telegram.user(8, "Bob"))
        await expect_reply(ann, "/add Pay rent p1")

        for number in range(FLOOD):
            await bob.send(f"blah {number}")
        tip = await expect_reply(ann, "/tip")
        tap = await ann.tap(tip, "Done")
        await ann.expect_edit(tip)

        assert (await ann.expect_answer(tap)).text == ""
        assert [call.description for call in telegram.calls if call.status == 429] == []
        async with oo.app.store.read() as unit:
            # Besides those in the lane: the one in hand, the notice for the rest, and Ann's last one.
            assert 0 < len(await unit.inbox.waiting()) <= LANE_LIMIT + 3, "Ann did not wait for Bob"


async def test_who_floods_is_told_once_that_some_was_left_out(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        before = len(ann.chat.messages)

        for number in range(FLOOD):
            await ann.send(f"blah {number}")
        await telegram.expect_that(lambda: telegram.is_caught_up)
        await oo.app.intake.wait_until_answered()

        texts = [message.text for message in ann.chat.messages[before:]]
        assert LANE_LIMIT < len(texts) <= FLOOD + 1
        told = [text for text in texts if text.startswith("That was a lot at once")]
        assert len(told) == (len(texts) < FLOOD)
