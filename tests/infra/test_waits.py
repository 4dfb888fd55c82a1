"""A wait on a condition has the one generous limit, so that a busy machine fails no test."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
OF_ITS_OWN = re.compile(
    r"asyncio\.timeout\([\d.]+\)"  # a block
    r"|within(: float)?\s*=\s*([2-9]|\d{2,})(?! \*)"  # a default, an argument; under two is a pause
    r"|wait_for\(.*, (timeout=)?([2-9]|\d{2,})"
    r"|wait(\(|, )([2-9]|\d{2,})\)"
    r"|\bjoin\((timeout=)?\d"
    r"|communicate\(timeout=\d"
    r"|(monotonic|perf_counter)\(\) - \w+ < (?!WAIT_LIMIT)"
)


def test_no_wait_has_a_limit_of_its_own() -> None:
    found = [
        f"{file.relative_to(TESTS)}:{number}: {line.strip()}"
        for file in sorted(TESTS.rglob("*.py"))
        if file != Path(__file__)
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if OF_ITS_OWN.search(line)
    ]
    assert found == [], "use WAIT_LIMIT of tests/waiting.py"
