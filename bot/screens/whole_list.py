"""Questions about all tasks, or those of a day, and what was done to them.

Tests: tests/scenarios/test_whole_list.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.screens import texts, texts_tasks
from bot.screens.markup import join, say
from bot.screens.tasks import details, say_buttons, task_count
from core.chat import Button, Message
from core.delivery.callbacks import CallbackAction
from core.records import Task

MAX_LINES = 10
"""Tasks that a question names, and an answer one by one."""


def ask(
    what: str,
    tasks: Sequence[Task],
    now: datetime,
    zone: ZoneInfo,
    *,
    patch: str = "",
    to: str = "",
    due: Sequence[Task] = (),
) -> Message:
    """Asks before ``what`` is done to the tasks. ``due``: those that may be meant instead, if not all are."""
    count = task_count(len(tasks))
    only_due = (_button(what, due, patch, texts_tasks.ALL_DUE),) if due else ()
    yes = _button(what, tasks, patch, texts_tasks.ALL_YES[what])
    rows: list[tuple[Button, ...]] = [only_due, (yes, Button(label=texts.NO, verb="leave"))]
    question = say(texts_tasks.ALL_ASK[what], count=count, to=to)
    return replace(join(question, *_lines(tasks, now, zone), say_buttons(rows)), tasks=())


def ask_which(tasks: Sequence[Task]) -> Message:
    """Asks whether all tasks are meant, or all that oO stores about the person."""
    remove = _button("remove", tasks, "", texts_tasks.ALL_YES["remove"])
    account = Button(label=texts_tasks.ALL_MY_DATA, verb="delete")
    keep = Button(label=texts_tasks.ALL_KEEP, verb="leave")
    return say(texts_tasks.ALL_OR_ACCOUNT, (remove,), (account,), (keep,), count=task_count(len(tasks)))


def ask_undo(count: int, action: CallbackAction) -> Message:
    """Asks before an undo takes so many tasks off the list."""
    tasks = task_count(count)
    label = texts_tasks.ALL_YES["remove"].format(count=tasks)
    yes = Button(label=label, verb=action.verb, arg=action.arg)
    return say(texts_tasks.UNDO_ASK, (yes, Button(label=texts.NO, verb="leave")), count=tasks)


def _lines(tasks: Sequence[Task], now: datetime, zone: ZoneInfo) -> list[Message]:
    # Without numbers: "the first two" are those of a list that was shown.
    shown = [
        say(texts_tasks.TASKS_BULLET, title=task.title, details=details(task, now, zone))
        for task in tasks[:MAX_LINES]
    ]
    more = len(tasks) - len(shown)
    return [*shown, *([say(texts_tasks.ALL_MORE, more=more)] if more else [])]


def _button(what: str, tasks: Sequence[Task], patch: str, label: str) -> Button:
    arg = json.dumps([what, patch, [task.task_id for task in tasks]], ensure_ascii=False)
    return Button(label=label.format(count=task_count(len(tasks))), verb="change_all", arg=arg)


def changed(what: str, said: Message, count: int) -> Message:
    """What was done, in one line for many tasks; ``said`` has a line for each, and the button Undo."""
    if count <= MAX_LINES:
        return said
    return replace(said, lines=say(texts_tasks.ALL_SAID[what], count=task_count(count)).lines)


def many_undone(left: Sequence[Message], count: int) -> Message:
    """Says how many of ``count`` changes were taken back; ``left``: why the others were not."""
    more = len(left) - MAX_LINES
    return join(
        say(texts_tasks.UNDONE_MANY, count=task_count(count - len(left))),
        *left[:MAX_LINES],
        *([say(texts_tasks.ALL_MORE, more=more)] if more > 0 else []),
    )
