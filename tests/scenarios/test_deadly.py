"""A text whose handling kills the process: oO dies a few times, then serves everybody but this text."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from core.store import MAX_BEGUN_AGAIN
from tests.scenarios.conftest import reaching
from tests.scenarios.fork_server import CRASHED
from tests.scenarios.oo import Place, Serving, place
from tests.scenarios.talking import expect_message_on_tap, expect_reply
from tests.servers.telegram import Person, TelegramServer
from tests.waiting import WAIT_LIMIT

CONFIG = "jobs: {watch: 1}"


async def dies(here: Place) -> None:
    """A life of oO that ends by itself."""
    await expect_crash(await here.start("run"))


async def expect_crash(process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(WAIT_LIMIT):
        await process.communicate()
    assert process.returncode == CRASHED


async def settled(oo: Serving, ann: Person) -> None:
    code = (await oo.expect_line("/start ")).rsplit("/start ", 1)[1].strip()
    greeting = await expect_reply(ann, f"/start {code}")
    await expect_message_on_tap(ann, greeting, "Agree and start")
    await expect_reply(ann, "Reykjavik")


async def expect_incident(here: Place, *, is_open: bool) -> None:
    query = "SELECT 1 FROM incidents WHERE kind = 'update_isolated' AND (ended_at IS NULL) = ?"
    async with asyncio.timeout(WAIT_LIMIT):
        while not here.rows(query, is_open):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.05)


async def test_a_text_that_kills_oo_each_time_is_isolated_and_handled_when_it_kills_no_more(
    tmp_path: Path, telegram: TelegramServer
) -> None:
    usual = place(tmp_path, **reaching(telegram))
    (tmp_path / "config.yaml").write_text(CONFIG)
    deadly, ann = replace(usual, dies_on="deadly"), telegram.user(7, "Ann")
    process = await deadly.start("run")
    await settled(Serving(process), ann)
    await ann.send("/add Feed a deadly snake")
    await expect_crash(process)
    for _ in range(MAX_BEGUN_AGAIN + 1):
        await dies(deadly)
    told = (await ann.expect_message()).text
    assert told.startswith("I was interrupted each time I began with what you wrote at ")

    async with usual.serving():
        assert (await expect_reply(ann, "/add Call Bob")).text == "Added: Call Bob."
        await expect_incident(usual, is_open=True)
        assert "update_isolated (" in (await usual.run("doctor")).out
    async with replace(usual, dies_on="").serving():
        assert (await ann.expect_message()).text == "Added: Feed a deadly snake."
        await expect_incident(usual, is_open=False)
