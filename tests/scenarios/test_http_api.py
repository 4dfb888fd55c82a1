"""The API on the real HTTP server, beside a chat in Telegram."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from multidict import CIMultiDict

from bot.api.operations import openapi_json
from bot.api.wire import MAX_BODY_BYTES
from bot.conversation.redrawing import LEFT_OVER, Redrawing
from bot.settings import load_settings
from core.chat import Channel
from core.delivery.reactions import react
from core.errors import SettingsError
from core.records import ReactionKind
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import RENT, expect_edit_on_tap, expect_reply, welcomed
from tests.scenarios.test_tokens import API_ON, secret_in
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Person, TelegramServer
from tests.waiting import WAIT_LIMIT

ANY = "0.0.0.0"  # noqa: S104


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, cached_certificates: None) -> AsyncIterator[Scene]:
    async with scene(tmp_path, NINE, config=API_ON, **reaching(telegram)) as running:
        yield running


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    return await welcomed(oo, telegram.user(7, "Ann"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer of the server."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@pytest.fixture
async def program(oo: Scene, ann: Person) -> AsyncIterator[aiohttp.ClientSession]:
    """Ann's program."""
    secret = secret_in(await expect_reply(ann, "/token new script all delete"))
    url = f"http://127.0.0.1:{oo.oo.http_port}"
    async with aiohttp.ClientSession(url, headers={"Authorization": f"Bearer {secret}"}) as session:
        yield session


async def send(program: aiohttp.ClientSession, method: str, path: str, **options: Any) -> Answer:
    async with program.request(method, path, **options) as response:
        return Answer(status=response.status, headers=dict(response.headers), text=await response.text())


async def test_a_reaction_of_a_program_redraws_the_tip_in_the_chat(
    oo: Scene, ann: Person, program: aiohttp.ClientSession
) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "/tip")
    decision = (await oo.latest("7")).decision_id

    done = await send(program, "POST", "/v1/feedback", json={"decision_id": decision, "reaction": "done"})
    await ann.expect_edit(tip)
    assert (done.status, done.json["result"]) == (200, "accepted")
    assert tip.text == "Pay rent Done at 9:00."
    assert [button.label for button in tip.buttons] == ["Undo"]

    await expect_edit_on_tap(ann, tip, "Undo")
    assert tip.text.startswith("Pay rent")
    assert "Done at" not in tip.text


async def test_a_tip_that_waits_to_be_redrawn_at_a_stop_is_redrawn_after_the_next_start(
    oo: Scene, ann: Person, program: aiohttp.ClientSession
) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "/tip")
    decision = (await oo.latest("7")).decision_id
    edits = oo.app.router.edits
    stopped = Redrawing(oo.app.deps, edits)
    stopped.start("no such decision")
    stopped.start(decision)
    async with oo.app.store.read() as unit:
        person = await unit.people.known(Channel.TELEGRAM, "7")
    assert person is not None
    await react(decision, person.person, oo.app.deps, kind=ReactionKind.DONE)
    await stopped.stop(0)
    assert "Done at" not in tip.text

    started = Redrawing(oo.app.deps, edits)
    await started.resume()
    await ann.expect_edit(tip)

    assert tip.text == "Pay rent Done at 9:00."
    await started.stop(WAIT_LIMIT)
    again = Redrawing(oo.app.deps, edits)
    await again.resume()
    await again.stop(0)
    async with oo.app.store.read() as unit:
        assert await unit.notes.get(None, LEFT_OVER) is None


async def test_what_is_added_here_is_there_in_the_chat(ann: Person, program: aiohttp.ClientSession) -> None:
    added = await send(program, "POST", "/v1/tasks", json={"text": "Water the plants tomorrow"})
    listed = await send(program, "GET", added.headers["Location"])

    assert (added.status, listed.json) == (201, added.json)
    assert "Water the plants" in (await expect_reply(ann, "/tasks")).text


async def test_the_served_document_is_the_generated_one(program: aiohttp.ClientSession) -> None:
    served = await send(program, "GET", "/v1/openapi.json", headers={"Authorization": ""})

    assert (served.status, served.text) == (200, openapi_json())


async def test_bodies_of_any_size_and_shape_get_an_answer_and_leave_the_server_well(
    program: aiohttp.ClientSession,
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 10_000
            await asyncio.sleep(0)

    kind = {"Content-Type": "application/json"}
    for data in (b" " * (MAX_BODY_BYTES + 1), b" " * 900_000, chunks()):
        try:
            answer = await send(program, "POST", "/v1/tasks", data=data, headers=kind)
            assert answer.status == 413
        except (aiohttp.ClientConnectionError, ConnectionResetError):
            pass  # the server answered and closed before everything was sent
    exact = json.dumps({"title": "a"}).encode().ljust(MAX_BODY_BYTES)
    assert (await send(program, "POST", "/v1/tasks", data=exact, headers=kind)).status == 201
    assert (await send(program, "GET", "/healthz")).status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 100\r\n\r\n{",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
    ],
)
async def test_a_body_that_does_not_arrive_is_no_error_of_oo(
    oo: Scene, program: aiohttp.ClientSession, body: bytes
) -> None:
    token = program.headers["Authorization"]
    head = f"POST /v1/tasks HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n"
    _, writer = await asyncio.open_connection("127.0.0.1", oo.oo.http_port)
    writer.write(head.encode() + b"Content-Type: application/json\r\n" + body)
    await writer.drain()
    writer.close()
    await writer.wait_closed()

    assert (await send(program, "GET", "/v1/tasks")).json["tasks"] == []


@pytest.mark.parametrize(
    ("name", "values", "status"),
    [
        ("Authorization", ("Bearer oo_xxxxxxxxxxxxxxxxxxxxxx", ""), 401),
        ("Authorization", ("", "Bearer oo_xxxxxxxxxxxxxxxxxxxxxx"), 401),
        ("Authorization", ("", ""), 401),
        ("Idempotency-Key", ("a", "b"), 400),
        ("Content-Type", ("application/json", "text/plain"), 400),
        ("Content-Type", ("text/plain", "application/json"), 400),
        ("Content-Encoding", ("gzip", "identity"), 415),
    ],
)
async def test_of_a_header_that_stands_twice_neither_value_counts(
    program: aiohttp.ClientSession, name: str, values: tuple[str, str], status: int
) -> None:
    """An empty value stands for the token of the program."""
    headers = CIMultiDict({"Content-Type": "application/json"})
    headers.popall(name, None)
    for value in values:
        headers.add(name, value or program.headers["Authorization"])

    answer = await send(program, "POST", "/v1/tasks", data=b'{"title": "a"}', headers=headers)

    assert answer.status == status
    assert (await send(program, "GET", "/v1/tasks")).json["tasks"] == []


async def test_problems_come_from_the_api_for_every_path_and_method_below_v1(
    program: aiohttp.ClientSession,
) -> None:
    for method, path, status in (
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/tasks/%2e%2e%2f%00", 404),
        ("PROPFIND", "/v1/tasks", 405),
        ("OPTIONS", "/v1/tasks", 405),
    ):
        answer = await send(program, method, path)
        assert answer.status == status
        assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert "Access-Control-Allow-Origin" not in answer.headers
    head = await send(program, "HEAD", "/v1/tasks")
    assert (head.status, head.text) == (200, "")


async def test_with_the_api_off_there_is_nothing_below_v1(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    async with (
        scene(tmp_path, NINE, **reaching(telegram)) as oo,
        aiohttp.ClientSession(f"http://127.0.0.1:{oo.oo.http_port}") as session,
    ):
        for path in ("/v1/tasks", "/v1/openapi.json"):
            assert (await send(session, "GET", path)).status == 404


@pytest.mark.parametrize(
    ("host", "config", "is_allowed"),
    [
        ("127.0.0.1", "http: {api: true}", True),
        ("127.8.8.8", "http: {api: true}", True),
        ("::1", "http: {api: true}", True),
        ("localhost", "http: {api: true}", True),
        (ANY, "http: {api: false}", True),
        (ANY, "http: {api: true, behind_proxy: true}", True),
        (ANY, "http: {api: true}", False),
        ("192.168.1.7", "http: {api: true}", False),
        ("::", "http: {api: true}", False),
        ("oo.example.org", "http: {api: true}", False),
    ],
)
def test_the_api_is_open_to_other_machines_only_behind_a_proxy(
    tmp_path: Path, host: str, config: str, is_allowed: bool
) -> None:
    (tmp_path / "config.yaml").write_text(config)
    environ = {"OO_HTTP_HOST": host}
    if is_allowed:
        load_settings(environ, tmp_path)
        return
    with pytest.raises(SettingsError, match=r"OO_HTTP_HOST: .* proxy with TLS"):
        load_settings(environ, tmp_path)


@pytest.mark.parametrize("in_one_line", [True, False])
async def test_behind_a_proxy_each_client_has_a_limit_of_its_own(
    tmp_path: Path,
    telegram: TelegramServer,
    cached_certificates: None,
    in_one_line: bool,  # nginx adds to what the client has sent, HAProxy a line of its own
) -> None:
    config = "http: {api: true, behind_proxy: true, address_requests_a_minute: 6}\n"
    async with (
        scene(tmp_path, NINE, config=config, **reaching(telegram)) as oo,
        aiohttp.ClientSession(f"http://127.0.0.1:{oo.oo.http_port}") as session,
    ):
        statuses = []
        for forged, client in (("1.1.1.1", "a"), ("2.2.2.2", "a"), ("1.1.1.1", "b")):
            named = [f"{forged}, {client}"] if in_one_line else [forged, client]
            headers = CIMultiDict(("X-Forwarded-For", one) for one in named)
            statuses.append((await send(session, "GET", "/v1/tasks", headers=headers)).status)
        assert statuses == [401, 429, 401]


async def test_a_program_can_delete_its_person(
    oo: Scene, ann: Person, program: aiohttp.ClientSession
) -> None:
    confirmed = {"OO-Confirm": "delete everything about me"}
    gone = await send(program, "DELETE", "/v1/me", headers=confirmed)

    assert (gone.status, gone.text) == (204, "")
    async with oo.app.store.read() as unit:
        assert await unit.people.account(Channel.TELEGRAM, "7") is None


async def expect_event(stream: aiohttp.ClientResponse, kind: str) -> dict[str, Any]:
    """The next event of that kind; others are passed over."""
    async with asyncio.timeout(WAIT_LIMIT):
        while line := (await stream.content.readline()).decode():
            if line == f"event: {kind}\n":
                data: dict[str, Any] = json.loads((await stream.content.readline()).removeprefix(b"data: "))
                return data
    raise AssertionError("the stream ended")


async def test_events_are_followed_until_the_token_is_revoked(
    oo: Scene, ann: Person, program: aiohttp.ClientSession
) -> None:
    assert (await send(program, "HEAD", "/v1/events")).headers["Content-Type"] == "text/event-stream"
    async with program.get("/v1/events", headers={"Last-Event-ID": "0"}) as stream:
        assert (stream.status, stream.headers["Content-Type"]) == (200, "text/event-stream")
        assert stream.headers["Cache-Control"] == "no-store"
        assert "Content-Length" not in stream.headers
        made = await expect_event(stream, "token.made")
        await expect_reply(ann, RENT)
        added = await expect_event(stream, "task.added")
        assert added["position"] > made["position"]
        assert "rent" not in json.dumps(added).lower()
        await expect_reply(ann, "/token revoke script")
        async with asyncio.timeout(WAIT_LIMIT):
            rest = await stream.read()
        assert RENT.encode() not in rest
    assert (await send(program, "GET", "/v1/events")).status == 401
