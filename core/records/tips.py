"""Tips: candidates, and those that were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.records.reactions import DismissReason, ReactionKind


class TipKind(StrEnum):
    """What a candidate is about."""

    TASK = "task"
    ADVICE = "advice"
    SILENCE = "silence"
    """The candidate *no tip*."""
    LIST = "list"
    """Several reminders in one message, or a daily message. Never drawn by a policy."""


class TipSource(StrEnum):
    """Who wrote a candidate."""

    TASKS = "tasks"
    LLM = "llm"
    TEMPLATES = "templates"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class TipCandidate:
    """A tip that could be sent now, or *no tip*."""

    candidate_id: str
    """Unique within a decision; says where the candidate came from."""
    kind: TipKind
    source: TipSource
    content: str = ""
    """The first line."""
    rationale: str = ""
    """The line of why: a code, or the words of a language model."""
    topic: str | None = None
    """What ``/mute`` and *never about this* act on, in lower case."""
    task_id: str | None = None
    fact_ids: tuple[str, ...] = ()
    """The facts of the context that the tip rests on."""
    minutes: int | None = None
    """How long it takes, where known."""
    prompt_version: str | None = None
    llm_model: str | None = None
    inclusion: float = 1.0
    """Probability of being among the scored candidates (``core/tips/shortlist.py``)."""
    dropped: str | None = None
    """Why it may not be chosen. Such a candidate is logged with probability 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTip:
    """A tip that was sent, and the reaction to it."""

    decision_id: str
    decided_at: datetime
    kind: TipKind
    source: TipSource
    task_id: str | None
    topic: str | None
    content: str = ""
    """The first line; empty in contexts that were logged before it was stored."""
    reaction: ReactionKind | None
    reason: DismissReason | None = None
    reacted_at: datetime | None = None
    reminder: bool = False
    """Whether it was no tip but a reminder."""
