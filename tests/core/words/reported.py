"""To-dos as people reported them to bots, task managers and date parsers: what they mean, as a table.

The rows are in ``reported.tsv``, their relatives in ``relatives.tsv``: language, typed, title, day, time,
rule. Empty is *none*; ``*`` is not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
"""Wednesday, 10:00 in Berlin."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One row. ``day`` as ``2026-11-26``, ``at`` as ``09:00``, ``rule`` an RFC 5545 rule."""

    language: str
    typed: str
    title: str
    day: str
    at: str
    rule: str


def rows(name: str) -> tuple[Reported, ...]:
    """The rows of one table: ``reported`` or ``relatives``."""
    lines = (_HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(_row(line) for line in lines if line and not line.startswith("#"))


def agrees(wanted: str, found: str) -> bool:
    """Whether a value is the wanted one, or nobody looks."""
    return wanted in ("*", found)


def _row(line: str) -> Reported:
    language, typed, title, day, at, rule = (*line.split("\t"), "", "", "")[:6]
    return Reported(language=language, typed=typed, title=title, day=day, at=at, rule=rule)
