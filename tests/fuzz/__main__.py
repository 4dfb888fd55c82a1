"""Fuzz parsers of oO's: ``python -m tests.fuzz [TARGET …] [--seconds N] [--folder FOLDER]``.

Needs atheris: ``python -m pip install --group fuzz``. Each target runs in a process of its own until its time is
over or it finds something. What it finds is written into the folder, ``build/fuzz`` unless told otherwise, beside
the inputs that reached new code, from which the next run goes on. At the end stands a table.
``python -m tests.fuzz TARGET --input FILE`` runs one input without atheris and shows what is wrong with it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.oracles import judge
from tests.fuzz.target import MODULES, target

_PROGRESS = re.compile(r"^#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)/", re.MULTILINE)
_FOUND = re.compile(r"Test unit written to (\S+)")
_WRONG = re.compile(r"=== Uncaught Python exception: ===\n(.*)|ERROR: (libFuzzer: .*)")
_SPEED = re.compile(r"stat::average_exec_per_sec:\s+(\d+)")
_GRACE_SECONDS = 300
"""For the start, for the first run of all inputs, and for the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a search came to."""

    name: str
    executions: int
    executions_per_second: int
    edges: int
    """Branches of oO's own code that were reached, as atheris counts them."""
    inputs: int
    """That together reach all of them."""
    found: str = ""
    """The file with the input that shows a defect; empty without one."""
    wrong: str = ""

    def row(self) -> str:
        """A line of the table."""
        figures = (self.executions, self.executions_per_second, self.edges, self.inputs)
        return (
            f"{self.name:15}"
            + "".join(f"{one:>12,}" for one in figures)
            + f"  {self.wrong} {self.found}".rstrip()
        )


HEADING = f"{'target':15}{'executions':>12}{'a second':>12}{'edges':>12}{'inputs':>12}  found"


def searched(name: str, folder: Path, seconds: int) -> Outcome:
    """Search one target for ``seconds``, or until something is found."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.engine", name, str(place), f"-max_total_time={seconds}"]
    log = place / "log.txt"
    with log.open("w") as lines:
        subprocess.run(command, stderr=lines, stdout=lines, timeout=seconds + _GRACE_SECONDS, check=False)
    return outcome_of(name, log.read_text(errors="replace"))


def outcome_of(name: str, log: str) -> Outcome:
    """What libFuzzer's log says."""
    progress = _PROGRESS.findall(log)
    if not progress and not _WRONG.search(log):
        raise SystemExit(f"{name} did not start:\n{log[-2000:]}")
    executions, edges, _, inputs = map(int, progress[-1]) if progress else (0, 0, 0, 0)
    speed, found, wrong = _SPEED.search(log), _FOUND.search(log), _WRONG.search(log)
    return Outcome(
        name=name,
        executions=executions,
        executions_per_second=int(speed[1]) if speed else 0,
        edges=edges,
        inputs=inputs,
        found=found[1] if found else "",
        wrong=(wrong[1] or wrong[2])[:100] if wrong else "",
    )


def main() -> int:
    """Search, or run one input. 1 if something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "targets", nargs="*", choices=[*MODULES, []], metavar="TARGET", help=", ".join(MODULES)
    )
    parser.add_argument("--seconds", type=int, default=60, help="for each target (60)")
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"), help="for all that is found")
    parser.add_argument("--input", type=Path, help="run this input once, without atheris")
    given = parser.parse_args()
    if given.input:
        judge(target(given.targets[0]), given.input.read_bytes())
        return 0
    outcomes = []
    print(HEADING)
    for name in given.targets or MODULES:
        outcomes.append(searched(name, given.folder, given.seconds))
        print(outcomes[-1].row(), flush=True)
    return int(any(one.found for one in outcomes))


if __name__ == "__main__":
    sys.exit(main())
