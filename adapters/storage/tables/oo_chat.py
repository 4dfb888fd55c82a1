"""What goes in and out of the chats: updates, buttons, messages that are referred to, browsers.

Tests: tests/adapters/storage/test_schemas.py.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Index, Integer, Text, UniqueConstraint, false, text

from adapters.storage.columns import counter, partial, person, personal, plain, secret
from adapters.storage.tables.schemas import grouped
from adapters.storage.values import Json, Moment, Word
from core import records
from core.chat import Channel, Update
from core.store import AddedTask

table = grouped("oo_chat")

inbox = table(
    "inbox",
    counter("inbox_id"),
    plain("channel", Word(Channel)),
    plain("update_id", Text()),
    plain("received_at", Moment()),
    # Both are set to NULL as soon as the update is handled.
    personal("external_id", Text(), nullable=True),
    secret("update", Json(Update), nullable=True),
    plain("traceparent", Text(), nullable=True),
    plain("is_tap", Boolean(), server_default=false()),
    # Which process answers it, where several share the database (``core/store/updates.py``).
    plain("holder", Text(), nullable=True),
    plain("given_up", Boolean(), server_default=false()),
    plain("begun_again", Integer(), server_default=text("0")),
    plain("is_left_out", Boolean(), server_default=false()),
    UniqueConstraint("channel", "update_id", name="inbox_once"),
    partial("inbox_waiting", "external_id", "inbox_id", where=text('"update" IS NOT NULL')),
    partial("inbox_handled", "received_at", where=text('"update" IS NULL')),
)

handles = table(
    "handles",
    secret("handle", Text(), primary_key=True),
    person(),
    personal("subject", Text(), nullable=True),
    personal("actions", Json(tuple[str, ...])),
    personal("created_at", Moment()),
    personal("labels", Json(tuple[str, ...]), server_default=text("'[]'")),
    plain("traceparent", Text(), nullable=True),
    Index("handles_person", "person_id"),
    Index("handles_created", "created_at"),
)

# Messages that a later one may refer to, and what they were about.
messages = table(
    "messages",
    personal("account_id", Text(), primary_key=True),
    personal("message_id", Text(), primary_key=True),
    person(),
    personal("sent_at", Moment()),
    personal("thread", Text(), nullable=True),
    personal("decision_id", Text(), nullable=True),
    personal("task_ids", Json(tuple[str, ...])),
    secret("handle", Text(), nullable=True),
    plain("checksum", Integer(), nullable=True),
    personal("added", Json(tuple[AddedTask, ...]), server_default=text("'[]'")),
    Index("messages_thread", "account_id", "thread"),
    Index("messages_person", "person_id"),
    Index("messages_sent", "sent_at"),
)

# What was said in the last hours, for the language model; only with the person's consent.
turns = table(
    "turns",
    counter("position"),
    person(),
    personal("speaker", Word(records.Speaker)),
    personal("text", Text()),
    personal("said_at", Moment()),
    Index("turns_person", "person_id", "said_at"),
    Index("turns_said", "said_at"),
)

# The browsers to which oO pushes tips.
push_subscriptions = table(
    "push_subscriptions",
    personal("subscription_id", Text(), primary_key=True),
    person(),
    secret("endpoint", Text(), unique=True),
    secret("p256dh", Text()),
    secret("auth", Text()),
    personal("browser", Text()),
    personal("created_at", Moment()),
    personal("delivered_at", Moment(), nullable=True),
    Index("push_subscriptions_person", "person_id"),
)

# The latest reading for each account, only with the person's consent.
notification_states = table(
    "notification_states",
    personal("account_id", Text(), primary_key=True),
    person(),
    personal("silenced_from", Moment(), nullable=True),
    personal("silenced_until", Moment(), nullable=True),
    personal("zone", Text(), nullable=True),
    personal("read_at", Moment()),
    personal("expires_at", Moment()),
    Index("notification_states_person", "person_id"),
)
