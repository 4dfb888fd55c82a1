"""The store: transactions on the database, each with a repository for every group of tables."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy.exc import DatabaseError

from adapters.storage.corrections import Corrections
from adapters.storage.decisions import Decisions
from adapters.storage.deliveries import Deliveries
from adapters.storage.embeddings import Embeddings
from adapters.storage.engine import READERS, Engines, connect, has_freed, mark_freed, overwrite_freed
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
from core.errors import SettingsError

_log = logging.getLogger(__name__)


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
            async with self._write() as session:
                unit = Transaction(session)
                yield unit
                if unit.people.forgot:
                    await session.run(mark_freed)
                    self._unclean = True
            if self._unclean:
                await self._clean()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A consistent view from the first query on; writing is refused. Never waits for a writer."""
        async with self._seats, transaction(self._engines.reader) as session:
            yield Transaction(session)

    async def is_usable(self) -> bool:
        """Whether the database answers."""
        try:
            async with self.read() as unit:
                await unit.people.owner()
        except DatabaseError:
            return False
        return True

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

    Raises ``SettingsError`` when it can't be written, is no database, or was made by a newer oO.
    """
    engines = connect(url)
    storage = Storage(engines)
    try:
        await storage.prepare()
    except BaseException as error:
        await storage.close()
        if isinstance(error, DatabaseError):
            raise SettingsError((f"DATABASE_URL: can't use {engines.file}: {error.orig}",)) from error
        raise
    return storage
