"""Imports of task files in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.records import ImportState, TaskImport, TaskKey
from tests.fakes.tables import Tables


class FakeImports:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(self, one: TaskImport) -> None:
        self._tables.put("task_imports", one.import_id, one)

    async def get(self, import_id: str) -> TaskImport:
        found: TaskImport = self._tables.get("task_imports", import_id)
        return found

    async def delete(self, import_id: str) -> None:
        self._tables.drop("task_imports", import_id)

    async def prune(self, *, offered_before: datetime, before: datetime) -> int:
        old = [
            one
            for one in self._tables.all("task_imports")
            if one.offered_at < before
            or (one.state is ImportState.OFFERED and one.offered_at < offered_before)
        ]
        for one in old:
            self._tables.drop("task_imports", one.import_id)
        return len(old)

    async def keys(self, person_id: str) -> tuple[TaskKey, ...]:
        return tuple(self._tables.all("task_keys", person_id=person_id))

    async def put_keys(self, keys: Sequence[TaskKey]) -> None:
        for one in keys:
            self._tables.put("task_keys", (one.person_id, one.key), one)

    async def delete_keys(self, person_id: str, task_ids: Sequence[str]) -> None:
        for one in await self.keys(person_id):
            if one.task_id in task_ids:
                self._tables.drop("task_keys", (person_id, one.key))
