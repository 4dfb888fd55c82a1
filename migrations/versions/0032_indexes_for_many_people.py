"""Indexes for what was found by reading whole tables: the owner, the first person, unreachable addresses, the
states of connections, old buttons and handled updates.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.schemas import place

revision = "0032"
down_revision = "0030"
branch_labels = None
depends_on = None

INDEXES: tuple[tuple[str, str, str, tuple[str, ...], str | None], ...] = (
    ("people_owner", "oo_people", "people", ("person_id",), "owner"),
    ("people_created", "oo_people", "people", ("created_at",), None),
    ("accounts_unreachable", "oo_people", "accounts", ("channel",), "NOT reachable"),
    ("integrations_status", "oo_integrations", "integrations", ("provider", "status"), None),
    ("handles_created", "oo_chat", "handles", ("created_at",), None),
    ("inbox_handled", "oo_chat", "inbox", ("received_at",), '"update" IS NULL'),
)
"""Each as: name, schema, table, columns, which rows it holds."""


def upgrade() -> None:
    for name, schema, table, columns, where in INDEXES:
        rows = sa.text(where) if where else None
        op.create_index(
            name, table, [*columns], schema=place(schema), sqlite_where=rows, postgresql_where=rows
        )


def downgrade() -> None:
    for name, schema, table, _, _ in INDEXES:
        op.drop_index(name, table, schema=place(schema))
