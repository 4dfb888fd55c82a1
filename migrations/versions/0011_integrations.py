"""Connections to services outside oO grow out of the state of task sources; encrypted secrets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _integrations()
    _secrets()
    # All connections so far use the operator's token.
    op.execute(
        "INSERT INTO integrations (person_id, provider, status, changed_at, by_operator, synced_at, not_before,"
        " told_at) SELECT person_id, source, CASE status WHEN 'ok' THEN 'connected' WHEN 'expired' THEN"
        " 'expired' ELSE 'error' END, changed_at, true, synced_at, not_before, told_at FROM source_status"
    )
    op.drop_table("source_status")


def downgrade() -> None:
    """Connections that an older oO can't use are lost: those with a secret in the vault."""
    op.create_table(
        "source_status",
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), primary_key=True),
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("synced_at", sa.BigInteger()),
        sa.Column("not_before", sa.BigInteger()),
        sa.Column("told_at", sa.BigInteger()),
    )
    op.execute(
        "INSERT INTO source_status SELECT person_id, provider, CASE WHEN status IN ('connected', 'expiring')"
        " THEN 'ok' WHEN status = 'error' THEN 'failing' ELSE 'expired' END, changed_at, synced_at, not_before,"
        " told_at FROM integrations WHERE by_operator"
    )
    for table in ("sealed_secrets", "sealed_keys", "integrations"):
        op.drop_table(table)


def _integrations() -> None:
    op.create_table(
        "integrations",
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), primary_key=True),
        sa.Column("provider", sa.Text(), primary_key=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("by_operator", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Text()),
        sa.Column("account_name", sa.Text()),
        sa.Column("connected_at", sa.BigInteger()),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("cursor", sa.Text()),
        sa.Column("synced_at", sa.BigInteger()),
        sa.Column("not_before", sa.BigInteger()),
        sa.Column("told_at", sa.BigInteger()),
        sa.Column("lease", sa.Text()),
        sa.Column("leased_until", sa.BigInteger()),
    )
    op.create_index("integrations_account", "integrations", ["provider", "account_id"])
    has_an_end = sa.text("expires_at IS NOT NULL")
    op.create_index(
        "integrations_expiring",
        "integrations",
        ["expires_at", "person_id"],
        sqlite_where=has_an_end,
        postgresql_where=has_an_end,
    )


def _secrets() -> None:
    op.create_table(
        "sealed_keys",
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), primary_key=True),
        sa.Column("key_id", sa.Text(), primary_key=True),
        sa.Column("vault_key_id", sa.Text(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "sealed_secrets",
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.person_id"), primary_key=True),
        sa.Column("provider", sa.Text(), primary_key=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
    )
