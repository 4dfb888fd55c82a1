"""Several requests of one message, carried out in turn: one answer says all of it, one Undo takes all back.

Tests: tests/scenarios/test_several_requests.py.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.reminders import REMINDER_UNDO
from bot.conversation.settings_undo import SETTINGS_BUTTONS
from bot.conversation.task_buttons import TASK_UNDO
from bot.conversation.task_changes import TakenBack, try_to_take_back
from bot.conversation.update_context import UpdateContext
from bot.screens import texts, texts_tasks
from bot.screens.hints import hint
from bot.screens.markup import join, say
from bot.screens.whole_list import MAX_LINES, many_undone
from core.chat import Button, Message
from core.delivery.callbacks import CallbackAction
from core.errors import BadInput, NotFound
from core.store import Within

AT_ONCE = 50
"""Tasks that are changed in one transaction: few enough that nobody waits for it."""

UNDO_TOGETHER = "undo_together"
"""The verb of the button. Its argument is a JSON list: verb and argument of each button that it replaces."""

_UNDO: dict[str, CallbackHandler] = TASK_UNDO | REMINDER_UNDO | SETTINGS_BUTTONS

Step = Callable[[], Awaitable[Message | None]]


async def together(ctx: UpdateContext, steps: Sequence[Step], *, at_once: int = 1) -> Message:
    """Carry out the steps in turn; what is wrong with one does not keep the others from being done.

    ``at_once``: so many share a transaction, if they only change the person's records, and raise before that.
    """
    origin, acts_for = ctx.origin, ctx.acts_for
    said: list[Message] = []
    try:
        for first in range(0, len(steps), at_once):
            async with _one_transaction(ctx, is_wanted=at_once > 1):
                for number, step in enumerate(steps[first : first + at_once], start=first):
                    ctx.acts_for = f"{origin}.s{number}"  # an update of its own, also when handled again
                    said += [answer] if (answer := await _answer(step)) else []
    finally:
        ctx.acts_for = acts_for
    return _as_one(said)


@asynccontextmanager
async def _one_transaction(ctx: UpdateContext, *, is_wanted: bool) -> AsyncIterator[None]:
    """What is stored within the block is stored in one transaction: each waits for the disk."""
    if not is_wanted:
        yield
        return
    deps = ctx.deps
    async with deps.store.begin(ctx.person.person_id) as unit:
        ctx.deps = replace(deps, store=Within(unit))
        try:
            yield
        finally:
            ctx.deps = deps


async def _answer(step: Step) -> Message | None:
    try:
        return await step()
    except BadInput as fault:
        return hint(fault)


def _as_one(said: Sequence[Message]) -> Message:
    """One message with the lines of all, the buttons that ask something, and one Undo."""
    undo = [
        (button.verb, button.arg) for one in said for row in one.buttons for button in row if _undoes(button)
    ]
    asking = [tuple(button for button in row if not _undoes(button)) for one in said for row in one.buttons]
    label = texts_tasks.UNDO_ALL if len(undo) > 1 else texts.UNDO
    row = (Button(label=label, verb=UNDO_TOGETHER, arg=json.dumps(undo)),) if undo else ()
    return replace(join(*said), buttons=tuple(filter(None, (*asking, row))))


def _undoes(button: Button) -> bool:
    return button.verb in _UNDO


async def undo_together(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take all back that the steps did, the last first. Raises ``NotFound`` if nothing is left of it."""
    steps = json.loads(action.arg)[::-1]
    done: list[TakenBack] = []
    for first in range(0, len(steps), AT_ONCE):
        some = steps[first : first + AT_ONCE]
        async with _one_transaction(ctx, is_wanted=all(verb in TASK_UNDO for verb, _ in some)):
            for verb, argument in some:
                done += await _taken_back(ctx, replace(action, verb=verb, arg=argument))
    if not done:
        raise NotFound("nothing to undo")
    if len(done) > MAX_LINES and all(verb in TASK_UNDO for verb, _ in steps):
        return CallbackResult(
            edit=many_undone([one.said for one in done[::-1] if not one.is_back], len(done))
        )
    return CallbackResult(edit=_as_one([one.said for one in done[::-1]]))


async def _taken_back(ctx: UpdateContext, action: CallbackAction) -> list[TakenBack]:
    """What became of one of the steps; nothing if there is nothing left of it."""
    try:
        if action.verb == "change_undo":
            return [await try_to_take_back(ctx, action.arg)]
        result = await _UNDO[action.verb](ctx, action)
    except NotFound:  # done, or removed since
        return []
    answer = result.edit or result.reply
    return [TakenBack(said=answer)] if answer else []


TOGETHER_UNDO: dict[str, CallbackHandler] = {UNDO_TOGETHER: undo_together}
"""The button that takes back all that one message asked for."""


def not_found(typed: str) -> Message:
    """Says that a request fits no open task."""
    return say(texts_tasks.NO_TASK_FITS_REQUEST, typed=typed)
