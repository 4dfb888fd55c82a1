"""Purposes are asked for and kept apart, as a log; the answers so far are carried over.

Also the totals of what the language model was used for.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORDING = "0"
"""The wording from before there was a log."""

BY_DEFAULT = ("messages", "language_model", "learning", "population")
"""What the one question at the start covered."""

GRANTED = {
    "messages": "consent = 'agreed'",
    "language_model": "consent = 'agreed' AND coalesce(json_extract(preferences, '$.use_llm'), 1)",
    "learning": "consent = 'agreed' AND coalesce(json_extract(preferences, '$.learn'), 1)",
    "population": "consent = 'agreed'",
    "talk": "consent = 'agreed' AND coalesce(json_extract(preferences, '$.remember_talk'), 0)",
    "holdout": "consent = 'agreed' AND coalesce(json_extract(preferences, '$.hold_out'), 0)",
}
"""Whether a person of the table ``people`` had granted a purpose, in SQL."""

FAULT = "'an entry of the consent log is never changed'"

SETTINGS = {"language_model": "use_llm", "learning": "learn", "talk": "remember_talk", "holdout": "hold_out"}
"""Purposes that were settings."""


def upgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"]),
    )
    op.create_index("consents_person", "consents", ["person_id", "position"])
    op.create_table(
        "spending",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "scope"),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"]),
    )
    op.create_index("spending_person", "spending", ["person_id"])
    op.add_column("people", sa.Column("allowed", sa.Text(), nullable=False, server_default=sa.text("'[]'")))
    if op.get_bind().dialect.name == "sqlite":
        _carry_over()
        op.execute(f"CREATE TRIGGER consents_stay BEFORE UPDATE ON consents BEGIN SELECT raise(ABORT, {FAULT}); END")
    else:
        op.execute(
            "CREATE FUNCTION consents_stay() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = {FAULT}; END $$"
        )
        op.execute(
            "CREATE TRIGGER consents_stay BEFORE UPDATE ON consents"
            " FOR EACH ROW EXECUTE FUNCTION consents_stay()"
        )


def _carry_over() -> None:
    """On SQLite only: no oO with this version or an earlier one ran on PostgreSQL, so there are no rows."""
    for purpose, granted in GRANTED.items():
        answered = "" if purpose in BY_DEFAULT else f"AND ({granted})"
        op.execute(
            "INSERT INTO consents (person_id, purpose, granted, version, channel, at)"
            f" SELECT person_id, '{purpose}', ({granted}), '{WORDING}', NULL, coalesce(consent_at, created_at)"
            f" FROM people WHERE consent <> 'asked' {answered} ORDER BY created_at, person_id"
        )
    op.execute(
        "UPDATE people SET allowed = (SELECT json_group_array(purpose) FROM consents"
        " WHERE consents.person_id = people.person_id AND granted)"
    )
    names = ", ".join(f"'$.{name}'" for name in SETTINGS.values())
    op.execute(f"UPDATE people SET preferences = json_remove(preferences, {names})")


def downgrade() -> None:
    """On SQLite only: no oO that needs the earlier tables ran on PostgreSQL."""
    allows = "EXISTS (SELECT 1 FROM json_each(people.allowed) WHERE value = '{}')"
    values = ", ".join(
        f"'$.{name}', json(iif({allows.format(purpose)}, 'true', 'false'))"
        for purpose, name in SETTINGS.items()
    )
    op.execute(f"UPDATE people SET preferences = json_set(preferences, {values})")
    op.execute("DROP TRIGGER consents_stay")
    op.drop_table("consents")
    op.drop_table("spending")
    op.drop_column("people", "allowed")
