"""Requests for a tip in words, with the time and energy that somebody has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from core.model import Request
from core.words import sayings
from core.words.dates.phrases import AMOUNT
from core.words.dates.resolve import shift
from core.words.dates.sentence import sentence_of, tokens_of

MAX_MINUTES = 600

# Not within an amount: "an hour and a half", "1 Stunde und 20 Minuten", "une heure et demie".
_CLAUSE_ENDS = re.compile(
    r"(?<![,.;!?])[,.;!?]+(?:\s+|$)"
    r"|\s+(?:and|but|so|und|aber|et|mais)\s+(?!(?:a half|eine halbe|demie?|(?:a|\d+) (?:quarter|min\w*))\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _PartialRequest:
    """A request, filled in clause by clause."""

    now: datetime
    zone: ZoneInfo
    is_explicit: bool = False
    """Whether a clause asks for a tip."""
    minutes: int | None = None
    energy: Literal["low", "high"] | None = None


def read_request(text: str, *, now: datetime, zone: ZoneInfo) -> Request | None:
    """The request; None unless every clause is about a tip.

    "What should I do now? I have 20 minutes and low energy"
    """
    request = _PartialRequest(now=now, zone=zone)
    clauses = [clause for clause in _CLAUSE_ENDS.split(text) if clause]
    if not clauses or not all(_read_clause(request, clause) for clause in clauses):
        return None
    is_wanted = request.is_explicit or (request.minutes and request.energy)
    return Request(minutes=request.minutes, energy=request.energy) if is_wanted else None


def _read_clause(request: _PartialRequest, clause: str) -> bool:
    """Fill ``request`` in with the clause; False if the clause is not understood."""
    if question := sayings.TIP_QUESTION.fullmatch(clause):
        request.is_explicit = True
        return question["amount"] is None or _set_minutes(request, question["amount"])
    if sayings.LOW_ENERGY.fullmatch(clause):
        request.energy = "low"
        return True
    if sayings.HIGH_ENERGY.fullmatch(clause):
        request.energy = "high"
        return True
    time_left = sayings.TIP_MINUTES.fullmatch(clause)
    if time_left is None or not _set_minutes(request, time_left["amount"]):
        return False
    request.is_explicit = request.is_explicit or time_left["own"] is not None
    return True


def _set_minutes(request: _PartialRequest, amount: str) -> bool:
    english = sentence_of(tokens_of(amount)).english
    end = shift(english, request.now, request.zone) if re.fullmatch(AMOUNT, english) else None
    request.minutes = round((end - request.now).total_seconds() / 60) if end else 0
    return 0 < request.minutes <= MAX_MINUTES
