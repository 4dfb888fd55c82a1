"""Start-up time and memory: ``oo run`` until Telegram and Slack are connected, and both frameworks alone."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.table import Row
from tests.scenarios.oo import ROOT, place_from_scratch
from tests.servers.slack import SlackServer
from tests.servers.telegram import TelegramServer

FRAMEWORKS = "import telegram, slack_bolt.async_app, slack_bolt.adapter.socket_mode.aiohttp"


async def measure_start(folder: Path) -> list[Row]:
    """Seconds until ready and resident memory then, of a second start: the first creates the database."""
    rows = [
        *await _ready(folder / "usual", _absent(folder), "", seconds=3, megabytes=120),
        *await _ready(folder / "api", folder / "absent", " and the API", seconds=3.5, megabytes=150),
    ]
    return [*rows, *await _frameworks_alone()]


async def _ready(home: Path, absent: Path, also: str, *, seconds: float, megabytes: float) -> list[Row]:
    """Time and memory until all is ready; ``also`` what is served beside the platforms."""
    async with TelegramServer() as telegram, SlackServer() as slack:
        here = place_from_scratch(
            home,
            TELEGRAM_BOT_TOKEN=telegram.token,
            TELEGRAM_API_URL=telegram.url,
            SLACK_BOT_TOKEN="xoxb-local",
            SLACK_APP_TOKEN="xapp-local",
            SLACK_API_URL=slack.api_url,
            PYTHONPATH=os.pathsep.join((str(absent), str(ROOT))),
        )
        (home / "config.yaml").write_text(f"http: {{api: {str(bool(also)).lower()}}}\n")
        async with here.serving():
            pass
        started = perf_counter()
        async with here.serving() as serving:
            await slack.expect_connection()
            passed, memory = perf_counter() - started, serving.megabytes()
    return [
        Row(what=f"ready with Telegram and Slack{also}", value=passed, goal=seconds, unit="s"),
        Row(what=f"memory then{also}, before the first LLM call", value=memory, goal=megabytes, unit="MB"),
    ]


def _absent(folder: Path) -> Path:
    """A folder that hides ``cryptography``. Only test dependencies install it; python-telegram-bot would
    load it, 7 MB of memory that an installed oO does not use.
    """
    absent = folder / "absent"
    absent.mkdir()
    (absent / "cryptography.py").write_text("raise ImportError\n")
    return absent


async def _frameworks_alone() -> list[Row]:
    code = f"import resource; {FRAMEWORKS}; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    started = perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    seconds = perf_counter() - started
    return [
        Row(what="  the two frameworks alone: import", value=seconds, goal=None, unit="s"),
        Row(what="  the two frameworks alone: memory", value=float(out), goal=None, unit="MB"),
    ]
