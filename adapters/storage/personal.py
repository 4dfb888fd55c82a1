"""All data about one person, found by the schema: foreign keys say whose a row is, tags what is exported."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    case,
    delete,
    false,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.util import await_only

from adapters.storage.tables import accounts, decisions, inbox, metadata, people, snapshots
from adapters.storage.values import Json, PlainJson
from core.chat import Channel

_ROWS_PER_SLICE = 200
"""Rows that are converted before the event loop gets a turn; takes some milliseconds."""


Chats = Sequence[tuple[Channel, str]]
"""The channel and the external id of each account of a person."""


def about(table: Table, person_id: str, chats: Chats = ()) -> ColumnElement[bool] | None:
    """The condition for rows of ``table`` about the person; None if it holds nothing about people.

    Updates in the inbox have no person id: those are the person's that come from one of ``chats``.
    """
    if table is people:
        return people.c.person_id == person_id
    if table is inbox:
        return _waiting_updates_from(chats)
    own_decisions = select(decisions.c.decision_id).where(decisions.c.person_id == person_id)
    whose = [column == person_id for column in table.c if column.references(people.c.person_id)]
    whose += [column.in_(own_decisions) for column in table.c if column.references(decisions.c.decision_id)]
    return or_(*whose) if whose else None


def _waiting_updates_from(chats: Chats) -> ColumnElement[bool]:
    senders = (
        (inbox.c.channel == channel) & (inbox.c.external_id == external_id) for channel, external_id in chats
    )
    return inbox.c.update.is_not(None) & or_(false(), *senders)


def _chats_of(connection: Connection, person_id: str) -> Chats:
    query = select(accounts.c.channel, accounts.c.external_id).where(accounts.c.person_id == person_id)
    return [(row.channel, row.external_id) for row in connection.execute(query)]


def everything(connection: Connection, person_id: str) -> dict[str, list[dict[str, object]]]:
    """The personal columns of every row about the person, ready for JSON, by table.

    Must run within ``run_sync``: it yields to the event loop in between.
    """
    chats = _chats_of(connection, person_id)
    return {
        table.name: _rows(connection, table, whose, person_id)
        for table in metadata.sorted_tables
        if (whose := about(table, person_id, chats)) is not None
    }


def _rows(
    connection: Connection, table: Table, whose: ColumnElement[bool], person_id: str
) -> list[dict[str, object]]:
    shown = [_shown(column, person_id) for column in table.c if _exported(column)]
    found = connection.execute(select(*shown).where(whose)).mappings()
    rows: list[dict[str, object]] = []
    for some in found.partitions(_ROWS_PER_SLICE):
        rows += ({name: _json_value(value) for name, value in row.items()} for row in some)
        await_only(asyncio.sleep(0))
    return rows


def _json_value(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _exported(column: Column[Any]) -> bool:
    return bool(column.info["personal"]) and not column.info["secret"]


def _shown(column: Column[Any], person_id: str) -> ColumnElement[Any]:
    """The column without the ids of other people; JSON as it is stored."""
    if column.references(people.c.person_id):
        return case((column == person_id, column)).label(column.name)
    if isinstance(column.type, Json):
        return type_coerce(column, PlainJson()).label(column.name)
    return column


def forget(connection: Connection, person_id: str) -> None:
    """Delete every row about the person, referring rows first.

    Updates in the inbox are emptied instead, as if handled: a repeat of one must not create the person again.
    A snapshot is deleted if only this person's decisions used it.
    """
    waiting = _waiting_updates_from(_chats_of(connection, person_id))
    connection.execute(update(inbox).where(waiting).values(update=None, external_id=None))
    used = select(decisions.c.model_version)
    of_others = used.where(
        decisions.c.model_version == snapshots.c.model_version, decisions.c.person_id != person_id
    )
    connection.execute(
        delete(snapshots).where(
            snapshots.c.model_version.in_(used.where(decisions.c.person_id == person_id)),
            ~of_others.exists(),
        )
    )
    for table in reversed(metadata.sorted_tables):
        whose = about(table, person_id)
        if whose is not None and table is not inbox:
            connection.execute(delete(table).where(whose))
