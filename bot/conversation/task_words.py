"""Tasks in words: which task is meant, and what is done with it; /tasks, /edit, /move and /remove.

Tests: tests/scenarios/test_task_changes.py, tests/scenarios/test_task_commands.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from bot.conversation.several import together
from bot.conversation.talked_about import last_task
from bot.conversation.task_card_buttons import card_of
from bot.conversation.task_changes import change, complete, remove, skip
from bot.conversation.task_fields import only_moves
from bot.conversation.task_lists import open_tasks
from bot.conversation.update_context import UpdateContext
from bot.conversation.which_task import (
    Named,
    changed_before,
    is_next_off,
    named,
    task_to_move,
    task_to_skip,
)
from bot.screens import task_card, texts, texts_tasks
from bot.screens import tasks as tasks_screen
from bot.screens.hints import hint
from bot.screens.markup import join, say
from bot.screens.patch_code import patch_code
from bot.screens.tasks import ListPlace
from core.chat import Message
from core.errors import BadInput, NotFound
from core.records import Task, TaskPatch, TaskSource
from core.scheduling.timezones import zone_of
from core.tasks.filters import clean_filter, filtered
from core.tasks.todo_list import list_tasks
from core.text import refuse
from core.words.intents import ChangeTask, MoveTask, RemoveTask, SkipTask
from core.words.matching import contains, done_tasks, matches
from core.words.patches import parse_move, parse_patch
from core.words.tasks import next_due

# --- In words ----------------------------------------------------------------------------------------------


async def complete_by_words(
    ctx: UpdateContext, words: str, *, deed: str = "", is_doubtful: bool = False
) -> Message:
    """Complete the task that the words name. If that is not clear, list those it may be, or all; only those
    that the ``deed`` does, if there are any.
    """
    found = await named(ctx, words)
    if found.meant and is_doubtful:
        return tasks_screen.rivals(words, found.meant, ctx.now, ctx.zone)
    if found.meant:
        return await _to_each(ctx, found, complete_or_say)
    if rivals := _done_by(deed, words, found.rivals) or found.rivals:
        return tasks_screen.rivals(words, rivals, ctx.now, ctx.zone)
    return join(say(texts.COMPLETE_WHICH, words=words), tasks_screen.listed(found.tasks, ctx.now, ctx.zone))


def _done_by(deed: str, words: str, rivals: list[Task]) -> list[Task]:
    found = done_tasks(words, deed, [task.title for task in rivals]) if deed else []
    return [rivals[at] for at in found]


async def change_by_words(ctx: UpdateContext, asked: ChangeTask) -> Message:
    """Change the task that the words name, or the one that was talked about last; ask if it is not clear."""
    change = _change_deadline_or_say if asked.of_deadline else change_or_say
    if not asked.title:
        return await change(ctx, await last_task(ctx), asked.patch)
    if before := await changed_before(ctx):
        return await change(ctx, before, asked.patch)
    found = await named(ctx, asked.title)
    if found.meant:
        return await _to_each(ctx, found, partial(change, patch=asked.patch))
    return _ask_which(ctx, found, what_of(asked.patch), patch_code(asked.patch))


async def _change_deadline_or_say(ctx: UpdateContext, task_id: str | None, patch: TaskPatch) -> Message:
    """As ``change_or_say``, but a task with a deadline loses that, and not its due date."""
    async with ctx.deps.store.read() as unit:
        task = await unit.tasks.get(task_id) if task_id else None
    has_deadline = task is not None and task.deadline is not None
    return await change_or_say(ctx, task_id, TaskPatch(deadline=None) if has_deadline else patch)


async def remove_by_words(ctx: UpdateContext, asked: RemoveTask) -> Message:
    """Remove the task that the words name, or the one that was talked about last; ask if it is not clear."""
    if not asked.title:
        return await remove_or_say(ctx, await last_task(ctx))
    found = await named(ctx, asked.title)
    if found.meant:
        return await _to_each(ctx, found, remove_or_say)
    return _ask_which(ctx, found, "remove")


async def _to_each(
    ctx: UpdateContext, found: Named, do: Callable[[UpdateContext, str], Awaitable[Message]]
) -> Message:
    """Do something to the task that is meant, or to each of several, and say it in one message."""
    if found.task:
        return await do(ctx, found.task.task_id)
    return await together(ctx, [partial(do, ctx, task.task_id) for task in found.several])


async def move_by_words(ctx: UpdateContext, asked: MoveTask) -> Message:
    """Ask to when the task is to be moved; ``settled`` found that the words name one."""
    found = await task_to_move(ctx, asked.words, asked.typed)
    return _ask_when(*found) if found else say(texts_tasks.WHICH_LAST)


async def skip_by_words(ctx: UpdateContext, asked: SkipTask) -> Message:
    """Move the repeating task to its next date; ``settled`` found that the words name one."""
    do = skip_or_say if asked.is_off else change_or_say
    if before := await changed_before(ctx):
        return await do(ctx, before, TaskPatch())
    task = await task_to_skip(ctx, asked)
    if task is None or task.due is None or task.repeats is None:
        return say(texts_tasks.WHICH_LAST)
    if task.source is not TaskSource.OO:  # its source alone knows the next date
        return task_card.move_menu(task, ListPlace())
    if asked.is_off and not is_next_off(ctx, asked, task.due):
        return await card_of(ctx, task.task_id, ListPlace())
    due = next_due(task.repeats, task.due, ctx.now, zone_of(ctx.person))
    return await do(ctx, task.task_id, TaskPatch(due=due) if due else NO_MORE)


NO_MORE = TaskPatch(due=None, repeats=None, repeats_from_done=False)
"""After the last time of a recurrence."""


def _ask_when(task: Task, typed: str) -> Message:
    """The menu of dates, after what is wrong with the date that was typed."""
    menu = task_card.move_menu(task, ListPlace())
    if not typed:
        return menu
    wrong = hint(refuse("not_a_date", typed))
    return replace(join(wrong, menu), tasks=menu.tasks)


async def complete_or_say(ctx: UpdateContext, task_id: str) -> Message:
    """Complete a task, or say that it is done already."""
    return await complete(ctx, task_id) or say(texts.TASK_ALREADY)


async def change_or_say(ctx: UpdateContext, task_id: str | None, patch: TaskPatch) -> Message:
    """Change a task, or say that it is not open any more; without one, ask which is meant."""
    if task_id is None:
        return say(texts_tasks.WHICH_LAST)
    try:
        return await change(ctx, task_id, patch)
    except NotFound:
        return say(texts.GONE_TOAST)


async def skip_or_say(ctx: UpdateContext, task_id: str, patch: TaskPatch) -> Message:
    """As ``change_or_say``; says that the task is off this once, and how to end it."""
    try:
        return await skip(ctx, task_id, patch)
    except NotFound:
        return say(texts.GONE_TOAST)


async def remove_or_say(ctx: UpdateContext, task_id: str | None) -> Message:
    """Remove a task, or say that it is not open any more; without one, ask which is meant."""
    if task_id is None:
        return say(texts_tasks.WHICH_LAST)
    try:
        return await remove(ctx, task_id)
    except NotFound:
        return say(texts.GONE_TOAST)


def what_of(patch: TaskPatch) -> str:
    """How a change is called: a key of ``texts_tasks.WHICH``."""
    return "move" if only_moves(patch) else "edit"


def _ask_which(ctx: UpdateContext, found: Named, what: str, patch: str = "") -> Message:
    """The tasks that may be meant, or all, each with a button that does what was asked for."""
    if found.rivals:
        return task_card.pick_rival(what, found.words, found.rivals, ctx.now, ctx.zone, patch=patch)
    return task_card.pick(what, found.tasks, ctx.now, ctx.zone, words=found.words, patch=patch)


# --- Commands ----------------------------------------------------------------------------------------------


async def tasks(ctx: UpdateContext, argument: str) -> Message:
    """Show the first page of the list, narrowed by the argument."""
    place = ListPlace(filter=clean_filter(argument))
    found = await list_tasks(ctx.person, ctx.deps, zone=ctx.zone)
    narrowed = filtered(found, place.filter, now=ctx.now, zone=ctx.zone)
    return tasks_screen.listed(narrowed, ctx.now, ctx.zone, place=place)


async def remove_named(ctx: UpdateContext, argument: str) -> Message:
    """Remove the task that the argument names; without one, show the list to choose from."""
    if argument:
        return await remove_by_words(ctx, RemoveTask(title=argument))
    return task_card.pick("remove", await open_tasks(ctx), ctx.now, ctx.zone)


async def move_named(ctx: UpdateContext, argument: str) -> Message:
    """Move the task that the argument names to the date in it; ask for what is missing."""
    return await _edit_named(ctx, argument, "move")


async def edit_named(ctx: UpdateContext, argument: str) -> Message:
    """Change the task that the argument names as the rest of it says; ask for what is missing."""
    return await _edit_named(ctx, argument, "edit")


async def _edit_named(ctx: UpdateContext, argument: str, what: str) -> Message:
    tasks = await open_tasks(ctx)
    if not argument:
        return task_card.pick(what, tasks, ctx.now, ctx.zone)
    asked = split_change(ctx, argument, tasks, what)
    if asked:
        return await change_by_words(ctx, asked)
    found = await named(ctx, argument)
    if found.task is None and what == "move" and (moved := await task_to_move(ctx, argument, argument)):
        return _ask_when(*moved)
    if found.task is None:
        return _ask_which(ctx, found, what)
    if what == "move":
        return task_card.move_menu(found.task, ListPlace())
    return await card_of(ctx, found.task.task_id, ListPlace())


def split_change(ctx: UpdateContext, text: str, tasks: list[Task], what: str) -> ChangeTask | None:
    """Words of a title and what changes: "dentist to friday p1". None if nothing in it is a change.

    Of the ways to split the text, the one with the whole title of a task is taken, else the first one whose
    title fits a task, else the first one.
    """
    words = text.split()
    titles = [task.title for task in tasks]
    splits = []
    for place in range(1, len(words)):
        patch = _patch_in(ctx, " ".join(words[place:]), what)
        if patch:
            splits.append(ChangeTask(title=" ".join(words[:place]), patch=patch))
    if any(_are_the_same(text, title) for title in titles):
        return None
    whole = [one for one in splits if any(_are_the_same(one.title, title) for title in titles)]
    fitting = [one for one in splits if matches(one.title, titles)]
    return next(iter(whole or fitting or splits), None)


def _are_the_same(words: str, title: str) -> bool:
    return contains(words, title) and contains(title, words)


def _patch_in(ctx: UpdateContext, text: str, what: str) -> TaskPatch | None:
    """The change that the text is. An amount is an estimate, but moves a task that is to be moved."""
    for parse in (parse_move, parse_patch) if what == "move" else (parse_patch, parse_move):
        with suppress(BadInput):
            return parse(text, now=ctx.said_at, zone=ctx.zone)
    return None
