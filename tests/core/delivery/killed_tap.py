"""A scenario for ``tests/crash_points.py``: a tap on Done is handled, and oO is killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.records import TaskState
from tests.core.killing import opened, world
from tests.core.taps import rent, standing, tapped, tip
from tests.core.worlds import DONE


async def prepare(folder: Path) -> None:
    """Ada has a tip about the rent."""
    async with opened(folder) as store:
        here, _ = world(store, folder)
        await tip(here)


async def act(folder: Path, arm: Callable[[], None]) -> None:
    """She taps Done."""
    async with opened(folder) as store:
        here, _ = world(store, folder, life=2)
        decision = await here.latest()
        arm()
        await tapped(here, decision, DONE)


async def check(folder: Path, finished: bool) -> str:
    """G4, G5: the tap is handled again, as it is still in the inbox, and counts once."""
    async with opened(folder) as store:
        here, _ = world(store, folder, life=3)
        decision = await here.latest()
        before = await standing(here, decision)
        assert not (finished and not before)
        assert (
            bool(before) == ((await rent(here)).state is TaskState.DONE) == bool(await here.reward(decision))
        )
        await tapped(here, decision, DONE)
        assert await standing(here, decision) == ["done"]
        assert (await rent(here)).state is TaskState.DONE
        assert await here.model_of("ada") == await here.replayed("ada")
        assert await here.model_of() == await here.replayed("ada")
        return "counted" if before else "to be handled"
