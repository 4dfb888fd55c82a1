"""Tips: those that could be sent, and those that were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model.reactions import DismissReason, ReactionKind


class TipKind(StrEnum):
    """What a candidate is about. ``SILENCE`` is the candidate *no tip*."""

    TASK = "task"
    ADVICE = "advice"
    SILENCE = "silence"


class TipSource(StrEnum):
    """Who wrote a candidate."""

    TASKS = "tasks"
    LLM = "llm"
    TEMPLATES = "templates"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class TipCandidate:
    """A tip that could be sent now. ``content`` is its first line, ``rationale`` the line of why.

    ``topic`` is what ``/mute`` and *never about this* act on (lower case). ``dropped`` holds why it may not
    be chosen; such a candidate is logged with probability 0. ``minutes`` is how long it takes, when that is
    known. ``inclusion`` is the probability with which it came among the candidates that are scored
    (``core/tips/shortlist.py``).
    """

    candidate_id: str
    kind: TipKind
    source: TipSource
    content: str = ""
    rationale: str = ""
    topic: str | None = None
    task_id: str | None = None
    fact_ids: tuple[str, ...] = ()
    minutes: int | None = None
    prompt_version: str | None = None
    llm_model: str | None = None
    inclusion: float = 1.0
    dropped: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTip:
    """A tip sent earlier, and what became of it: input for recency, cool-downs and ``/why``.

    ``content`` is its first line.
    """

    decision_id: str
    decided_at: datetime
    kind: TipKind
    source: TipSource
    task_id: str | None
    topic: str | None
    content: str = ""  # none in contexts that were logged before it was kept
    reaction: ReactionKind | None
    reason: DismissReason | None = None
    reacted_at: datetime | None = None
