"""Requests about the whole list: oO asks with the number of tasks, and one Undo takes all of it back.

Tests: tests/scenarios/test_whole_list.py.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.personal_data import delete
from bot.conversation.several import AT_ONCE, together
from bot.conversation.task_lists import tasks_of_all
from bot.conversation.task_words import change_or_say, complete_or_say, remove_or_say
from bot.conversation.update_context import UpdateContext
from bot.screens import texts_tasks
from bot.screens import whole_list as screen
from bot.screens.markup import say
from bot.screens.patch_code import patch_code, patch_of
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.errors import NotFound
from core.scheduling.quiet_hours import wall_clock
from core.words.intents import ChangeAll


async def change_all(ctx: UpdateContext, asked: ChangeAll) -> Message:
    """Ask before all tasks that are meant are changed; nothing is done yet."""
    tasks = await tasks_of_all(ctx, asked)
    if asked.may_be_account:
        return screen.ask_which(tasks) if tasks else await delete(ctx, "")
    if not tasks:
        return say(texts_tasks.ALL_NONE)
    today = wall_clock(ctx.now, ctx.zone).date()
    due = [task for task in tasks if task.due and task.due.on <= today]
    is_doubtful = asked.what == "move" and not (asked.scope or asked.title) and 0 < len(due) < len(tasks)
    return screen.ask(
        asked.what,
        tasks,
        ctx.now,
        ctx.zone,
        patch=patch_code(asked.patch) if asked.patch else "",
        to=asked.to,
        due=due if is_doubtful else (),
    )


async def carry_out_all(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Do to the tasks what was asked for; those that are closed meanwhile are left as they are."""
    what, patch, task_ids = json.loads(action.arg)
    do = _step(what, patch)
    said = await together(ctx, [partial(do, ctx, task_id) for task_id in task_ids], at_once=AT_ONCE)
    return CallbackResult(edit=screen.changed(what, said, len(task_ids)))


def _step(what: str, patch: str) -> Callable[[UpdateContext, str], Awaitable[Message]]:
    if what == "remove":
        return remove_or_say
    if what == "complete":
        return complete_or_say
    if what == "move":
        return partial(change_or_say, patch=patch_of(patch))
    raise NotFound("nothing to do")


WHOLE_LIST_BUTTONS: dict[str, CallbackHandler] = {"change_all": carry_out_all}
