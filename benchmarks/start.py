"""Start-up time and memory: ``oo run`` until Telegram and Slack are connected, and both frameworks alone."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.table import Row
from tests.scenarios.oo import place_from_scratch
from tests.servers.slack import SlackServer
from tests.servers.telegram import TelegramServer

FRAMEWORKS = "import telegram, slack_bolt.async_app, slack_bolt.adapter.socket_mode.aiohttp"


async def measure_start(folder: Path) -> list[Row]:
    """Seconds until ready and resident memory then, of a second start: the first creates the database."""
    rows = [
        *await _ready(folder / "usual", "", seconds=3, megabytes=120),
        *await _ready(folder / "api", " and the API", seconds=3.5, megabytes=150),
    ]
    return [*rows, *await _frameworks_alone()]


async def _ready(home: Path, also: str, *, seconds: float, megabytes: float) -> list[Row]:
    """Time and memory until all is ready; ``also`` what is served beside the platforms."""
    async with TelegramServer() as telegram, SlackServer() as slack:
        here = place_from_scratch(
            home,
            TELEGRAM_BOT_TOKEN=telegram.token,
            TELEGRAM_API_URL=telegram.url,
            SLACK_BOT_TOKEN="xoxb-local",
            SLACK_APP_TOKEN="xapp-local",
            SLACK_API_URL=slack.api_url,
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


async def _frameworks_alone() -> list[Row]:
    # Not ru_maxrss: a new process inherits that of the one which starts it.
    resident = "next(line for line in open('/proc/self/status') if line.startswith('VmRSS'))"
    code = f"{FRAMEWORKS}; print(int({resident}.split()[1]) / 1024)"
    started = perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    seconds = perf_counter() - started
    return [
        Row(what="  the two frameworks alone: import", value=seconds, goal=None, unit="s"),
        Row(what="  the two frameworks alone: memory", value=float(out), goal=None, unit="MB"),
    ]
