"""Imports of task files, and the keys by which tasks are recognised in files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.records import TaskImport, TaskKey


class Imports(Protocol):
    """Imports that people were offered, and the keys of tasks that were in files."""

    async def put(self, one: TaskImport) -> None:
        """Insert or update by import_id."""
        ...

    async def get(self, import_id: str) -> TaskImport: ...
    async def delete(self, import_id: str) -> None: ...
    async def prune(self, *, offered_before: datetime, before: datetime) -> int:
        """Delete offers that nobody took since ``offered_before``, and all imports that were offered before
        ``before``; returns how many.
        """
        ...

    async def keys(self, person_id: str) -> tuple[TaskKey, ...]: ...
    async def put_keys(self, keys: Sequence[TaskKey]) -> None:
        """Insert or update by person_id and key."""
        ...

    async def delete_keys(self, person_id: str, task_ids: Sequence[str]) -> None:
        """Delete the keys of these tasks."""
        ...
