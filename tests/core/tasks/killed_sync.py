"""A scenario for ``tests/crash_points.py``: tasks are read from Todoist, and oO is killed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from core.records import TaskSource
from core.tasks.sync import sync_now
from tests.core.killing import opened, world
from tests.core.worlds import Scene
from tests.waiting import WAIT_LIMIT

TITLES = ("Pay the rent", "Call the bank", "Water the plants")


async def prepare(folder: Path) -> None:
    """Ada has connected Todoist."""
    async with opened(folder) as store:
        here, _ = world(store, folder, todoist=True)
        await here.person()
        await here.connect()


async def read(here: Scene) -> None:
    for title in TITLES:
        await here.outside_task(title)
    person = await here.stored()
    await sync_now(person, TaskSource.TODOIST, here.deps, within=timedelta(seconds=WAIT_LIMIT))


async def act(folder: Path, arm: Callable[[], None]) -> None:
    """Three tasks are read."""
    async with opened(folder) as store:
        here, _ = world(store, folder, life=2, todoist=True)
        arm()
        await read(here)


async def check(folder: Path, finished: bool) -> str:
    """All or none are here; after the next reading, each is here once."""
    async with opened(folder) as store:
        here, _ = world(store, folder, life=3, todoist=True)
        async with store.read() as unit:
            before = [one.title for one in await unit.tasks.open("ada")]
        assert before == [] or sorted(before) == sorted(TITLES)
        assert not (finished and not before)
        await read(here)
        async with store.read() as unit:
            after = [one.title for one in await unit.tasks.open("ada")]
        assert sorted(after) == sorted(TITLES)
        return f"{len(before)} read"
