"""A refresh that is killed at any line never ends in a connection that is dead in silence: G15, T1."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.crash_points import sweep


@pytest.mark.skipif(sys.platform == "win32", reason="children are forked")
def test_a_kill_at_any_line_ends_in_a_token_that_works_or_in_asking_the_person(tmp_path: Path) -> None:
    swept = sweep(
        "tests.core.integrations.killed_refresh", tmp_path, "core/integrations/", "adapters/storage/store.py"
    )
    assert swept.points > 150
    assert swept.kills >= 5  # nothing yet; a lease, the provider, the commit, each with its log
    assert set(swept.outcomes) == {
        "asked 1 times; later renewed",  # killed before the request, or after the commit
        "asked 2 times; later expired",  # killed between them
    }
