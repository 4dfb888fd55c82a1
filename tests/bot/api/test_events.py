"""Events as a stream: whose they are, in which order, from where on, until when, and at what cost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.http import HttpServer
from adapters.storage.store import open_store
from bot.api import event_feed
from bot.api.event_feed import MAX_FOLLOWERS_PER_TOKEN, EventFeed
from bot.api.events import HEARTBEAT, OPENING, frame
from bot.api.operations import OPERATIONS
from bot.api.rates import RateLimit
from bot.api.service import Api, Limits
from bot.cli.api_server import api_routes
from core.chat import Channel
from core.dependencies import Dependencies
from core.errors import StoreUnavailable
from core.events import record_event
from core.people.consents import decline
from core.people.privacy import forget
from core.people.tokens import Caller, authenticate, revoke_token, tokens_of
from core.records import PublicEvent, Scope
from core.store import Store
from tests.bot.api.program import GENEROUS, Program, Reply, program_of
from tests.core.outsiders import NOW
from tests.core.worlds import Scene, scene
from tests.servers.postgres import empty_database
from tests.waiting import WAIT_LIMIT

SOON, NEVER = 0.01, 600.0
MANY = 60


@pytest.fixture(params=["sqlite", "postgresql"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[Scene]:
    url = empty_database() if request.param == "postgresql" else request.getfixturevalue("database_url")
    storage = await open_store(url)
    yield scene(storage)
    await storage.close()


@pytest.fixture
async def ada(world: Scene) -> Program:
    return following(await program_of(world, await world.person()))


def following(program: Program, *, interval: float = SOON, heartbeat: float = NEVER) -> Program:
    """The program of a process that looks often."""
    feed = EventFeed(program.scene.deps, interval=interval, heartbeat=heartbeat, batch_size=3)
    limits = Limits(token=RateLimit(GENEROUS), address=RateLimit(GENEROUS))
    program.api = Api(OPERATIONS, program.scene.deps, limits=limits, redraw=lambda _: None, feed=feed)
    return program


def feed_of(program: Program) -> EventFeed:
    feed: EventFeed = program.api._feed
    return feed


async def happen(world: Scene, *numbers: int, person_id: str | None = "ada") -> None:
    for number in numbers:
        async with world.deps.store.begin(*filter(None, [person_id])) as unit:
            await record_event(unit, world.deps, "tasks.imported", person_id, tasks=number)


async def opened(program: Program, **headers: str) -> Reply:
    return await program.send("GET", "/v1/events", None, **headers)  # type: ignore[arg-type]  # headers only


@asynccontextmanager
async def followed(program: Program, **headers: str) -> AsyncIterator[AsyncGenerator[bytes]]:
    """The parts of a stream, behind its opening."""
    reply = await opened(program, **headers)
    assert (reply.status, reply.raw.content_type) == (200, "text/event-stream")
    assert reply.raw.stream
    async with aclosing(reply.raw.stream()) as parts:
        assert await expect_part(parts) == OPENING
        yield parts


async def expect_part(parts: AsyncGenerator[bytes]) -> bytes:
    async with asyncio.timeout(WAIT_LIMIT):
        return await anext(parts)


async def expect_end(parts: AsyncGenerator[bytes]) -> None:
    async with asyncio.timeout(WAIT_LIMIT):
        assert [part async for part in parts] == []


async def expect_events(parts: AsyncGenerator[bytes], count: int) -> list[dict[str, Any]]:
    """The next ``count`` events, as a client reads them."""
    found: list[dict[str, Any]] = []
    while len(found) < count:
        for block in (await expect_part(parts)).decode().split("\n\n")[:-1]:
            lines = [line for line in block.split("\n") if not line.startswith(":")]
            if lines:
                fields = dict(line.split(": ", 1) for line in lines)
                found.append({**json.loads(fields["data"]), "id": fields["id"], "event": fields["event"]})
    assert len(found) == count
    return found


def numbers(events: list[dict[str, Any]]) -> list[int]:
    return [one["data"]["tasks"] for one in events]


# --- What comes --------------------------------------------------------------------------------------------


async def test_what_happens_comes_once_in_order_and_only_to_whom_it_happens(
    world: Scene, ada: Program
) -> None:
    await world.person("bob")
    await happen(world, 1)
    async with followed(ada) as parts:
        await happen(world, 2, 3, 4, 5)
        await happen(world, 70, person_id="bob")
        await happen(world, 71, person_id=None)
        await happen(world, 6)
        found = await expect_events(parts, 5)
    assert numbers(found) == [2, 3, 4, 5, 6]
    assert {one["person_id"] for one in found} == {"ada"}
    assert [int(one["id"]) for one in found] == sorted(one["position"] for one in found)
    assert {one["event"] for one in found} == {"tasks.imported"}


async def test_a_client_that_comes_back_gets_what_it_missed(world: Scene, ada: Program) -> None:
    await happen(world, *range(1, 9))
    async with followed(ada, last_event_id="0") as parts:
        everything = await expect_events(parts, 9)  # with the token's own
    assert (everything[0]["kind"], numbers(everything[1:])) == ("token.made", list(range(1, 9)))
    async with followed(ada, last_event_id=everything[5]["id"]) as parts:
        assert numbers(await expect_events(parts, 3)) == [6, 7, 8]
        await happen(world, 9)
        assert numbers(await expect_events(parts, 1)) == [9]


async def test_a_place_that_is_ahead_of_the_log_is_not_of_this_log(world: Scene, ada: Program) -> None:
    async with followed(ada, last_event_id="9" * 18) as parts:
        await happen(world, 1)
        assert numbers(await expect_events(parts, 1)) == [1]


@pytest.mark.parametrize("given", ["-1", "x", "1 ", "٣", "9" * 19, "1.5", "0x1"])
async def test_a_place_that_is_none_is_refused(ada: Program, given: str) -> None:
    assert (await opened(ada, last_event_id=given)).problem == "bad-request"


async def test_no_text_and_no_trace_leaves() -> None:
    event = PublicEvent(
        position=7,
        event_id="e",
        kind="tasks.imported",
        happened_at=NOW,
        data={"tasks": 3},
        traceparent="00-a",
    )
    lines = frame(event).decode().split("\n")
    assert lines[:2] == ["id: 7", "event: tasks.imported"]
    assert lines[3:] == ["", ""]
    assert "traceparent" not in lines[2]


async def test_a_sign_of_life_comes_while_nothing_happens(world: Scene, ada: Program) -> None:
    async with followed(following(ada, heartbeat=SOON)) as parts:
        assert [await expect_part(parts) for _ in range(3)] == [HEARTBEAT] * 3
        await happen(world, 1)
        while (part := await expect_part(parts)) == HEARTBEAT:
            pass
        assert b'"tasks":1' in part


# --- Who may -----------------------------------------------------------------------------------------------


async def test_a_token_without_the_scope_follows_nothing(world: Scene) -> None:
    program = await program_of(world, await world.person(), scopes=set(Scope) - {Scope.EVENTS_READ})
    assert (await opened(program)).problem == "scope-missing"


async def test_a_revoked_token_ends_its_stream_and_no_other(world: Scene, ada: Program) -> None:
    person = await world.stored()
    other = await program_of(world, person, name="other")
    other.api = ada.api
    async with followed(ada) as parts, followed(other) as others:
        (script,) = [one for one in await tokens_of(person, world.deps) if one.name == "script"]
        await revoke_token(script.token_id, person, world.deps)
        await happen(world, 1)
        await expect_end(parts)
        assert [one["kind"] for one in await expect_events(others, 2)] == ["token.revoked", "tasks.imported"]
    assert feed_of(ada).followers == 0


async def test_a_person_who_is_gone_gets_nothing_more(world: Scene, ada: Program) -> None:
    async with followed(ada) as parts:
        await forget(await world.stored(), world.deps)
        await expect_end(parts)


async def test_a_person_who_does_not_agree_any_more_gets_nothing_more(world: Scene, ada: Program) -> None:
    async with followed(ada) as parts:
        await decline(await world.stored(), world.deps, channel=Channel.TELEGRAM)
        await expect_end(parts)
    assert (await opened(ada)).problem == "consent-missing"


# --- What it costs -----------------------------------------------------------------------------------------


class Counting:
    """A store that counts how often it is read, and may be down."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.reads = 0
        self.is_down = False
        self._wanted = 0
        self._enough = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def read(self) -> Any:
        self.reads += 1
        if self.reads >= self._wanted:
            self._enough.set()
        if self.is_down:
            raise StoreUnavailable("down")
        return self._store.read()

    async def expect_reads(self, count: int) -> None:
        """Wait until it was read that often."""
        self._wanted, self._enough = count, asyncio.Event()
        if self.reads < count:
            async with asyncio.timeout(WAIT_LIMIT):
                await self._enough.wait()


async def test_many_idle_streams_cost_one_read_at_each_look(
    world: Scene, ada: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_feed, "MAX_FOLLOWERS_PER_TOKEN", 1000)
    counting = Counting(world.deps.store)
    feed = EventFeed(_with_store(world, counting), interval=NEVER)
    caller = await caller_of(ada)
    position = await feed.position(caller, None)
    streams = [feed.batches(caller, position) for _ in range(MANY)]
    for one in streams:
        await anext(one)
    waiting = [asyncio.create_task(anext(one)) for one in streams]
    await counting.expect_reads(1 + MANY)  # each looks once by itself
    before = counting.reads
    for _ in range(5):
        await feed._look()
    assert counting.reads == before + 5
    await happen(world, 1)
    await feed._look()
    async with asyncio.timeout(WAIT_LIMIT):
        assert {len(found) for found in await asyncio.gather(*waiting)} == {1}
    for one in streams:
        await one.aclose()
    assert feed.followers == 0


async def test_a_token_opens_only_so_many_streams(ada: Program) -> None:
    async with followed(ada), followed(ada), followed(ada), followed(ada), followed(ada) as last:
        refused = await opened(ada)
        assert (refused.problem, refused.raw.headers["Retry-After"]) == ("too-many-requests", "60")
        await last.aclose()
        async with followed(ada):
            pass
    assert feed_of(ada).followers == 0


async def test_streams_that_are_asked_for_at_once_are_no_more_than_a_token_may_open(ada: Program) -> None:
    replies = await asyncio.gather(*(opened(ada) for _ in range(MANY)))
    async with AsyncExitStack() as open_streams:
        for reply in replies:
            if reply.raw.stream:
                parts = await open_streams.enter_async_context(aclosing(reply.raw.stream()))
                await anext(parts, None)
        assert feed_of(ada).followers == MAX_FOLLOWERS_PER_TOKEN


async def test_a_client_that_goes_while_nothing_happens_frees_its_place(ada: Program) -> None:
    (route,) = api_routes(ada.api, behind_proxy=False)
    server = HttpServer("127.0.0.1", 0, routes=(route,), readiness=none_is_asked)
    url = f"http://127.0.0.1:{await server.start()}/v1/events"
    try:
        for _ in range(3):
            async with ClientSession(headers={"Authorization": f"Bearer {ada.secret}"}) as client:
                replies = [await client.get(url) for _ in range(MAX_FOLLOWERS_PER_TOKEN)]
                assert {reply.status for reply in replies} == {200}
                assert [await reply.content.readline() for reply in replies]
                for reply in replies:
                    reply.close()
            async with asyncio.timeout(WAIT_LIMIT):
                while feed_of(ada).followers:  # noqa: ASYNC110 - nothing tells when
                    await asyncio.sleep(SOON)
    finally:
        await server.stop()


async def none_is_asked() -> dict[str, bool]:
    return {}


async def test_a_reader_that_is_slow_to_end_ends_nobody_who_came_since(world: Scene, ada: Program) -> None:
    feed, looking, ended = feed_of(ada), asyncio.Event(), asyncio.Event()
    look = feed._look

    async def slow() -> None:
        looking.set()
        try:
            await asyncio.sleep(NEVER)
        finally:
            await ended.wait()

    feed._look = slow  # type: ignore[method-assign]
    async with followed(ada):
        await looking.wait()
        first = feed._reader
    feed._look = look  # type: ignore[method-assign]
    async with followed(ada) as parts:
        ended.set()
        assert first is not None
        await asyncio.wait([first])
        await happen(world, 1)
        assert numbers(await expect_events(parts, 1)) == [1]


@pytest.mark.filterwarnings("ignore")
async def test_a_reader_with_a_bug_ends_its_streams_and_the_next_one_gets_another(
    world: Scene, ada: Program
) -> None:
    feed = feed_of(ada)
    look = feed._look

    async def broken() -> None:
        raise LookupError("a bug")

    feed._look = broken  # type: ignore[method-assign]
    async with followed(ada) as parts:
        await expect_end(parts)
    feed._look = look  # type: ignore[method-assign]
    async with followed(ada) as parts:
        await happen(world, 1)
        assert numbers(await expect_events(parts, 1)) == [1]


async def test_a_database_that_is_down_for_a_while_loses_nothing(world: Scene, ada: Program) -> None:
    counting = Counting(world.deps.store)
    feed = EventFeed(_with_store(world, counting), interval=SOON)
    caller = await caller_of(ada)
    async with aclosing(feed.batches(caller, await feed.position(caller, None))) as batches:
        assert await anext(batches) == ()
        counting.is_down = True
        await happen(world, 1)
        task = asyncio.create_task(anext(batches))
        await counting.expect_reads(counting.reads + 3)
        counting.is_down = False
        async with asyncio.timeout(WAIT_LIMIT):
            assert [one.data["tasks"] for one in await task] == [1]
    counting.is_down = True
    with pytest.raises(StoreUnavailable):
        await feed.position(caller, None)


def _with_store(world: Scene, store: Counting) -> Dependencies:
    return replace(world.deps, store=store)


async def caller_of(program: Program) -> Caller:
    found = await authenticate(program.secret, program.scene.deps)
    assert found is not None
    return found
