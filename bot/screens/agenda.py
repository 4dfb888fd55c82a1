"""The agenda of a day or of a week, and the two daily messages: what is due, and the look back.

Each shows as much as a phone does; ``/tasks`` has the rest. A tap on a button
redraws the screen.
Tests: tests/golden/test_screens.py, tests/scenarios/test_agenda.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.screens import texts, texts_agenda, texts_tasks
from bot.screens.agenda_lines import (
    Numbered,
    agenda_button,
    dated_line,
    day_of,
    done_buttons,
    numbered,
    short,
    timed_line,
    timed_title,
    titles_line,
)
from bot.screens.calendars import events_line
from bot.screens.dates import at_due, clock, counted, day, day_to_type, due, on_day
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.records import Person, Task, TaskSource
from core.tasks.agenda import Agenda, Announced, MovedTask, skipped
from core.text import capitalized

MAX_OVERDUE = 4
MAX_DUE = 8
MAX_WEEK = 12
MAX_REVIEWED = 5
MAX_DONE = 20
"""Tasks on one screen. Of a review each has three buttons, and Slack takes 25 in one block."""

BRIEF_DAYS_AHEAD = 2


# --- Today, another day, the week --------------------------------------------------------------------------


def agenda_of_day(agenda: Agenda) -> Message:
    """What is due on the day of the agenda, what is overdue, what comes by itself, what was done."""
    late, rest = numbered(agenda.overdue[:MAX_OVERDUE], agenda.due[:MAX_DUE])
    return join(
        day_head(agenda),
        *_overdue(agenda, late),
        *_due_today(agenda, rest),
        *events_line(agenda.events, agenda.zone),
        *_comes_by_itself(agenda),
        *_done_line(agenda),
        *_undated(agenda),
        done_buttons("day", agenda, [*late, *rest]),
    )


def beside_tasks(agenda: Agenda) -> Message:
    """What there is on the day beside tasks that are due: events, what comes by itself, what was done."""
    return join(
        *events_line(agenda.events, agenda.zone),
        *_comes_by_itself(agenda),
        *_done_line(agenda),
    )


def day_head(agenda: Agenda) -> Message:
    """How much is left to be done."""
    left, today = agenda.left, agenda.now.astimezone(agenda.zone).date()
    if not agenda.is_today:
        if not left:
            return say(texts_agenda.DAY_NOTHING, day=on_day(agenda.day, today))
        return say(texts_agenda.DAY_HEAD, day=capitalized(day(agenda.day, today)), tasks=_tasks(left))
    if not left:
        return say(texts_agenda.TODAY_ALL_DONE if agenda.done else texts_agenda.TODAY_NOTHING)
    sentence = texts_agenda.TODAY_HEAD_LATE if agenda.overdue else texts_agenda.TODAY_HEAD
    return say(sentence, tasks=_tasks(left), late=len(agenda.overdue))


def done_on(agenda: Agenda) -> Message:
    """What was done on the day of the agenda: today or yesterday."""
    day = "today" if agenda.is_today else "yesterday"
    if not agenda.done:
        return say(texts_agenda.NOTHING_DONE_ON[day])
    shown = [
        say(texts_tasks.TASKS_BULLET, title=one.task.title, details="") for one in agenda.done[:MAX_DONE]
    ]
    more = len(agenda.done) - len(shown)
    rest = [say(texts_tasks.ALL_MORE, more=more)] if more else []
    return join(say(texts_agenda.DONE_ON[day], tasks=_tasks(agenda.done)), *shown, *rest)


def agenda_of_week(agenda: Agenda) -> Message:
    """The agenda of seven days, day by day."""
    overdue = agenda.overdue[:MAX_OVERDUE]
    late, rest = numbered(overdue, (*agenda.due, *agenda.ahead)[: MAX_WEEK - len(overdue)])
    every = (*agenda.left, *agenda.ahead)
    if not every:
        return join(say(texts_agenda.WEEK_NOTHING), *_undated(agenda))
    sentence = texts_agenda.WEEK_HEAD_LATE if agenda.overdue else texts_agenda.WEEK_HEAD
    return join(
        say(sentence, tasks=_tasks(every), late=len(agenda.overdue)),
        *_overdue(agenda, late),
        *_days(agenda, rest),
        *_more(len(every) - len(agenda.overdue) - len(rest), texts_agenda.FILTER_WEEK),
        done_buttons("week", agenda, [*late, *rest]),
    )


def _days(agenda: Agenda, shown: Sequence[Numbered]) -> list[Message]:
    today = agenda.now.astimezone(agenda.zone).date()
    parts = []
    for on, of_day in groupby(shown, key=lambda one: day_of(one.task, agenda)):
        parts.append(say(texts_agenda.AGENDA_DAY, day=capitalized(day(on, today))))
        parts += [timed_line(one, agenda, on) for one in of_day]
    return parts


def _overdue(agenda: Agenda, late: Sequence[Numbered]) -> list[Message]:
    if not late:
        return []
    more = len(agenda.overdue) - len(late)
    return [
        say(texts_agenda.AGENDA_OVERDUE),
        *(dated_line(one, agenda) for one in late),
        *([say(texts_agenda.AGENDA_MORE_OVERDUE, more=more)] if more else []),
    ]


def _due_today(agenda: Agenda, rest: Sequence[Numbered]) -> list[Message]:
    head = [say(texts_agenda.AGENDA_DUE)] if agenda.overdue and rest else []
    today = agenda.now.astimezone(agenda.zone).date()
    more = _more(len(agenda.due) - len(rest), day_to_type(agenda.day, today))
    return [*head, *(timed_line(one, agenda) for one in rest), *more]


def _more(count: int, filter: str = "") -> list[Message]:
    """How many more there are, and what shows them: no list of all tasks, if a filter has just those."""
    if not count:
        return []
    sentence = texts_agenda.AGENDA_MORE_OF if filter else texts_agenda.AGENDA_MORE
    return [say(sentence, more=count, filter=filter)]


def _comes_by_itself(agenda: Agenda) -> list[Message]:
    lines = (
        (texts_agenda.AGENDA_REMINDERS, agenda.reminders),
        (texts_agenda.AGENDA_RETURNING, agenda.returning),
    )
    return [say(sentence, titles=_announced(found, agenda)) for sentence, found in lines if found]


def _announced(found: Sequence[Announced], agenda: Agenda) -> str:
    return titles_line(
        texts_agenda.AGENDA_AT.format(time=clock(one.at.astimezone(agenda.zone)), title=short(one.title))
        for one in found
    )


def _done_line(agenda: Agenda) -> list[Message]:
    return [say(texts_agenda.AGENDA_DONE, titles=_done_titles(agenda))] if agenda.done else []


def _done_titles(agenda: Agenda) -> str:
    return titles_line(short(one.task.title) for one in agenda.done)


def _undated(agenda: Agenda) -> list[Message]:
    """Where nothing is due, says how much waits without a date."""
    if agenda.left or not agenda.undated or not agenda.is_today:
        return []
    return [say(texts_agenda.AGENDA_UNDATED, tasks=counted(agenda.undated, "task"))]


def _tasks(tasks: Sequence[object]) -> str:
    return counted(len(tasks), "task")


# --- The daily messages ------------------------------------------------------------------------------------


def brief(agenda: Agenda, person: Person, now: datetime) -> Message | None:
    """The morning's message: what is due, what was moved, what comes in the next days. None on a day with
    nothing to say.
    """
    late, rest = numbered(agenda.overdue[:MAX_OVERDUE], agenda.due[:MAX_DUE])
    others = [
        *events_line(agenda.events, agenda.zone),
        *_comes_by_itself(agenda),
        *_moved_line(agenda),
        *_next_days(agenda),
    ]
    if not agenda.left and not others:
        return None
    return join(
        day_head(agenda) if agenda.left else say(texts_agenda.TODAY_NOTHING),
        *_overdue(agenda, late),
        *_due_today(agenda, rest),
        *others,
        done_buttons("brief", agenda, [*late, *rest]),
    )


def _moved_line(agenda: Agenda) -> list[Message]:
    moved = titles_line(_moved(one, agenda) for one in agenda.moved)
    return [say(texts_agenda.BRIEF_MOVED, titles=moved)] if moved else []


def _moved(moved: MovedTask, agenda: Agenda) -> str:
    title, when = short(moved.task.title), moved.task.due
    if when is None:
        return texts_agenda.BRIEF_MOVED_UNDATED.format(title=title)
    return texts_agenda.BRIEF_MOVED_TO.format(title=title, due=due(when, agenda.now, agenda.zone))


def _next_days(agenda: Agenda) -> list[Message]:
    today = agenda.now.astimezone(agenda.zone).date()
    soon = [task for task in agenda.ahead if (day_of(task, agenda) - agenda.day).days <= BRIEF_DAYS_AHEAD]
    return [
        say(
            texts_agenda.BRIEF_AHEAD,
            day=capitalized(day(on, today)),
            titles=titles_line(timed_title(task, agenda) for task in of_day),
        )
        for on, of_day in groupby(soon, key=lambda task: day_of(task, agenda))
    ]


def review(agenda: Agenda, person: Person, now: datetime) -> Message | None:
    """The evening's message: what was done, and three buttons for each task that is open. None if nothing was
    done and nothing is open.
    """
    if not agenda.done and not agenda.left:
        return None
    shown, _ = numbered(agenda.left[:MAX_REVIEWED], ())
    return join(
        *_review_head(agenda),
        *(dated_line(one, agenda) for one in shown),
        *_more(len(agenda.left) - len(shown)),
        Message(lines=(), buttons=tuple(_settling(one, agenda) for one in shown)),
    )


def _review_head(agenda: Agenda) -> list[Message]:
    today = agenda.now.astimezone(agenda.zone).date()
    on = on_day(agenda.day, today)
    if not agenda.done:
        sentence = texts_agenda.REVIEW_OPEN_ONLY if agenda.is_today else texts_agenda.REVIEW_OPEN_ONLY_ON
        return [say(sentence, tasks=_tasks(agenda.left), day=on)]
    sentence = texts_agenda.REVIEW_DONE if agenda.is_today else texts_agenda.REVIEW_DONE_ON
    return [
        say(sentence, tasks=_tasks(agenda.done), day=on),
        say(texts_agenda.REVIEW_TITLES, titles=_done_titles(agenda)),
        say(texts_agenda.REVIEW_OPEN if agenda.left else texts_agenda.REVIEW_CLEAR),
    ]


def _settling(one: Numbered, agenda: Agenda) -> tuple[Button, ...]:
    """Done, tomorrow, drop. A repeating task of oO's own is skipped, not removed. One of a source has no such
    button: oO does not know its next date, and removing it would end the recurrence.
    """
    task = one.task
    skips = skipped(task, agenda.now, agenda.zone) is not None
    labels = {
        "agenda_done": texts_agenda.DONE_NUMBER,
        "agenda_tomorrow": texts_agenda.TOMORROW_NUMBER,
        "agenda_drop": texts_agenda.SKIP_NUMBER if skips else texts_agenda.DROP_NUMBER,
    }
    if task.repeats and task.source is not TaskSource.OO:
        del labels["agenda_drop"]
    return tuple(agenda_button(verb, label, one, "review", agenda) for verb, label in labels.items())


# --- After a tap -------------------------------------------------------------------------------------------


def moved(task: Task, undo: tuple[Button, ...], now: datetime, zone: ZoneInfo) -> Message:
    """Says the new due date of a task that was put off or skipped."""
    words = at_due(task.due, now, zone) if task.due else ""
    return replace(say(texts_agenda.MOVED_TO, undo, title=task.title, due=words), tasks=(task.task_id,))


def moved_back(task: Task, now: datetime, zone: ZoneInfo) -> Message:
    """Says the due date of a task that has it again."""
    words = at_due(task.due, now, zone) if task.due else ""
    return replace(say(texts_agenda.MOVED_BACK, title=task.title, due=words), tasks=(task.task_id,))


def dropped(task: Task, undo: tuple[Button, ...]) -> Message:
    """Says that a task was taken off the list."""
    return replace(say(texts.TASK_REMOVED, undo, title=task.title), tasks=(task.task_id,))
