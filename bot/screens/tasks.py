"""The task list, and confirmations of changes to a task.

Tests: tests/golden/test_screens.py, tests/scenarios/test_tasks.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.screens import texts
from bot.screens.dates import at_time, due, repeating
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.records import Due, Task, TaskState
from core.tasks.todo_list import Completed

PAGE_SIZE = 8


def details(task: Task, now: datetime, zone: ZoneInfo) -> str:
    """What follows a task's title: ``, tomorrow 9:00, every Monday, p1``; empty if there is nothing."""
    parts = [due(task.due, now, zone)] if task.due else []
    if task.repeats:
        parts.append(repeating(task.repeats))
    if task.priority < 4:
        parts.append(f"p{task.priority}")
    return "".join(f", {part}" for part in parts)


def added(task: Task, now: datetime, zone: ZoneInfo) -> Message:
    """Says that a task was added, with a button that removes it."""
    remove = Button(label=texts.UNDO, verb="remove_task", arg=task.task_id)
    said = say(texts.ADDED, (remove,), title=task.title, details=details(task, now, zone))
    return replace(said, tasks=(task.task_id,))


def listed(tasks: Sequence[Task], now: datetime, zone: ZoneInfo, *, page: int = 0) -> Message:
    """A page of the list, with a Done button for each task. ``page`` counts from 0."""
    if not tasks:
        return say(texts.TASKS_NONE)
    pages = (len(tasks) + PAGE_SIZE - 1) // PAGE_SIZE
    page = min(page, pages - 1)
    shown = list(enumerate(tasks, start=1))[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    count = texts.TASKS_ONE if len(tasks) == 1 else texts.TASKS_COUNT.format(count=len(tasks))
    parts = [say(texts.TASKS_HEAD, count=count)]
    parts += [_line(number, task, now, zone) for number, task in shown]
    parts += [say(texts.TASKS_MORE, page=page + 1, pages=pages)] if pages > 1 else []
    return join(*parts, say_buttons(_done_buttons(shown, page)), say_buttons([_turning(page, pages)]))


def rivals(words: str, tasks: Sequence[Task], now: datetime, zone: ZoneInfo) -> Message:
    """Asks which of several tasks is meant, with a Done button for each of the first ``PAGE_SIZE``."""
    shown = list(enumerate(tasks[:PAGE_SIZE], start=1))
    question = say(texts.COMPLETE_RIVALS, words=words)
    lines = [_line(number, task, now, zone) for number, task in shown]
    more = len(tasks) - len(shown)
    lines += [say(texts.COMPLETE_MORE, more=more)] if more else []
    return join(question, *lines, say_buttons(_done_buttons(shown, 0)))


def say_buttons(rows: list[tuple[Button, ...]]) -> Message:
    """Rows of buttons without a line."""
    return Message(lines=(), buttons=tuple(row for row in rows if row))


def _line(number: int, task: Task, now: datetime, zone: ZoneInfo) -> Message:
    said = say(texts.TASKS_LINE, number=number, title=task.title, details=details(task, now, zone))
    return replace(said, tasks=(task.task_id,))


def _done_buttons(shown: list[tuple[int, Task]], page: int) -> list[tuple[Button, ...]]:
    buttons = [
        Button(
            label=texts.TASK_DONE_BUTTON.format(number=number), verb="task_done", arg=f"{task.task_id} {page}"
        )
        for number, task in shown
    ]
    return [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]


def _turning(page: int, pages: int) -> tuple[Button, ...]:
    back = Button(label=texts.EARLIER, verb="tasks", arg=str(page - 1))
    more = Button(label=texts.MORE, verb="tasks", arg=str(page + 1))
    return tuple(button for button, there in ((back, page > 0), (more, page < pages - 1)) if there)


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
