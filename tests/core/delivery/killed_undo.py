"""A scenario for ``tests/crash_points.py``: a tap on Done is undone, and oO is killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.records import TaskState
from tests.core.killing import opened, world
from tests.core.taps import rent, standing, tapped, tip, undone
from tests.core.worlds import DONE


async def prepare(folder: Path) -> None:
    """Ada has tapped Done."""
    async with opened(folder) as store:
        here, _ = world(store, folder)
        await tapped(here, await tip(here), DONE)


async def act(folder: Path, arm: Callable[[], None]) -> None:
    """She taps Undo."""
    async with opened(folder) as store:
        here, _ = world(store, folder, life=2)
        decision = await here.latest()
        arm()
        await undone(here, decision)


async def check(folder: Path, finished: bool) -> str:
    """Everything is as after the undo, or as before it; the tap is handled again and changes no more."""
    async with opened(folder) as store:
        here, _ = world(store, folder, life=3)
        decision = await here.latest()
        is_undone = await standing(here, decision) == []
        assert not (finished and not is_undone)
        assert (
            is_undone == ((await rent(here)).state is TaskState.OPEN) == (await here.reward(decision) is None)
        )
        await undone(here, decision)
        assert await standing(here, decision) == []
        assert (await rent(here)).state is TaskState.OPEN
        assert await here.reward(decision) is None
        assert await here.model_of("ada") == await here.replayed("ada")
        return "counted" if is_undone else "to be handled"
