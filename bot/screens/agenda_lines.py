"""The lines and the buttons that agendas are made of.

Tests: tests/golden/test_screens.py, tests/scenarios/test_agenda.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.screens import texts_agenda
from bot.screens.dates import clock
from bot.screens.markup import say
from bot.screens.tasks import details
from core.chat import Button, Message
from core.records import Task
from core.tasks.agenda import Agenda, is_due_on, pressing_day
from core.tasks.due_codes import due_code
from core.text import truncate
from core.tips.urgency import due_instant, pressing_due

MAX_DONE_BUTTONS = 6
MAX_TITLES = 6
"""Titles on one line."""

MAX_TITLE = 40  # code points, where several titles share a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A task and its number on the screen."""

    number: int
    task: Task


def numbered(first: Sequence[Task], then: Sequence[Task]) -> tuple[list[Numbered], list[Numbered]]:
    """Both lists in one count from 1."""
    every = [Numbered(number=number, task=task) for number, task in enumerate((*first, *then), start=1)]
    return every[: len(first)], every[len(first) :]


def dated_line(one: Numbered, agenda: Agenda) -> Message:
    """A task with its date, where that is not the day of the screen."""
    said = say(
        texts_agenda.AGENDA_LINE,
        number=one.number,
        title=one.task.title,
        details=details(one.task, agenda.now, agenda.zone),
    )
    return replace(said, tasks=(one.task.task_id,))


def timed_line(one: Numbered, agenda: Agenda, on: date | None = None) -> Message:
    """A task of the day ``on`` (None: of the agenda), with its time alone; with its date if only its deadline
    is on that day.
    """
    if one.task.due and not is_due_on(one.task, on or agenda.day, agenda.zone):
        return dated_line(one, agenda)
    when = one.task.due
    timed = when is not None and when.at is not None
    said = say(
        texts_agenda.AGENDA_LINE_AT if timed else texts_agenda.AGENDA_LINE,
        number=one.number,
        time=clock(due_instant(when, agenda.zone).astimezone(agenda.zone)) if when and timed else "",
        title=one.task.title,
        details=details(replace(one.task, due=None), agenda.now, agenda.zone),
    )
    return replace(said, tasks=(one.task.task_id,))


def timed_title(task: Task, agenda: Agenda) -> str:
    """``9:00 Pay rent``, where several titles share a line."""
    title = short(task.title)
    if pressing_due(task, agenda.zone) != task.due:
        return texts_agenda.AGENDA_DEADLINE.format(title=title)
    if task.due is None or task.due.at is None:
        return title
    at = due_instant(task.due, agenda.zone).astimezone(agenda.zone)
    return texts_agenda.AGENDA_AT.format(time=clock(at), title=title)


def day_of(task: Task, agenda: Agenda) -> date:
    """The day on which a task is due for the person, or has its deadline, if that is earlier."""
    return pressing_day(task, agenda.zone) or agenda.day


def done_buttons(screen: str, agenda: Agenda, shown: Sequence[Numbered]) -> Message:
    """A button *Done* for each of the first tasks of the screen."""
    buttons = [
        agenda_button("agenda_done", texts_agenda.DONE_NUMBER, one, screen, agenda)
        for one in shown[:MAX_DONE_BUTTONS]
    ]
    rows = tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))
    return Message(lines=(), buttons=rows)


def agenda_button(verb: str, label: str, one: Numbered, screen: str, agenda: Agenda) -> Button:
    """A button about one task. It carries the screen and its day, to redraw it, and the due date that was
    shown, to tell whether the task has moved on since.
    """
    arg = f"{screen} {agenda.day.isoformat()} {one.task.task_id} {due_code(one.task.due)}"
    return Button(label=label.format(number=one.number), verb=verb, arg=arg)


def titles_line(titles: Iterable[str]) -> str:
    """``Pay rent · Call Ann``; of many the first ones, and how many more."""
    every = list(titles)
    more = len(every) - MAX_TITLES
    rest = [texts_agenda.AGENDA_AND_MORE.format(more=more)] if more > 0 else []
    return " · ".join([*every[:MAX_TITLES], *rest])


def short(title: str) -> str:
    """A title where several share a line."""
    return truncate(title, MAX_TITLE)
