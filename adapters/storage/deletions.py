"""The list of deletions: a hash for each person who was deleted, in a file beside the database.

A backup that is restored was made before some of these deletions. They are replayed, so nobody comes back.
A person's id is random, so its hash says nothing about them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".deletions"


def deletion_hash(person_id: str) -> str:
    """What the list holds of a person."""
    return hashlib.sha256(b"oO deleted " + person_id.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletions:
    """The list in ``file``, a line for each person. Every method may raise ``OSError``."""

    file: Path

    @classmethod
    def beside(cls, database: Path | str) -> Deletions:
        """The list of the database, or of the backup, at that path."""
        return cls(file=Path(f"{database}{SUFFIX}"))

    def hashes(self) -> frozenset[str]:
        """All hashes; none without a file."""
        try:
            return frozenset(self.file.read_text(encoding="ascii", errors="replace").split())
        except FileNotFoundError:
            return frozenset()

    def add(self, hashes: Iterable[str]) -> None:
        """Append those that are missing, and wait until they are on the disk."""
        missing = sorted(set(hashes) - self.hashes())
        if not missing:
            return
        handle = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, "".join(f"{one}\n" for one in missing).encode())
            os.fsync(handle)
        finally:
            os.close(handle)
