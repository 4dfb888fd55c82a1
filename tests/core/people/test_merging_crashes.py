"""The linking of two people, killed: there are two people or one, whole in either case.

Here at the lines around the transaction and at some within; ``python -m tests.crash_points`` does all.
"""

from __future__ import annotations

from pathlib import Path

from tests.crash_points import sweep


def test_a_kill_at_any_line_leaves_two_people_or_one(tmp_path: Path) -> None:
    swept = sweep("tests.core.people.killed_merge", tmp_path, "core/people/linking", "core/learning/joining")
    assert set(swept.outcomes) == {"one", "two"}
    assert swept.points > 20
