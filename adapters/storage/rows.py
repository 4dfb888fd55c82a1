"""Conversion between records and rows, by name: a field has the key of its column.

Statements are built once, at import, with bound parameters: building one takes longer than running it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import BindParameter, Executable, Select, Table, bindparam, insert, select
from sqlalchemy.dialects import sqlite

from adapters.storage.session import Session
from core.errors import NotFound

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")
T = TypeVar("T")

LIMIT: BindParameter[int] = bindparam("limit")


class Rows(Generic[R]):
    """The rows of ``table`` as records of one kind; fields in ``nested`` are stored elsewhere.

    ``columns`` gives the key of the column of a field, where that is another one.
    """

    def __init__(
        self,
        kind: type[R],
        table: Table,
        *,
        nested: tuple[str, ...] = (),
        columns: Mapping[str, str] | None = None,
    ) -> None:
        self._kind = kind
        self._names = tuple(field.name for field in fields(kind) if field.name not in nested)
        self.table = table
        self.insert = insert(table)
        self.columns = tuple(table.c[(columns or {}).get(name, name)] for name in self._names)

    @property
    def select(self) -> Select[Any]:
        """A query for whole records."""
        return select(*self.columns)

    def record(self, row: Sequence[Any], **nested: object) -> R:
        """The record in a row whose first columns are ``columns``."""
        return self._kind(**dict(zip(self._names, row, strict=False)), **nested)

    def values(self, record: R) -> dict[str, Any]:
        """The values to store, by column key."""
        return {
            column.key: getattr(record, name) for name, column in zip(self._names, self.columns, strict=True)
        }


class Repository:
    """Reads and writes some tables within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def _first(self, rows: Rows[R], query: Select[Any], **values: object) -> R | None:
        found = await self._session.rows(query, **values)
        return rows.record(found[0]) if found else None

    async def _one(self, rows: Rows[R], query: Select[Any], **values: object) -> R:
        return required(await self._first(rows, query, **values))

    async def _all(self, rows: Rows[R], query: Select[Any], **values: object) -> tuple[R, ...]:
        return tuple(map(rows.record, await self._session.rows(query, **values)))

    async def _add(self, rows: Rows[R], record: R) -> None:
        await self._session.change(rows.insert, rows.values(record))

    async def _put(self, rows: Rows[R], *records: R) -> None:
        """Insert the records, or replace those with the same primary key."""
        if records:
            await self._session.change(_upsert(self._session.dialect, rows), [*map(rows.values, records)])

    async def _put_later(self, rows: Rows[R], *records: R) -> None:
        """As ``_put``, with the next statement or the commit: for what every tap and every request stores."""
        if records:
            statement = _upsert(self._session.dialect, rows)
            await self._session.change_later(statement, [*map(rows.values, records)])


def required(record: T | None) -> T:
    """``record``. Raises ``NotFound`` if it is None."""
    if record is None:
        raise NotFound("no record with that id")
    return record


@cache
def insert_once(dialect: str, table: Table, *key: str, where: Any = None) -> Executable:
    """An insert that does nothing when a row with the same ``key`` exists among the rows ``where``.

    Without a key, any unique constraint counts. Returns the primary key if a row was inserted, as not every
    driver counts inserted rows.
    """
    once = insert_into(dialect, table).on_conflict_do_nothing(index_elements=key or None, index_where=where)
    return once.returning(*table.primary_key)


@cache
def _upsert(dialect: str, rows: Rows[Any]) -> sqlite.Insert:
    statement = insert_into(dialect, rows.table)
    return statement.on_conflict_do_update(
        index_elements=[column.key for column in rows.columns if column.primary_key],
        set_={
            column.key: statement.excluded[column.key] for column in rows.columns if not column.primary_key
        },
    )


def insert_into(dialect: str, table: Table) -> sqlite.Insert:
    """The dialect's insert, with what it does on a conflict; PostgreSQL's has the interface of SQLite's."""
    statement: sqlite.Insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(table)
    return statement
