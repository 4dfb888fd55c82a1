"""An address that can't be understood, or is of a database that oO can't use, is said in one line, without
the password; and so is what a server says itself when it lets nobody in.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from adapters.storage.engine import connect
from adapters.storage.moving import move
from adapters.storage.schema import revisions
from adapters.storage.store import Storage, open_store, tables_state
from bot.screens.texts import store_trouble
from core.errors import SettingsError, StoreUnavailable
from tests.rows import each_of
from tests.servers import postgres
from tests.waiting import WAIT_LIMIT

ESCAPES = "in a password write @ as %40, : as %3A, / as %2F"

Open = Callable[[str], Awaitable[object]]
each_look = pytest.mark.parametrize("look", [open_store, tables_state])
"""What starts oO, and what `oo migrate --check` does."""


@each_of(
    [
        ("postgresql://oo:Pa55@sEc:ReT@127.0.0.1:55432/oo", f"the port is no number; {ESCAPES}"),
        ("postgresql://oo:Pa55@127.0.0.1:5432x/oo", "the port is no number"),
        ("postgresql://oo:Pa55@[::1/oo", "the port is no number"),
        ("postgresql://oo:Pa55@sEc@127.0.0.1/oo", f"it is not clear where the host begins; {ESCAPES}"),
        ("postgresql://oo:Pa55@sEc/ReT@127.0.0.1/oo", "it is not clear where the host begins"),
        ("postgresql://oo:Pa55@sEc?ReT@127.0.0.1/oo", "it is not clear where the host begins"),
        ("postgresql://oo:Pa55@127.0.0.1:99999/oo", "there is no port 99999"),
        ("postgresql://oo:Pa55@127.0.0.1:0/oo", "there is no port 0"),
        ("postgresql://oo:Pa55@h/oo?sslrootcert=/nope.pem", r"there is no file /nope\.pem \(sslrootcert\)"),
    ]
)
def test_an_address_that_is_wrong_is_said_in_one_line_without_the_password(url: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as raised:
        connect(url)
    (line,) = raised.value.faults
    assert line.startswith("DATABASE_URL: ")
    assert "\n" not in line
    assert not [part for part in ("Pa55", "sEc", "ReT") if part in line]


@pytest.mark.parametrize("url", ["postgresql://oo:%40%3A%2F@h:5432/oo", "postgresql://oo@/oo?host=/a@b"])
async def test_a_password_that_is_written_so_and_a_folder_with_any_name_are_fine(url: str) -> None:
    await connect(url).close()


@pytest.fixture(params=["LATIN1", "SQL_ASCII"])
def wrong(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database that can't hold every text."""
    name = f"in_{request.param.lower()}"
    made = f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{request.param}' LOCALE 'C'"
    postgres.server().execute(made)
    yield postgres.server().url(name)
    postgres.drop(postgres.server().url(name))


@each_look
async def test_a_database_that_can_not_hold_every_text_is_refused(wrong: str, look: Open) -> None:
    with pytest.raises(SettingsError, match=r"its encoding is (LATIN1|SQL_ASCII), .*--encoding UTF8"):
        await look(wrong)


async def test_nothing_is_moved_to_such_a_database(wrong: str) -> None:
    with pytest.raises(SettingsError, match="its encoding is"):
        await move(postgres.empty_database(), wrong)


@pytest.fixture
def guest() -> Iterator[Callable[..., str]]:
    """The URL of a database as a role that may connect to it and nothing else."""
    made = postgres.new_database(migrated=True)
    server, name = postgres.server(), postgres.name_in(made)
    server.execute("CREATE ROLE visitor LOGIN")

    def url(*statements: str) -> str:
        server.execute(*(one.replace("DB", name) for one in statements))
        return made.replace("//oo@", "//visitor@")

    yield url
    server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    postgres.drop(made)
    server.execute("DROP ROLE visitor")


@each_look
@pytest.mark.parametrize(
    ("statement", "parameter", "said"),
    [
        ("SELECT 1", "", "permission denied for table alembic_version; the role of oO has to own its tables"),
        ("SELECT 1", "&bogus=1", 'unrecognized configuration parameter "bogus"'),
        ("SELECT 1", "&sslmode=bogus", "sslmode"),
        ("SELECT 1", "&port=abc", "the URL can't be understood"),
        ("ALTER DATABASE DB ALLOW_CONNECTIONS false", "", "is not currently accepting connections"),
        ("REVOKE CONNECT ON DATABASE DB FROM PUBLIC", "", 'permission denied for database "own'),
        ("ALTER ROLE visitor NOLOGIN", "", 'role "visitor" is not permitted to log in'),
        ("ALTER ROLE visitor RENAME TO other", "", 'role "visitor" does not exist'),
    ],
)
async def test_a_server_that_answers_is_quoted(
    guest: Callable[..., str], look: Open, statement: str, parameter: str, said: str
) -> None:
    url = guest(statement) + parameter
    try:
        with pytest.raises(SettingsError, match=said) as raised:
            await look(url)
    finally:
        if "RENAME" in statement:
            postgres.server().execute("ALTER ROLE other RENAME TO visitor")
    (line,) = raised.value.faults
    assert line.startswith("DATABASE_URL: postgresql://visitor@/own")
    assert "\n" not in line


@each_look
async def test_a_database_that_is_not_there_is_said(look: Open) -> None:
    with pytest.raises(SettingsError, match='database "missing" does not exist'):
        await look(postgres.server().url("missing"))


@each_look
async def test_a_server_that_is_full_is_quoted_and_may_be_tried_again(
    guest: Callable[..., str], look: Open
) -> None:
    with pytest.raises(StoreUnavailable) as raised:
        await look(guest("ALTER ROLE visitor CONNECTION LIMIT 0"))
    assert 'its server says "too many connections for role "visitor""' in store_trouble(raised.value)


async def test_what_a_start_takes_for_settings_is_an_outage_for_who_runs_already(
    guest: Callable[..., str],
) -> None:
    store = Storage(connect(guest("ALTER ROLE visitor NOLOGIN")))
    with pytest.raises(StoreUnavailable) as raised:
        async with store.read() as unit:
            await unit.people.ids()
    assert 'its server says "role "visitor" is not permitted to log in"' in store_trouble(raised.value)
    assert not await store.is_usable()
    await store.close()


@each_look
async def test_a_database_of_a_newer_oo_is_never_up_to_date(look: Open) -> None:
    url = postgres.new_database(migrated=True)
    newer = "UPDATE alembic_version SET version_num = '0999'"
    postgres.server().execute(newer, database=postgres.name_in(url))
    with pytest.raises(SettingsError, match=f"newer oO .*0999.* knows {revisions()[-1]}"):
        await look(url)
    postgres.drop(url)


@asynccontextmanager
async def without_tls() -> AsyncIterator[int]:
    """The port of a PostgreSQL that refuses to encrypt."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(8)
        writer.write(b"N")
        await reader.read()
        writer.close()
        await writer.wait_closed()
        left.set()

    left = asyncio.Event()
    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server, asyncio.timeout(WAIT_LIMIT):
        yield server.sockets[0].getsockname()[1]
        await left.wait()


@each_look
async def test_a_server_without_tls_is_said_where_tls_is_demanded(look: Open) -> None:
    async with without_tls() as port:
        with pytest.raises(SettingsError, match="the server offers no TLS, which sslmode demands"):
            await look(f"postgresql://oo:canary@127.0.0.1:{port}/oo?sslmode=require")
