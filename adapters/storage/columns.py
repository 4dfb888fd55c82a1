"""Columns that say whether they are personal, in ``Column.info``.

Personal columns are what an export holds, save the secret ones. A column made in any other way fails a test.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Text, TextClause
from sqlalchemy.types import TypeEngine


def personal(name: str, kind: TypeEngine[Any], *rest: Any, **options: Any) -> Column[Any]:
    """A column that says something about the person."""
    return Column(name, kind, *rest, info={"personal": True, "secret": False}, **_required(options))


def secret(name: str, kind: TypeEngine[Any], **options: Any) -> Column[Any]:
    """A personal column that its reader could act with: never exported."""
    return Column(name, kind, info={"personal": True, "secret": True}, **_required(options))


def plain(name: str, kind: TypeEngine[Any], **options: Any) -> Column[Any]:
    """A column about oO's own workings."""
    return Column(name, kind, info={"personal": False, "secret": False}, **_required(options))


def person(name: str = "person_id", **options: Any) -> Column[Any]:
    """Whose the row is."""
    return personal(name, Text(), ForeignKey("people.person_id"), **options)


def decision(**options: Any) -> Column[Any]:
    """Which decision the row belongs to; it is about the decision's person."""
    return personal("decision_id", Text(), ForeignKey("decisions.decision_id"), **options)


def counter(name: str) -> Column[Any]:
    """A number that grows with every row; SQLite counts only in plain integers."""
    return plain(name, BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)


def partial(name: str, *columns: str, where: TextClause, unique: bool = False) -> Index:
    """An index of only the rows that ``where`` picks."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _required(options: dict[str, Any]) -> dict[str, Any]:
    return {"nullable": False, **options}
