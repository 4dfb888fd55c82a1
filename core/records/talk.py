"""What was said in a talk, as far as it is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Speaker(StrEnum):
    """Who said something."""

    PERSON = "person"
    OO = "oo"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkTurn:
    """One turn of a talk, kept for a few hours with the person's consent."""

    person_id: str
    speaker: Speaker
    text: str
    """Cut short."""
    said_at: datetime
