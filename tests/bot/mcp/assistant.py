"""Another assistant that uses oO: the SDK's own client, and the server beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from mcp import Client
from mcp.types import CallToolResult, TextContent

from bot.api.wire import RawRequest
from bot.mcp.server import server_of
from core.people.tokens import Caller
from core.records import Person, Scope
from tests.bot.api.program import Program, program_of
from tests.core.worlds import Scene


def words(result: CallToolResult) -> str:
    """What a tool said, in plain words or as JSON."""
    first = result.content[0]
    assert isinstance(first, TextContent)
    return first.text


@asynccontextmanager
async def assistant_of(program: Program, *, mode: str = "auto") -> AsyncIterator[Client]:
    """An assistant with the token of the program."""

    async def nothing() -> bytes:
        return b""

    async def admit(_: Any) -> Caller:
        headers = {"authorization": f"Bearer {program.secret}"}
        return await program.api.admit(
            RawRequest(method="POST", path="/mcp", headers=headers, read_body=nothing)
        )

    async with Client(server_of(program.api, admit), mode=mode) as client:
        yield client


async def names(client: Client) -> set[str]:
    """The tools that the assistant sees."""
    return {tool.name for tool in (await client.list_tools()).tools}


async def program_with(world: Scene, scopes: Iterable[Scope], person: Person | None = None) -> Program:
    """A program of a person, with a token that is good for ``scopes``."""
    person = person or await world.person()
    return await program_of(world, person, scopes=scopes, name=" ".join(sorted(scopes)) or "none")
