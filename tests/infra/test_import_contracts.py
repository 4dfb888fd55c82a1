"""What import-linter can't see by itself: that the lists in its contracts are whole."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}
LIBRARIES_OF_THE_CORE = {"dateutil", "email_validator", "idna", "json_repair", "numpy", "regex"}
"""They compute and do no I/O."""


def imported(file: Path) -> set[str]:
    """The packages that ``file`` imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                found |= {name.name.partition(".")[0] for name in names}
            case ast.ImportFrom(module=str(module), level=0):
                found.add(module.partition(".")[0])
    return found


def test_the_core_imports_no_other_library() -> None:
    found = set().union(*(imported(file) for file in (ROOT / "core").rglob("*.py")))
    assert found - set(sys.stdlib_module_names) - {"core"} == LIBRARIES_OF_THE_CORE


def test_every_other_room_of_the_core_is_forbidden_to_the_bandit() -> None:
    rooms = {
        f"core.{path.stem}" for path in (ROOT / "core").iterdir() if path.suffix == ".py" or path.is_dir()
    }
    forbidden = CONTRACTS["The bandit knows no tips, features or records"]["forbidden_modules"]
    assert set(forbidden) == rooms - {"core.__init__", "core.__pycache__", "core.bandit"}
