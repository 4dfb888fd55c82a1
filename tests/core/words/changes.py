"""Requests about tasks on the list, and to-dos and talk that look like them, as a table (``changes.tsv``).

Rows: language, typed, what is understood: ``remove``, ``remove?``, ``change`` or ``change?`` (with the mark
only if it fits an open task), then the words of the title, then each field of the patch. ``-`` is neither.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from pathlib import Path

from core.records import Delay, Due, TaskPatch
from core.words.intents import ChangeTask, Intent, RemoveTask, SkipTask

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table."""

    language: str
    typed: str
    wanted: str


def rows() -> tuple[Row, ...]:
    """The rows of ``changes.tsv``."""
    lines = (_HERE / "changes.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(_row(line) for line in lines if line and not line.startswith("#"))


def said(intent: Intent | None) -> str:
    """The intent as in the table."""
    if isinstance(intent, SkipTask) and isinstance(intent.otherwise, RemoveTask):
        intent = intent.otherwise  # of a task that does not repeat
    if not isinstance(intent, RemoveTask | ChangeTask):
        return "-"
    kind = "remove" if isinstance(intent, RemoveTask) else "change"
    mark = "?" if intent.only_if_it_fits else ""
    changed = said_patch(intent.patch) if isinstance(intent, ChangeTask) else ""
    return f"{kind}{mark} [{intent.title}] {changed}".strip()


def said_patch(patch: TaskPatch) -> str:
    """The changed fields of a patch: ``on=2026-11-27 priority=1``."""
    return " ".join(
        f"{field.name}={_value(value)}"
        for field in fields(patch)
        if (value := getattr(patch, field.name)) != field.default
    )


def _value(value: object) -> str:
    match value:
        case Due(on=on, at=at):
            return f"{on}T{at:%H:%M}" if at else f"{on}"
        case Delay(months=months, days=days, minutes=minutes):
            parts = ((months, "mo"), (days, "d"), (minutes, "min"))
            return "".join(f"{count:+}{unit}" for count, unit in parts if count)
        case datetime() | date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case tuple():
            return ",".join(f"{one}" for one in value) or "none"
        case _:
            return str(value).replace(" ", "_")


def _row(line: str) -> Row:
    language, typed, wanted = line.split("\t")
    return Row(language=language, typed=typed, wanted=wanted)
