"""``python -m tests.soak.full``: the full run, of several soaks side by side, each with its closing table.

With ``--minutes 30`` each ends after so long at the latest.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import sys
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

SOAKS = {
    "one process on SQLite": "--seed 1 --kills 3600 --faults step --people 4",
    "one process on SQLite, and Todoist": "--seed 2 --kills 3700 --faults step --people 4 --todoist",
    "one process on a PostgreSQL that crashes": (
        "--seed 3 --kills 1700 --faults step,database --people 4 --postgresql"
    ),
    "three processes on PostgreSQL and NATS": (
        "--seed 4 --kills 1000 --replicas 3 --faults cut,pause,step --people 4 --postgresql --nats --todoist"
    ),
}
"""10,000 kills in all, shared out so that the four end at about the same time. With more people, two cores
would be busy with these instead of with starts.
"""
KILLS = re.compile(r"^  kills +([\d,]+)$", re.MULTILINE)
FOLDER = Path("build/soak")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How one of the soaks ended."""

    code: int
    table: str

    @property
    def kills(self) -> int:
        found = KILLS.search(self.table)
        return int(found[1].replace(",", "")) if found else 0


async def _soak(folder: Path, name: str, arguments: str) -> Ended:
    """Carry out one soak. What it prints stays in ``folder``; if it fails, all its state as well."""
    printed = folder / f"{name}.txt"
    with TemporaryDirectory(prefix="oo-soak-") as state, printed.open("wb") as file:
        kept = Path(state) / name
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.soak", *arguments.split(), "--keep", str(kept)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=file,
            stderr=asyncio.subprocess.STDOUT,
        )
        code = await process.wait()
        if code and kept.exists():
            shutil.copytree(kept, folder / name)
    ended = Ended(code=code, table=printed.read_text())
    _say(f"{name}: {'passed' if code == 0 else 'FAILED'} with {ended.kills:,} kills; see {printed}")
    return ended


def _new_folder() -> Path:
    """What an earlier run left is for whoever looks into it."""
    number = next(number for number in count(1) if not (FOLDER / str(number)).exists())
    folder = FOLDER / str(number)
    folder.mkdir(parents=True)
    return folder


async def _all(minutes: float | None) -> int:
    began, folder = time.monotonic(), _new_folder()
    limit = f" --minutes {minutes}" if minutes else ""
    soaks = (_soak(folder, name, arguments + limit) for name, arguments in SOAKS.items())
    ended = await asyncio.gather(*soaks)
    for name, one in zip(SOAKS, ended, strict=True):
        _say(f"\n=== {name} ===\n{one.table}")
    minutes = (time.monotonic() - began) / 60
    _say(f"{sum(one.kills for one in ended):,} kills in {minutes:.0f} minutes")
    return max(one.code for one in ended)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.soak.full")
    parser.add_argument("--minutes", type=float)
    sys.exit(asyncio.run(_all(parser.parse_args().minutes)))
