"""Columns with tags in ``Column.info`` that say whether they are personal.

An export holds the personal columns except the secret ones. A test fails for columns made in another way.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Text, TextClause
from sqlalchemy.types import TypeEngine


def personal(name: str, kind: TypeEngine[Any], *rest: Any, **options: Any) -> Column[Any]:
    """A column that says something about the person."""
    return Column(name, kind, *rest, info={"personal": True, "secret": False}, **_required(options))


def secret(name: str, kind: TypeEngine[Any], **options: Any) -> Column[Any]:
    """A personal column that gives power to its reader, such as a code: never exported."""
    return Column(name, kind, info={"personal": True, "secret": True}, **_required(options))


def plain(name: str, kind: TypeEngine[Any], **options: Any) -> Column[Any]:
    """A column about oO's own workings."""
    return Column(name, kind, info={"personal": False, "secret": False}, **_required(options))


def person(name: str = "person_id", **options: Any) -> Column[Any]:
    """The person that the row belongs to."""
    return personal(name, Text(), ForeignKey("people.person_id"), **options)


def decision(**options: Any) -> Column[Any]:
    """The decision that the row belongs to, and so its person."""
    return personal("decision_id", Text(), ForeignKey("decisions.decision_id"), **options)


def counter(name: str) -> Column[Any]:
    """A number that grows with every row; SQLite autoincrements only plain integers."""
    return plain(name, BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)


def partial(name: str, *columns: str, where: TextClause, unique: bool = False) -> Index:
    """An index of the rows that match ``where``.

    That is declared for SQLite only: PostgreSQL's name for it would load all that SQLAlchemy has for
    PostgreSQL at every start. The migrations, which make the tables, declare it for both.
    """
    return Index(name, *columns, unique=unique, sqlite_where=where)


def _required(options: dict[str, Any]) -> dict[str, Any]:
    return {"nullable": False, **options}
