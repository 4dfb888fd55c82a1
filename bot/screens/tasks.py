"""The task list, and confirmations that tasks were added or done.

Tests: tests/golden/test_screens.py, tests/scenarios/test_tasks.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.screens import texts, texts_tasks
from bot.screens.dates import at_time, counted, day, due, repeating
from bot.screens.dates import listed as enumerated
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.records import Due, Task, TaskState, place_text
from core.tasks.filters import TaskFilter, parse_filter
from core.tasks.todo_list import Completed
from core.text import truncate

PAGE_SIZE = 8
MAX_ADDED_LINES = 20
"""Lines of a message that confirms several tasks."""

MAX_NAME = 40
"""Code points of a label or project that are shown in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """A place in the task list: which page, and by what the list is narrowed. Buttons carry its ``code``."""

    page: int = 0
    """From 0 on."""

    filter: str = ""

    @property
    def code(self) -> str:
        """``2 #work``."""
        return f"{self.page} {self.filter}".rstrip()


def place_of(code: str) -> ListPlace:
    """The inverse of ``ListPlace.code``; an empty one is the beginning of the whole list."""
    page, _, narrowed = code.partition(" ")
    return ListPlace(page=int(page) if page.isdecimal() else 0, filter=narrowed)


# --- Parts of a line ---------------------------------------------------------------------------------------


def details(task: Task, now: datetime, zone: ZoneInfo) -> str:
    """What follows a task's title: ``, tomorrow 9:00, every Monday, deadline Tue 15 Dec, p1, 30 minutes,
    #home, +House / Kitchen``.
    """
    parts = [due(task.due, now, zone)] if task.due else []
    if task.repeats:
        parts.append(repeating(task.repeats))
    if task.deadline:
        parts.append(deadline_words(task.deadline, now, zone))
    if task.priority < 4:
        parts.append(texts_tasks.PRIORITY.format(number=task.priority))
    if task.minutes:
        parts.append(estimate(task.minutes))
    if task.labels:
        parts.append(labelled(task.labels))
    if place := place_text(truncate(task.project or "", MAX_NAME), truncate(task.section or "", MAX_NAME)):
        parts.append(texts_tasks.PROJECT.format(name=place))
    return "".join(f", {part}" for part in parts)


def deadline_words(deadline: date, now: datetime, zone: ZoneInfo) -> str:
    """``deadline tomorrow``."""
    return texts_tasks.DEADLINE.format(day=day(deadline, now.astimezone(zone).date()))


def estimate(minutes: int) -> str:
    """``30 minutes``, ``90 minutes``, ``2 hours``, ``2 hours and 30 minutes``."""
    hours, rest = divmod(minutes, 60)
    if hours < 2 and rest:
        return counted(minutes, "minute")
    return enumerated([counted(hours, "hour"), *([counted(rest, "minute")] if rest else [])])


def labelled(labels: Sequence[str]) -> str:
    """``#home #phone``; of more than five the first ones."""
    names = [texts_tasks.LABEL.format(name=truncate(label, MAX_NAME)) for label in labels[:5]]
    return " ".join([*names, *(["…"] if len(labels) > 5 else [])])


def task_count(count: int) -> str:
    """``1 task``, ``2 tasks``."""
    return texts.TASKS_ONE if count == 1 else texts.TASKS_COUNT.format(count=count)


def line(number: int, task: Task, now: datetime, zone: ZoneInfo) -> Message:
    """A numbered line of a list."""
    said = say(texts.TASKS_LINE, number=number, title=task.title, details=details(task, now, zone))
    return replace(said, tasks=(task.task_id,))


# --- Added -------------------------------------------------------------------------------------------------


def added(task: Task, now: datetime, zone: ZoneInfo) -> Message:
    """Says that a task was added, with a button that removes it."""
    remove = Button(label=texts.UNDO, verb="remove_task", arg=task.task_id)
    said = say(texts.ADDED, (remove,), title=task.title, details=details(task, now, zone))
    return replace(said, tasks=(task.task_id,))


def added_several(
    tasks: Sequence[Task],
    now: datetime,
    zone: ZoneInfo,
    *,
    head: Message | None = None,
    remarks: Sequence[Message] = (),
) -> Message:
    """Says which tasks were added, with one button that removes them all, and one to open each of a few.

    ``head`` replaces the first line; ``remarks`` follow the tasks.
    """
    shown = list(enumerate(tasks[:MAX_ADDED_LINES], start=1))
    parts = [head or say(texts_tasks.ADDED_SEVERAL, count=task_count(len(tasks)))]
    parts += [line(number, task, now, zone) for number, task in shown]
    more = len(tasks) - len(shown)
    parts += [say(texts_tasks.ADDED_MORE, more=more)] if more else []
    parts += remarks
    ids = tuple(task.task_id for task in tasks)
    undo = Button(label=texts_tasks.UNDO_ALL, verb="remove_tasks", arg=" ".join(ids))
    opening = opening_buttons(shown, ListPlace()) if len(tasks) <= PAGE_SIZE else ()
    return replace(join(*parts, say_buttons([opening, (undo,)])), tasks=ids)


# --- Lists -------------------------------------------------------------------------------------------------


def listed(
    tasks: Sequence[Task], now: datetime, zone: ZoneInfo, *, place: ListPlace | None = None
) -> Message:
    """A page of the list; for each task a button that completes it and one that opens its card.

    ``tasks`` are those that the filter of ``place`` leaves.
    """
    place = place or ListPlace()
    if not tasks:
        return _nothing(place, now, zone)
    pages = (len(tasks) + PAGE_SIZE - 1) // PAGE_SIZE
    place = replace(place, page=min(place.page, pages - 1))
    shown = on_page(tasks, place.page)
    parts = [_head(len(tasks), place), *(line(number, task, now, zone) for number, task in shown)]
    parts += [say(texts.TASKS_MORE, page=place.page + 1, pages=pages)] if pages > 1 else []
    rows = [_done_buttons(shown, place), opening_buttons(shown, place), _turning(place, pages)]
    return join(*parts, say_buttons(rows))


def on_page(tasks: Sequence[Task], page: int) -> list[tuple[int, Task]]:
    """The tasks of a page with their numbers in the whole list."""
    return list(enumerate(tasks, start=1))[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]


def _nothing(place: ListPlace, now: datetime, zone: ZoneInfo) -> Message:
    if not place.filter:
        return say(texts.TASKS_NONE)
    show_all = Button(label=texts_tasks.SHOW_ALL, verb="tasks", arg=ListPlace().code)
    wanted = parse_filter(place.filter, now=now, zone=zone)
    if wanted == TaskFilter(overdue=True):
        return say(texts_tasks.FILTER_NONE_OVERDUE, (show_all,))
    if wanted == TaskFilter(undated=True):
        return say(texts_tasks.FILTER_NONE_UNDATED, (show_all,))
    return say(texts_tasks.FILTER_NONE, (show_all,), filter=_filter_name(place))


def _head(count: int, place: ListPlace) -> Message:
    if place.filter:
        return say(texts_tasks.FILTERED_HEAD, count=task_count(count), filter=_filter_name(place))
    return say(texts.TASKS_HEAD, count=task_count(count))


def _filter_name(place: ListPlace) -> str:
    """The filter in the person's language, if oO itself has set it; else as it was typed."""
    return texts_tasks.FILTER_NAMES.get(place.filter, place.filter)


def rivals(words: str, tasks: Sequence[Task], now: datetime, zone: ZoneInfo) -> Message:
    """Asks which of several tasks is done, with a Done button for each of the first ``PAGE_SIZE``."""
    shown = on_page(tasks, 0)
    question = say(texts.COMPLETE_RIVALS, words=words)
    return join(question, *several(tasks, now, zone), say_buttons([_done_buttons(shown, ListPlace())]))


def several(tasks: Sequence[Task], now: datetime, zone: ZoneInfo) -> list[Message]:
    """The lines of the first ``PAGE_SIZE`` of some tasks, and how many more there are."""
    shown = on_page(tasks, 0)
    more = len(tasks) - len(shown)
    lines = [line(number, task, now, zone) for number, task in shown]
    return lines + ([say(texts.COMPLETE_MORE, more=more)] if more else [])


def say_buttons(rows: list[tuple[Button, ...]]) -> Message:
    """Rows of buttons without a line."""
    return Message(lines=(), buttons=tuple(row for row in rows if row))


def _done_buttons(shown: list[tuple[int, Task]], place: ListPlace) -> tuple[Button, ...]:
    return tuple(
        Button(
            label=texts.TASK_DONE_BUTTON.format(number=number),
            verb="task_done",
            arg=f"{task.task_id} {place.code}",
        )
        for number, task in shown
    )


def opening_buttons(shown: list[tuple[int, Task]], place: ListPlace) -> tuple[Button, ...]:
    """A short button for each task that opens its card."""
    return tuple(
        Button(
            label=texts_tasks.OPEN_BUTTON.format(number=number),
            verb="task",
            arg=f"{task.task_id} {place.code}",
        )
        for number, task in shown
    )


def _turning(place: ListPlace, pages: int) -> tuple[Button, ...]:
    back, more = replace(place, page=place.page - 1), replace(place, page=place.page + 1)
    buttons = (
        (Button(label=texts.EARLIER, verb="tasks", arg=back.code), place.page > 0),
        (Button(label=texts.MORE, verb="tasks", arg=more.code), place.page < pages - 1),
    )
    return tuple(button for button, there in buttons if there)


# --- Done --------------------------------------------------------------------------------------------------


def completed(done: Completed, now: datetime, zone: ZoneInfo) -> Message:
    """Says that a task is done, with a button that reopens it with the date it had."""
    task = done.task
    before = done.due_before
    done_at = task.done_at or now
    moved_to = task.due if task.state is TaskState.OPEN else None  # a repeating task
    undo = Button(
        label=texts.UNDO, verb="task_undo", arg=f"{task.task_id} {done_at.isoformat()} {due_code(before)}"
    )
    said = say(
        texts.TASK_DONE_MOVED if moved_to else texts.TASK_DONE,
        (undo,),
        title=task.title,
        time=at_time(done_at, now, zone),
        due=due(moved_to, now, zone) if moved_to else "",
    )
    return replace(said, tasks=(task.task_id,))


def due_code(when: Due | None) -> str:
    """A due date as a button's argument: ``2026-11-23|09:00|Europe/Berlin``."""
    if when is None:
        return ""
    return f"{when.on.isoformat()}|{when.at.isoformat() if when.at else ''}|{when.zone or ''}"


def due_of(code: str) -> Due | None:
    """The inverse of ``due_code``."""
    if not code:
        return None
    on, at, zone = code.split("|")
    return Due(
        on=datetime.fromisoformat(on).date(),
        at=datetime.fromisoformat(f"{on}T{at}").time() if at else None,
        zone=zone or None,
    )
