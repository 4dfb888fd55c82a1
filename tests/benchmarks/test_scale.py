"""The pieces of the plan for scale are measured on the way that updates really take."""

from __future__ import annotations

from pathlib import Path

from benchmarks.scale import measure_scale


async def test_a_tip_and_a_tap_cost_what_their_transactions_say(tmp_path: Path) -> None:
    rows = {row.what: row.value for row in await measure_scale(tmp_path, times=3)}

    assert rows["/tip: commits"] >= 4  # accepted, decided, sent, marked as handled
    assert rows["a tap: commits"] >= 3
    assert rows["/tip with 50 tasks: processor time"] > rows["a tap: processor time"] > 0
    assert rows["disk space of a decision with its tip"] > 5
