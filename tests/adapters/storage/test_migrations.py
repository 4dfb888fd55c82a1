"""What a migration does to the rows that are there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import IntegrityError

from adapters.storage.schema import MIGRATIONS

OLD_REWARDS = {
    "a": ("done", None),
    "b": ("outcome", None),
    "c": ("silence", None),
    "d": ("dismiss", None),
    "e": ("dismiss", "not_this"),
    "f": ("dismiss", "never_topic"),
    "g": ("snooze", None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """A database as an older oO left it."""

    connection: Connection
    config: Config

    def rewards(self) -> dict[str, tuple[str, bool]]:
        """The source of each reward, and whether it was learned."""
        rows = self.connection.execute(text("SELECT decision_id, source, learned FROM rewards"))
        return {row.decision_id: (row.source, bool(row.learned)) for row in rows}


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Old]:
    engine = create_engine(f"sqlite:///{tmp_path}/oo.db")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        yield Old(connection=connection, config=config)
    engine.dispose()


REWARD = "INSERT INTO rewards VALUES (:decision, 'ada', 0.5, :source, 1, true)"
REACTION = (
    "INSERT INTO reactions (reaction_id, decision_id, person_id, kind, reacted_at, reason, undone_at, late)"
    " VALUES (:name, :decision, 'ada', 'dismiss', 1, :reason, :undone, false)"
)


def test_old_rewards_say_what_they_teach(old: Old) -> None:
    for decision, (source, reason) in OLD_REWARDS.items():
        old.connection.execute(text(REWARD), {"decision": decision, "source": source})
        undone = {"name": f"{decision}-1", "decision": decision, "reason": "not_now", "undone": 7}
        standing = {"name": f"{decision}-2", "decision": decision, "reason": reason, "undone": None}
        if source == "dismiss":
            old.connection.execute(text(REACTION), [undone, standing])

    command.upgrade(old.config, "head")

    assert old.rewards() == {
        "a": ("done", True),
        "b": ("done_elsewhere", True),
        "c": ("silence", True),
        "d": ("dismiss", True),
        "e": ("not_this", True),
        "f": ("never_topic", False),
        "g": ("snooze", True),
    }

    command.downgrade(old.config, "0001")

    assert {name: source for name, (source, _) in old.rewards().items()} == {
        name: source for name, (source, _) in OLD_REWARDS.items()
    }


STATUS = "INSERT INTO source_status VALUES (:name, 'todoist', :status, 3, 4, :not_before, :told_at)"
SOURCE_OWNER = (
    "INSERT INTO people (person_id, created_at, consent, paused_until, preferences, owner)"
    " VALUES (:name, 1, 'agreed', NULL, '{}', false)"
)


def test_the_state_of_task_sources_grows_into_connections_and_back(old: Old) -> None:
    command.upgrade(old.config, "0010")
    rows: list[dict[str, object]] = [
        {"name": "ada", "status": "ok", "not_before": None, "told_at": None},
        {"name": "bob", "status": "expired", "not_before": 5, "told_at": 6},
        {"name": "eve", "status": "failing", "not_before": 5, "told_at": None},
    ]
    for row in rows:
        old.connection.execute(text(SOURCE_OWNER), {"name": row["name"]})
        old.connection.execute(text(STATUS), row)
    before = old.connection.execute(text("SELECT * FROM source_status ORDER BY person_id")).all()

    command.upgrade(old.config, "0011")

    found = old.connection.execute(
        text(
            "SELECT person_id, provider, status, changed_at, synced_at, not_before, told_at, by_operator,"
            " account_name, connected_at, cursor FROM integrations ORDER BY person_id"
        )
    ).all()
    assert found == [
        ("ada", "todoist", "connected", 3, 4, None, None, 1, None, None, None),
        ("bob", "todoist", "expired", 3, 4, 5, 6, 1, None, None, None),
        ("eve", "todoist", "error", 3, 4, 5, None, 1, None, None, None),
    ]

    command.downgrade(old.config, "0010")

    assert old.connection.execute(text("SELECT * FROM source_status ORDER BY person_id")).all() == before


PERSON = (
    "INSERT INTO people (person_id, created_at, consent, consent_at, preferences, owner)"
    " VALUES (:name, 5, :consent, :at, :preferences, false)"
)


def test_the_answers_so_far_become_purposes(old: Old) -> None:
    command.upgrade(old.config, "0010")
    usual = '{"cap": 3}'
    set_otherwise = '{"use_llm": false, "learn": false, "hold_out": true, "remember_talk": true, "cap": 3}'
    people: list[dict[str, Any]] = [
        {"name": "ada", "consent": "agreed", "at": 7, "preferences": usual},
        {"name": "bob", "consent": "agreed", "at": 8, "preferences": set_otherwise},
        {"name": "cleo", "consent": "asked", "at": None, "preferences": set_otherwise},
        {"name": "dora", "consent": "declined", "at": None, "preferences": usual},
    ]
    old.connection.execute(text(PERSON), people)

    command.upgrade(old.config, "head")

    rows = old.connection.execute(text("SELECT person_id, allowed, preferences FROM people")).all()
    allowed = {row.person_id: json.loads(row.allowed) for row in rows}
    assert allowed == {
        "ada": ["messages", "language_model", "learning", "population"],
        "bob": ["messages", "population", "talk", "holdout"],
        "cleo": [],
        "dora": [],
    }
    assert {row.preferences.replace(" ", "") for row in rows} == {'{"cap":3}'}
    log = old.connection.execute(text("SELECT * FROM consents ORDER BY position")).all()
    assert [(row.purpose, row.granted) for row in log if row.person_id == "bob"] == [
        ("messages", 1),
        ("language_model", 0),
        ("learning", 0),
        ("population", 1),
        ("talk", 1),
        ("holdout", 1),
    ]
    assert {(row.person_id, row.at) for row in log} == {("ada", 7), ("bob", 8), ("dora", 5)}
    assert not any(row.granted for row in log if row.person_id == "dora")
    assert {(row.version, row.channel) for row in log} == {("0", None)}

    command.downgrade(old.config, "0010")

    stored = old.connection.execute(text("SELECT preferences FROM people WHERE person_id = 'bob'")).scalar()
    assert json.loads(str(stored)) == json.loads(set_otherwise)


def test_an_entry_of_the_consent_log_cannot_be_changed(old: Old) -> None:
    command.upgrade(old.config, "0010")
    ada = {"name": "ada", "consent": "agreed", "at": 7, "preferences": "{}"}
    old.connection.execute(text(PERSON), ada)
    command.upgrade(old.config, "head")
    with pytest.raises(IntegrityError, match="never changed"):
        old.connection.execute(text("UPDATE consents SET granted = false"))
