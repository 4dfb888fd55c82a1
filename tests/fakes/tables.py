"""Tables as dictionaries, with the rules that a database would enforce."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from copy import copy
from typing import Any

from core.errors import NotFound

Records = dict[Hashable, Any]


class Tables:
    """Records by table and key, in the order in which they came. A copy is a snapshot."""

    def __init__(self, tables: dict[str, Records] | None = None, *, writable: bool = True) -> None:
        self._tables = tables or {}
        self._writable = writable

    def copy(self, *, writable: bool) -> Tables:
        return Tables({name: copy(records) for name, records in self._tables.items()}, writable=writable)

    def everything(self) -> Iterator[tuple[str, Hashable, Any]]:
        for name, records in self._tables.items():
            for key, record in records.items():
                yield name, key, record

    def all(self, table: str, **fields: object) -> list[Any]:
        """Records whose fields have these values."""
        return [
            record
            for record in self._tables.get(table, {}).values()
            if all(getattr(record, name) == value for name, value in fields.items())
        ]

    def find(self, table: str, key: Hashable) -> Any:
        return self._tables.get(table, {}).get(key)

    def get(self, table: str, key: Hashable) -> Any:
        record = self.find(table, key)
        if record is None:
            raise NotFound(f"no {key} in {table}")
        return record

    def add(self, table: str, key: Hashable, record: object) -> None:
        if self.find(table, key) is not None:
            raise ValueError(f"{key} is in {table} already")
        self.put(table, key, record)

    def save(self, table: str, key: Hashable, record: object) -> None:
        self.get(table, key)
        self.put(table, key, record)

    def put(self, table: str, key: Hashable, record: object) -> None:
        self._may_write()
        self._has_parent(table, record, "people", "person_id")
        self._has_parent(table, record, "decisions", "decision_id")
        self._tables.setdefault(table, {})[key] = record

    def drop(self, table: str, key: Hashable) -> None:
        self._may_write()
        self._tables.get(table, {}).pop(key, None)

    def _may_write(self) -> None:
        if not self._writable:
            raise RuntimeError("a reading transaction can't write")

    def _has_parent(self, table: str, record: object, parent: str, field: str) -> None:
        key = getattr(record, field, None)
        if table != parent and key is not None:
            self.get(parent, key)
