"""oO's own: spending, notes, incidents.

Tests: tests/adapters/storage/test_schemas.py.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Integer, Text, UniqueConstraint, text

from adapters.storage.columns import partial, person, personal, plain
from adapters.storage.tables.schemas import grouped
from adapters.storage.values import Moment, Word
from core import records

table = grouped("oo_operations")

IS_OPEN = text("ended_at IS NULL")
"""An incident that is not over."""

# Totals of a day; ``scope`` is a person_id, or "everybody".
spending = table(
    "spending",
    personal("day", Text(), primary_key=True),
    plain("scope", Text(), primary_key=True),
    person(nullable=True),
    personal("calls", Integer()),
    personal("tokens", Integer()),
    personal("micros", BigInteger()),
    personal("failures", Integer(), server_default=text("0")),
    Index("spending_person", "person_id"),
)

notes = table(
    "notes",
    # None: a note of oO itself.
    person(nullable=True),
    personal("key", Text()),
    personal("value", Text()),
    UniqueConstraint("person_id", "key", name="notes_key"),
    partial("notes_own", "key", where=text("person_id IS NULL"), unique=True),
)

# What the operator should know. It is about nobody: a subject is a channel, a job, a provider.
incidents = table(
    "incidents",
    plain("incident_id", Text(), primary_key=True),
    plain("kind", Word(records.IncidentKind)),
    plain("subject", Text()),
    plain("since", Moment()),
    plain("last_seen_at", Moment()),
    plain("count", Integer()),
    plain("ended_at", Moment(), nullable=True),
    plain("acknowledged_at", Moment(), nullable=True),
    plain("acknowledged_by", Text(), nullable=True),
    partial("incidents_open", "kind", "subject", where=IS_OPEN, unique=True),
    Index("incidents_ended", "ended_at"),
)

# What one process at a time may do, and which one does it.
leases = table(
    "leases",
    plain("name", Text(), primary_key=True),
    plain("holder", Text(), nullable=True),
    plain("fence", Integer()),
    plain("until", Moment()),
    plain("span", BigInteger()),
    Index("leases_over", "until"),
)

# How fast platforms let oO write. The names are keyed hashes.
paces = table(
    "paces",
    plain("name", Text(), primary_key=True),
    plain("free_at", Moment()),
    plain("held_until", Moment()),
    Index("paces_held", "held_until"),
)
