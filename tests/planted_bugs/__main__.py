"""``python -m tests.planted_bugs [NAME …]``: plants each bug in a copy of oO and runs the test against it.

The test passes without the bug and fails with it, or this ends with 1.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.planted_bugs.bugs import PlantedBug, planted_bugs

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".*", "build", "dist")
"""What is compiled is copied too: only a file that is changed is compiled anew."""
TEST_LIMIT = 600.0
"""Seconds that a test may take; a bug may make it wait for ever."""

PASSED, FAILED = 0, 1
"""Exit codes of pytest. With another one, the test did not run."""


def main() -> int:
    known = {bug.name: bug for bug in planted_bugs()}
    parser = argparse.ArgumentParser(prog="python -m tests.planted_bugs", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(known)}; else all")
    names = parser.parse_args().names or list(known)
    if unknown := [name for name in names if name not in known]:
        parser.error(f"no such bug: {', '.join(unknown)}")
    with TemporaryDirectory() as folder:
        tree = Path(folder) / "oo"
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        bugs = [known[name] for name in names]
        all_pass = _run([bug.test for bug in bugs], tree) == PASSED
        caught = [_is_caught(bug, tree, PASSED if all_pass else _run([bug.test], tree)) for bug in bugs]
    return 0 if all(caught) else 1


def _is_caught(bug: PlantedBug, tree: Path, before: int | None) -> bool:
    """Print whether the test of the bug fails with it; ``before``: how it ended without it."""
    began = time.monotonic()
    _plant(bug, tree)
    after = _run([bug.test], tree)
    _restore(bug, tree)
    is_caught = (before, after) == (PASSED, FAILED)
    verdict = "red" if is_caught else f"NOT CAUGHT: pytest ended with {before} without it, {after} with it"
    seconds = time.monotonic() - began
    sys.stdout.write(f"{bug.name:20} {verdict}  ({seconds:.0f} s)\n    {bug.harm}\n    {bug.test}\n")
    sys.stdout.flush()
    return is_caught


def _plant(bug: PlantedBug, tree: Path) -> None:
    for change in bug.changes:
        change.apply(tree)


def _restore(bug: PlantedBug, tree: Path) -> None:
    for change in bug.changes:
        shutil.copy2(ROOT / change.module, tree / change.module)


def _run(tests: list[str], tree: Path) -> int | None:
    """The exit code of pytest for these tests; None if they took too long."""
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    limit = TEST_LIMIT * len(tests)
    try:
        done = subprocess.run(command, cwd=tree, capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
