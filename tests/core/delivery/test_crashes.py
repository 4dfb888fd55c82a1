"""What a kill of oO leaves, at the ends of its transactions: on SQLite and on PostgreSQL (T1).

``python -m tests.crash_points SCENARIO FOLDER`` takes every line on SQLite, with ``--statements`` every
statement on PostgreSQL.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import pytest

from tests.crash_points import sweep, sweep_server

SENT = {"1 shown, sent", "1 shown, unknown", "0 shown, unknown"}
TAPPED = {"to be handled", "counted"}
OUTCOMES = {
    "tests.core.delivery.killed_push": SENT,
    "tests.core.delivery.killed_reminder": SENT,
    "tests.core.delivery.killed_tap": TAPPED,
    "tests.core.delivery.killed_snooze": TAPPED,
    "tests.core.delivery.killed_undo": TAPPED,
    "tests.core.tasks.killed_sync": {"0 read", "3 read"},
    "tests.core.integrations.killed_rotation": {"0 to go", "1 to go", "2 to go", "3 to go"},
    "tests.core.people.killed_merge": {"one", "two"},
}
"""Each scenario, and what kills around its commits leave, all of it and nothing else."""

ALL = os.environ.get("OO_TESTS_ON") == "postgresql"
"""``make test-postgresql`` takes all of them, which lasts for minutes; ``make test`` a selection."""

SHORT = ["tests.core.delivery.killed_push", "tests.core.delivery.killed_tap"]
ON_POSTGRESQL = list(OUTCOMES) if ALL else SHORT
ON_SQLITE = list(OUTCOMES)[:6] if ALL else ["tests.core.tasks.killed_sync"]
"""Rotation and merging have tests of their own."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")


@pytest.mark.parametrize("scenario", ON_POSTGRESQL)
def test_a_kill_around_any_commit_on_postgresql_breaks_nothing(scenario: str, tmp_path: Path) -> None:
    swept = sweep_server(importlib.import_module(scenario), tmp_path)
    assert set(swept.outcomes) == OUTCOMES[scenario]


@pytest.mark.parametrize("scenario", ON_SQLITE)
def test_a_kill_around_any_change_on_sqlite_breaks_nothing(scenario: str, tmp_path: Path) -> None:
    swept = sweep(scenario, tmp_path, "adapters/storage/session.py")
    assert set(swept.outcomes) <= OUTCOMES[scenario]
    assert len(swept.outcomes) > 1
