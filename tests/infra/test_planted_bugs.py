"""Each planted bug can be planted, and the test that is to catch it exists."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.planted_bugs.bugs import PlantedBug, planted_bugs
from tests.rows import each_of

ROOT = Path(__file__).parents[2]
BUGS = planted_bugs()


def test_there_are_twenty_and_no_two_are_caught_by_the_same_test() -> None:
    assert len(BUGS) >= 20
    assert len({bug.test for bug in BUGS}) == len(BUGS)


@each_of(BUGS)
def test_a_bug_can_be_planted(bug: PlantedBug) -> None:
    """What it replaces occurs once, and what comes instead is another program."""
    for change in bug.changes:
        source = (ROOT / change.module).read_text(encoding="utf-8")
        assert source.count(change.old) == 1, change.module
        before, after = ast.parse(source), ast.parse(source.replace(change.old, change.new))
        assert ast.dump(before) != ast.dump(after), change.module


@each_of(BUGS)
def test_the_test_that_catches_it_exists(bug: PlantedBug) -> None:
    file, _, name = bug.test.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = {one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in tests


@each_of(BUGS)
def test_it_says_what_people_would_suffer(bug: PlantedBug) -> None:
    assert bug.harm.endswith(".")
    assert len(bug.harm.split()) > 5
