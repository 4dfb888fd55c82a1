"""``python -m tests.soak``: a soak with as many kills as wanted, and its closing table."""

from __future__ import annotations

import argparse
import signal
import sys
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.soak.report import closing_table, transcript
from tests.soak.run import soak
from tests.soak.spec import FAULTS, SoakSpec


def main() -> int:
    """Returns the exit code: 1 if an invariant was broken."""
    spec, kept = _arguments()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets jobs in the background ignore it
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    _say(spec.command())
    with TemporaryDirectory(prefix="oo-soak-") as folder:
        result = soak(spec, kept or Path(folder), _say)
        if kept:
            (kept / "transcript.txt").write_text(transcript(result))
    _say(closing_table(result))
    return 0 if result.ok else 1


def _arguments() -> tuple[SoakSpec, Path | None]:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=inf, help="check after so long at the latest")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true", help="the database is a real PostgreSQL")
    parser.add_argument(
        "--faults", default="", help=f"beside kills and lost answers, of {', '.join(FAULTS)}: cut,step"
    )
    parser.add_argument(
        "--nats", action="store_true", help="events are published to NATS, which may be wiped"
    )
    parser.add_argument("--todoist", action="store_true", help="one person has tasks in Todoist")
    parser.add_argument("--before", type=Path, help="the sources of an earlier oO, to be upgraded from")
    parser.add_argument("--keep", type=Path, help="a new folder for all that is left, else it is removed")
    found = parser.parse_args()
    spec = SoakSpec(
        seed=found.seed,
        kills=found.kills,
        minutes=found.minutes,
        people=found.people,
        replicas=found.replicas,
        postgresql=found.postgresql,
        nats=found.nats,
        todoist=found.todoist,
        before=found.before.absolute() if found.before else None,
        faults=frozenset(filter(None, found.faults.split(","))),
    )
    return spec, found.keep


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
