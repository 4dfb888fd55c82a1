"""The store: transactions on the database, each with a repository for every group of tables."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import DatabaseError

from adapters.storage.corrections import Corrections
from adapters.storage.decisions import Decisions
from adapters.storage.deliveries import Deliveries
from adapters.storage.embeddings import Embeddings
from adapters.storage.engine import (
    READERS,
    Engines,
    can_be_written,
    changes_so_far,
    connect,
    has_freed,
    has_no_database,
    mark_freed,
    overwrite_freed,
)
from adapters.storage.events import Events, Notes
from adapters.storage.learning import Learning
from adapters.storage.messages import Messages
from adapters.storage.people import Invitations, People
from adapters.storage.reactions import Reactions, Snoozes
from adapters.storage.schema import bring_up_to_date
from adapters.storage.session import Session, transaction, whole
from adapters.storage.tasks import Sources, Tasks
from adapters.storage.trials import Trials
from adapters.storage.updates import Handles, Inbox
from core.errors import SettingsError, StoreBusy, StoreLost, StoreUnavailable

_log = logging.getLogger(__name__)
TROUBLE_LOG = "adapters.storage.trouble"
"""What is logged of a database that fails, apart from the rest: a terminal says it in its own words."""
_trouble_log = logging.getLogger(TROUBLE_LOG)


PROBE = "probe"
"""The note that is written to see whether anything can be."""


@dataclass(slots=True)
class _Watch:
    """``proven``: something was written, or could have been."""

    proven: bool = False


class Transaction:
    """One transaction; fulfils ``core.store.Unit``."""

    def __init__(self, session: Session) -> None:
        self.people = People(session)
        self.invitations = Invitations(session)
        self.tasks = Tasks(session)
        self.decisions = Decisions(session)
        self.trials = Trials(session)
        self.deliveries = Deliveries(session)
        self.reactions = Reactions(session)
        self.snoozes = Snoozes(session)
        self.learning = Learning(session)
        self.corrections = Corrections(session)
        self.embeddings = Embeddings(session)
        self.handles = Handles(session)
        self.messages = Messages(session)
        self.inbox = Inbox(session)
        self.events = Events(session)
        self.sources = Sources(session)
        self.notes = Notes(session)


class Storage:
    """Everything oO keeps; fulfils ``core.store.Store``. ``open_store`` makes one."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._turn = asyncio.Lock()
        self._seats = asyncio.Semaphore(READERS)
        self._unclean = False
        self._trouble: StoreUnavailable | None = None
        self._identity = _identity(engines.file)

    async def prepare(self) -> None:
        """Bring the tables up to date, all or nothing; of several processes one does it."""
        async with self._turn, self._write() as session:
            await session.run(bring_up_to_date)
            self._unclean = await session.run(has_freed)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A transaction that may write: one at a time, first come, first served.

        Commits at the end of the block; any error, and being cancelled, rolls back. A task that is within
        such a block must not open another: it would wait for itself.
        """
        async with self._turn:
            with self._watched() as watch:
                async with self._write() as session:
                    unit, before = Transaction(session), await self._changes(session)
                    yield unit
                    if unit.people.forgot:
                        await session.run(mark_freed)
                        self._unclean = True
                    done = await self._changes(session) - before
                    watch.proven = session.has_begun and done >= self._demanded
            if self._unclean:
                await self._clean()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A consistent view from the first query on; writing is refused. Never waits for a writer."""
        async with self._seats:
            with self._watched():
                async with transaction(self._engines.reader) as session:
                    yield Transaction(session)

    async def is_usable(self) -> bool:
        """Whether the database can be read and written. What failed before is tried for good: a disk may take
        the beginning of a write and not its end.
        """
        try:
            async with self.read() as unit:
                await unit.people.owner()
            if self._trouble:
                return await self._is_well_again()
        except (StoreUnavailable, DatabaseError):
            return False
        if self._turn.locked():
            return True  # somebody of ours writes, or waits and will say how it went
        async with self._turn:
            return await asyncio.to_thread(can_be_written, self._engines.file)

    async def _is_well_again(self) -> bool:
        if not self._turn.locked():  # else somebody tries already
            async with self.begin() as unit:
                await unit.notes.put(None, PROBE, "1")
        return self._trouble is None

    @contextmanager
    def _watched(self) -> Iterator[_Watch]:
        """Note when the database fails, and when it works again: a line each, however many ask for it."""
        watch = _Watch()
        try:
            if _identity(self._engines.file) != self._identity:
                # What is open still takes writes, and nobody would ever see them again.
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
    def _demanded(self) -> int:
        """How many changes prove that the database works again. Who may begin to write is no longer kept
        waiting; a full disk lets everybody begin, and takes nothing.
        """
        return 0 if self._trouble is None or isinstance(self._trouble, StoreBusy) else 1

    async def _changes(self, session: Session) -> int:
        """How much was changed so far, where that is asked for."""
        return await session.run(changes_so_far) if self._demanded else 0

    async def close(self) -> None:
        """Let the last write end, then close every connection."""
        async with self._turn:
            await self._engines.close()

    def _write(self) -> AbstractAsyncContextManager[Session]:
        return transaction(self._engines.writer)

    async def _clean(self) -> None:
        """Overwrite what was freed, if nobody stands in the way; if so, after the next write.

        A thread can't be cancelled: let go, it would stand in the way of the next writer.
        """
        try:
            done = await whole(asyncio.to_thread(overwrite_freed, self._engines.file))
            self._unclean = not done
        except sqlite3.Error as error:
            _log.error(
                "bytes of forgotten people are still in the file, the next start tries again: %s", error
            )
            self._unclean = False


async def open_store(url: str) -> Storage:
    """Open the database at ``url`` (``sqlite:///path``), made and brought up to date if need be.

    Raises ``SettingsError`` when there is no place for it, it is no database, or was made by a newer oO;
    ``StoreUnavailable`` when it can't be used now.
    """
    engines = connect(url)
    storage = Storage(engines)
    try:
        await storage.prepare()
    except BaseException as error:
        await storage.close()
        if isinstance(error, StoreLost) and has_no_database(error.__cause__):
            what = f"can't use {engines.file}: {error.__cause__}; restore a backup, or name another file"
            raise SettingsError((f"DATABASE_URL: {what}",)) from error
        raise
    return storage


def _identity(file: str) -> tuple[int, int] | None:
    """Which file it is, whatever its name; None if there is none."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino
