"""Files of tasks: what adding one would do, what was done, and the formats that there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.screens import texts_files
from bot.screens.dates import due as due_words
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.errors import FileUnusable
from core.records import FileTask, TaskFormat
from core.tasks.imports import ImportOffer, ImportResult
from core.tasks.todo_list import MAX_OPEN_TASKS
from core.text import clean

MAX_FILE_BYTES = 20 * 1024 * 1024
"""Telegram lets bots fetch no larger ones."""

SHOWN_TITLES = 5
SHOWN_LINES = 5
MAX_SHOWN_TITLE = 80
MAX_SHOWN_NAME = 120


def offered(offer: ImportOffer, now: datetime, zone: ZoneInfo) -> Message:
    """What is new in a file, with a button to add it; and in small print, what is left out and why."""
    new = len(offer.new)
    if new:
        parts = [say(texts_files.IMPORT_NEW_ONE if new == 1 else texts_files.IMPORT_NEW, number=new)]
        parts += [_title(task, now, zone) for task in offer.new[:SHOWN_TITLES]]
        more = new - SHOWN_TITLES
        if more > 0:
            parts.append(
                say(texts_files.IMPORT_MORE_ONE if more == 1 else texts_files.IMPORT_MORE, number=more)
            )
    else:
        parts = [say(_without_news(offer))]
    parts += _remarks(offer)
    message = join(*parts)
    return replace(message, buttons=(_choices(offer),)) if new else message


def _without_news(offer: ImportOffer) -> str:
    if offer.no_room:
        return texts_files.IMPORT_FULL
    return texts_files.IMPORT_NOTHING_NEW if offer.known else texts_files.IMPORT_NO_TASKS


def _choices(offer: ImportOffer) -> tuple[Button, ...]:
    return (
        Button(
            label=texts_files.IMPORT_ADD.format(number=len(offer.new)), verb="import_add", arg=offer.import_id
        ),
        Button(label=texts_files.IMPORT_DROP, verb="import_drop", arg=offer.import_id),
    )


def _title(task: FileTask, now: datetime, zone: ZoneInfo) -> Message:
    title = clean(task.title, MAX_SHOWN_TITLE)
    if task.due is None:
        return say(texts_files.IMPORT_TITLE, title=title)
    return say(texts_files.IMPORT_TITLE_DUE, title=title, due=due_words(task.due, now, zone))


def _remarks(offer: ImportOffer) -> list[Message]:
    remarks = (
        (offer.known, texts_files.IMPORT_KNOWN_ONE, texts_files.IMPORT_KNOWN),
        (offer.changed, texts_files.IMPORT_CHANGED_ONE, texts_files.IMPORT_CHANGED),
        (offer.left_out, texts_files.IMPORT_LEFT_OUT_ONE, texts_files.IMPORT_LEFT_OUT),
        (offer.no_room, texts_files.IMPORT_NO_ROOM_ONE, texts_files.IMPORT_NO_ROOM),
    )
    found = [
        say(one if number == 1 else many, number=number, limit=MAX_OPEN_TASKS)
        for number, one, many in remarks
        if number
    ]
    return [*found, *([_unreadable(offer.unreadable)] if offer.unreadable else [])]


def _unreadable(lines: tuple[int, ...]) -> Message:
    shown = ", ".join(map(str, lines[:SHOWN_LINES]))
    if len(lines) == 1:
        return say(texts_files.IMPORT_UNREADABLE_ONE, lines=shown)
    many = texts_files.IMPORT_UNREADABLE if len(lines) <= SHOWN_LINES else texts_files.IMPORT_UNREADABLE_MANY
    return say(many, number=len(lines), lines=shown)


def added(result: ImportResult) -> Message:
    """How many tasks were added, with one button that takes all of them back."""
    if not result.tasks:
        return say(texts_files.IMPORT_ADDED_NONE)
    undo = Button(label=texts_files.IMPORT_UNDO, verb="import_undo", arg=result.import_id)
    sentence = texts_files.IMPORT_ADDED_ONE if result.tasks == 1 else texts_files.IMPORT_ADDED
    return say(sentence, (undo,), number=result.tasks)


def undone(result: ImportResult) -> Message:
    """How many tasks were taken back, and how many stay as they are."""
    sentence = texts_files.IMPORT_UNDONE_ONE if result.tasks == 1 else texts_files.IMPORT_UNDONE
    message = say(sentence, number=result.tasks)
    if not result.kept:
        return message
    kept = texts_files.IMPORT_KEPT_ONE if result.kept == 1 else texts_files.IMPORT_KEPT
    return join(message, say(kept, number=result.kept))


def which_format() -> Message:
    """The formats of an export, a button for each."""
    buttons = (
        Button(label=texts_files.FORMAT_LABELS[format.value], verb="export_tasks", arg=format.value)
        for format in TaskFormat
    )
    return say(texts_files.EXPORT_WHICH, tuple(buttons))


def file_fault(fault: FileUnusable) -> str:
    """What is wrong with a file, in a sentence."""
    name = clean(fault.values.get("name", ""), MAX_SHOWN_NAME)
    limit = fault.values.get("limit", f"{MAX_FILE_BYTES // 1024 // 1024} MB")
    return texts_files.FILE_FAULTS[fault.reason].format(name=name, limit=limit)
