"""Several requests of one message, carried out in turn: one answer says all of it, one Undo takes all back.

Tests: tests/scenarios/test_several_requests.py.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.reminders import REMINDER_UNDO
from bot.conversation.settings_undo import SETTINGS_BUTTONS
from bot.conversation.task_buttons import TASK_UNDO
from bot.conversation.update_context import UpdateContext
from bot.screens import texts, texts_tasks
from bot.screens.hints import hint
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.delivery.callbacks import CallbackAction
from core.errors import BadInput, NotFound

UNDO_TOGETHER = "undo_together"
"""The verb of the button. Its argument is a JSON list: verb and argument of each button that it replaces."""

_UNDO: dict[str, CallbackHandler] = TASK_UNDO | REMINDER_UNDO | SETTINGS_BUTTONS

Step = Callable[[], Awaitable[Message | None]]


async def together(ctx: UpdateContext, steps: Sequence[Step]) -> Message:
    """Carry out the steps in turn; what is wrong with one does not keep the others from being done."""
    origin, acts_for = ctx.origin, ctx.acts_for
    said: list[Message] = []
    try:
        for number, step in enumerate(steps):
            ctx.acts_for = f"{origin}.s{number}"  # each step is an update of its own, also when handled again
            said += [answer] if (answer := await _answer(step)) else []
    finally:
        ctx.acts_for = acts_for
    return _as_one(said)


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
    said: list[Message] = []
    for verb, argument in reversed(json.loads(action.arg)):
        try:
            result = await _UNDO[verb](ctx, replace(action, verb=verb, arg=argument))
        except NotFound:  # done, or removed since
            continue
        answer = result.edit or result.reply
        said += [answer] if answer else []
    if not said:
        raise NotFound("nothing to undo")
    return CallbackResult(edit=_as_one(said[::-1]))


TOGETHER_UNDO: dict[str, CallbackHandler] = {UNDO_TOGETHER: undo_together}
"""The button that takes back all that one message asked for."""


def not_found(typed: str) -> Message:
    """Says that a request fits no open task."""
    return say(texts_tasks.NO_TASK_FITS_REQUEST, typed=typed)
