"""The file of the database in trouble under a real ``oo run``: what is typed meanwhile is done once.

Tests: tests/faults/test_faults.py; more of it in tests/scenarios/store_trouble.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from tests.faults.cells import Cell
from tests.faults.house import until
from tests.faults.service import Outcome, Word
from tests.scenarios.oo import Place, place
from tests.scenarios.store_trouble.helpers import database_log, locked, onboarded, served, titles
from tests.scenarios.store_trouble.test_full_disk import fill_disk
from tests.servers.telegram import Message, TelegramServer

NAME = "SQLite"

STORE_PATIENCE = 0.5
"""Seconds that oO waits for another process's write, instead of 5."""


class NoDisk(Exception):
    """A small disk of its own can't be mounted here."""


@contextmanager
def _full(here: Place) -> Iterator[None]:
    filler = fill_disk(here)
    yield
    filler.unlink()


@contextmanager
def _locked(here: Place) -> Iterator[None]:
    with locked(here.database):
        yield


READ_ONLY = "read-only volume"
_TROUBLES: Mapping[str, Callable[[Place], AbstractContextManager[None]]] = {
    "disk full": _full,
    "locked by another": _locked,
}
TROUBLES = (*_TROUBLES, READ_ONLY)


def _mount(*arguments: str) -> None:
    if subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode:
        raise NoDisk


@contextmanager
def _disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


async def run(folder: Path, trouble: str) -> Cell:
    """One cell. Raises ``NoDisk``."""
    with _disk(folder) as disk:
        here = replace(await onboarded(place(disk / "oo")), store_patience=STORE_PATIENCE)
        return await (_read_only(here, disk) if trouble == READ_ONLY else _while_it_runs(here, trouble))


async def _read_only(here: Place, disk: Path) -> Cell:
    """A volume with files that are being written can't become read-only: oO starts on one."""
    _mount("-o", "remount,ro", str(disk))
    refused = await here.run("chat", typed="/add Call Bob\n")
    _mount("-o", "remount,rw", str(disk))
    again = await here.run("chat", typed="/add Call Bob\n")
    is_told = refused.code == 2 and "Read-only" in refused.err and "Traceback" not in refused.err
    count = len(titles(here))
    word = Word.ASKED if is_told and again.code == 0 and count == 1 else Word.WRONG
    lines = len(refused.err.splitlines())
    detail = f"ended with {refused.code}, {count} tasks"
    return Cell(service=NAME, fault=READ_ONLY, outcome=Outcome(word=word, detail=detail), lines=lines)


async def _while_it_runs(here: Place, trouble: str) -> Cell:
    await here.run("delete", "terminal:local", "--yes")
    async with TelegramServer(flood=None) as telegram, served(here, telegram) as oo:
        chat = oo.ann.chat
        with _TROUBLES[trouble](here):
            before = len(chat.messages)
            await oo.ann.send(f"/add Call Bob {'x' * 250}")
            for number in range(30):  # some still find room on a full disk
                await oo.ann.send(f"/add Number {number} {'x' * 250}")
            await oo.expect_ready(False)
        began = time.monotonic()
        await oo.expect_ready(True)
        count = 31
        done = await until(lambda: _answers(chat.messages[before:]) >= count)
        recovered = time.monotonic() - began
        ended = await oo.process.stop()
    kept = titles(here)
    said = _answers(chat.messages[before:])
    word = Word.LATER
    if done is None or len(kept) < count:
        word = Word.LOST
    elif len(kept) > count or said > count:
        word = Word.TWICE
    return Cell(
        service=NAME,
        fault=trouble,
        outcome=Outcome(word=word, detail=f"{len(kept)} tasks, {said} answers of {count}"),
        recovered=recovered,
        lines=len(database_log(ended.err)),
    )


def _answers(messages: Sequence[Message]) -> int:
    return sum(one.text.startswith("Added") for one in messages)
