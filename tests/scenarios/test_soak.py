"""The short form of the kill soak (T2): a few kills, lost answers, cut connections and stopped processes.

``make soak`` is the full run.
"""

from __future__ import annotations

from pathlib import Path

from tests.soak.report import closing_table
from tests.soak.run import soak
from tests.soak.spec import SoakSpec

SHORT = SoakSpec(seed=1, kills=7, people=2, scratch=0.1, faults=frozenset({"cut", "pause", "step"}))


def test_killed_again_and_again_oo_loses_nothing_and_does_nothing_twice(tmp_path: Path) -> None:
    progress: list[str] = []
    result = soak(SHORT, tmp_path, progress.append)

    assert result.ok, closing_table(result)
    assert result.evidence.faults.kills == SHORT.kills
    assert len(result.evidence.ledger.lines) > SHORT.people
