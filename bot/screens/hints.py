"""Help with typed input: what is asked for, and what to do about input that can't be used.

Tests: tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.screens import (
    texts,
    texts_reminder_times,
    texts_reminders,
    texts_settings,
    texts_tasks,
    texts_tasks_words,
    texts_tokens,
)
from bot.screens.markup import say
from core.chat import Button, Message
from core.errors import BadInput


def hint(fault: BadInput) -> Message:
    """What to do instead, with a button for each time zone that may be meant."""
    return say(sentences()[fault.hint], *_choices(fault), **fault.values)


def sentences() -> dict[str, str]:
    """All hints by name, in the active language."""
    daily = {f"not_a_{name}": how for name, how in texts_reminders.DAILY_HOW.items()}
    reminder = {"not_a_reminder": texts_reminders.REMIND_HOW}
    of_tasks = texts_tasks.HINTS | texts_tasks_words.HINTS
    others = texts_reminder_times.HINTS | texts_tokens.HINTS
    return texts.HINTS | of_tasks | others | daily | reminder


def setting_question(what: str) -> str:
    """The question for the value of a setting that is typed."""
    return (texts_settings.ASK | texts_reminders.ASK)[what]


def _choices(fault: BadInput) -> list[tuple[Button, ...]]:
    if fault.hint not in ("which_zone", "this_zone", "zone_alike"):
        return []
    return [(Button(label=name, verb="zone", arg=name),) for name in fault.values["names"].split(", ")]
