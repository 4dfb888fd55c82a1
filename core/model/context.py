"""What is known at the moment of a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from core.model.facts import Fact
from core.model.schedule import Trigger
from core.model.tasks import Task
from core.model.tips import PastTip


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person said about the moment when they asked for a tip."""

    minutes: int | None = None
    energy: Literal["low", "high"] | None = None


HASHED = "hashed"
"""The space of words whose numbers are worked out from their letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How the candidates are worded, as numbers of one space: HASHED, or an embedder's.

    There, ``directions`` holds those of the candidates whose text was embedded, by candidate_id.
    """

    space: str = HASHED
    directions: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """Which of the open tasks were scored: the first stage of a choice (``core/tips/shortlist.py``).

    ``eligible`` tasks could be chosen: the ``leading`` most pressing ones are always scored, of the others,
    oldest first, those at the places ``drawn`` (from 0, ascending) by the draw that ``seed`` makes.
    ``ruled_out`` counts the open tasks that could not be chosen, by reason.
    """

    eligible: int
    leading: int
    seed: int = 0
    drawn: tuple[int, ...] = ()
    ruled_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known at the decision point, frozen in the decision log.

    ``tasks`` are, where there was a choice, those of the ``shortlist``: leading, drawn, and some that are
    ruled out; otherwise (None) the most pressing open ones. The counts cover all open tasks.
    ``past`` holds recent tips, newest first; ``snoozed`` the decisions of those that are promised back;
    ``held_out`` the tasks of tips that a coin keeps back today. ``done_by_hour`` counts completed tips by
    local hour, ``tips_by_hour`` tips sent (24 entries each): the person's time pattern.
    """

    now: datetime
    zone: str
    trigger: Trigger
    tasks: tuple[Task, ...] = ()
    open_tasks: int = 0
    overdue_tasks: int = 0
    past: tuple[PastTip, ...] = ()
    snoozed: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()
    done_by_hour: tuple[int, ...] = (0,) * 24
    tips_by_hour: tuple[int, ...] = (0,) * 24
    request: Request = field(default_factory=Request)
    muted: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    wording: Wording = field(default_factory=Wording)
    shortlist: Shortlist | None = None
