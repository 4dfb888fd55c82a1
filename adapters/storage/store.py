"""The store: transactions on the database, each with a repository per group of tables."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
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
from adapters.storage.endings import Endings
from adapters.storage.engine import (
    BUSY_TIMEOUT_SECONDS,
    MAX_READERS,
    Engines,
    can_be_written,
    changes_so_far,
    connect,
    has_freed_bytes,
    is_no_database,
    mark_freed_bytes,
    overwrite_freed_bytes,
)
from adapters.storage.events import Events, Notes
from adapters.storage.identities import Identities
from adapters.storage.imports import Imports
from adapters.storage.incidents import Incidents
from adapters.storage.integrations import Integrations, Secrets
from adapters.storage.learning import Learning
from adapters.storage.mail import MailRequests
from adapters.storage.messages import Messages
from adapters.storage.notifications import Notifications
from adapters.storage.operations import Operations
from adapters.storage.people import Invitations, People
from adapters.storage.push_subscriptions import PushSubscriptions
from adapters.storage.reactions import Reactions, Snoozes
from adapters.storage.reminders import Reminders
from adapters.storage.schema import migrate
from adapters.storage.session import Session, run_uninterrupted, transaction
from adapters.storage.sessions import Sessions
from adapters.storage.spending import SpendingLog
from adapters.storage.tasks import Tasks
from adapters.storage.tokens import KeptAnswers, Tokens
from adapters.storage.trials import Trials
from adapters.storage.turns import Turns
from adapters.storage.updates import Handles, Inbox
from adapters.storage.workspaces import Workspaces
from core.errors import SettingsError, StoreBusy, StoreLost, StoreUnavailable

_log = logging.getLogger(__name__)
TROUBLE_LOG = "adapters.storage.trouble"
"""Logger of failures of the database; `oo chat` silences it and reports them in the chat instead."""
_trouble_log = logging.getLogger(TROUBLE_LOG)


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

    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def has_freed_bytes(self) -> bool:
        """Whether bytes were deleted that must not stay in the file."""
        has_left = self.people.has_forgotten or self.people.has_freed_secrets
        has_shredded = self.secrets.has_shredded or self.workspaces.has_shredded
        return has_left or has_shredded or self.inbox.has_forgotten


class Storage:
    """The database; implements ``core.store.Store``. Made by ``open_store``."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._write_lock = asyncio.Lock()
        self._read_slots = asyncio.Semaphore(MAX_READERS)
        self._has_freed_bytes = False
        self._trouble: StoreUnavailable | None = None
        self._file_identity = _file_identity(engines.file)
        self._endings = Endings.beside(engines.file)

    async def prepare(self) -> None:
        """Apply migrations, all or nothing; one of several processes does it."""
        async with self._write_lock, self._write() as session:
            await session.run(migrate)
            self._has_freed_bytes = await session.run(has_freed_bytes)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A transaction that may write; one at a time, first come, first served.

        Commits at the end of the block, rolls back on an error or when cancelled. A task must not nest such
        blocks: it would wait for itself.
        """
        async with self._write_lock:
            with self._watch_for_trouble() as watch:
                async with self._write() as session:
                    unit, before = Transaction(session), await self._changes(session)
                    yield unit
                    if session.ended:
                        await asyncio.to_thread(self._note_endings, session.ended)
                    if unit.has_freed_bytes:
                        await session.run(mark_freed_bytes)
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
                async with transaction(self._engines.reader) as session:
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
        except (StoreUnavailable, DatabaseError):
            return False
        if self._write_lock.locked():
            return True  # this process is writing, and reports failures itself
        async with self._write_lock:
            return await asyncio.to_thread(can_be_written, self._engines.file)

    async def _has_recovered(self) -> bool:
        if not self._write_lock.locked():  # else a write is going on already
            async with self.begin() as unit:
                await unit.notes.put(None, PROBE, "1")
        return self._trouble is None

    @contextmanager
    def _watch_for_trouble(self) -> Iterator[_Watch]:
        """Log one line when the database fails, and one when it works again."""
        watch = _Watch()
        try:
            if _file_identity(self._engines.file) != self._file_identity:
                # The file was replaced: the open one still accepts writes, which would be lost.
                raise StoreLost(self._engines.file)
            yield watch
        except StoreUnavailable as trouble:
            if type(trouble) is not type(self._trouble):
                _trouble_log.error("the database can't be used (%s): %s", trouble.reason, trouble.place)
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
        return await session.run(changes_so_far) if self._required_changes else 0

    async def close(self) -> None:
        """Wait for a running write, then close every connection."""
        async with self._write_lock:
            await self._engines.close()

    def _write(self) -> AbstractAsyncContextManager[Session]:
        return transaction(self._engines.writer)

    def _note_endings(self, hashes: Sequence[str]) -> None:
        """Before the commit: what is on the list and has not ended is what somebody wanted to end."""
        try:
            self._endings.add(hashes)
        except OSError as error:
            place = self._endings.file
            _log.error("an ending could not be noted for backups (%s): %s", error.strerror, place)

    async def _overwrite_freed_bytes(self) -> None:
        """Overwrite freed bytes; if another connection prevents it, try again after the next write.

        Not interrupted: a thread can't be cancelled and would block the next writer.
        """
        try:
            done = await run_uninterrupted(asyncio.to_thread(overwrite_freed_bytes, self._engines.file))
            self._has_freed_bytes = not done
        except sqlite3.Error as error:
            _log.error(
                "bytes of forgotten people are still in the file, the next start tries again: %s", error
            )
            self._has_freed_bytes = False


async def open_store(url: str, *, busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS) -> Storage:
    """Open the database at ``url`` (``sqlite:///path``); create and migrate it if needed.

    ``busy_timeout_seconds``: how long to wait for another process that writes.

    Raises ``SettingsError`` if it can't be created, is no database, or was made by a newer oO, and
    ``StoreUnavailable`` if it can't be used now.
    """
    engines = connect(url, busy_timeout_seconds=busy_timeout_seconds)
    storage = Storage(engines)
    try:
        await storage.prepare()
    except BaseException as error:
        await storage.close()
        if isinstance(error, StoreLost) and is_no_database(error.__cause__):
            what = f"can't use {engines.file}: {error.__cause__}; restore a backup, or name another file"
            raise SettingsError((f"DATABASE_URL: {what}",)) from error
        raise
    return storage


def _file_identity(file: str) -> tuple[int, int] | None:
    """Device and inode of the file; None if it is missing."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino
