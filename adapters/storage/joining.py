"""Two people become one: every row about the one is given to the other, by a rule for each table.

``RULES`` names every table that holds rows about people; a test fails for a new table without a rule. Foreign
keys refuse to delete a person to whom a row still refers.

Tests: tests/contracts/store/test_joining.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Table,
    UniqueConstraint,
    delete,
    exists,
    insert,
    select,
    type_coerce,
    update,
)

from adapters.storage.tables import (
    SERVED,
    consents,
    decisions,
    handles,
    messages,
    metadata,
    people,
    reminders,
    spending,
    task_imports,
    tasks,
    tip_scores,
    trials,
)
from adapters.storage.tables import events as event_log
from adapters.storage.values import Json, PlainJson
from core.records import Spending

Rule = Callable[[Connection, Table, str, str], None]
"""Gives rows of a table to somebody else: (connection, table, whose they are, whose they become)."""


def person_columns(table: Table) -> list[Column[Any]]:
    """The columns with ids of people."""
    return [one for one in table.c if one.references(people.c.person_id) or one.name == "person_id"]


def _move(connection: Connection, table: Table, gone: str, kept: str) -> None:
    """Raises ``IntegrityError`` if a row of both has the same key."""
    for column in person_columns(table):
        connection.execute(update(table).where(column == gone).values({column.key: kept}))


def _move_missing(connection: Connection, table: Table, gone: str, kept: str) -> None:
    """Of two rows with the same key, the one that was there stays."""
    (column,) = person_columns(table)
    values = {name: kept for name in (column.key, "scope") if name in table.c}
    other = table.alias()
    same = [other.c[one.name] == values.get(one.key, one) for one in _keys(table)]
    connection.execute(
        update(table).where(column == gone, ~exists().where(*same).correlate(table)).values(values)
    )
    _drop(connection, table, gone, kept)


def _keys(table: Table) -> list[Column[Any]]:
    """The columns of the key by which two rows of a table are the same."""
    unique = (one.columns for one in table.constraints if isinstance(one, UniqueConstraint))
    return list(table.primary_key.columns or next(unique))


def _drop(connection: Connection, table: Table, gone: str, kept: str) -> None:
    (column,) = person_columns(table)
    connection.execute(delete(table).where(column == gone))


def _copy(connection: Connection, table: Table, gone: str, kept: str) -> None:
    """A row is never changed here: it is added anew and the former one is removed."""
    rows = connection.execute(select(consents).where(consents.c.person_id == gone).order_by("position"))
    copies = [{**row, "person_id": kept} for row in rows.mappings()]
    for row in copies:
        del row["position"]
    if copies:
        connection.execute(insert(consents), copies)
    _drop(connection, table, gone, kept)


def _add_up(connection: Connection, table: Table, gone: str, kept: str) -> None:
    days = {row.day: row for row in connection.execute(select(spending).where(spending.c.scope == kept))}
    for row in connection.execute(select(spending).where(spending.c.scope == gone)).all():
        is_here = spending.c.day == row.day
        if before := days.get(row.day):
            totals = {name: getattr(before, name) + getattr(row, name) for name in Spending.__slots__}
            connection.execute(update(spending).where(is_here, spending.c.scope == kept).values(totals))
        else:
            mine = is_here & (spending.c.scope == gone)
            connection.execute(update(spending).where(mine).values(scope=kept, person_id=kept))
    _drop(connection, table, gone, kept)


def _move_decisions(connection: Connection, table: Table, gone: str, kept: str) -> None:
    """Where both had a decision for the same slot, that of ``gone`` is no longer for a slot."""
    theirs = select(decisions.c.slot).where(decisions.c.person_id == kept, SERVED)
    both = (decisions.c.person_id == gone) & decisions.c.slot.in_(theirs)
    connection.execute(update(decisions).where(both, SERVED).values(slot=None, merged=()))
    _move(connection, table, gone, kept)


def _move_reminders(connection: Connection, table: Table, gone: str, kept: str) -> None:
    """Without the daily messages: those follow from settings."""
    daily = (reminders.c.person_id == gone) & reminders.c.task_id.is_(None)
    connection.execute(delete(reminders).where(daily))
    _move(connection, table, gone, kept)


RULES: Mapping[str, Rule] = {
    "accounts": _move,
    "consents": _copy,
    "invitations": _move,
    "tasks": _move,
    "task_imports": _move,
    "task_keys": _move_missing,
    "decisions": _move_decisions,
    "trials": _move,
    "deliveries": _move,
    "reactions": _move,
    "rewards": _move,
    "snoozes": _move,
    "reminders": _move_reminders,
    "statistics": _drop,
    "corrections": _move,
    "embeddings": _move_missing,
    "handles": _move,
    "messages": _move,
    "turns": _move,
    "events": _move,
    "spending": _add_up,
    "integrations": _move,
    "sealed_keys": _drop,
    "sealed_secrets": _drop,
    "pending_connections": _move,
    "calendar_events": _move,
    "notification_states": _drop,
    "notes": _move_missing,
    "api_tokens": _move,
    "web_sessions": _move,
    "sign_in_links": _drop,
    "kept_answers": _move_missing,
    "identities": _move,
    "pending_sign_ins": _drop,
    "push_subscriptions": _move,
}


def give_all(connection: Connection, gone: str, kept: str, task_ids: Mapping[str, str]) -> None:
    """Give every row about ``gone`` to ``kept``, then delete ``gone``; see ``core.store.People.join``."""
    if task_ids:
        _rename_tasks(connection, gone, kept, task_ids)
    for table in metadata.sorted_tables:
        if rule := RULES.get(table.name):
            rule(connection, table, gone, kept)
    connection.execute(delete(people).where(people.c.person_id == gone))


# --- Ids of tasks ------------------------------------------------------------------------------------------

TASK_ID_COLUMNS: Mapping[Table, tuple[str, ...]] = {
    tasks: ("parent_id",),
    task_imports: ("task_ids",),
    metadata.tables["task_keys"]: ("task_id",),
    tip_scores: ("task_id",),
    trials: ("task_id",),
    reminders: ("task_id",),
    handles: ("subject", "actions"),
    messages: ("task_ids", "added"),
    event_log: ("data",),
}
"""The columns in which an id of a task may be, but for the log of what was known at a decision."""


def _rename_tasks(connection: Connection, gone: str, kept: str, task_ids: Mapping[str, str]) -> None:
    """Give tasks of ``gone`` other ids, wherever they are named."""
    _rename_reminders(connection, gone, task_ids)
    for table, names in TASK_ID_COLUMNS.items():
        for name in names:
            _rename_in(connection, table, table.c[name], gone, task_ids)
    taken = set(connection.scalars(select(tasks.c.task_id).where(tasks.c.person_id == kept)))
    for old, new in task_ids.items():
        is_old = tasks.c.task_id == old
        change = delete(tasks) if new in taken else update(tasks).values(task_id=new)
        connection.execute(change.where(is_old))


def _rename_reminders(connection: Connection, person_id: str, task_ids: Mapping[str, str]) -> None:
    """The id of a reminder may hold that of its task. Of two with the same id, the earlier row stays."""
    ids = select(reminders.c.reminder_id, reminders.c.task_id).where(reminders.c.person_id == person_id)
    rows = [row for row in connection.execute(ids) if row.task_id in task_ids]
    for reminder_id, task_id in rows:
        new, is_it = reminder_id.replace(task_id, task_ids[task_id]), reminders.c.reminder_id == reminder_id
        is_taken = select(reminders.c.reminder_id).where(reminders.c.reminder_id == new)
        if new != reminder_id and connection.scalar(is_taken) is not None:
            connection.execute(delete(reminders).where(is_it))
        else:
            connection.execute(update(reminders).where(is_it).values(reminder_id=new))


def _rename_in(
    connection: Connection, table: Table, column: Column[Any], person_id: str, task_ids: Mapping[str, str]
) -> None:
    keys, is_json = table.primary_key.columns, isinstance(column.type, Json)
    stored = type_coerce(column, PlainJson()) if is_json else column
    theirs = _of_person(table, person_id)
    for *key, value in connection.execute(select(*keys, stored).where(theirs, column.is_not(None))).all():
        renamed = _renamed(value, task_ids)
        if renamed != value:
            is_row = [one == part for one, part in zip(keys, key, strict=True)]
            new = type_coerce(renamed, PlainJson()) if is_json else renamed
            connection.execute(update(table).where(*is_row).values({column.key: new}))


def _of_person(table: Table, person_id: str) -> Any:
    if "person_id" in table.c:
        return table.c.person_id == person_id
    own = select(decisions.c.decision_id).where(decisions.c.person_id == person_id)
    return table.c.decision_id.in_(own)


def _renamed(value: Any, task_ids: Mapping[str, str]) -> Any:
    """``value`` with other ids: a text that is an id or has one among its words, or a container of such."""
    match value:
        case str() if value in task_ids:
            return task_ids[value]
        case str():
            lines = (line.split(" ") for line in value.split("\n"))
            return "\n".join(" ".join(task_ids.get(word, word) for word in line) for line in lines)
        case list():
            return [_renamed(one, task_ids) for one in value]
        case dict():
            return {key: _renamed(one, task_ids) for key, one in value.items()}
    return value
