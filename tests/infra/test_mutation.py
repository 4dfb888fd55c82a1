"""The tool that measures what the tests notice: it makes the changes it says, and finds what nobody tests."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation import equivalents
from tests.mutation.mutants import Mutant, mutants_of
from tests.rows import each_of

ROOT = Path(__file__).parents[2]
NOTHING = "return None"
CHANGES = [
    ("return a < b", {"(a <= b)", "(a >= b)", NOTHING}),
    ("return a is None", {"(a is not None)", NOTHING}),
    (
        "return 0 < a <= b",
        {"(0 <= a <= b)", "(0 >= a <= b)", "(0 < a < b)", "(0 < a > b)", "(1)", NOTHING},
    ),
    ("return a and b", {"(a or b)", "(a)", "(b)", NOTHING}),
    ("return a + b", {"(a - b)", NOTHING}),
    ("return not a", {"(a)", NOTHING}),
    ("return a if b else c", {"(c if b else a)", NOTHING}),
    ("return True", {"(False)"}),
    ("return 2.5", {"(3.5)"}),
    ("return 'no'", {"('XX')"}),
    ("return None", set()),
    ("return f(a, key=b)", {"(f(a))", NOTHING}),
    ("return [x for x in a if b]", {"([x for x in a])", NOTHING}),
    ("return f'{a} of 3'", {NOTHING}),
    ("f(a)", {"pass"}),
    ("log.info('%d', 3)", set()),
    ("raise a", {"pass"}),
    ("c = a", {"c = None"}),
    ("a += b", {"a -= b"}),
    ("while a:\n        break", {"(not (a))", "continue"}),
    ("if f(a):\n        pass", {"(not (f(a)))"}),
    ("c: Literal['x'] = a", set()),
    ("'''A docstring.'''", set()),
    ("import x", set()),
]


def changed(folder: Path, source: str) -> list[Mutant]:
    (folder / "module.py").write_text(source, encoding="utf-8")
    return mutants_of("module.py", folder)


@pytest.mark.parametrize(("statement", "becomes"), CHANGES, ids=[statement for statement, _ in CHANGES])
def test_these_are_the_changes_of_a_statement(statement: str, becomes: set[str], tmp_path: Path) -> None:
    found = changed(tmp_path, f"def of(a, b, c):\n    {statement}\n")
    assert {one.becomes for one in found} == becomes


SOURCE = """\
LIMIT = 1

class Rules:
    most: int = 2

    @property
    def double(self) -> int:
        return self.most * 2

def each(words: list[str] = []):
    def inner(word):
        return word + "…"
    # ä comment
    return [
        inner(word)
        for word in words
        if word
    ]
"""


def test_a_change_is_applied_where_it_stands_and_leaves_a_program(tmp_path: Path) -> None:
    for one in changed(tmp_path, SOURCE):
        assert ast.dump(ast.parse(one.changed)) != ast.dump(ast.parse(SOURCE))
        assert one.was in SOURCE


def test_a_change_knows_the_outermost_function_and_the_lines_of_its_statement(tmp_path: Path) -> None:
    found = {one.becomes: one for one in changed(tmp_path, SOURCE)}
    places = {text: (one.function, one.lines) for text, one in found.items()}
    assert places["(3)"] in {("", range(4, 5)), ("Rules.double", range(8, 9))}
    assert places["(self.most / 2)"] == ("Rules.double", range(8, 9))
    assert places["(word - '…')"] == ("each", range(12, 13))
    assert places["([inner(word) for word in words])"] == ("each", range(14, 19))
    assert found["(2)"].function == ""


FEES = """\
DAYS = 3

def is_late(days):
    return days > DAYS
"""
TESTS = """\
from core.fees import is_late

def test_late():
    assert is_late(9)

def test_on_time():
    assert not is_late(3)
"""


def test_a_run_names_the_changes_that_nothing_notices(tmp_path: Path) -> None:
    """In a repository of its own. Nothing tests the fourth day; the other three changes are noticed."""
    tool = tmp_path / "tests" / "mutation"
    shutil.copytree(ROOT / "tests" / "mutation", tool, ignore=shutil.ignore_patterns("__pycache__"))
    (tool / equivalents.FILE.name).write_text("")
    (tmp_path / "tests" / "infra").mkdir()
    for needed in ("rows.py", "infra/test_found_quickly.py"):
        shutil.copyfile(ROOT / "tests" / needed, tmp_path / "tests" / needed)
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "fees.py").write_text(FEES)
    (tmp_path / "test_fees.py").write_text(TESTS)
    command = [sys.executable, "-m", "tests.mutation", "core/fees.py", "--tests", "test_fees.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "core/fees.py:1 (1 tests)  DAYS = 3\n    3\n  → (4)\n" in done.stdout
    assert re.search(r"^core/fees.py +4 +3 +0 +75.0%$", done.stdout, re.MULTILINE), done.stdout


def mutants_by_module() -> dict[str, list[Mutant]]:
    modules = {one.module for one in equivalents.read()}
    return {module: mutants_of(module) for module in modules}


MUTANTS = mutants_by_module()


@each_of(equivalents.read(), ids=lambda one: f"{one.module}: {one.line}: {one.becomes}")
def test_what_is_listed_as_equivalent_is_a_change_and_has_its_reason(one: equivalents.Equivalent) -> None:
    assert any(one.matches(mutant) for mutant in MUTANTS[one.module])
    assert len(one.why.split()) > 3
