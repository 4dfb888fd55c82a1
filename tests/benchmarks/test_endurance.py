"""Growth of memory and of open files is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import endurance
from benchmarks.endurance import Sample, growth, measure_endurance


async def test_people_use_oo_and_what_it_holds_is_sampled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endurance, "PEOPLE", 1)
    monkeypatch.setattr(endurance, "PACE_SECONDS", 0.02)
    monkeypatch.setattr(endurance, "SAMPLES", 4)
    found = {row.what: row.value for row in await measure_endurance(tmp_path, minutes=0.01)}
    assert found["messages of oO's in 0.01 minutes"] > 5
    assert found["memory in the end"] > 50
    assert found["open files in the end"] > 5


def test_only_the_second_half_counts() -> None:
    samples = [
        Sample(hours=hours, megabytes=megabytes, files=files)
        for hours, megabytes, files in ((0, 10, 5), (0.25, 100, 50), (0.5, 120, 60), (1, 123, 60))
    ]
    rows = growth(samples, minutes=60, messages=0, processor=0)
    found = {row.what: row.value for row in rows}
    assert found["memory, slope of the second half"] == pytest.approx(6)
    assert found["open files, slope of the second half"] == 0
