"""What a person allows oO to do: purposes, and the log of their answers.

Tests: tests/core/people/test_consents.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.chat import Channel


class Purpose(StrEnum):
    """A purpose for which a person's data may be used. Each is allowed, or not, on its own."""

    MESSAGES = "messages"
    """oO may write on its own: tips, reminders, daily messages, notices."""
    LANGUAGE_MODEL = "language_model"
    """Texts, of tasks and of the talk, may go to the language model and to its embedder."""
    LEARNING = "learning"
    """Reactions may update what oO knows about the person, and tips are chosen by it."""
    POPULATION = "population"
    """What was learned may be part of the common weights, by which tips are chosen for everybody."""
    CALENDAR = "calendar"
    """Titles of calendar events may be stored."""
    TALK = "talk"
    """The last turns of a talk may be kept for a few hours, for the language model."""
    NOTIFICATIONS = "notifications"
    """The platform may be asked whether notifications are silenced, and for the time zone."""
    HOLDOUT = "holdout"
    """Some tips may be held out, to find out whether tips help."""


class Via(StrEnum):
    """How an answer came, if not in a chat."""

    PROGRAM = "program"
    """A program withdrew it for the person, by the HTTP API."""
    PAGE = "page"
    """The person answered on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEntry:
    """One answer of a person about one purpose. Entries are added and never changed."""

    person_id: str
    purpose: Purpose
    granted: bool
    version: str
    """Of the wording that the person answered."""
    channel: Channel | None
    """Where they answered; None if not in a chat, and for answers from before there was a log."""
    via: Via | None = None
    """How they answered, if not in a chat."""
    at: datetime
