"""Files of tasks: reads one that was sent, adds what is new in it after a tap, and sends one.

Tests: tests/scenarios/test_task_files.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import PurePosixPath

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.onboarding import first_step
from bot.conversation.personal_data import export as export_everything
from bot.conversation.update_context import UpdateContext
from bot.screens import task_files as screen
from bot.screens import texts_files
from bot.screens.markup import say
from core.chat import AttachedFile, Channel, Document, Message
from core.delivery.callbacks import CallbackAction
from core.errors import FileUnusable, NotFound
from core.records import TaskFile, TaskFormat
from core.scheduling.timezones import zone_of
from core.tasks.exports import export_tasks
from core.tasks.imports import add_import, drop_import, offer_import, undo_import

FETCH_TIMEOUT_SECONDS = 60.0

TASKS_WORDS = frozenset({"task", "tasks", "todo", "todos", "aufgaben", "tâches", "taches", "tareas"})
FORMAT_WORDS = {
    TaskFormat.TODO_TXT: ("todo.txt", "todotxt", "todo", "txt", "text"),
    TaskFormat.TODOIST_CSV: ("csv", "todoist", "todoist.csv"),
    TaskFormat.ICS: ("ics", "ical", "icalendar", "calendar"),
}
FILE_SUFFIXES = frozenset({".txt", ".text", ".todo", ".csv", ".tsv", ".ics", ".ical", ".ifb"})
FILE_NAMES = {
    TaskFormat.TODO_TXT: "todo.txt",
    TaskFormat.TODOIST_CSV: "oo-tasks.csv",
    TaskFormat.ICS: "oo-tasks.ics",
}

# --- In ----------------------------------------------------------------------------------------------------


async def import_file(ctx: UpdateContext, argument: str) -> Message:
    """Read a file of this machine at the terminal; elsewhere, say how to send one.

    A path from another channel is never opened: it would be one of the machine that oO runs on.
    """
    if ctx.sender.channel is not Channel.TERMINAL:
        return say(texts_files.IMPORT_HOW)
    if not argument:
        return say(texts_files.IMPORT_HOW_TERMINAL)
    return await _offer(ctx, AttachedFile(reference=argument, name=argument.strip("'\"")), ctx.origin)


def task_files(files: Sequence[AttachedFile]) -> Sequence[AttachedFile]:
    """Those whose names say that they may hold tasks; no other is fetched."""
    return [file for file in files if PurePosixPath(file.name.strip().lower()).suffix in FILE_SUFFIXES]


async def offer_files(ctx: UpdateContext, files: Sequence[AttachedFile]) -> Message | None:
    """Read the files of a message. Each has an answer of its own: the last is returned, others are sent."""
    missing = await first_step(ctx, "zone")
    if missing:
        return missing
    answers = [await _offer(ctx, file, f"{ctx.origin}.{place}") for place, file in enumerate(files)]
    for answer in answers[:-1]:
        await ctx.reply(answer)
    return answers[-1]


async def _offer(ctx: UpdateContext, file: AttachedFile, origin: str) -> Message:
    """Say what is new in a file, or what is wrong with it."""
    try:
        offer = await offer_import(ctx.person, ctx.deps, await _read(ctx, file), origin=origin)
    except FileUnusable as fault:
        return say(screen.file_fault(fault))
    return screen.offered(offer, ctx.now, ctx.zone)


async def _read(ctx: UpdateContext, file: AttachedFile) -> TaskFile:
    if file.size is not None and file.size > screen.MAX_FILE_BYTES:
        raise FileUnusable("too_big")
    try:
        async with asyncio.timeout(FETCH_TIMEOUT_SECONDS):
            content = await ctx.fetch(file.reference, max_bytes=screen.MAX_FILE_BYTES)
    except TimeoutError:
        raise FileUnusable("unreachable") from None
    return await asyncio.to_thread(
        ctx.deps.task_files.read, content, name=file.name, now=ctx.now, zone=ctx.zone
    )


async def add(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Add what a file holds, as it was shown."""
    try:
        return CallbackResult(edit=screen.added(await add_import(action.arg, ctx.person, ctx.deps)))
    except NotFound:
        return CallbackResult(toast=texts_files.IMPORT_OLD)


async def drop(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Add nothing, and forget the file."""
    try:
        await drop_import(action.arg, ctx.person, ctx.deps)
    except NotFound:
        return CallbackResult(toast=texts_files.IMPORT_OLD)
    return CallbackResult(edit=say(texts_files.IMPORT_DROPPED))


async def undo(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take back what was added from a file."""
    return CallbackResult(edit=screen.undone(await undo_import(action.arg, ctx.person, ctx.deps)))


# --- Out ---------------------------------------------------------------------------------------------------


async def export(ctx: UpdateContext, argument: str) -> Message:
    """Everything about the person as JSON; ``tasks``: the open tasks in the format that is named."""
    what, _, named = argument.strip().partition(" ")
    if what.casefold() not in TASKS_WORDS:
        return await export_everything(ctx, argument)
    missing = await first_step(ctx, "consent")
    if missing:
        return missing
    if not named.strip():
        return screen.which_format()
    format = format_named(named)
    return await _exported(ctx, format) if format else say(texts_files.EXPORT_UNKNOWN, format=named[:40])


def format_named(name: str) -> TaskFormat | None:
    """The format of that name: ``ics``, ``todo.txt``, ``Todoist CSV``, ``as csv``."""
    words = name.casefold().split()
    return next(
        (format for word in reversed(words) for format, names in FORMAT_WORDS.items() if word in names), None
    )


async def send_export(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Send the open tasks in the format of the button."""
    return CallbackResult(reply=await _exported(ctx, TaskFormat(action.arg)))


async def _exported(ctx: UpdateContext, format: TaskFormat) -> Message:
    content = await export_tasks(ctx.person, ctx.deps, format, zone=zone_of(ctx.person))
    if content is None:
        return say(texts_files.EXPORT_NO_TASKS)
    document = Document(name=FILE_NAMES[format], content=content)
    return Message(lines=say(texts_files.EXPORT_TASKS).lines, file=document)


FILE_BUTTONS: dict[str, CallbackHandler] = {
    "import_add": add,
    "import_drop": drop,
    "import_undo": undo,
    "export_tasks": send_export,
}
