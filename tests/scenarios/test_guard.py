"""The minutes before quiet hours in which nothing starts, as the operator set them."""

from __future__ import annotations

from pathlib import Path

from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import expect_reply, welcomed
from tests.scenarios.world import scene
from tests.servers.telegram import TelegramServer


async def test_what_comes_next_is_said_as_it_will_come(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    half_an_hour = "availability: {guard_seconds: 1800}"
    async with scene(tmp_path, NINE, config=half_an_hour, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_reply(ann, "/times 13:00")
        await expect_reply(ann, "/quiet 13:20-14:00")

        said_next = [await expect_reply(ann, command) for command in ("/resume", "/whynot", "/prefs")]

        assert all("today 14:00" in message.text for message in said_next)
        assert "Today 14:00 instead of 13:00" in (await expect_reply(ann, "/plan")).text
