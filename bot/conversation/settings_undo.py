"""Changes a setting with a button that takes the change back; writes less, or more, on request.

Tests: tests/scenarios/test_settings_undo.py.
"""

from __future__ import annotations

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.update_context import UpdateContext
from bot.screens import settings as settings_screen
from bot.screens import texts, texts_agenda
from bot.screens.markup import say
from core.chat import Button, Message
from core.delivery.callbacks import CallbackAction
from core.people.preferences import Change, set_cap
from core.people.settings_undo import change_settings, restore_settings
from core.words.settings import MAX_CAP

UndoRow = tuple[Button, ...]
"""The button *Undo* below a confirmation; empty if the change changed nothing."""


async def change_with_undo(ctx: UpdateContext, make: Change, *, what: str, is_step: bool = False) -> UndoRow:
    """Change the person's settings; ``what`` names the setting in the event log. ``is_step``: it is a change
    by something, so it must not be made twice.
    """
    changed = await change_settings(ctx.person, ctx.deps, make, what=what, origin=ctx.origin, is_step=is_step)
    ctx.person = changed.after
    memo = changed.memo
    return (Button(label=texts.UNDO, verb="restore", arg=f"{what} {memo}"),) if memo else ()


async def restore(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take a change of settings back, unless they were changed again since."""
    what, _, memo = action.arg.partition(" ")
    restored = await restore_settings(ctx.person, ctx.deps, memo, what=what)
    if restored is None:
        return CallbackResult(toast=texts_agenda.SETTING_CHANGED_SINCE)
    ctx.person = restored
    if what in settings_screen.PAUSING:
        return CallbackResult(edit=settings_screen.pauses_restored(restored, ctx.now))
    return CallbackResult(edit=settings_screen.restored(restored, what))


SETTINGS_BUTTONS: dict[str, CallbackHandler] = {"restore": restore}


async def write_less(ctx: UpdateContext) -> Message:
    """One push a day fewer than there are by the limit and the times, if oO writes on its own at all."""
    cap, slots = ctx.person.most_a_day, settings_screen.most_slots_a_day(ctx.person.preferences)
    if not cap and not await ctx.has_changed("cap"):
        return say(texts_agenda.CAP_LEAST)
    return await _change_cap(ctx, max(min(cap, slots or cap) - 1, 0))


async def write_more(ctx: UpdateContext) -> Message:
    """One push a day more, up to the maximum."""
    cap = ctx.person.most_a_day
    return await _change_cap(ctx, cap + 1) if cap < MAX_CAP else say(texts_agenda.CAP_MOST, cap=cap)


async def _change_cap(ctx: UpdateContext, cap: int) -> Message:
    undo = await change_with_undo(ctx, set_cap(cap), what="cap", is_step=True)
    return settings_screen.cap_moved(ctx.person, ctx.now, undo)
