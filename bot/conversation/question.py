"""The question that awaits a typed answer, and how it is noted.

Tests: tests/bot/conversation/test_handled_twice.py, tests/scenarios/test_conversation.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

QUESTION_NOTE = "awaiting"
"""Key of the person's note that holds the pending question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that awaits a typed answer."""

    what: str
    """``zone``, ``times``, ``quiet``, ``snooze``, ``steps``, or a field: ``task_title``, ``task_due`` …"""

    subject: str | None = None
    """What it is about: the decision of the tip (``snooze``, ``put_off``), the task (``steps``), the task and
    the place of its list (a field).
    """

    message_id: str | None = None
    """The message of the tip or card, if its button asked; None when words asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What is noted of a question."""

    question: Question
    asked_at: datetime
    asked_by: str | None = None
    """The update that made oO ask. Handled again, it is no answer to its own question."""
    answered_by: str | None = None
    """The update that answered. Handled again, it answers the same question."""

    def is_for(self, update: str) -> bool:
        """Whether the update with that name may answer it."""
        return self.answered_by == update or (self.answered_by is None and self.asked_by != update)

    @property
    def text(self) -> str:
        """As it is stored."""
        asked, names = self.question, [self.asked_by, self.answered_by]
        return json.dumps([asked.what, asked.subject, asked.message_id, self.asked_at.isoformat(), *names])


def read_pending(text: str | None) -> Pending | None:
    """What is noted; None: nothing."""
    if text is None:
        return None
    what, subject, message_id, asked_at, *names = json.loads(text)
    asked_by, answered_by = names or (None, None)
    return Pending(
        question=Question(what=what, subject=subject, message_id=message_id),
        asked_at=datetime.fromisoformat(asked_at),
        asked_by=asked_by,
        answered_by=answered_by,
    )
