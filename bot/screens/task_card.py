"""A task's card: all that is known of it, and what can be done with it; the menus behind its buttons.

Tests: tests/golden/test_screens.py, tests/scenarios/test_task_card.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.screens import texts, texts_pieces, texts_tasks
from bot.screens.dates import clock, day, due, repeating
from bot.screens.markup import join, say
from bot.screens.tasks import PAGE_SIZE, ListPlace, details, estimate, labelled, on_page, say_buttons, several
from bot.screens.tasks import line as list_line
from core.chat import Button, Form, FormField, Message
from core.records import Task, TaskSource
from core.text import truncate

MAX_NOTES = 500
"""Code points of notes that a card shows."""

MAX_PIECES = 8
PRIORITIES = ("p1", "p2", "p3", "p4")


def card(
    task: Task,
    now: datetime,
    zone: ZoneInfo,
    *,
    place: ListPlace,
    pieces: Sequence[Task] = (),
    parent: Task | None = None,
    reminder: Message | None = None,
) -> Message:
    """The card of an open task. ``pieces`` are its open sub-tasks; a task without any can be split.
    ``reminder`` says when oO will remind the person of it.
    """
    parts = [say(texts_tasks.CARD_TITLE, title=task.title), *_fields(task, parent, now, zone)]
    parts += [reminder] if reminder else []
    parts += _pieces(pieces, now, zone)
    parts += [say(texts_tasks.CARD_TODOIST)] if task.source is TaskSource.TODOIST else []
    main = (
        _button(texts_tasks.DONE, "task_finish", task, place),
        _button(texts_tasks.MOVE, "task_move", task, place),
        _button(texts_tasks.EDIT, "task_edit", task, place),
        _button(texts_tasks.REMOVE, "task_remove", task, place),
    )
    split = Button(label=texts_pieces.BREAK_DOWN, verb="break_down", arg=task.task_id)
    can_be_split = not pieces and parent is None
    last = (split, to_list(place)) if can_be_split else (to_list(place),)
    return _about(task, *parts, say_buttons([main, last]))


def _about(task: Task, *parts: Message) -> Message:
    """One message that is about the task, and about no other that it names."""
    return replace(join(*parts), tasks=(task.task_id,))


def _fields(task: Task, parent: Task | None, now: datetime, zone: ZoneInfo) -> list[Message]:
    """A line for each field that is set."""
    found = {
        texts_tasks.CARD_DUE: due(task.due, now, zone) if task.due else "",
        texts_tasks.CARD_REPEATS: repeating(task.repeats) if task.repeats else "",
        texts_tasks.CARD_DEADLINE: day(task.deadline, now.astimezone(zone).date()) if task.deadline else "",
        texts_tasks.CARD_PRIORITY: task.priority if task.priority < 4 else "",
        texts_tasks.CARD_ESTIMATE: estimate(task.minutes) if task.minutes else "",
        texts_tasks.CARD_LABELS: labelled(task.labels),
        texts_tasks.CARD_PROJECT: task.place or "",
        texts_tasks.CARD_NOTES: truncate(task.notes or "", MAX_NOTES),
        texts_tasks.CARD_PART_OF: parent.title if parent else "",
    }
    names = ("due", "repeats", "deadline", "priority", "estimate", "labels", "project", "notes", "parent")
    lines = zip(names, found.items(), strict=True)
    return [say(sentence, **{name: str(value)}, subject=None) for name, (sentence, value) in lines if value]


def _pieces(pieces: Sequence[Task], now: datetime, zone: ZoneInfo) -> list[Message]:
    if not pieces:
        return []
    lines = [
        say(texts_tasks.TASKS_BULLET, title=one.title, details=details(one, now, zone))
        for one in pieces[:MAX_PIECES]
    ]
    more = len(pieces) - len(lines)
    rest = [say(texts_tasks.CARD_MORE_PIECES, more=more)] if more else []
    return [say(texts_tasks.CARD_PIECES), *lines, *rest]


def _button(label: str, verb: str, task: Task, place: ListPlace, *values: str) -> Button:
    return Button(label=label, verb=verb, arg=" ".join((task.task_id, *values, place.code)))


def to_list(place: ListPlace) -> Button:
    """Leads back to the list."""
    return Button(label=texts_tasks.TO_LIST, verb="tasks", arg=place.code)


def with_way_back(said: Message, place: ListPlace, task_id: str | None = None) -> Message:
    """A confirmation that took the place of a card, with buttons to the list and the card of an open task."""
    card = f"{task_id} {place.code}"
    opening = [Button(label=texts_tasks.OPEN, verb="task", arg=card)] if task_id else []
    first, *others = said.buttons or ((),)
    return replace(said, buttons=((*first, *opening, to_list(place)), *others))


# --- Menus -------------------------------------------------------------------------------------------------


def move_menu(task: Task, place: ListPlace) -> Message:
    """Asks to when the task is to be moved."""
    targets = tuple(
        _button(label, "task_to", task, place, code) for code, label in texts_tasks.MOVE_BUTTONS.items()
    )
    typed = Button(
        label=texts_tasks.TYPE_DATE,
        verb="task_type",
        arg=f"{task.task_id} due {place.code}",
        asks=texts_tasks.ASK_FIELD["due"],
    )
    rows = [targets[:3], (*targets[3:], typed), (_button(texts_tasks.BACK, "task", task, place),)]
    return _about(task, say(texts_tasks.MOVE_WHEN, title=task.title), say_buttons(rows))


def edit_menu(task: Task, place: ListPlace) -> Message:
    """Asks what is to be changed."""
    ranks = tuple(_button(rank, "task_priority", task, place, rank[1]) for rank in PRIORITIES)
    typed = tuple(
        replace(_button(label, "task_type", task, place, name), asks=texts_tasks.ASK_FIELD[name])
        for name, label in texts_tasks.EDIT_BUTTONS.items()
    )
    rows = [ranks, typed[:3], typed[3:], (_button(texts_tasks.BACK, "task", task, place),)]
    return _about(task, say(texts_tasks.EDIT_WHAT, title=task.title), say_buttons(rows))


def edit_form(task: Task) -> Form:
    """All fields at once, where the platform has forms."""
    values = field_values(task)
    fields = tuple(
        FormField(
            name=name,
            label=label,
            value=values[name],
            optional=name != "title",
            multiline=name == "notes",
            choices=PRIORITIES if name == "priority" else (),
        )
        for name, label in texts_tasks.FORM_FIELDS.items()
    )
    return Form(title=texts_tasks.FORM_TITLE, fields=fields)


def field_values(task: Task) -> dict[str, str]:
    """The task's fields as a form shows them; a field that comes back like that is unchanged.

    That must hold tomorrow as well, so the date is not relative to today.
    """
    return {
        "title": task.title,
        "due": _when(task),
        "priority": PRIORITIES[task.priority - 1],
        "minutes": estimate(task.minutes) if task.minutes else "",
        "labels": ", ".join(task.labels),
        "project": task.place or "",
        "notes": task.notes or "",
        "deadline": task.deadline.isoformat() if task.deadline else "",
    }


def _when(task: Task) -> str:
    """``2026-11-27 9:00, every Friday``."""
    if task.due is None:
        return ""
    at = f" {clock(task.due.at)}" if task.due.at else ""
    repeats = f", {repeating(task.repeats)}" if task.repeats else ""
    return f"{task.due.on.isoformat()}{at}{repeats}"


# --- Which task --------------------------------------------------------------------------------------------


def pick_rival(
    what: str, words: str, rivals: Sequence[Task], now: datetime, zone: ZoneInfo, *, patch: str = ""
) -> Message:
    """Asks which of several tasks is meant; a button for each of the first does just what was asked for.

    ``what`` is a key of ``texts_tasks.WHICH``; ``patch`` is the change as a code, if it is known, or the
    minutes before the task of a reminder.
    """
    question = say(texts_tasks.WHICH_RIVAL[what], words=words)
    buttons = _pick_buttons(what, on_page(rivals, 0), patch)
    return join(question, *several(rivals, now, zone), say_buttons([buttons]))


def pick(
    what: str,
    tasks: Sequence[Task],
    now: datetime,
    zone: ZoneInfo,
    *,
    words: str = "",
    page: int = 0,
    patch: str = "",
) -> Message:
    """A page of the list to choose from; ``words`` are those that fitted no task."""
    if not tasks:
        return say(texts_tasks.NO_TASK_FITS, words=words) if words else say(texts.TASKS_NONE)
    pages = (len(tasks) - 1) // PAGE_SIZE + 1
    page = min(page, pages - 1)
    shown = on_page(tasks, page)
    question = say((texts_tasks.WHICH_OF_ALL if words else texts_tasks.WHICH)[what], words=words)
    parts = [question, *(list_line(number, task, now, zone) for number, task in shown)]
    parts += [say(texts.TASKS_MORE, page=page + 1, pages=pages)] if pages > 1 else []
    turning = ((texts.EARLIER, page - 1), (texts.MORE, page + 1))
    turn = tuple(
        Button(label=label, verb="pick", arg=f"{what} {number} {patch}".rstrip())
        for label, number in turning
        if 0 <= number < pages
    )
    return join(*parts, say_buttons([_pick_buttons(what, shown, patch), turn]))


def _pick_buttons(what: str, shown: list[tuple[int, Task]], patch: str) -> tuple[Button, ...]:
    """A button for each task: with a patch it makes that change, else it removes or asks further."""
    verbs = {"remove": "pick_remove", "move": "task_move", "edit": "task", "remind": "pick_remind"}
    verb = "pick_change" if patch and what != "remind" else verbs[what]
    return tuple(
        Button(
            label=texts_tasks.PICK_BUTTON[what].format(number=number),
            verb=verb,
            arg=f"{task.task_id} {patch}".rstrip(),
        )
        for number, task in shown
    )
