"""``oo mcp`` as another assistant starts it: the SDK's own client, over standard input and output."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from bot.app import without_channels
from bot.settings import load_settings
from core.people.consents import AT_THE_START
from core.people.tokens import make_token, revoke_token
from core.records import Consent, Person, Scope
from tests.core.worlds import account
from tests.scenarios.oo import ROOT, Place, new_place, place, place_from_scratch
from tests.waiting import WAIT_LIMIT

ALL_BUT_SETTINGS = [Scope.TASKS_READ, Scope.TASKS_WRITE, Scope.TIPS, Scope.DECISIONS]
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


async def token_for(here: Place, *, revoked: bool = False) -> str:
    """A token of somebody in a new database."""
    app = await without_channels(load_settings({"DATABASE_URL": here.database_url}, here.folder))
    try:
        person = Person(
            person_id="ada",
            created_at=app.deps.clock.now(),
            consent=Consent.AGREED,
            allowed=AT_THE_START,
            zone="Europe/Berlin",
        )
        async with app.store.begin() as unit:
            await unit.people.add(person)
            await unit.people.save_account(account("ada", app.deps.clock.now()))
        made = await make_token(person, app.deps, name="assistant", scopes=ALL_BUT_SETTINGS)
        if revoked:
            await revoke_token(made.token.token_id, person, app.deps)
        return made.secret
    finally:
        await app.close()


def command(here: Place, token: str) -> StdioServerParameters:
    """As an assistant is told to start oO."""
    environment = {
        "OO_TOKEN": token,
        "DATABASE_URL": here.database_url,
        "PYTHONPATH": str(ROOT),
    }
    return StdioServerParameters(
        command=sys.executable, args=["-m", "bot", "mcp"], env=environment, cwd=here.folder
    )


async def test_an_assistant_uses_oo_without_another_process(tmp_path: Path) -> None:
    """Two assistants at once, on one database; both end when their clients do."""
    here = place_from_scratch(tmp_path / "oo")
    token = await token_for(here)
    async with (
        Client(command(here, token)) as client,
        Client(command(here, token), mode="legacy") as other,
    ):
        assert "read_preferences" not in {tool.name for tool in (await client.list_tools()).tools}
        added = await client.call_tool("add_task", {"text": "Pay rent tomorrow 9am p1 #home"})
        assert added.structured_content["labels"] == ["home"]
        await other.call_tool("add_task", {"text": "Call mum"})
        tasks = (await client.call_tool("list_tasks", {})).structured_content["tasks"]
        assert [task["title"] for task in tasks] == ["Pay rent", "Call mum"]

        tip = (await other.call_tool("ask_for_tip", {})).structured_content
        assert tip["tip"]["task_id"] in {task["task_id"] for task in tasks}
        done = {"decision_id": tip["decision_id"], "reaction": "done"}
        results = await asyncio.gather(*(one.call_tool("give_feedback", done) for one in (client, other)))
        found = [one.structured_content["result"] for one in results]
        assert sorted(found) == ["accepted", "already_reacted"]
        refused = await client.call_tool("read_plan", {})
        assert refused.is_error


@pytest.mark.parametrize(
    ("token", "said"), [("", "OO_TOKEN: not set"), ("oo_wrong", "OO_TOKEN: The token is not in force.")]
)
async def test_without_a_token_in_force_it_does_not_start(tmp_path: Path, token: str, said: str) -> None:
    here = place(tmp_path / "oo", **({"OO_TOKEN": token} if token else {}))
    await token_for(here)
    ended = await here.run("mcp")

    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert "wrong" not in ended.err


@pytest.mark.of_a_sqlite_file
async def test_without_a_database_it_does_not_make_one(tmp_path: Path) -> None:
    here = new_place(tmp_path / "oo", OO_TOKEN="oo_AAAAAAAAAAAAAAAAAAAAAA")
    ended = await here.run("mcp")

    assert ended.code == 2
    assert "DATABASE_URL: can't open" in ended.err
    assert not here.database.exists()


async def test_a_client_that_is_killed_ends_it_and_what_it_has_changed_stays(tmp_path: Path) -> None:
    here = place(tmp_path / "oo")
    here = Place(folder=here.folder, environment={"OO_TOKEN": await token_for(here)})
    process = await here.start("mcp")
    assert process.stdin is not None
    assert process.stdout is not None
    call = {"name": "add_task", "arguments": {"text": "Pay rent"}}
    messages: list[Any] = [
        HELLO,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        "no message",
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call},
    ]
    lines = b"".join(json.dumps(one).encode() + b"\n" for one in messages) + b"{ no json \xff\n"
    process.stdin.write(lines)
    await process.stdin.drain()
    async with asyncio.timeout(WAIT_LIMIT):
        async for line in process.stdout:
            answer = json.loads(line)  # nothing else is ever printed there
            if answer.get("id") == 2:
                break
        assert answer["result"]["structuredContent"]["title"] == "Pay rent"
        process.stdin.close()
        assert await process.wait() == 0
    assert [row["title"] for row in here.rows("SELECT title FROM tasks")] == ["Pay rent"]
    assert process.stderr is not None
    assert b"Pay rent" not in await process.stderr.read()
