"""Imports of task files, and the keys by which tasks are recognised in files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, or_

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import task_imports, task_keys
from core.records import ImportState, TaskImport, TaskKey

_IMPORTS = Rows(TaskImport, task_imports)
_KEYS = Rows(TaskKey, task_keys)

_IMPORT = _IMPORTS.select.where(task_imports.c.import_id == bindparam("import_id"))
_KEYS_OF_PERSON = _KEYS.select.where(task_keys.c.person_id == bindparam("person_id"))
_DELETE = delete(task_imports).where(task_imports.c.import_id == bindparam("which"))
_DELETE_KEYS = delete(task_keys).where(
    task_keys.c.person_id == bindparam("whose"), task_keys.c.task_id == bindparam("which")
)
_PRUNE = delete(task_imports).where(
    or_(
        and_(
            task_imports.c.state == ImportState.OFFERED,
            task_imports.c.offered_at < bindparam("offered_before"),
        ),
        task_imports.c.offered_at < bindparam("before"),
    )
)


class Imports(Repository):
    """Implements ``core.store.Imports``."""

    async def put(self, one: TaskImport) -> None:
        await self._put(_IMPORTS, one)

    async def get(self, import_id: str) -> TaskImport:
        return await self._one(_IMPORTS, _IMPORT, import_id=import_id)

    async def delete(self, import_id: str) -> None:
        await self._session.change(_DELETE, {"which": import_id})

    async def prune(self, *, offered_before: datetime, before: datetime) -> int:
        return await self._session.change(_PRUNE, {"offered_before": offered_before, "before": before})

    async def keys(self, person_id: str) -> tuple[TaskKey, ...]:
        return await self._all(_KEYS, _KEYS_OF_PERSON, person_id=person_id)

    async def put_keys(self, keys: Sequence[TaskKey]) -> None:
        await self._put(_KEYS, *keys)

    async def delete_keys(self, person_id: str, task_ids: Sequence[str]) -> None:
        if task_ids:
            rows = [{"whose": person_id, "which": task_id} for task_id in task_ids]
            await self._session.change(_DELETE_KEYS, rows)
