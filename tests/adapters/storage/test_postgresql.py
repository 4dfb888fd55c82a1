"""PostgreSQL: transactions side by side give what one writer would give, and its failures have names."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlsplit

import asyncpg
import pytest
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, PendingRollbackError

from adapters.storage.postgresql import Postgresql
from adapters.storage.postgresql_connecting import Connect
from adapters.storage.postgresql_failures import store_exception
from adapters.storage.store import Storage, open_store
from core.errors import (
    BadInput,
    NotFound,
    SettingsError,
    StoreBusy,
    StoreConflict,
    StoreFull,
    StoreLost,
    StoreReadOnly,
    StoreUnavailable,
    StoreUnreachable,
)
from core.records import Spending
from core.store import DuePerson, Unit
from tests.contracts.store.records import NOW, account, decision, person, reward, snapshot, task
from tests.rows import each_of
from tests.servers import postgres
from tests.servers.proxy import Proxy, to_socket
from tests.waiting import WAIT_LIMIT

T = TypeVar("T")

DAY = date(2026, 11, 22)


@pytest.fixture
async def two() -> AsyncIterator[tuple[Storage, Storage]]:
    """Two processes on one database that knows Ada and Bob."""
    url = postgres.empty_database()
    here, there = await open_store(url), await open_store(url)
    async with here.begin() as unit:
        await unit.people.add(person("ada", next_due_at=NOW))
        await unit.people.add(person("bob"))
        await unit.decisions.add(decision(), snapshot())
    yield here, there
    await here.close()
    await there.close()


async def at_once(*works: Awaitable[T]) -> list[T]:
    async with asyncio.timeout(WAIT_LIMIT):
        return await asyncio.gather(*works)


# --- Transactions about the same person --------------------------------------------------------------------


async def count_up(store: Storage, whose: str) -> None:
    """Read a number of the person, and write the next one."""
    async with store.begin(whose) as unit:
        before = await unit.notes.get(whose, "number")
        await asyncio.sleep(0)  # the others go on meanwhile
        await unit.notes.put(whose, "number", str(int(before or 0) + 1))


async def test_what_two_processes_read_and_write_of_a_person_is_never_lost(
    two: tuple[Storage, Storage],
) -> None:
    await at_once(*(count_up(store, whose) for store in two for whose in ("ada", "bob") for _ in range(10)))
    async with two[0].read() as unit:
        assert {await unit.notes.get(whose, "number") for whose in ("ada", "bob")} == {"20"}


async def test_a_tap_that_two_processes_handle_counts_once(two: tuple[Storage, Storage]) -> None:
    async def tap(store: Storage) -> bool:
        async with store.begin("ada") as unit:
            if await unit.reactions.reward("d1"):
                return False
            await unit.reactions.put_reward(reward())
            return True

    assert sorted(await at_once(*map(tap, two * 4))) == [False] * 7 + [True]


async def test_a_slot_is_claimed_by_one_of_two_processes(two: tuple[Storage, Storage]) -> None:
    async def claim(store: Storage) -> bool:
        async with store.begin("ada") as unit:
            return await unit.people.claim(DuePerson(person_id="ada", due_at=NOW), None)

    assert sorted(await at_once(*map(claim, two * 3))) == [False] * 5 + [True]


async def test_a_limit_of_tasks_is_kept_by_two_processes(two: tuple[Storage, Storage]) -> None:
    async def add(store: Storage, name: str) -> None:
        async with store.begin("ada") as unit:
            if len(await unit.tasks.open("ada")) < 3:
                await unit.tasks.put(task(name))

    await at_once(*(add(store, f"t{n}") for n, store in enumerate(two * 5)))
    async with two[0].read() as unit:
        assert len(await unit.tasks.open("ada")) == 3


# --- What belongs to nobody --------------------------------------------------------------------------------


async def test_the_population_learns_from_everybody_at_once(two: tuple[Storage, Storage]) -> None:
    async def learn(store: Storage, whose: str) -> None:
        async with store.begin(whose) as unit:
            known = await unit.learning.read("population", whose)
            await unit.learning.write(
                {scope: known.get(scope, b"") + b"." for scope in ("population", whose)}
            )

    await at_once(*(learn(store, whose) for store in two for whose in ("ada", "bob") for _ in range(5)))
    async with two[0].read() as unit:
        learned = await unit.learning.everything()
    assert learned == {"population": b"." * 20, "ada": b"." * 10, "bob": b"." * 10}


async def test_the_budget_of_a_day_is_reserved_by_one_at_a_time(two: tuple[Storage, Storage]) -> None:
    async def reserve(store: Storage, whose: str) -> None:
        async with store.begin(whose) as unit:
            if (await unit.spending.of(DAY, None)).calls < 5:
                await unit.spending.add(DAY, whose, Spending(calls=1))

    await at_once(*(reserve(store, whose) for store in two for whose in ("ada", "bob") for _ in range(4)))
    async with two[0].read() as unit:
        assert (await unit.spending.of(DAY, None)).calls == 5


async def test_notes_of_oo_itself_are_counted_up_together(two: tuple[Storage, Storage]) -> None:
    async def step(store: Storage, whose: str) -> None:
        async with store.begin(whose) as unit:
            before = await unit.notes.get(None, "number")
            await unit.notes.put(None, "number", str(int(before or 0) + 1))

    await at_once(*(step(store, whose) for store in two for whose in ("ada", "bob") for _ in range(5)))
    async with two[0].read() as unit:
        assert await unit.notes.get(None, "number") == "20"


# --- Side by side, and alone -------------------------------------------------------------------------------


async def is_begun(store: Storage, *people: str) -> bool:
    """Whether a transaction can begin now, in a process without patience."""
    try:
        async with store.begin(*people) as unit:
            await unit.people.ids()
    except StoreBusy:
        return False
    return True


async def test_transactions_about_others_do_not_wait(two: tuple[Storage, Storage]) -> None:
    there = two[0]
    here = await open_store(postgres.server().url(postgres.MIGRATED), busy_timeout_seconds=0.1)
    begun: dict[tuple[str, ...], dict[tuple[str, ...], bool]] = {
        (): {(): False, ("ada",): False, ("bob",): False},
        ("ada",): {(): False, ("ada",): False, ("bob",): True, ("bob", "ada"): False},
        ("bob", "ada"): {("ada",): False, ("bob",): False, ("eve",): True},
    }
    for people, others in begun.items():
        async with there.begin(*people) as unit:
            await unit.people.ids()
            assert {one: await is_begun(here, *one) for one in others} == others, people
    await here.close()


async def test_people_in_any_order_do_not_wait_for_each_other(two: tuple[Storage, Storage]) -> None:
    async def both(store: Storage, *people: str) -> None:
        async with store.begin(*people) as unit:
            await unit.people.ids()

    orders = ("ada", "bob"), ("bob", "ada"), ("ada", "bob", "ada")
    await at_once(*(both(store, *order) for store in two for order in orders for _ in range(5)))


async def test_a_reader_sees_one_state_and_waits_for_nobody(two: tuple[Storage, Storage]) -> None:
    here, there = two
    async with here.read() as reading:
        before = await reading.people.get("bob")
        async with there.begin() as unit:
            await unit.people.save(replace(before, zone="Asia/Tokyo"))
            assert await reading.notes.get("bob", "number") is None
        await count_up(there, "bob")
        assert await reading.notes.get("bob", "number") is None
    async with here.read() as reading:
        assert await reading.notes.get("bob", "number") == "1"


async def test_a_reading_transaction_can_not_write(two: tuple[Storage, Storage]) -> None:
    async with two[0].read() as unit:
        with pytest.raises(DBAPIError, match="read-only transaction"):
            await unit.notes.put(None, "left", "9")


async def test_a_deadlock_is_a_conflict_and_nothing_of_it_stays(
    two: tuple[Storage, Storage], caplog: pytest.LogCaptureFixture
) -> None:
    """The order of locks leaves none in the core: here two transactions lock against it."""
    met = asyncio.Barrier(2)

    async def crossed(store: Storage, whose: str, names: tuple[str, str]) -> str:
        try:
            async with store.begin(whose) as unit:
                await unit.notes.put(whose, "crossed", "yes")
                await unit.people._session.lock(names[0])
                await met.wait()
                await unit.people._session.lock(names[1])
        except StoreConflict:
            return "given up"
        return "done"

    outcome = await at_once(crossed(two[0], "ada", ("x", "y")), crossed(two[1], "bob", ("y", "x")))
    assert sorted(outcome) == ["done", "given up"]
    async with two[0].read() as unit:
        kept = [await unit.notes.get(whose, "crossed") for whose in ("ada", "bob")]
    assert sorted(map(str, kept)) == ["None", "yes"]
    assert caplog.messages == []


# --- Cancelled ---------------------------------------------------------------------------------------------


async def test_blocks_cancelled_anywhere_happen_whole_or_not_at_all(two: tuple[Storage, Storage]) -> None:
    async def step() -> None:
        async with two[0].begin("ada") as unit:
            for key in ("left", "right"):
                before = await unit.notes.get("ada", key)
                await unit.notes.put("ada", key, str(int(before or 0) + 1))

    for pauses in range(60):
        one = asyncio.create_task(step())
        for _ in range(pauses):
            await asyncio.sleep(0.0002)
        one.cancel()
        await asyncio.wait({one}, timeout=WAIT_LIMIT)
    async with asyncio.timeout(WAIT_LIMIT):
        await step()
    async with two[0].read() as unit:
        left, right = [await unit.notes.get("ada", key) for key in ("left", "right")]
    assert left == right
    assert 1 <= int(left or 0) <= 61


# --- Trouble -----------------------------------------------------------------------------------------------

SOON = "SET LOCAL idle_in_transaction_session_timeout = '50ms'"
ENDS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datid > 0"


async def test_connections_that_the_server_has_closed_are_opened_again(two: tuple[Storage, Storage]) -> None:
    await count_up(two[0], "ada")
    postgres.server().execute(ENDS)
    await count_up(two[0], "ada")
    postgres.server().execute(ENDS)
    async with two[0].read() as unit:
        assert await unit.notes.get("ada", "number") == "2"


async def test_a_statement_may_come_at_any_moment_after_the_server_has_closed_its_connection(
    two: tuple[Storage, Storage],
) -> None:
    # The driver reads the server's last words, and then, turns of the loop later, the end of the connection.
    async def write(*, is_first: bool, turns: int) -> None:
        async with two[0].begin("ada") as unit:
            if not is_first:
                await unit.notes.put("ada", "number", "7")
            postgres.server().execute(ENDS)
            for _ in range(turns):
                await asyncio.sleep(0)
            await unit.notes.put("ada", "other", str(turns))

    for turns in range(8):
        await count_up(two[0], "ada")  # so that a connection is kept
        await write(is_first=True, turns=turns)
        with pytest.raises(StoreUnreachable):
            await write(is_first=False, turns=turns)
    async with two[0].read() as unit:
        assert (await unit.notes.get("ada", "number"), await unit.notes.get("ada", "other")) == ("8", "7")


async def test_a_connection_that_breaks_within_a_transaction_changes_nothing(
    two: tuple[Storage, Storage], caplog: pytest.LogCaptureFixture
) -> None:
    async def cut() -> None:
        async with two[0].begin("ada") as unit:
            await unit.notes.put("ada", "number", "7")
            postgres.server().execute(ENDS)
            await unit.notes.put("ada", "other", "7")

    with pytest.raises(StoreUnreachable):
        await cut()
    assert await two[0].is_usable(), "it tries by itself"
    await count_up(two[0], "ada")
    async with two[0].read() as unit:
        assert await unit.notes.get("ada", "number") == "1"
    assert [one.split(":")[0] for one in caplog.messages] == [
        "the database can't be used (unreachable)",
        "the database works again",
    ]


async def test_oo_is_not_ready_while_the_server_lets_nobody_in_and_goes_on_by_itself(
    two: tuple[Storage, Storage],
) -> None:
    allow = f"ALTER DATABASE {postgres.MIGRATED} ALLOW_CONNECTIONS"
    postgres.server().execute(f"{allow} false", ENDS)
    try:
        assert not await two[0].is_usable()
        with pytest.raises(StoreUnreachable):
            await count_up(two[0], "ada")
        assert not await two[0].is_usable()
    finally:
        postgres.server().execute(f"{allow} true")
    assert await two[0].is_usable()
    await count_up(two[0], "ada")


async def test_a_server_that_only_reads_is_told(two: tuple[Storage, Storage]) -> None:
    reads_only = f"ALTER DATABASE {postgres.MIGRATED} SET default_transaction_read_only"
    postgres.server().execute(f"{reads_only} = on", ENDS)
    try:
        with pytest.raises(StoreReadOnly):
            await count_up(two[0], "ada")
        assert not await two[0].is_usable()
    finally:
        postgres.server().execute(f"{reads_only} = off", ENDS)
    assert await two[0].is_usable()


async def test_a_transaction_whose_process_was_stopped_keeps_nobody_waiting(
    two: tuple[Storage, Storage],
) -> None:
    """And when it wakes up, it changes nothing."""
    paused, goes_on = two[0], two[1]

    async def sleeps() -> None:
        async with paused.begin("ada") as unit:
            await unit.notes.put("ada", "number", "from long ago")
            await unit.session.run(lambda one: one.exec_driver_sql(SOON))
            async with asyncio.timeout(WAIT_LIMIT):
                await count_up(goes_on, "ada")
            await unit.notes.put("ada", "other", "from long ago")

    with pytest.raises(StoreUnreachable):
        await sleeps()
    async with goes_on.read() as unit:
        assert [await unit.notes.get("ada", key) for key in ("number", "other")] == ["1", None]


async def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(StoreUnreachable, match=r"postgresql://oo@/x$"):
        await open_store("postgresql://oo:secret@/x?host=/nonexistent")
    with pytest.raises(SettingsError, match='database "nothing" does not exist'):
        await open_store(postgres.server().url("nothing"))


@each_of(
    {
        "40001": StoreConflict,
        "40P01": StoreConflict,
        "40000": StoreConflict,
        "40003": StoreUnreachable,
        "55P03": StoreBusy,
        "57014": StoreBusy,
        "53300": StoreBusy,
        "53100": StoreFull,
        "53200": StoreUnavailable,
        "25006": StoreReadOnly,
        "57P01": StoreUnreachable,
        "57P02": StoreUnreachable,
        "57P03": StoreUnreachable,
        "57P04": StoreUnreachable,
        "57P05": StoreUnreachable,
        "08000": StoreUnreachable,
        "08003": StoreUnreachable,
        "08006": StoreUnreachable,
        "08P01": StoreUnreachable,
        "25P03": StoreUnreachable,
        "25P04": StoreUnreachable,
        "58030": StoreUnavailable,
        "XX000": StoreUnavailable,
        "XX001": StoreLost,
        "23505": None,
        "25P02": None,
        "0A000": None,
        "42P01": None,
        "22003": None,
    }.items()
)
def test_the_codes_of_the_server_are_kinds_of_trouble(
    code: str, trouble: type[StoreUnavailable] | None
) -> None:
    class Told(Exception):
        sqlstate = code

    assert store_exception(Told()) is trouble


OF_THE_DRIVER: Sequence[tuple[Exception, type[StoreUnavailable] | None]] = (
    (asyncpg.AdminShutdownError("terminating connection"), StoreUnreachable),
    (asyncpg.CrashShutdownError("terminating connection"), StoreUnreachable),
    (asyncpg.CannotConnectNowError("the database system is starting up"), StoreUnreachable),
    (asyncpg.TooManyConnectionsError("sorry, too many clients already"), StoreBusy),
    (asyncpg.IdleSessionTimeoutError("terminating connection"), StoreUnreachable),
    (asyncpg.ConnectionDoesNotExistError("closed in the middle of operation"), StoreUnreachable),
    (asyncpg.InternalServerError("could not open file"), StoreUnavailable),
    (asyncpg.InternalClientError("got result for unknown protocol state 2"), StoreUnreachable),
    (asyncpg.ProtocolError("unexpected message"), StoreUnreachable),
    (asyncpg.InvalidCachedStatementError("cached statement plan is invalid"), StoreConflict),
    (asyncpg.InterfaceError("connection is closed"), StoreUnreachable),
    (
        asyncpg.InterfaceError("cannot call Transaction.start(): the underlying connection is closed"),
        StoreUnreachable,
    ),
    (asyncpg.InterfaceError("cannot perform operation: another operation is in progress"), StoreUnreachable),
    (asyncpg.InterfaceError("cannot alias non-scalar type"), None),
    (asyncpg.UndefinedTableError("there is no such table"), None),
    (PendingRollbackError("Can't reconnect until invalid transaction is rolled back."), StoreUnreachable),
    (ConnectionResetError(), StoreUnreachable),
    (TimeoutError(), StoreUnreachable),
    (LookupError("a bug"), None),
    (BadInput("hint"), None),
)


async def test_what_sqlalchemy_tells_no_listener_is_trouble_all_the_same() -> None:
    """While it handles one error it raises the next one as it is, and so where it prepares a connection."""
    database = Postgresql.open(make_url("postgresql://oo:secret@/x?host=/nonexistent"), 1.0)
    translate, dialect = database.writer.translate, database.writer.dialect
    for error, trouble in OF_THE_DRIVER:
        errors = [error]
        if isinstance(error, (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)):
            errors.append(as_sqlalchemy_raises_it(error, dialect))
        for one in errors:
            found = translate(one)
            assert type(found) is (trouble or type(None)), (one, found)
            assert "secret" not in str(found)
    reading = database.reader.translate
    assert reading(asyncpg.ReadOnlySQLTransactionError("")) is None, "a reader that writes is a bug"
    await database.close()


def as_sqlalchemy_raises_it(error: Exception, dialect: Any) -> Exception:
    """Wrapped twice, as its dialect for the driver and then its engine do."""
    dbapi = dialect.loaded_dbapi
    kinds = dbapi._asyncpg_error_translate
    kind = next(kinds[one] for one in type(error).__mro__ if one in kinds)
    adapted = kind(str(error), error)
    adapted.__cause__ = error
    found = DBAPIError.instance("SELECT", None, adapted, dbapi.Error, dialect=dialect)
    assert isinstance(found, DBAPIError)
    return found


async def test_a_server_that_goes_while_a_connection_is_prepared_is_unreachable(
    two: tuple[Storage, Storage], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(*_: object) -> None:
        raise asyncpg.InternalClientError("got result for unknown protocol state 2")

    two[0].database.writer.sync_engine.pool.logger.error("Exception closing connection %r", "c")  # no news
    with monkeypatch.context() as patched:
        patched.setattr(PGDialect_asyncpg, "setup_asyncpg_json_codec", fails)
        postgres.server().execute(ENDS)
        with pytest.raises(StoreUnreachable):
            await count_up(two[0], "ada")
    await count_up(two[0], "ada")
    assert [one.split(":")[0] for one in caplog.messages] == [
        "the database can't be used (unreachable)",
        "the database works again",
    ]


async def test_whoever_is_gone_is_not_found(two: tuple[Storage, Storage]) -> None:
    async def add(unit: Unit) -> None:
        await unit.tasks.put(task(person_id="nobody"))

    with pytest.raises(NotFound):
        await inside(two[0], add)


async def inside(store: Storage, work: Callable[[Unit], Awaitable[None]]) -> None:
    async with store.begin() as unit:
        await work(unit)


async def test_an_error_message_holds_nothing_that_was_to_be_stored(two: tuple[Storage, Storage]) -> None:
    """G13. The server's own message names the values of a key: it goes no further than its code."""

    async def clash(unit: Unit) -> None:
        await unit.people.save_account(account("a1", external_id="same-canary"))
        await unit.people.save_account(account("a2", external_id="same-canary", address="canary"))

    with pytest.raises(DBAPIError) as caught:
        await inside(two[0], clash)
    assert "canary" not in str(caught.value)


# --- Text --------------------------------------------------------------------------------------------------


async def test_text_is_stored_as_it_is_but_for_nul(two: tuple[Storage, Storage]) -> None:
    titles = {
        "'; DROP TABLE tasks; --": "'; DROP TABLE tasks; --",
        "nul\x00byte": "nul\ufffdbyte",
        "\u202e\U0001f331": "\u202e\U0001f331",
        "%s :x ? $1": "%s :x ? $1",
        "": "",
    }
    async with two[0].begin("ada") as unit:
        for number, title in enumerate(titles):
            await unit.tasks.put(task(f"t{number}", title=title, labels=(title,)))
    async with two[0].read() as unit:
        stored = [await unit.tasks.get(f"t{number}") for number in range(len(titles))]
        assert [one.title for one in stored] == [*titles.values()]
        assert [one.labels for one in stored] == [(title,) for title in titles]
        assert await unit.handles.get("no\x00thing") is None


async def test_people_come_in_the_order_of_their_code_points(two: tuple[Storage, Storage]) -> None:
    names = ["Zoe", "_", "ada", "bob", "zoe", "Ärger", "été"]
    async with two[0].begin() as unit:
        for name in {*names} - {"ada", "bob"}:
            await unit.people.add(person(name))
    async with two[0].read() as unit:
        assert await unit.people.ids() == tuple(sorted(names))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems name these options otherwise")
async def test_a_way_to_the_server_that_is_cut_is_noticed_by_the_system() -> None:
    name = urlsplit(postgres.empty_database()).path
    where = to_socket(f"{postgres.server().folder}/.s.PGSQL.5432")
    async with Proxy(where) as proxy:
        url = make_url(f"postgresql://oo@127.0.0.1:{proxy.port}{name}?sslmode=disable")
        connection = await Connect(url)()
        try:
            sock = connection._transport.get_extra_info("socket")
            assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
            assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
            idle, pause, count = (
                sock.getsockopt(socket.IPPROTO_TCP, option)
                for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
            )
            assert idle + pause * count <= 30
        finally:
            await connection.close()
