"""The log of events, which is the outbox as well.

Tests: tests/adapters/storage/test_schemas.py.
"""

from __future__ import annotations

from sqlalchemy import Index, Text, text

from adapters.storage.columns import counter, partial, person, personal, plain
from adapters.storage.tables.schemas import grouped
from adapters.storage.values import Json, Moment

table = grouped("oo_events")

events = table(
    "events",
    counter("position"),
    personal("event_id", Text(), unique=True),
    personal("kind", Text()),
    personal("happened_at", Moment()),
    person(nullable=True),
    personal("data", Json(dict[str, str | int | float | bool | None])),
    plain("claimed_until", Moment(), nullable=True),
    plain("dispatched_at", Moment(), nullable=True),
    plain("traceparent", Text(), nullable=True),
    Index("events_person", "person_id", "dispatched_at"),
    partial("events_waiting", "position", where=text("dispatched_at IS NULL")),
)
