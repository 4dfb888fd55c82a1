"""A forked ``oo`` can't be told from one that was started from scratch."""

from __future__ import annotations

import re
import signal
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.clock import SystemClock
from tests.scenarios.fork_server import ROOT
from tests.scenarios.forking import can_fork
from tests.scenarios.oo import Ended, Place, new_place, place_from_scratch

BERLIN = ZoneInfo("Europe/Berlin")
"""Where the person of these tests is: oO says what time it is there."""


def both(folder: Path, **environment: str) -> list[Place]:
    """The same oO twice: from scratch, and forked."""
    return [
        place_from_scratch(folder / "scratch", **environment),
        new_place(folder / "forked", **environment),
    ]


@pytest.mark.parametrize(
    ("arguments", "typed", "environment"),
    [
        (("chat",), "hallo\n1\nBerlin\n/tasks\n", {"LANG": "de_DE.UTF-8", "TZ": "Asia/Tokyo"}),
        (("chat",), b"\xff\xfe /start \xf0\x9f\n/start\n1\n\n", {}),
        (("replay", "nonsense"), "", {}),
        (("doctor",), "", {"TELEGRAM_BOT_TOKEN": "wrong"}),
    ],
)
async def test_it_says_the_same_and_ends_the_same(
    tmp_path: Path, arguments: tuple[str, ...], typed: str | bytes, environment: dict[str, str]
) -> None:
    scratch, forked = [
        _without_what_differs(here, await here.run(*arguments, typed=typed))
        for here in both(tmp_path, **environment)
    ]
    assert forked == scratch
    assert forked.out + forked.err


def _without_what_differs(here: Place, ended: Ended) -> Ended:
    """Without the place of the database, the folder, how fast a server answers, and what time it is."""
    database = here.database_url.partition("?")[0]
    now = SystemClock().now().astimezone(BERLIN)
    minutes = [f"{at.hour}:{at:%M}" for at in (now, now - timedelta(minutes=1), now - timedelta(minutes=2))]

    def plain(text: str) -> str:
        named = text.replace(database, "…").replace(str(here.folder), "…")
        return re.sub(rf"answers in [\d.]+ ms|\b(?:{'|'.join(minutes)})\b", "…", named)

    return Ended(code=ended.code, out=plain(ended.out), err=plain(ended.err))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
async def test_a_signal_reaches_it_and_is_told(tmp_path: Path, number: signal.Signals) -> None:
    ended = []
    for here in both(tmp_path):
        process = await here.start("chat")
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"/start\n")
        await process.stdout.readuntil(b"[1]")  # it is up
        process.send_signal(number)
        await process.communicate()
        ended.append(process.returncode)
    assert ended[0] == ended[1]
    assert ended[0] is not None


def test_what_python_reads_before_anything_else_is_never_forked() -> None:
    usual = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    assert not can_fork(usual | {"PYTHONUTF8": "0"})
    assert not can_fork(usual | {"PYTHONPATH": "/elsewhere"})
    assert not can_fork(usual | {"COVERAGE_PROCESS_CONFIG": "{}"})
    assert not can_fork(usual | {"LC_ALL": "de_DE.ISO-8859-1"})
