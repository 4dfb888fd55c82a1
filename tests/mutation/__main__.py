"""``python -m tests.mutation [MODULE …]``: how many small changes of the code the tests notice.

Prints each change that no test notices, and a table with the score of each module: the share of changes that
some test notices. Those in ``equivalents.toml`` are not counted. Ends with 1 if the score of all is below
``FLOOR``, with 2 if tests fail without any change.

Tests: tests/infra/test_mutation.py.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import pytest

from tests.infra.test_found_quickly import pointers
from tests.mutation import equivalents
from tests.mutation.mutants import ROOT, Mutant, mutants_of
from tests.mutation.running import QUIET, Running, Verdict

MODULES = (
    "core/scheduling",
    "core/delivery",
    "core/learning/holdout.py",
    "core/learning/update.py",
    "core/policies/holdout_draw.py",
    "core/policies/rewards.py",
)
"""Whether and when something is sent, what a reaction does, and the hold-out experiment."""

FLOOR = 85
"""The least score, in per cent."""


def files_of(modules: Sequence[str]) -> list[str]:
    """The files of modules and folders, as paths from the root."""
    paths = [ROOT / module for module in modules]
    files = [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return [file.relative_to(ROOT).as_posix() for file in files]


def tests_of(modules: Sequence[str]) -> list[str]:
    """Where the tests of modules are: in the folder of that place, and where their docstrings point.

    Scenarios run oO in processes of their own, where a change would not be seen.
    """
    places = {Path("tests", module).parent for module in modules}
    places.update(place for module in modules for place in pointers(Path(module)))
    return sorted(str(place) for place in places if place.parts[1] != "scenarios")


class Judging:
    """The verdicts on all changes, printed as they come."""

    def __init__(self, mutants: Sequence[Mutant], out: TextIO) -> None:
        known = equivalents.read()
        self.equivalent = [one for one in mutants if any(listed.matches(one) for listed in known)]
        judged = [one for one in mutants if one not in self.equivalent]
        self.mutants = sorted(judged, key=lambda one: not one.function)  # the quick ones first
        self.verdicts: list[Verdict] = []
        self.out = out

    def add(self, verdict: Verdict) -> None:
        self.verdicts.append(verdict)
        if verdict.caught_by is None:
            one = verdict.mutant
            self.say(f"{one.module}:{one.lines.start} ({verdict.tests} tests)  {one.text}")
            self.say(f"    {one.was}\n  → {one.becomes}")
        if len(self.verdicts) % 100 == 0:
            self.say(f"--- {len(self.verdicts)} of {len(self.mutants)}")

    def say(self, line: str) -> None:
        print(line, file=self.out, flush=True)

    def table(self) -> float:
        """Print the table; returns the score of all, in per cent."""
        self.say(f"\n{'module':40}{'changes':>9}{'noticed':>9}{'equivalent':>12}{'score':>9}")
        for module in sorted({one.mutant.module for one in self.verdicts}):
            self._row(module, module)
        return self._row("all", "")

    def _row(self, name: str, module: str) -> float:
        verdicts = [one for one in self.verdicts if one.mutant.module.startswith(module)]
        noticed = sum(one.caught_by is not None for one in verdicts)
        equivalent = sum(one.module.startswith(module) for one in self.equivalent)
        score = 100 * noticed / len(verdicts) if verdicts else 100.0
        self.say(f"{name:40}{len(verdicts):9}{noticed:9}{equivalent:12}{score:8.1f}%")
        return score


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument(
        "modules", nargs="*", default=MODULES, help="files or folders; else the most important"
    )
    parser.add_argument("--tests", nargs="+", help="files or folders; else those of the modules")
    wanted = parser.parse_args()
    modules = files_of(wanted.modules)
    mutants = [one for module in modules for one in mutants_of(module)]
    with os.fdopen(os.dup(1), "w") as out, tempfile.TemporaryDirectory() as folder:
        judging = Judging(mutants, out)
        (tests := Path(folder) / "tests").mkdir()
        running = Running(judging.mutants, tests, judging.add)
        places = wanted.tests or tests_of(modules)
        pytest.main([*QUIET, "--basetemp", f"{tests}/run", *places], plugins=[running])
        if running.failed:
            judging.say("\n".join(("These tests fail without any change:", *running.failed)))
            return 2
        return 0 if judging.table() >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
