"""What is known at a decision point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from core.records.facts import Fact
from core.records.schedule import Trigger
from core.records.tasks import Task
from core.records.tips import PastTip


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person said about the moment when they asked for a tip. None means that they did not say."""

    minutes: int | None = None
    """The time that they have."""
    energy: Literal["low", "high"] | None = None


HASHED = "hashed"
"""The embedding space without an embedder: words are hashed by their letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The embeddings of the candidates' texts in one space."""

    space: str = HASHED
    """Name of the space: HASHED, or one of an embedder."""
    directions: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """Unit vectors by candidate_id, of the candidates whose text was embedded. Empty in the space HASHED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """Which of the open tasks were scored: the first stage of a choice (``core/tips/shortlist.py``)."""

    eligible: int
    """How many tasks could be chosen."""
    leading: int
    """How many of these, the most pressing ones, were scored without a draw."""
    seed: int = 0
    """Seeds the draw of the others."""
    drawn: tuple[int, ...] = ()
    """Positions of the drawn tasks among the others, ascending from 0; these are ordered oldest first."""
    ruled_out: Mapping[str, int] = field(default_factory=dict)
    """Number of open tasks that could not be chosen, by reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known at a decision point, as the decision log keeps it."""

    now: datetime
    zone: str
    """IANA name of the person's time zone."""
    trigger: Trigger
    language: str | None = None
    """IETF tag of the language in which the person is written to; None: English."""
    tasks: tuple[Task, ...] = ()
    """The tasks of the ``shortlist``: leading, drawn, and some that are ruled out. Without a shortlist, the
    most pressing open ones.
    """
    open_tasks: int = 0
    """Number of all open tasks."""
    overdue_tasks: int = 0
    """Number of all open tasks that are overdue."""
    past: tuple[PastTip, ...] = ()
    """Recent tips, newest first."""
    snoozed: tuple[str, ...] = ()
    """Decision ids of the snoozed tips that will come back."""
    held_out: tuple[str, ...] = ()
    """Ids of the tasks whose tips are held out today."""
    done_by_hour: tuple[int, ...] = (0,) * 24
    """Number of recent tips that were done, by local hour of the day."""
    tips_by_hour: tuple[int, ...] = (0,) * 24
    """Number of recent tips that were sent, by local hour of the day."""
    request: Request = field(default_factory=Request)
    minutes_free: int | None = None
    """Minutes until the person's next meeting. None: none begins soon, they are in one, or oO knows no
    calendar. In decisions of earlier versions it is None.
    """
    not_next: tuple[str, ...] = ()
    """Ids of those ``tasks`` that wait for a piece: an earlier one, or their own."""
    muted: tuple[str, ...] = ()
    """Topics that the person has muted."""
    facts: tuple[Fact, ...] = ()
    """What a language model may know and an LLM tip may rest on."""
    wording: Wording = field(default_factory=Wording)
    shortlist: Shortlist | None = None
    """None if no task was to be chosen."""
    texts_erased: bool = False
    """Whether its texts were erased because of their age (``without_texts``)."""

    def without_texts(self) -> Context:
        """The context as it is kept when its texts are too old: without titles, notes, names, facts and first
        lines, and without embeddings of them. What was computed from them is in the decision.
        """
        tasks = tuple(
            replace(
                task,
                title="",
                notes=None,
                labels=(),
                project=None,
                section=None,
                section_id=None,
                external_id=None,
            )
            for task in self.tasks
        )
        return replace(
            self,
            tasks=tasks,
            past=tuple(replace(tip, content="") for tip in self.past),
            facts=(),
            wording=replace(self.wording, directions={}),
            texts_erased=True,
        )

    @property
    def minutes_there(self) -> int | None:
        """The time that there is, in minutes: what the person said, or less if a meeting begins before."""
        known = [one for one in (self.request.minutes, self.minutes_free) if one is not None]
        return min(known, default=None)
