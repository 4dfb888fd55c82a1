"""A scenario for ``tests/crash_points.py``: a tip is snoozed, and oO is killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.core.killing import opened, restarted, world
from tests.core.taps import berlin, snoozed, standing, tip
from tests.core.worlds import SNOOZE

BACK = "2027-06-14 10:00"


async def prepare(folder: Path) -> None:
    """Ada has a tip about the rent."""
    async with opened(folder) as store:
        here, _ = world(store, folder)
        await tip(here)


async def act(folder: Path, arm: Callable[[], None]) -> None:
    """She snoozes it for an hour."""
    async with opened(folder) as store:
        here, _ = world(store, folder, life=2)
        here.clock.berlin("2027-06-14 09:00")
        decision = await here.latest()
        arm()
        await snoozed(here, decision, hours=1)


async def check(folder: Path, finished: bool) -> str:
    """The tap is handled again, and the tip comes back once."""
    async with opened(folder) as store:
        here, phone = world(store, folder, life=3)
        here.clock.berlin("2027-06-14 09:00")
        decision = await here.latest()
        before = await standing(here, decision)
        assert not (finished and not before)
        await snoozed(here, decision, hours=1)
        assert set(await standing(here, decision)) == {SNOOZE.value}
        assert phone.count() == 1
        here.clock.time = berlin(BACK)
        for _ in range(3):
            await here.tick()
            await restarted(here)
        assert phone.count() == 2
        return "counted" if before else "to be handled"
