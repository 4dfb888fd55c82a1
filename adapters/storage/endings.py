"""The list of what ended, in a file beside the database: a hash for each person who was deleted, each token
that was revoked, each connection that was ended, each permission that was withdrawn, each address to which
no mails go any more, and each browser in which no tips appear any more.

A backup that is restored was made before some of these endings. They are repeated, so that nobody comes back
and nothing is in force again. All ids in it are random, or of a random id's person, so a hash says nothing.

Tests: tests/adapters/storage/test_backup.py, tests/adapters/storage/test_endings.py.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path

from core.records import Purpose

SUFFIX = ".deletions"


def deletion_hash(person_id: str) -> str:
    """What the list holds of a person who was deleted."""
    return hashlib.sha256(b"oO deleted " + person_id.encode()).hexdigest()


def token_hash(token_id: str) -> str:
    """What the list holds of a personal token that was revoked."""
    return _hash("token", token_id)


def connection_hash(person_id: str, provider: str, connected_at: datetime | None) -> str:
    """What the list holds of a connection that was ended. One that is made later has another hash."""
    return _hash("connection", person_id, provider, connected_at.isoformat() if connected_at else "")


def permission_hash(person_id: str, purpose: Purpose, granted_at: datetime) -> str:
    """What the list holds of a permission that was withdrawn. One that is given later has another hash."""
    return _hash("permission", person_id, purpose, granted_at.isoformat())


def address_hash(account_id: str) -> str:
    """What the list holds of an account for mails that was unsubscribed, refused by its server or removed.
    An address that is confirmed again is another account.
    """
    return _hash("address", account_id)


def browser_hash(subscription_id: str) -> str:
    """What the list holds of a browser that was removed. One that subscribes again has another id."""
    return _hash("browser", subscription_id)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(("oO ended", *parts)).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Endings:
    """The list in ``file``, a line for each ending. Every method may raise ``OSError``."""

    file: Path

    @classmethod
    def beside(cls, database: Path | str) -> Endings:
        """The list of the database, or of the backup, at that path."""
        return cls(file=Path(f"{database}{SUFFIX}"))

    def hashes(self) -> frozenset[str]:
        """All hashes; none without a file."""
        try:
            return frozenset(self.file.read_text(encoding="ascii", errors="replace").split())
        except FileNotFoundError:
            return frozenset()

    def add(self, hashes: Iterable[str]) -> None:
        """Append those that are missing, and wait until they are on the disk.

        Each begins on a line of its own: the line before it may be torn, if the disk was full.
        """
        missing = sorted(set(hashes) - self.hashes())
        if not missing:
            return
        handle = os.open(self.file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with FileIO(handle, "ab+") as file:
            lines = "".join(f"{one}\n" for one in missing).encode()
            _write_all(file, b"\n" + lines if _ends_torn(file) else lines)
            os.fsync(file)


def _ends_torn(file: FileIO) -> bool:
    """Whether the last line has no end."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 1))
    return file.read(1) not in (b"", b"\n")


def _write_all(file: FileIO, data: bytes) -> None:
    """Write all of it: a disk that gets full takes a part without an error. Raises ``OSError``."""
    while data:
        data = data[file.write(data) :]
