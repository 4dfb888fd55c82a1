"""What a soak is to be."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from pathlib import Path

FAULTS = ("cut", "pause", "step", "database")
"""What may happen beside kills and lost answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoakSpec:
    """A soak; the same seed makes the same choices, though not at the same instants."""

    seed: int = 1
    kills: int = 10_000
    """After so many kills, everything is left alone and checked."""
    minutes: float = inf
    """After so long as well, however many kills there were by then."""
    people: int = 8
    replicas: int = 1
    postgresql: bool = False
    nats: bool = False
    """Events are published to a NATS that is killed and wiped."""
    todoist: bool = False
    """The first person has tasks in Todoist, and adds, does, moves and removes some."""
    scratch: float = 0.05
    """The share of starts in a new interpreter; the others are forks, which start in a fifth of the time."""
    lost: float = 0.05
    """The share of answers that are lost on their way from a platform."""
    before: Path | None = None
    """The sources of an earlier oO, from which people are taken over while they type and tap."""
    faults: frozenset[str] = frozenset()
    """Of ``FAULTS``."""

    @property
    def database_may_fail(self) -> bool:
        """Whether it is made to crash, or to keep processes waiting: for one that stands still and has locks,
        or for tables that are changed. They may say so in their logs.
        """
        stands_still = self.replicas > 1 and "pause" in self.faults
        return "database" in self.faults or stands_still or self.before is not None

    def command(self) -> str:
        """Repeats it."""
        parts = [f"--seed {self.seed}", f"--kills {self.kills}", f"--people {self.people}"]
        parts += [f"--minutes {self.minutes:g}"] if self.minutes < inf else []
        parts += [f"--replicas {self.replicas}"] if self.replicas > 1 else []
        parts += ["--postgresql"] if self.postgresql else []
        parts += [f"--faults {','.join(sorted(self.faults))}"] if self.faults else []
        parts += [f"--before {self.before}"] if self.before else []
        parts += ["--nats"] if self.nats else []
        parts += ["--todoist"] if self.todoist else []
        return " ".join(["python -m tests.soak", *parts])
