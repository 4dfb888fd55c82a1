"""Beginnings that take locks, and what a server says that speaks no PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from struct import pack
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.storage.postgresql_driver import MAX_LENGTH, CheckedMessages, Connection, connect
from adapters.storage.store import Storage, open_store
from core.errors import StoreUnreachable
from tests.servers import postgres
from tests.servers.proxy import Proxy, SaysInstead, Slow, to_socket
from tests.servers.smtp import server_tls
from tests.waiting import WAIT_LIMIT

# --- Beginnings --------------------------------------------------------------------------------------------


@asynccontextmanager
async def connected() -> AsyncIterator[Connection]:
    connection = await connect(postgres.empty_database())
    try:
        yield connection
    finally:
        await connection.close()


LOCK = "SELECT pg_advisory_xact_lock(7)"
LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7 AND pid = pg_backend_pid()"


async def test_a_transaction_begins_with_its_locks_and_the_next_one_without_them() -> None:
    async with connected() as connection:
        connection.begin_with(LOCK)
        for expected in (1, 0):
            transaction = connection.transaction(isolation="read_committed")
            await transaction.start()
            assert await connection.fetchval(LOCKS) == expected
            assert await connection.fetchval("SHOW transaction_isolation") == "read committed"
            await transaction.commit()
            assert await connection.fetchval(LOCKS) == 0


async def test_one_that_only_reads_says_so() -> None:
    async with connected() as connection:
        transaction = connection.transaction(isolation="repeatable_read", readonly=True)
        await transaction.start()
        assert await connection.fetchval("SHOW transaction_isolation") == "repeatable read"
        assert await connection.fetchval("SHOW transaction_read_only") == "on"
        await transaction.rollback()


async def test_a_transaction_whose_locks_are_refused_has_not_begun() -> None:
    async with connected() as connection:
        connection.begin_with(f"{LOCK}; SELECT 1 / 0")
        with pytest.raises(asyncpg.DivisionByZeroError):
            await connection.transaction().start()
        assert not connection.is_in_transaction()
        assert await connection.fetchval(LOCKS) == 0


async def test_a_transaction_whose_beginning_is_cancelled_holds_no_lock() -> None:
    async with connected() as other, connected() as connection:
        await other.execute(f"BEGIN; {LOCK}")
        connection.begin_with(LOCK)
        waiting = asyncio.create_task(connection.transaction().start())
        is_waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        async with asyncio.timeout(WAIT_LIMIT):
            while not await other.fetchval(is_waiting):  # noqa: ASYNC110 - nothing there tells when
                await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert connection.is_closed()


async def test_a_commit_after_a_failure_that_nobody_noticed_raises() -> None:
    async with connected() as connection:
        transaction = connection.transaction()
        await transaction.start()
        with pytest.raises(asyncpg.DivisionByZeroError):
            await connection.execute("SELECT 1 / 0")
        with pytest.raises(asyncpg.InFailedSQLTransactionError):
            await transaction.commit()


# --- Messages ----------------------------------------------------------------------------------------------

HTTP_2 = b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00" * 18
"""What a server of HTTP/2 says first."""

NO_MESSAGES = {
    "a negative length": b"D" + pack("!i", -1),
    "the most negative length": b"N" + pack("!i", -(2**31)),
    "no length": b"S" + pack("!i", 0) + b"x" * 20,
    "a length without itself": b"T" + pack("!i", 3) + b"x" * 20,
    "more than a server sends": b"D" + pack("!i", MAX_LENGTH + 1),
    "no type": b"\0" + pack("!i", 8) + b"four",
    "zeros": bytes(64),
    "HTTP/2": HTTP_2,
    "HTTP": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "SSH": b"SSH-2.0-OpenSSH_9.6\r\n",
    "random": b"\x00\xff\xfe{{<not http>\r\n\r\n" * 3,
}


class Reader:
    """As the protocol of asyncpg: remembers what it was given."""

    def __init__(self) -> None:
        self.read = b""
        self.was_cut = False

    def data_received(self, data: bytes) -> None:
        self.read += data

    def abort(self) -> None:
        self.was_cut = True


def fed(chunks: list[bytes]) -> Reader:
    """A reader that was given these chunks, through the check, until it was cut off."""
    reader: Any = Reader()
    checked = CheckedMessages(reader)
    checked.transport = reader
    for chunk in chunks:
        if not reader.was_cut:
            checked.data_received(chunk)
    return reader  # type: ignore[no-any-return]


messages = st.builds(
    lambda kind, body: bytes([kind]) + pack("!i", len(body) + 4) + body,
    st.integers(1, 255),
    st.binary(max_size=12),
)


def cut_at(said: bytes, places: list[int]) -> list[bytes]:
    ends = sorted({place % (len(said) + 1) for place in places} | {0, len(said)})
    return [said[start:end] for start, end in pairwise(ends)]


@given(st.lists(messages, max_size=5), st.lists(st.integers(0, 90), max_size=8))
def test_messages_in_any_pieces_pass_unchanged(said: list[bytes], places: list[int]) -> None:
    reader = fed(cut_at(b"".join(said), places))
    assert not reader.was_cut
    assert reader.read == b"".join(said)


@given(
    st.lists(messages, max_size=3),
    st.sampled_from(["a negative length", "no length", "no type", "more than a server sends"]),
    st.lists(st.integers(0, 60), max_size=8),
)
def test_what_is_no_message_is_never_read_to_its_head_s_end(
    said: list[bytes], broken: str, places: list[int]
) -> None:
    before = b"".join(said)
    reader = fed(cut_at(before + NO_MESSAGES[broken], places))
    assert reader.was_cut
    assert len(reader.read) < len(before) + 5


# --- A server that speaks something else -------------------------------------------------------------------


@asynccontextmanager
async def behind_a_proxy() -> AsyncIterator[tuple[Proxy, Storage]]:
    name = urlsplit(postgres.empty_database()).path
    async with Proxy(to_socket(f"{postgres.server().folder}/.s.PGSQL.5432")) as proxy:
        store = await open_store(f"postgresql://oo@127.0.0.1:{proxy.port}{name}?sslmode=disable")
        try:
            yield proxy, store
        finally:
            await proxy.end()
            await store.close()


async def used(store: Storage) -> None:
    async with store.begin("ada") as unit:
        await unit.notes.get(None, "any")


async def test_whatever_comes_in_the_place_of_messages_is_a_server_out_of_reach() -> None:
    """On new connections and on those that were open, at the start of an answer. asyncpg alone would hang,
    and this process with it.
    """
    async with behind_a_proxy() as (proxy, store), asyncio.timeout(WAIT_LIMIT):
        for what, said in NO_MESSAGES.items():
            await used(store)
            await proxy.begin(SaysInstead(said, hangs_up=False))
            with pytest.raises(StoreUnreachable):
                await used(store)
            assert not await store.is_usable(), what
            await proxy.end()
        await used(store)


async def test_an_answer_that_comes_byte_by_byte_is_read() -> None:
    async with behind_a_proxy() as (proxy, store), asyncio.timeout(WAIT_LIMIT):
        await proxy.begin(Slow(proxy, 0))
        await used(store)


@asynccontextmanager
async def with_tls() -> AsyncIterator[tuple[int, list[asyncio.StreamWriter]]]:
    """The server behind TLS: the port, and what writes to those who connect."""
    writers: list[asyncio.StreamWriter] = []
    ended = asyncio.Event()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1 << 16):
            writer.write(data)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)  # whether there is TLS
        writer.write(b"S")
        await writer.drain()
        await writer.start_tls(server_tls())
        there, to_there = await asyncio.open_unix_connection(f"{postgres.server().folder}/.s.PGSQL.5432")
        writers.append(writer)
        ways = [asyncio.create_task(pass_on(*way)) for way in ((reader, to_there), (there, writer))]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        to_there.transport.abort()
        writer.transport.abort()
        ended.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with asyncio.timeout(WAIT_LIMIT):
        yield server.sockets[0].getsockname()[1], writers
        await ended.wait()
    server.close()


async def test_a_way_with_tls_is_checked_as_well() -> None:
    name = urlsplit(postgres.empty_database()).path
    async with with_tls() as (port, writers):
        connection = await connect(f"postgresql://oo@127.0.0.1:{port}{name}?sslmode=require")
        assert len(await connection.fetch("SELECT repeat('x', 300) FROM generate_series(1, 1000)")) == 1000
        writers[0].write(HTTP_2)
        with pytest.raises(asyncpg.ConnectionDoesNotExistError):
            await connection.fetchval("SELECT pg_sleep(600)")
