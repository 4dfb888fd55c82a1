"""The local Slack for a human, as its own process: typed lines reach the app, answers are printed."""

import asyncio
import io
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from tests.servers.slack import SlackServer
from tests.servers.slack.bolt_app import app, by_socket
from tests.servers.slack.console import Console
from tests.waiting import WAIT_LIMIT

ROOT = Path(__file__).parents[3]


@pytest.fixture
async def process() -> AsyncIterator[Process]:
    command = [sys.executable, "-m", "tests.servers.slack", "--port", "0", "--user", "U1:Ann:Asia/Tokyo"]
    started = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, cwd=ROOT, env=os.environ
    )
    yield started
    if started.returncode is None:
        started.terminate()
    await started.communicate()


async def _line_with(process: Process, text: str) -> str:
    assert process.stdout
    async with asyncio.timeout(WAIT_LIMIT):
        while line := (await process.stdout.readline()).decode():
            if text in line:
                return line.strip()
    raise AssertionError(f"the console ended without {text!r}")


async def test_typed_lines_reach_the_app_and_answers_are_printed(process: Process) -> None:
    url = (await _line_with(process, "SLACK_API_URL=")).partition("=")[2]
    bolt = AsyncApp(token="xoxb-local", signing_secret="unused in Socket Mode")
    bolt.client.base_url = url

    async def hello(event: dict[str, Any], say: Any) -> None:
        await say(f"hello {event['text']}")

    bolt.event("message")(hello)
    handler = AsyncSocketModeHandler(bolt, "xapp-local", web_client=bolt.client)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt has no types here
    assert process.stdin
    process.stdin.write(b"U1: good morning\n")
    assert await _line_with(process, "hello") == "hello good morning"
    await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt has no types here


async def test_lines_become_what_people_do() -> None:
    out = io.StringIO()
    async with SlackServer() as slack:
        console, bolt = Console(slack, out), app(slack)
        printing = asyncio.create_task(console.print_events())

        async def everything(ack: Any, body: dict[str, Any]) -> None:
            await ack(body.get("command", ""))

        bolt.command("/oo")(everything)
        bolt.event("user_change")(everything)
        bolt.event("app_home_opened")(everything)
        async with by_socket(slack, bolt):
            for line in ("U1 /oo tip", "U1 tz Asia/Tokyo", "U1 home", "U1 tap Done", "U1 close", "nonsense"):
                await console.obey(line)
        await slack.expect_that(lambda: "posted" in out.getvalue())
        printing.cancel()
    printed = out.getvalue()
    assert "U1: posted by U0BOT\n(only visible to you)\n/oo" in printed
    assert printed.count("(acknowledged in") == 3
    assert "cannot do that: nothing shows 'Done'" in printed
    assert "cannot do that: no modal is open" in printed
    assert "U1: good morning " in printed
