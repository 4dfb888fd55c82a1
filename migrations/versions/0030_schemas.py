"""On PostgreSQL, the tables are grouped into schemas (ADR 0055); on SQLite nothing changes.

Views keep the former names, so that an oO of the version before goes on working beside this one. They can be
written to like tables. A later version removes them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.errors import SettingsError

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

SCHEMAS = {
    "oo_people": (
        "people",
        "accounts",
        "consents",
        "invitations",
        "identities",
        "pending_sign_ins",
        "web_sessions",
        "sign_in_links",
        "api_tokens",
        "kept_answers",
        "mail_requests",
    ),
    "oo_tasks": (
        "tasks",
        "task_imports",
        "task_keys",
        "reminders",
    ),
    "oo_tips": (
        "decisions",
        "tip_scores",
        "shadow_distributions",
        "snapshots",
        "trials",
        "deliveries",
        "reactions",
        "rewards",
        "snoozes",
    ),
    "oo_chat": (
        "inbox",
        "handles",
        "messages",
        "turns",
        "push_subscriptions",
        "notification_states",
    ),
    "oo_learning": (
        "statistics",
        "corrections",
        "spaces",
        "embeddings",
    ),
    "oo_events": (
        "events",
    ),
    "oo_integrations": (
        "integrations",
        "sealed_keys",
        "sealed_secrets",
        "revocations",
        "slack_workspaces",
        "slack_install_states",
        "pending_connections",
        "webhook_deliveries",
        "calendar_events",
    ),
    "oo_operations": (
        "spending",
        "notes",
        "incidents",
        "leases",
        "paces",
    ),
}
"""The tables of each schema, as they are at this migration."""


MAY_CREATE = "SELECT has_database_privilege(current_database(), 'CREATE')"
NAMES = "SELECT format('%I', current_database()), format('%I', current_user)"

OTHER_ORDER = (
    "SELECT format('%I', attname) FROM pg_attribute WHERE attrelid = to_regclass(:name) AND NOT attisdropped"
    " AND atttypid = 'text'::regtype AND attcollation <> '\"C\"'::regcollation"
)


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    missing = SCHEMAS.keys() - set(connection.scalars(sa.text("SELECT nspname FROM pg_namespace")))
    if missing and not connection.scalar(sa.text(MAY_CREATE)):
        database, user = connection.execute(sa.text(NAMES)).one()
        raise SettingsError(
            (f"DATABASE_URL: oO may not make schemas: GRANT CREATE ON DATABASE {database} TO {user}",)
        )
    for schema, tables in SCHEMAS.items():
        if schema in missing:  # else the operator has made it
            op.execute(sa.schema.CreateSchema(schema))
        for table in tables:
            _order_text(connection, table)
            op.execute(f"ALTER TABLE {table} SET SCHEMA {schema}")
            op.execute(f"CREATE VIEW {table} AS SELECT * FROM {schema}.{table}")


def _order_text(connection: sa.Connection, table: str) -> None:
    """Now, as a column that a view shows can't be changed any more."""
    for column in connection.scalars(sa.text(OTHER_ORDER), {"name": table}).all():
        op.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE text COLLATE "C"')


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    former = connection.scalar(sa.text("SELECT current_schema()"))
    for schema, tables in SCHEMAS.items():
        for table in tables:
            op.execute(f"DROP VIEW {table}")
            op.execute(f"ALTER TABLE {schema}.{table} SET SCHEMA {former}")
        op.execute(sa.schema.DropSchema(schema))
