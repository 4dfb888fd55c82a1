"""What people did during a soak, as they did it: the other side of what the platforms recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tests.servers.telegram import Message, Tap, Update

TITLE = re.compile(r"(?:Errand|call) q[b-z]+")


def titles_in(text: str) -> list[str]:
    """What a message names of the things that people typed."""
    return TITLE.findall(text)


class LineKind(StrEnum):
    """What a typed line asks for."""

    TASK = "task"
    REMINDER = "reminder"


LATEST = 500
"""Taps that are looked at, to see which have shown no effect."""


@dataclass(slots=True, kw_only=True)
class Line:
    """Something a person typed."""

    user_id: int
    kind: LineKind
    title: str
    """Nobody else ever typed it."""
    said_at: datetime
    """By the clock of the soak."""
    update: Update


@dataclass(slots=True, kw_only=True)
class Press:
    """A tap on a message of oO's."""

    user_id: int
    message: Message
    label: str
    tap: Tap
    at: float
    """By ``time.monotonic()``."""
    versions: int
    """How many versions the message had had."""
    arrivals: int = 1
    """How often it came to oO as an update of its own."""


@dataclass(slots=True)
class Ledger:
    """Everything that people did."""

    lines: list[Line] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """Titles of tasks in Todoist that were removed by words."""
    requests: list[Update] = field(default_factory=list)
    """Those that asked for a tip."""
    repeated_updates: int = 0
    """Updates that the platform delivered twice."""
    repeated_taps: int = 0
    """Taps that the app sent again, as new updates."""

    def labels_about(self, title: str) -> list[str]:
        """The buttons that were tapped on messages that name it."""
        return [press.label for press in self.presses if title in press.message.versions[0].content.text]

    def without_effect(self, user_id: int) -> int:
        """How many of the person's latest taps have not changed their message."""
        latest = [press for press in self.presses[-LATEST:] if press.user_id == user_id]
        return sum(press.arrivals for press in latest if len(press.message.versions) == press.versions)

    def presses_on(self, message: Message) -> list[Press]:
        """The taps on a message, in their order."""
        return [press for press in self.presses if press.message is message]
