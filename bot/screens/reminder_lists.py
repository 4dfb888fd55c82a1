"""Lists of reminders that will ring: /remind, and their parts of /plan and /whynot.

Tests: tests/scenarios/test_reminders.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.screens import texts, texts_settings
from bot.screens import texts_reminders as words
from bot.screens.dates import clock, exactly, moment
from bot.screens.markup import join, say
from bot.screens.reminders import MAX_TITLE, PAGE_SIZE
from core.chat import Button, Message
from core.records import Person, Preferences, Reminder, ReminderKind, Task
from core.scheduling.timezones import zone_of
from core.tasks.reminder_times import after_pause, next_occurrence
from core.text import capitalized, truncate


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A reminder that will ring, and its title."""

    reminder: Reminder
    at: datetime
    title: str


def lead_words(person: Person) -> str:
    """Says whether every task with a time gets a reminder."""
    lead = person.preferences.lead
    if lead is None:
        return words.LEAD_OFF
    return words.LEAD_BEFORE.format(lead=exactly(lead)) if lead else words.LEAD_AT


def settings_lines(chosen: Preferences) -> Message:
    """The settings of reminders and daily messages, for /prefs."""
    return say(
        words.PREFS_REMINDERS,
        lead=_lead(chosen.lead),
        brief=clock(chosen.brief) if chosen.brief else texts_settings.OFF,
        review=clock(chosen.review) if chosen.review else texts_settings.OFF,
    )


def _lead(minutes: int | None) -> str:
    if minutes is None:
        return words.PREFS_LEAD_OFF
    return words.PREFS_LEAD_BEFORE.format(lead=exactly(minutes)) if minutes else words.PREFS_LEAD_AT


def overview(waiting: Sequence[Waiting], person: Person, now: datetime) -> Message:
    """The answer to /remind: the setting, and the next reminders with a button to cancel each."""
    head = say(lead_words(person))
    if not waiting:
        return join(head, say(words.REMINDERS_NONE))
    shown = list(enumerate(waiting[:PAGE_SIZE], start=1))
    lines = [
        say(
            words.REMINDERS_LINE,
            number=number,
            when=moment(one.at, now, zone_of(person)),
            title=truncate(one.title, MAX_TITLE),
        )
        for number, one in shown
    ]
    more = len(waiting) - len(shown)
    parts = [
        head,
        say(words.REMINDERS_HEAD),
        *lines,
        *([say(words.REMINDERS_MORE, more=more)] if more else []),
    ]
    buttons = [
        Button(
            label=words.REMINDERS_CANCEL.format(number=number),
            verb="cancel_reminder",
            arg=one.reminder.reminder_id,
        )
        for number, one in shown
        if one.reminder.kind is ReminderKind.TASK
    ]
    rows = tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))
    return replace(join(*parts), buttons=rows)


def cancelled(reminder: Reminder, title: str) -> Message:
    """Says that a reminder was cancelled, with Undo."""
    undo = Button(label=texts.UNDO, verb="revive_reminder", arg=reminder.reminder_id)
    return say(words.REMINDER_CANCELLED, (undo,), title=title)


def ended(reminders: Sequence[Reminder], task: Task) -> Message:
    """Says that the reminders of a task were cancelled and the task stays, with Undo. A task that was added
    for its reminder is perhaps not wanted any more either.
    """
    ids = " ".join(one.reminder_id for one in reminders)
    undo = Button(label=texts.UNDO, verb="revive_reminder", arg=ids)
    remove = Button(label=words.REMOVE_TOO, verb="pick_remove", arg=task.task_id)
    return replace(say(words.REMINDER_ENDED, (undo, remove), title=task.title), tasks=(task.task_id,))


def not_set(task: Task) -> Message:
    """Says that there is no reminder of a task to cancel."""
    return replace(say(words.REMINDER_NOT_SET, title=task.title), tasks=(task.task_id,))


def planned(waiting: Sequence[Waiting], person: Person, now: datetime) -> Message | None:
    """The reminders of the next days, for /plan; None if there are none."""
    if not waiting:
        return None
    shown = waiting[:PAGE_SIZE]
    lines = [
        say(
            words.PLAN_REMINDER,
            when=capitalized(moment(one.at, now, zone_of(person))),
            title=truncate(one.title, MAX_TITLE),
        )
        for one in shown
    ]
    more = len(waiting) - len(shown)
    return join(
        say(words.PLAN_REMINDERS), *lines, *([say(words.PLAN_REMINDERS_MORE, more=more)] if more else [])
    )


def held_back(waiting: Sequence[Waiting], person: Person, now: datetime) -> list[Message]:
    """For /whynot: the reminders whose time has come but which a pause or quiet hours hold back."""
    zone = zone_of(person)
    found = []
    for one in waiting:
        occurrence = next_occurrence(one.reminder, zone)
        if occurrence is None or occurrence.at > now or one.at <= now:
            continue
        is_paused = after_pause(occurrence.at, one.reminder, person) > now
        sentence = words.WHYNOT_HELD["paused" if is_paused else "quiet"]
        found.append(say(sentence, until=moment(one.at, now, zone), title=truncate(one.title, MAX_TITLE)))
    return found[:PAGE_SIZE]
