"""The question that awaits a typed answer, and how it is noted.

Tests: tests/bot/conversation/test_handled_twice.py, tests/scenarios/test_conversation.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

QUESTION_NOTE = "awaiting"
"""Key of the person's note that holds the pending question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that awaits a typed answer."""

    what: str
    """``zone``, ``times``, ``quiet``, ``snooze``, ``steps``, ``new_task``, or a field: ``task_title`` …"""

    subject: str | None = None
    """What it is about: the decision of the tip (``snooze``, ``put_off``, ``bring_back``), the task
    (``steps``), the time of the wish (``new_task``), the task and the place of its list (a field).
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
    follows: Question | None = None
    """The question that the update had answered before it made oO ask this one."""

    def for_update(self, update: str) -> Question | None:
        """What the update with that name may answer."""
        if self.asked_by == update and self.answered_by != update:
            return self.follows
        return self.question if self.answered_by in (None, update) else None

    def asked_next(self, further: Pending) -> Pending:
        """The ``further`` question. It follows this one if the update that asks it has answered this one."""
        is_answered = further.asked_by is not None and self.answered_by == further.asked_by
        return replace(further, follows=self.question if is_answered else None)

    @property
    def text(self) -> str:
        """As it is stored."""
        names = [self.asked_by, self.answered_by]
        follows = _values(self.follows) if self.follows else None
        return json.dumps([*_values(self.question), self.asked_at.isoformat(), *names, follows])


def _values(question: Question) -> list[str | None]:
    return [question.what, question.subject, question.message_id]


def read_pending(text: str | None) -> Pending | None:
    """What is noted; None: nothing."""
    if text is None:
        return None
    *question, asked_at, asked_by, answered_by, follows = (*json.loads(text), None, None, None)[:7]
    return Pending(
        question=_question(question),
        asked_at=datetime.fromisoformat(asked_at),
        asked_by=asked_by,
        answered_by=answered_by,
        follows=_question(follows) if follows else None,
    )


def _question(values: Sequence[str]) -> Question:
    what, subject, message_id = values
    return Question(what=what, subject=subject, message_id=message_id)
