"""A scenario for ``tests/crash_points.py``: a reminder rings, and oO is killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.records import DeliveryState, Trigger
from tests.core.killing import opened, restarted, world
from tests.core.reminders import asked, rings

THREE = "2027-06-14 15:00"


async def prepare(folder: Path) -> None:
    """Ada is to be reminded at three."""
    async with opened(folder) as store:
        here, _ = world(store, folder)
        here.clock.berlin("2027-06-14 12:00")
        await here.person()
        await asked(here, "Call the bank", THREE)


async def act(folder: Path, arm: Callable[[], None]) -> None:
    """It is three."""
    async with opened(folder) as store:
        here, _ = world(store, folder, life=2)
        here.clock.berlin(THREE)
        arm()
        await rings(here)


async def check(folder: Path, finished: bool) -> str:
    """It is seen once; cut off while it was sent, perhaps not, and then its delivery says so (ADR 0024)."""
    async with opened(folder) as store:
        here, phone = world(store, folder, life=3)
        here.clock.berlin(THREE)
        for _ in range(2):
            await restarted(here)
            await rings(here)
        (decision,) = [one for one in await here.decisions() if one.trigger is Trigger.REMINDER]
        state = (await here.delivery(decision)).state
        assert phone.count() == 1 or (phone.count() == 0 and state is DeliveryState.UNKNOWN)
        assert not (finished and state is not DeliveryState.SENT)
        return f"{phone.count()} shown, {state.value}"
