"""The store: transactions on the database, each with a repository per group of tables."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.exc import DatabaseError

from adapters.storage.calendars import CalendarEvents
from adapters.storage.connecting import Connecting
from adapters.storage.consents import Consents
from adapters.storage.corrections import Corrections
from adapters.storage.decisions import Decisions
from adapters.storage.deliveries import Deliveries
from adapters.storage.embeddings import Embeddings
from adapters.storage.engine import BUSY_TIMEOUT_SECONDS, Database, connect
from adapters.storage.events import Events, Notes
from adapters.storage.identities import Identities
from adapters.storage.imports import Imports
from adapters.storage.incidents import Incidents
from adapters.storage.integrations import Integrations, Secrets
from adapters.storage.learning import Learning
from adapters.storage.leases import Leases
from adapters.storage.mail import MailRequests
from adapters.storage.messages import Messages
from adapters.storage.notifications import Notifications
from adapters.storage.operations import Operations
from adapters.storage.paces import Paces
from adapters.storage.people import Invitations, People
from adapters.storage.push_subscriptions import PushSubscriptions
from adapters.storage.reactions import Reactions, Snoozes
from adapters.storage.reminders import Reminders
from adapters.storage.schema import TablesState, migrate, state
from adapters.storage.session import Session, transaction
from adapters.storage.sessions import Sessions
from adapters.storage.spending import SpendingLog
from adapters.storage.tasks import Tasks
from adapters.storage.tokens import KeptAnswers, Tokens
from adapters.storage.trials import Trials
from adapters.storage.turns import Turns
from adapters.storage.updates import Handles, Inbox
from adapters.storage.workspaces import Workspaces
from core.concurrency import run_uninterrupted
from core.errors import StoreBusy, StoreConflict, StoreUnavailable
from core.store import NOBODY

_log = logging.getLogger(__name__)
TROUBLE_LOG = "adapters.storage.trouble"
"""Logger of failures of the database; `oo chat` silences it and reports them in the chat instead."""
_trouble_log = logging.getLogger(TROUBLE_LOG)


MIGRATION_SECONDS = 600.0
"""How long a start waits for another process that migrates."""

PROBE = "probe"
"""Key of a note that is written to test whether the database can be written."""


@dataclass(slots=True)
class _Watch:
    """One observed transaction."""

    proven: bool = False
    """Whether it shows that the database can be written."""


R = TypeVar("R")


class _Part(Generic[R]):
    """An attribute of a transaction that is made when it is first used: most use a few of them."""

    def __init__(self, make: Callable[[Session], R]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, transaction: Transaction, owner: type | None = None) -> R:
        made = self._make(transaction.session)
        transaction.__dict__[self._name] = made
        return made


class Transaction:
    """One transaction; implements ``core.store.Unit``."""

    people = _Part(People)
    consents = _Part(Consents)
    invitations = _Part(Invitations)
    tasks = _Part(Tasks)
    imports = _Part(Imports)
    connecting = _Part(Connecting)
    decisions = _Part(Decisions)
    trials = _Part(Trials)
    deliveries = _Part(Deliveries)
    reactions = _Part(Reactions)
    snoozes = _Part(Snoozes)
    reminders = _Part(Reminders)
    learning = _Part(Learning)
    corrections = _Part(Corrections)
    embeddings = _Part(Embeddings)
    handles = _Part(Handles)
    messages = _Part(Messages)
    turns = _Part(Turns)
    inbox = _Part(Inbox)
    events = _Part(Events)
    spending = _Part(SpendingLog)
    calendar = _Part(CalendarEvents)
    integrations = _Part(Integrations)
    secrets = _Part(Secrets)
    workspaces = _Part(Workspaces)
    notifications = _Part(Notifications)
    notes = _Part(Notes)
    tokens = _Part(Tokens)
    sessions = _Part(Sessions)
    kept_answers = _Part(KeptAnswers)
    identities = _Part(Identities)
    push_subscriptions = _Part(PushSubscriptions)
    mail_requests = _Part(MailRequests)
    operations = _Part(Operations)
    incidents = _Part(Incidents)
    leases = _Part(Leases)
    paces = _Part(Paces)

    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def has_freed_bytes(self) -> bool:
        """Whether bytes were deleted that must not stay in the file."""
        has_left = self.people.has_forgotten or self.people.has_freed_secrets
        has_shredded = self.secrets.has_shredded or self.workspaces.has_shredded
        return has_left or has_shredded or self.inbox.has_forgotten


class Storage:
    """The store; implements ``core.store.Store``. Made by ``open_store``."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._read_slots = asyncio.Semaphore(database.max_readers)
        self._has_freed_bytes = False
        self._trouble: StoreUnavailable | None = None

    @property
    def is_shared(self) -> bool:
        """Whether several ``oo run`` may use the database."""
        return self.database.is_shared

    async def prepare(self) -> None:
        """Apply migrations, all or nothing. One of several processes does it, and the others wait for it.

        Raises ``StoreBusy`` if somebody else uses the database for too long.
        """
        ends = asyncio.get_running_loop().time() + (MIGRATION_SECONDS if self.is_shared else 0.0)
        while await self.database.needs_migration():
            try:
                await self._migrate()
            except StoreBusy:
                if asyncio.get_running_loop().time() > ends:
                    raise
            else:
                return

    async def _migrate(self) -> None:
        async with self.database.turn(()), self._write(()) as session:
            if await session.run(migrate):
                await session.run(self.database.migrated)
            self._has_freed_bytes = await session.run(self.database.has_freed_bytes)

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[Transaction]:
        """A transaction that may write, first come, first served; see ``core.store.Store.begin``.

        Commits at the end of the block, rolls back on an error or when cancelled. A task must not nest such
        blocks: it would wait for itself.
        """
        async with self.database.turn(people):
            with self._watch_for_trouble() as watch:
                async with self._write(people) as session:
                    unit, before = Transaction(session), await self._changes(session)
                    yield unit
                    if session.ended:
                        await asyncio.to_thread(self._note_endings, session.ended)
                    if unit.has_freed_bytes:
                        await session.run(self.database.mark_freed_bytes)
                        self._has_freed_bytes = True
                    done = await self._changes(session) - before
                    watch.proven = session.has_begun and done >= self._required_changes
            if self._has_freed_bytes:
                await self._overwrite_freed_bytes()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A read-only transaction with a consistent view from its first query; never waits for a writer."""
        async with self._read_slots:
            with self._watch_for_trouble():
                async with transaction(self.database.reader) as session:
                    yield Transaction(session)

    async def is_usable(self) -> bool:
        """Whether the database can be read and written.

        After a failure something is really written: a full disk may accept the start of a write and not its
        end.
        """
        try:
            async with self.read() as unit:
                await unit.people.owner()
            if self._trouble:
                return await self._has_recovered()
            return await self.database.is_writable()
        except (StoreUnavailable, DatabaseError):
            return False

    async def _has_recovered(self) -> bool:
        if not self.database.is_writing:  # else a write is going on already
            async with self.begin(NOBODY) as unit:
                await unit.notes.put(None, PROBE, "1")
        return self._trouble is None

    @contextmanager
    def _watch_for_trouble(self) -> Iterator[_Watch]:
        """Log one line when the database fails, and one when it works again."""
        watch = _Watch()
        try:
            self.database.check()
            yield watch
        except StoreConflict:
            raise  # no trouble of the database's: whoever began this repeats it
        except StoreUnavailable as trouble:
            if type(trouble) is not type(self._trouble):
                reason, place, cause = trouble.reason, trouble.place, _cause(trouble)
                _trouble_log.error("the database can't be used (%s): %s: %s", reason, place, cause)
            self._trouble = trouble
            raise
        if watch.proven and self._trouble:
            _trouble_log.warning("the database works again")
            self._trouble = None

    @property
    def _required_changes(self) -> int:
        """How many changed rows prove that the database works again.

        0 after ``StoreBusy``: it is over once a write can begin. 1 otherwise: a full disk lets a write begin
        and fails later.
        """
        return 0 if self._trouble is None or isinstance(self._trouble, StoreBusy) else 1

    async def _changes(self, session: Session) -> int:
        """Rows changed so far; 0 when ``_required_changes`` does not need it."""
        return await session.run(self.database.changes) if self._required_changes else 0

    async def listen(self, heard: Callable[[], None]) -> None:
        """As ``Database.listen``."""
        await self.database.listen(heard)

    async def close(self) -> None:
        """Wait for running writes, then close every connection."""
        await self.database.close()

    def _write(self, people: Sequence[str]) -> AbstractAsyncContextManager[Session]:
        return transaction(self.database.writer, self.database.locks(people))

    def _note_endings(self, hashes: Sequence[str]) -> None:
        """Before the commit: what is on the list and has not ended is what somebody wanted to end."""
        try:
            self.database.note_endings(hashes)
        except OSError as error:
            place = self.database.place
            _log.error("an ending could not be noted for backups (%s): %s", error.strerror, place)

    async def _overwrite_freed_bytes(self) -> None:
        """Overwrite freed bytes; if another connection prevents it, try again after the next write.

        Not interrupted: a thread can't be cancelled and would block the next writer.
        """
        try:
            done = await run_uninterrupted(asyncio.to_thread(self.database.overwrite_freed_bytes))
            self._has_freed_bytes = not done
        except StoreUnavailable as error:
            _log.error(
                "bytes of forgotten people are still in the file, the next start tries again: %s", error
            )
            self._has_freed_bytes = False


async def open_store(url: str, *, busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS) -> Storage:
    """Open the database at ``url`` (``sqlite:///path`` or ``postgresql://…``); create a missing file, and
    migrate the tables if needed.

    ``busy_timeout_seconds``: how long to wait for another process that writes.

    Raises ``SettingsError`` if it can't be created, is no database, or was made by a newer oO, and
    ``StoreUnavailable`` if it can't be used now.
    """
    database = connect(url, busy_timeout_seconds=busy_timeout_seconds)
    storage = Storage(database)
    try:
        with _opening(database):
            await storage.prepare()
    except BaseException:
        await storage.close()
        raise
    return storage


@contextmanager
def _opening(database: Database) -> Iterator[None]:
    """Raises ``SettingsError`` instead of an error about which the operator has to do something."""
    try:
        yield
    except BaseException as error:
        if fault := database.opening_failed(error):
            raise fault from error
        raise


async def tables_state(url: str) -> TablesState:
    """How far the tables of a database are; nothing is changed. Raises as ``open_store`` does."""
    database = connect(url)
    try:
        with _opening(database):
            async with database.reader.connect() as connection:
                return await connection.run_sync(state)
    finally:
        await database.close()


def _cause(trouble: BaseException) -> str:
    """What the driver or the system calls it; its message may name values."""
    while trouble.__cause__:
        trouble = trouble.__cause__
    return type(trouble).__name__
