"""Short phrases that mean one intent as a whole: "thanks", "not now", "why?".

Tests: tests/core/words/test_understand.py.
"""

from __future__ import annotations

from core.words import sayings
from core.words.intents import (
    AskHelped,
    AskPlan,
    Complete,
    Dismiss,
    Greeting,
    Help,
    Intent,
    ListTasks,
    Mute,
    NotNow,
    Pause,
    Resume,
    SetQuiet,
    Snooze,
    Thanks,
    Undo,
    Why,
    WhyNot,
)
from core.words.phrasebooks.patterns import LazyPhrase

_PHRASES: tuple[tuple[LazyPhrase, Intent], ...] = (
    (sayings.GREETING, Greeting()),
    (sayings.THANKS, Thanks()),
    (sayings.NOT_NOW, NotNow()),
    (sayings.DISMISS, Dismiss()),
    (sayings.NEVER_AGAIN, Mute(topic="")),
    (sayings.SNOOZE, Snooze()),
    (sayings.UNDO, Undo()),
    (sayings.HELP, Help()),
    (sayings.WHY_NOT, WhyNot()),
    (sayings.WHY, Why()),
    (sayings.HELPED, AskHelped()),
    (sayings.PLAN, AskPlan()),
    (sayings.LIST_TASKS, ListTasks()),
    (sayings.RESUME, Resume()),
    (sayings.QUIET_OFF, SetQuiet(text="off")),
    (sayings.SILENCE, Pause()),
    (sayings.DONE, Complete()),
)


def short_phrase(text: str) -> Intent | None:
    """The intent of a text without marks at its end; None for other texts."""
    return next((intent for pattern, intent in _PHRASES if pattern.fullmatch(text)), None)
