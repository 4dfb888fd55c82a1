"""A login is never sent in plaintext to a ``tls://`` server. Faults name the server, and what to do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.nats import Access, Connection, described
from adapters.nats.connection import answering
from core.errors import StreamUnavailable
from tests.servers.nats import NatsServer
from tests.servers.smtp import certificate
from tests.waiting import WAIT_LIMIT

LOGIN = "oo:sw0rdfish"


class FakeServer:
    """Sends an INFO of its own, and records what it gets."""

    def __init__(self, **info: object) -> None:
        self._info = {"server_id": "FAKE", "version": "2.10.0", "proto": 1, "max_payload": 1 << 20, **info}
        self.got = b""
        self.port = 0
        self.left = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"INFO " + json.dumps(self._info).encode() + b"\r\n")
        while data := await reader.read(65536):
            self.got += data
        writer.close()
        await writer.wait_closed()
        self.left.set()


@asynccontextmanager
async def serving(fake: FakeServer) -> AsyncIterator[FakeServer]:
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.port = server.sockets[0].getsockname()[1]
    async with server, asyncio.timeout(WAIT_LIMIT):
        yield fake
        await fake.left.wait()


async def fault_of(access: Access) -> str:
    """What is said when it is asked what it holds."""
    connection = Connection(access)
    with pytest.raises(StreamUnavailable) as raised:
        await described(connection)
    await connection.close()
    return str(raised.value)


@pytest.mark.parametrize("info", [{}, {"tls_required": False}, {"auth_required": True}])
async def test_a_login_is_not_sent_to_a_server_that_offers_no_tls(info: dict[str, object]) -> None:
    async with serving(FakeServer(**info)) as fake:
        said = await fault_of(Access(url=f"tls://{LOGIN}@127.0.0.1:{fake.port}"))
    assert fake.got == b""
    assert f"NATS at 127.0.0.1:{fake.port} can't be used: the server offers no TLS" in said
    assert "sw0rdfish" not in said


async def test_a_file_with_certificates_asks_for_tls_as_well(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(certificate()[0])
    async with serving(FakeServer()) as fake:
        access = Access(url=f"nats://127.0.0.1:{fake.port}", ca=str(tmp_path / "ca.pem"))
        assert "offers no TLS" in await fault_of(access)
    assert fake.got == b""


async def test_what_is_sent_to_a_server_that_only_offers_tls_is_encrypted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adapters.nats.connection.CONNECT_SECONDS", 0.3)
    async with serving(FakeServer(tls_available=True)) as fake:
        await fault_of(Access(url=f"tls://{LOGIN}@127.0.0.1:{fake.port}"))
    assert fake.got.startswith(b"\x16\x03"), "a handshake of TLS"
    assert b"sw0rdfish" not in fake.got


def with_tls(folder: Path, *, allow_others: bool) -> NatsServer:
    """A server with a certificate, which demands TLS or only offers it."""
    cert, key = certificate()
    (folder / "cert.pem").write_bytes(cert)
    (folder / "key.pem").write_bytes(key)
    config = folder / "server.conf"
    config.write_text(
        f"tls {{ cert_file: '{folder}/cert.pem', key_file: '{folder}/key.pem' }}\n"
        f"allow_non_tls: {str(allow_others).lower()}\n"
        "authorization { user: oo, password: sw0rdfish }\n"
    )
    return NatsServer(folder / "jetstream", "-c", str(config))


@pytest.mark.parametrize("allow_others", [False, True])
async def test_a_real_server_with_tls_is_used_if_its_certificate_is_known(
    tmp_path: Path, *, allow_others: bool
) -> None:
    async with with_tls(tmp_path, allow_others=allow_others) as server:
        url = f"tls://{LOGIN}@127.0.0.1:{server.port}"
        connection = Connection(Access(url=url, ca=str(tmp_path / "cert.pem")))
        assert "NATS answers" in await described(connection)
        await connection.close()
        said = await fault_of(Access(url=url))
        assert "can't be trusted: self-signed certificate; NATS_CA names" in said


async def test_a_wrong_login_is_said(tmp_path: Path) -> None:
    async with NatsServer(tmp_path / "jetstream", "--user", "oo", "--pass", "other") as server:
        said = await fault_of(Access(url=f"nats://{LOGIN}@127.0.0.1:{server.port}"))
    assert said.startswith(f"NATS at 127.0.0.1:{server.port} refuses the login: see NATS_URL")
    assert "sw0rdfish" not in said


async def test_a_login_without_jetstream_is_said(tmp_path: Path) -> None:
    config = tmp_path / "server.conf"
    config.write_text("accounts { A { users: [{ user: oo, password: sw0rdfish }] } }\n")
    async with NatsServer(tmp_path / "jetstream", "-c", str(config)) as server:
        said = await fault_of(Access(url=f"nats://{LOGIN}@127.0.0.1:{server.port}"))
    assert "has no JetStream for this login" in said


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"nats://{LOGIN}@127.0.0.1:1", "NATS at 127.0.0.1:1 can't be reached: Connect"),
        (
            f"nats://{LOGIN}@127.0.0.1:1,nats://127.0.0.1:2",
            "NATS at 127.0.0.1:1, 127.0.0.1:2 can't be reached",
        ),
        (f"tls://{LOGIN}@nowhere.invalid", "NATS at nowhere.invalid can't be found"),
    ],
)
async def test_a_server_that_is_not_there_is_named_without_its_login(url: str, words: str) -> None:
    said = await fault_of(Access(url=url))
    assert said.startswith(words)
    assert "NATS_URL" in said
    assert "sw0rdfish" not in said


async def test_a_server_that_does_not_answer_in_time_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.nats.connection.ANSWER_SECONDS", 0.2)
    async with NatsServer(tmp_path / "jetstream") as server:
        connection = Connection(Access(url=server.url))
        await connection.jetstream()
        with server.paused(), pytest.raises(StreamUnavailable, match="gives no answer in time: see that it"):
            await described(connection)
        await connection.close()


async def test_something_else_that_listens_there_is_said() -> None:
    async def speaks_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(speaks_http, "127.0.0.1", 0)
    async with server:
        said = await fault_of(Access(url=f"nats://127.0.0.1:{server.sockets[0].getsockname()[1]}"))
    assert "expecting INFO message" in said


def classes(kind: type[BaseException]) -> list[type[BaseException]]:
    return [kind, *(one for sub in kind.__subclasses__() for one in classes(sub))]


async def test_no_fault_is_told_by_the_name_of_a_class() -> None:
    """Whatever nats-py may raise."""
    from nats.errors import Error

    make: Callable[[type[BaseException]], BaseException] = lambda kind: kind.__new__(kind)  # noqa: E731
    for kind in classes(Error):
        with pytest.raises(StreamUnavailable) as raised:
            async with answering("NATS at host"):
                raise make(kind)
        assert kind.__name__ not in str(raised.value)
        assert str(raised.value).startswith("NATS at host ")
