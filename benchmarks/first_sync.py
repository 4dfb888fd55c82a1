"""The first sync of a large Todoist, and one of nothing: the time and memory of oO alone.

oO runs in a process of its own (``python -m benchmarks.first_sync URL FOLDER``), the local Todoist here.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

from benchmarks.table import Row
from bot.app import without_channels
from bot.settings import load_settings
from core.chat import Channel, Sender
from core.people.access import Access, admit
from core.records import Consent, TaskSource
from core.tasks.sync import refresh, sync_now
from tests.servers.todoist_sync import SyncingTodoist

TASKS = 5_000
PROJECTS = 20
TOKEN = "benchmark"
MAX_WAIT = timedelta(seconds=60)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


async def measure_first_sync(folder: Path) -> list[Row]:
    """Processor time and peak memory of a first sync, and the requests of a sync without news."""
    async with SyncingTodoist(token=TOKEN, clock=lambda: NOW) as todoist:
        _fill(todoist)
        found = await _in_another_process(todoist.url, folder)
        requests = len(todoist.calls) - 1
    return [
        Row(what=f"first sync of {TASKS} Todoist tasks, own time", value=found["first"], goal=5, unit="s"),
        Row(what="memory that it takes at most", value=found["megabytes"], goal=60, unit="MB"),
        Row(what="sync of nothing: requests", value=requests, goal=1, unit=""),
        Row(what="sync of nothing, own time", value=1000 * found["nothing"], goal=None, unit="ms"),
    ]


def _fill(todoist: SyncingTodoist) -> None:
    projects = [todoist.add_project(f"Project {number}") for number in range(PROJECTS)]
    for number in range(TASKS):
        todoist.add(
            f"Task {number} with some words in it",
            project_id=projects[number % PROJECTS],
            due=date(2026, 12, 1) + timedelta(days=number % 60) if number % 3 == 0 else None,
            priority=number % 4 + 1,
            labels=["home", "phone"] if number % 5 == 0 else [],
            description="What else there is to say about it. " * 6,
        )


async def _in_another_process(url: str, folder: Path) -> dict[str, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, url, str(folder), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    found: dict[str, float] = json.loads(out)
    return found


async def _sync(url: str, folder: Path) -> dict[str, float]:
    environment = {"DATABASE_URL": f"sqlite:///{folder}/oo.db", "TODOIST_API_TOKEN": TOKEN}
    app = await without_channels(load_settings({**environment, "TODOIST_API_URL": url}, folder))
    sender = Sender(channel=Channel.TERMINAL, external_id="me", address="me", trusted=True)
    known = await admit(sender, app.deps, access=Access.INVITE, code=None)
    if known is None:
        raise LookupError("the first person at the terminal is the owner")
    async with app.store.begin() as unit:
        person = replace(known.person, consent=Consent.AGREED, zone="Europe/Berlin")
        await unit.people.save(person)
    before, started = _peak_megabytes(), process_time()
    await refresh(person, app.deps, within=MAX_WAIT)
    first, megabytes, again = process_time() - started, _peak_megabytes() - before, process_time()
    await sync_now(person, TaskSource.TODOIST, app.deps, within=MAX_WAIT)
    nothing = process_time() - again
    await app.close()
    return {"first": first, "megabytes": megabytes, "nothing": nothing}


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_sync(sys.argv[1], Path(sys.argv[2])))))
