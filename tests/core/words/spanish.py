"""What is said in Spanish, and what it means, as tables on Wednesday 25 November 2026, 10:00, in Berlin.

``spanish.tsv`` has to-dos in the form of ``reported.tsv``, ``spanish_talk.tsv`` messages, and
``spanish_replies.tsv`` replies to a tip: typed, and the intent as by ``said``; ``-`` is none.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.words.intents import AddTask, ChangeTask, Correct, Intent, RemoveTask
from core.words.tasks import TaskDraft
from tests.core.words import changes

BERLIN = ZoneInfo("Europe/Berlin")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One row of a table."""

    typed: str
    wanted: str


def sayings(name: str) -> tuple[Saying, ...]:
    """The rows of one table."""
    lines = (_HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(Saying(typed=typed, wanted=wanted) for typed, wanted in pairs)


def said(intent: Intent | None) -> str:
    """The intent as in the tables: its name and what it says."""
    match intent:
        case None:
            return "-"
        case RemoveTask() | ChangeTask():
            return changes.said(intent)
        case AddTask(drafts=drafts):
            return "add " + "; ".join(map(_task, drafts))
    values = (getattr(intent, field.name) for field in fields(intent))
    return " ".join((type(intent).__name__, *(_value(value) for value in values if value))).strip()


def _task(draft: TaskDraft) -> str:
    due = f"{draft.due.on}" + (f"T{draft.due.at:%H:%M}" if draft.due.at else "") if draft.due else ""
    minutes = f"{draft.minutes}min" if draft.minutes else ""
    words = (f"[{draft.title}]", due, draft.repeats or "", minutes, "reminds" if draft.reminds else "")
    return " ".join(filter(None, words))


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(BERLIN):%Y-%m-%dT%H:%M}"
    if hasattr(value, "minutes"):
        return f"{value.minutes or ''} {getattr(value, 'energy', '') or ''}".strip()
    if isinstance(value, AddTask):
        return f"or a reminder at [{value.when.casefold()}]"
    if isinstance(value, Correct):
        return f"or a correction to [{value.words.casefold()}]"
    return str(value)
