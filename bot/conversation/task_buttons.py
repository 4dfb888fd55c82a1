"""The buttons of task lists and below confirmations of changes to tasks, and the table of all about tasks.

Tests: tests/scenarios/test_tasks.py, tests/scenarios/test_task_changes.py.
"""

from __future__ import annotations

from collections.abc import Awaitable

from bot.conversation import task_changes
from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.task_card_buttons import CARD_BUTTONS
from bot.conversation.task_lists import open_tasks, task_list
from bot.conversation.update_context import UpdateContext
from bot.screens import task_card, texts, texts_tasks
from bot.screens.patch_code import patch_of
from bot.screens.tasks import place_of
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.errors import NotFound
from core.scheduling.timezones import zone_of

# --- Lists -------------------------------------------------------------------------------------------------


async def turn_page(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Show another page of the list."""
    return CallbackResult(edit=await task_list(ctx, place_of(action.arg)))


async def done_in_list(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Complete a task of the list; its page is redrawn, and a new message confirms and can undo."""
    task_id, _, code = action.arg.partition(" ")
    completed = await task_changes.complete(ctx, task_id)
    if completed is None:
        return CallbackResult(toast=texts.TASK_ALREADY)
    return CallbackResult(edit=await task_list(ctx, place_of(code)), reply=completed)


# --- Which task --------------------------------------------------------------------------------------------


async def pick_page(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Show another page of the list to choose from."""
    what, _, rest = action.arg.partition(" ")
    page, _, code = rest.partition(" ")
    if what not in texts_tasks.WHICH or not page.isdecimal():
        raise NotFound("nothing to choose")
    tasks, zone = await open_tasks(ctx), zone_of(ctx.person)
    return CallbackResult(edit=task_card.pick(what, tasks, ctx.now, zone, page=int(page), patch=code))


async def pick_remove(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Remove the task that was chosen."""
    return await _picked(ctx, task_changes.remove(ctx, action.arg))


async def pick_change(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Change the task that was chosen as was asked for."""
    task_id, _, code = action.arg.partition(" ")
    return await _picked(ctx, task_changes.change(ctx, task_id, patch_of(code)))


async def _picked(ctx: UpdateContext, change: Awaitable[Message]) -> CallbackResult:
    try:
        return CallbackResult(edit=await change)
    except NotFound:
        return CallbackResult(toast=texts.GONE_TOAST)


# --- Undo --------------------------------------------------------------------------------------------------


async def reopen(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Reopen a completed task, with the date it had; only the latest completion can be taken back."""
    opened = await task_changes.reopen(ctx, action.arg)
    return CallbackResult(edit=opened) if opened else CallbackResult(toast=texts.NOTHING_TO_UNDO)


async def remove_added(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Remove a task that was just added."""
    return CallbackResult(edit=await task_changes.remove_added(ctx, action.arg))


async def remove_all_added(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Remove all tasks that one message added."""
    return CallbackResult(edit=await task_changes.remove_all_added(ctx, action.arg.split()))


async def undo_change(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take a change back."""
    return CallbackResult(edit=await task_changes.take_change_back(ctx, action.arg))


async def restore(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Bring a removed task back."""
    return CallbackResult(edit=await task_changes.restore(ctx, action.arg))


TASK_UNDO: dict[str, CallbackHandler] = {
    "task_undo": reopen,
    "remove_task": remove_added,
    "remove_tasks": remove_all_added,
    "change_undo": undo_change,
    "restore_task": restore,
}
"""The buttons that take back what oO did with a task."""

TASK_BUTTONS: dict[str, CallbackHandler] = (
    TASK_UNDO
    | CARD_BUTTONS
    | {
        "tasks": turn_page,
        "task_done": done_in_list,
        "pick": pick_page,
        "pick_remove": pick_remove,
        "pick_change": pick_change,
    }
)
