"""A scenario for ``tests/crash_points.py``: a tip is pushed, and oO is killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.records import DeliveryState
from tests.core.killing import opened, restarted, world

NINE = "2027-06-14 09:00"


async def prepare(folder: Path) -> None:
    """Ada has a task, and a slot at nine."""
    async with opened(folder) as store:
        here, _ = world(store, folder)
        await here.person()
        await here.task("Pay the rent")


async def act(folder: Path, arm: Callable[[], None]) -> None:
    """It is nine."""
    async with opened(folder) as store:
        here, _ = world(store, folder, life=2)
        here.clock.berlin(NINE)
        arm()
        await here.tick()


async def check(folder: Path, finished: bool) -> str:
    """G1, G2, G3: at most one tip, each with its decision; whatever is not known was cut off."""
    async with opened(folder) as store:
        here, phone = world(store, folder, life=3)
        here.clock.berlin(NINE)
        await restarted(here)
        await here.tick()
        await restarted(here)
        decisions = [one for one in await here.decisions() if one.slot and one.tip]
        states = [(await here.delivery(one)).state for one in decisions]
        assert len(decisions) == 1
        assert states[0] in (DeliveryState.SENT, DeliveryState.UNKNOWN)
        assert phone.count() == 1 or states[0] is DeliveryState.UNKNOWN
        assert phone.count() <= 1
        assert not (finished and states[0] is DeliveryState.UNKNOWN)
        return f"{phone.count()} shown, {states[0].value}"
