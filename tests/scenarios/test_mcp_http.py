"""MCP on the real HTTP server, used by the SDK's own client, beside a chat in Telegram."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from bot.api.wire import MAX_BODY_BYTES
from bot.settings import load_settings
from core.errors import SettingsError
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import RENT, expect_reply, invited, welcomed
from tests.scenarios.test_tokens import secret_in
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Person, TelegramServer

MCP_ON = "http: {mcp: true}\n"
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPTS = {"Accept": "application/json, text/event-stream"}


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    async with scene(tmp_path, NINE, config=MCP_ON, **reaching(telegram)) as running:
        yield running


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    return await welcomed(oo, telegram.user(7, "Ann"))


async def token_of(person: Person, what: str = "write") -> str:
    return secret_in(await expect_reply(person, f"/token new assistant {what}"))


def url_of(oo: Scene) -> str:
    return f"http://127.0.0.1:{oo.oo.http_port}/mcp"


@asynccontextmanager
async def connected(oo: Scene, token: str, mode: str = "auto") -> AsyncIterator[Client]:
    """The SDK's client with that token."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers) as http,
        Client(streamable_http_client(url_of(oo), http_client=http), mode=mode) as client,
    ):
        yield client


async def posted(oo: Scene, token: str, content: Any = LIST, **headers: str) -> tuple[int, str, Any]:
    """Status, content type and body of the answer to a message that no SDK has written."""
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **ACCEPTS, **headers}
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    async with aiohttp.ClientSession() as http, http.post(url_of(oo), data=body, headers=sent) as answer:
        text = await answer.text()
        return answer.status, answer.content_type, json.loads(text) if "json" in answer.content_type else text


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_an_assistant_reads_adds_asks_and_reacts(oo: Scene, ann: Person, mode: str) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "/tip")
    shown = (await oo.latest("7")).decision_id
    async with connected(oo, await token_of(ann), mode) as client:
        added = await client.call_tool("add_task", {"text": "Call mum tomorrow 18:00"})
        assert added.structured_content["due"] == {"date": "2026-11-23", "time": "18:00", "zone": None}
        listed = await client.call_tool("list_tasks", {})
        titles = {one["title"] for one in listed.structured_content["tasks"]}
        assert titles == {"Pay rent", "Call mum"}
        assert not (await client.call_tool("read_plan", {})).is_error

        asked = (await client.call_tool("ask_for_tip", {})).structured_content
        assert asked["text"]
        done = await client.call_tool("give_feedback", {"decision_id": shown, "reaction": "done"})
        assert done.structured_content["result"] == "accepted"
    await ann.expect_edit(tip)
    assert tip.text == "Pay rent Done at 9:00."
    assert "Call mum" in (await expect_reply(ann, "/tasks")).text


async def test_two_assistants_at_once_serve_their_own_people(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    bob = await invited(oo, ann, telegram.user(8, "Bob"))
    hers, his = await token_of(ann), await token_of(bob, "read")

    async with connected(oo, hers) as ann_s, connected(oo, his) as bob_s:
        added = await asyncio.gather(
            *(ann_s.call_tool("add_task", {"text": f"task {number}"}) for number in range(5)),
            *(bob_s.call_tool("add_task", {"text": f"task {number}"}) for number in range(5)),
        )
        assert [one.is_error for one in added] == [False] * 5 + [True] * 5
        assert len((await ann_s.call_tool("list_tasks", {})).structured_content["tasks"]) == 5
        assert (await bob_s.call_tool("list_tasks", {})).structured_content["tasks"] == []
        assert "add_task" not in {tool.name for tool in (await bob_s.list_tools()).tools}


async def test_a_client_that_hangs_up_disturbs_nobody(oo: Scene, ann: Person) -> None:
    token = await token_of(ann)
    for _ in range(5):
        _, writer = await asyncio.open_connection("127.0.0.1", oo.oo.http_port)
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "list_tasks"}}
        body = json.dumps(call)
        writer.write(
            f"POST /mcp HTTP/1.1\r\nHost: oo\r\nAuthorization: Bearer {token}\r\nAccept: */*\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        await writer.drain()
        writer.transport.abort()
    async with connected(oo, token) as client:
        assert not (await client.call_tool("list_tasks", {})).is_error


@pytest.mark.parametrize("token", ["", "x", "oo_AAAAAAAAAAAAAAAAAAAAAA"])
async def test_without_a_token_nothing_is_answered(oo: Scene, ann: Person, token: str) -> None:
    status, kind, problem = await posted(oo, token, {"jsonrpc": "2.0", "id": 1, "method": "initialize"})

    assert (status, kind) == (401, "application/problem+json")
    assert problem["type"] == "urn:oo:problem:unauthenticated"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", "http://127.0.0.1"])
async def test_a_page_of_another_site_is_refused(oo: Scene, ann: Person, origin: str) -> None:
    status, _, problem = await posted(oo, await token_of(ann), Origin=origin, Host="evil.example")

    assert (status, problem["type"]) == (403, "urn:oo:problem:foreign-page")


async def test_what_is_no_message_is_refused(oo: Scene, ann: Person) -> None:
    token = await token_of(ann)
    for content in (b"", b"{", b"[]", b'"x"', b"[" * 100_000, b"\xff", b'{"jsonrpc":"2.0"}', b"[1]"):
        for version in ({}, {"MCP-Protocol-Version": "2026-07-28"}, {"MCP-Protocol-Version": "x"}):
            status, kind, answer = await posted(oo, token, content, **version)
            assert 400 <= status < 500
            assert kind == "application/json"
            assert "error" in answer
    assert (await posted(oo, token, b"x" * (MAX_BODY_BYTES + 1)))[0] == 413
    assert (await posted(oo, token, **{"Content-Type": "text/plain"}))[0] in (400, 415)
    async with connected(oo, token) as client:
        assert not (await client.call_tool("list_tasks", {})).is_error


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "OPTIONS"])
async def test_there_are_no_streams_and_no_sessions(oo: Scene, ann: Person, method: str) -> None:
    headers = {"Authorization": f"Bearer {await token_of(ann)}", "Accept": "text/event-stream"}
    async with aiohttp.ClientSession() as http, http.request(method, url_of(oo), headers=headers) as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")


async def test_a_subscription_is_refused_and_does_not_stay_open(oo: Scene, ann: Person) -> None:
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    listen = {"jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen", "params": {"_meta": meta}}
    headers = {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "subscriptions/listen"}
    status, _, answer = await posted(oo, await token_of(ann), listen, **headers)

    assert status >= 400
    assert "error" in answer


async def test_the_api_and_mcp_are_switched_apart(oo: Scene, ann: Person) -> None:
    headers = {"Authorization": f"Bearer {await token_of(ann)}"}
    url = f"http://127.0.0.1:{oo.oo.http_port}/v1/tasks"
    async with aiohttp.ClientSession(headers=headers) as http, http.get(url) as answer:
        assert answer.status == 404


def test_tokens_do_not_travel_unencrypted(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(MCP_ON)

    with pytest.raises(SettingsError, match="not loopback"):
        load_settings({"OO_HTTP_HOST": "0.0.0.0"}, tmp_path)  # noqa: S104 - refused
