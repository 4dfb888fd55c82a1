"""One process at a time serves a database that is a file.

It locks a file beside the database, which names it. The system ends the lock with the process, however that
ends. Who only uses the database, such as ``oo chat``, does not ask for it.

Tests: tests/adapters/storage/test_sole_server.py, tests/scenarios/test_process.py.
"""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import AlreadyServed

_log = logging.getLogger(__name__)

_HELD = frozenset({errno.EACCES, errno.EAGAIN})
_MAX_NAME = 200  # bytes


@contextmanager
def serving_alone(database: Path) -> Iterator[None]:
    """Nobody else serves the database until the end of the block. Raises ``AlreadyServed``.

    Where the file system locks nothing, or lets no file be made, oO goes on without a lock and says so.
    """
    lock = _open(lock_of(database))
    try:
        if lock is not None:
            _take(lock, database)
        yield
    finally:
        if lock is not None:
            os.close(lock)


def lock_of(database: Path) -> Path:
    """The file that is locked: the same one by whichever link the database is named. It is never removed,
    as somebody may have opened it already.
    """
    return Path(f"{database.resolve()}.lock")


def _open(file: Path) -> int | None:
    try:
        for folder in reversed(file.parents):
            if not folder.exists():
                folder.mkdir(mode=0o700)
        return os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        _not_noticed(file, error)
        return None


def _take(lock: int, database: Path) -> None:
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            holder = os.pread(lock, _MAX_NAME, 0).decode(errors="replace").strip() or "another process"
            raise AlreadyServed(
                f"The database {database} is served already, by {holder}. Stop that one first, or name"
                " another DATABASE_URL; several processes need PostgreSQL."
            ) from None
        _not_noticed(lock_of(database), error)
    else:
        _sign(lock)


def _sign(lock: int) -> None:
    name = f"process {os.getpid()} on {socket.gethostname()}\n".encode()[:_MAX_NAME]
    try:
        os.ftruncate(lock, 0)
        os.pwrite(lock, name, 0)
    except OSError as error:  # it holds all the same
        _log.debug("the lock is not signed: %s", error.strerror)


def _not_noticed(file: Path, error: OSError) -> None:
    _log.warning("a second oo run would not be noticed: %s: %s", file, error.strerror)
