"""Whoever changes a module finds its tests: under its own name, or where its docstring points.

A pointer is the last line of the docstring of the module, or of its package for all modules in it:
``Tests: tests/scenarios/test_replies.py, tests/core/test_text.py.``
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.rows import each_of

ROOT = Path(__file__).parents[2]
PACKAGES = ("adapters", "bot", "core", "jobs")
MODULES = [
    path.relative_to(ROOT)
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
    if path.name != "__init__.py"
]
POINTER = re.compile(r"^Tests: (?P<paths>[^\n]+)\.$", re.MULTILINE)


def pointers(module: Path) -> Iterator[Path]:
    """The test files and folders that the docstring of ``module`` names, or else that of its package."""
    for source in (module, module.parent / "__init__.py"):
        tree = ast.parse((ROOT / source).read_text(encoding="utf-8"))
        named = POINTER.search((ast.get_docstring(tree) or "").replace(",\n", ", "))
        if named:
            yield from map(Path, named["paths"].split(", "))
            return


@each_of(MODULES)
def test_every_module_has_tests_of_its_name_or_says_where_they_are(module: Path) -> None:
    own = Path("tests") / module.parent / f"test_{module.name}"
    named = list(pointers(module))
    missing = [str(path) for path in named if not (ROOT / path).exists()]
    assert missing == []
    assert (ROOT / own).exists() or named, f"add {own}, or a last line 'Tests: …' to the docstring"
