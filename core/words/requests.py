"""A tip that is asked for in words: how much time and energy somebody has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from core.records import Request
from core.text import clean
from core.words import sayings
from core.words.commands import MAX_ARGUMENT_LENGTH
from core.words.dates.phrases import AMOUNT
from core.words.dates.resolve import shift
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.phrasebooks.books import talk
from core.words.phrasebooks.patterns import one_of

MAX_MINUTES = 600
MAX_QUESTION = 60
"""Code points of a question that is followed by something else without a mark."""

# Not within an amount: "an hour and a half", "1 Stunde und 20 Minuten", "une heure et demie".
_CLAUSE_ENDS = re.compile(
    r"(?<![,.;!?])[,.;!?]+(?:\s+|$)"
    rf"|\s+(?:{one_of(talk.CLAUSES_AND)})\s+(?!(?:{one_of(talk.NO_CLAUSE_AFTER_AND)})\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _PartialRequest:
    """What the clauses have said so far. ``is_explicit``: that a tip is wanted."""

    now: datetime
    zone: ZoneInfo
    is_explicit: bool = False
    minutes: int | None = None
    energy: Literal["low", "high"] | None = None


def read_request(text: str, *, now: datetime, zone: ZoneInfo) -> Request | None:
    """What is asked for; None unless every clause is about a tip.

    "What should I do now? I have 20 minutes and low energy"
    """
    request = _parse_clauses(text, now, zone)
    is_wanted = request is not None and (request.is_explicit or (request.minutes and request.energy))
    return Request(minutes=request.minutes, energy=request.energy) if request and is_wanted else None


def tip_argument(text: str, *, now: datetime, zone: ZoneInfo) -> Request:
    """How much time and energy there is, as typed behind ``/tip``: ``20 min, tired``.

    A text with a clause that is not understood says nothing of either.
    """
    polite = clean(text, MAX_ARGUMENT_LENGTH)
    bare = sayings.FINAL_MARKS.sub("", sayings.POLITE_END.sub("", polite)).rstrip("?! ")
    request = _parse_clauses(bare, now, zone)
    return Request(minutes=request.minutes, energy=request.energy) if request else Request()


def _parse_clauses(text: str, now: datetime, zone: ZoneInfo) -> _PartialRequest | None:
    """What the clauses say; None unless every one of them is about a tip."""
    request = _PartialRequest(now=now, zone=zone)
    clauses = [clause for clause in _CLAUSE_ENDS.split(text) if clause]
    return request if clauses and all(_read_clause(request, clause) for clause in clauses) else None


def _read_clause(request: _PartialRequest, clause: str) -> bool:
    """Whether the clause is understood; ``request`` is told."""
    if question := sayings.TIP_QUESTION.fullmatch(clause):
        request.is_explicit = True
        amount = next(filter(None, question.groups()), None)
        return amount is None or _set_minutes(request, amount)
    if sayings.LOW_ENERGY.fullmatch(clause):
        request.energy = "low"
        return True
    if sayings.HIGH_ENERGY.fullmatch(clause):
        request.energy = "high"
        return True
    time_left = sayings.TIP_MINUTES.fullmatch(clause)
    if time_left is None or not _set_minutes(request, time_left["amount"]):
        return _read_two(request, clause)
    request.is_explicit = request.is_explicit or time_left["own"] is not None
    return True


def _read_two(request: _PartialRequest, clause: str) -> bool:
    """A question and what follows it without a mark: "what should I do now I have 15 min"."""
    for space in re.finditer(" ", clause[:MAX_QUESTION]):
        question, rest = clause[: space.start()], clause[space.end() :]
        if sayings.TIP_QUESTION.fullmatch(question) and _read_clause(request, rest):
            request.is_explicit = True
            return True
    return False


def _set_minutes(request: _PartialRequest, amount: str) -> bool:
    english = sentence_of(tokens_of(amount)).english
    end = shift(english, request.now, request.zone) if re.fullmatch(AMOUNT, english) else None
    request.minutes = round((end - request.now).total_seconds() / 60) if end else 0
    return 0 < request.minutes <= MAX_MINUTES
