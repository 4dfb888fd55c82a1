"""Asks when to remind of a task that was added without a time.

Tests: tests/scenarios/test_reminder_without_time.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.screens import texts
from bot.screens import texts_reminder_times as words
from bot.screens.markup import say
from bot.screens.reminders import with_undo
from core.chat import Button, Message
from core.records import Person, Task
from core.scheduling.timezones import zone_of
from core.words.dates.moments import evening, next_week, tomorrow_morning


def ask_when(task: Task, person: Person, now: datetime) -> Message:
    """Says that nothing will ring, and offers times; Undo removes the task."""
    zone = zone_of(person)
    moments = {
        texts.ONE_HOUR: now + timedelta(hours=1),
        texts.EVENING: evening(now, zone),
        texts.MORNING: tomorrow_morning(now, zone),
        texts.NEXT_WEEK: next_week(now, zone),
    }
    offers = [
        Button(label=label, verb="remind_when", arg=f"{task.task_id} {at.isoformat()}")
        for label, at in moments.items()
        if at
    ]
    said = say(words.NOTHING_RINGS, tuple(offers[:2]), tuple(offers[2:]), title=task.title)
    return with_undo(said, task)


def left_without(task: Task) -> Message:
    """Says that the task stays without a reminder."""
    return replace(say(words.LEFT_WITHOUT, title=task.title), tasks=(task.task_id,))
