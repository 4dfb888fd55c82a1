"""``python -m tests.faults``: play the matrix, or a part of it, and print what was seen.

    python -m tests.faults                                   every cell, in about 20 minutes
    python -m tests.faults --service Telegram --fault hang   one of them
    python -m tests.faults --write                           every cell, and write docs/reference/faults.md

Ends with 1 if a promise was broken. Tests: tests/faults/test_faults.py.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.faults import files
from tests.faults.cells import Cell
from tests.faults.matrix import PAGE, SERVICES, megabytes, page, play, play_files


def _tell(cell: Cell) -> None:
    tap = "" if cell.others is None else f", tap elsewhere {cell.others:.1f} s"
    sys.stderr.write(
        f"{cell.service}, {cell.fault}: {cell.words} ({cell.outcome.detail}), recovered after"
        f" {cell.recovered:.0f} s{tap}, {cell.lines} lines, {megabytes():.0f} MB\n"
    )


async def _play(services: list[str], faults: list[str]) -> list[Cell]:
    found: list[Cell] = []
    for service in SERVICES:
        if not services or service.name in services:
            async for cell in play(service(), faults):
                _tell(cell)
                found.append(cell)
    if not services or files.NAME in services:
        try:
            async for cell in play_files(faults):
                _tell(cell)
                found.append(cell)
        except files.NoDisk:
            sys.stderr.write("the file of the database was not tried: mounting a disk takes a right\n")
    return found


def main() -> int:
    """Play what the arguments say."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults")
    asked.add_argument("--service", action="append", default=[])
    asked.add_argument("--fault", action="append", default=[])
    asked.add_argument("--write", action="store_true", help=f"write {PAGE.name}; only with every cell")
    given = asked.parse_args()
    if given.write and (given.service or given.fault):
        asked.error("--write needs every cell")
    found = asyncio.run(_play(given.service, given.fault))
    text = page(found)
    if given.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0 if all(cell.is_good for cell in found) else 1


if __name__ == "__main__":
    sys.exit(main())
