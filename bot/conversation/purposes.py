"""The buttons of ``/privacy``: each purpose off and on, and what was learned erased.

Tests: tests/scenarios/test_privacy.py.
"""

from __future__ import annotations

from bot.conversation.calendars import read_titles
from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.update_context import UpdateContext
from bot.screens import privacy as screen
from bot.screens import texts_notifications, texts_privacy
from bot.screens.markup import say
from core.calendars.connection import connected_calendars
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.people.consents import erase_learned, has_learned
from core.people.notifications import may_ask_about_notifications
from core.records import Purpose


async def shown(ctx: UpdateContext) -> Message:
    """The screen of ``/privacy`` as things are."""
    is_kept = await has_learned(ctx.person, ctx.deps)
    return screen.privacy(
        ctx.person,
        llm=ctx.deployment.llm,
        has_learned=is_kept,
        notifications=bool(ctx.deps.messengers.notifications),
    )


async def question_about_notifications(ctx: UpdateContext) -> Message | None:
    """Whether silenced notifications may be seen: asked once, where the platform can tell."""
    if not await may_ask_about_notifications(ctx.person, ctx.sender.channel, ctx.deps):
        return None
    return screen.notifications_question()


async def answer_about_notifications(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Store the answer to that question."""
    is_on = action.arg == "on"
    await ctx.allow(Purpose.NOTIFICATIONS, granted=is_on)
    return CallbackResult(edit=say(texts_notifications.IS_ON if is_on else texts_notifications.IS_OFF))


async def switch(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Allow or refuse a purpose; the screen shows what follows."""
    name, _, wanted = action.arg.partition(" ")
    purpose, granted = Purpose(name), wanted == "on"
    await ctx.allow(purpose, granted=granted)
    edit = await shown(ctx)
    if purpose is Purpose.CALENDAR and granted and await connected_calendars(ctx.person, ctx.deps):
        return CallbackResult(edit=edit, later=lambda: read_titles(ctx))
    return CallbackResult(edit=edit)


async def ask_to_erase(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Ask before what was learned is erased."""
    return CallbackResult(reply=screen.erase_question())


async def erase(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Erase what was learned from the person's taps."""
    await erase_learned(ctx.person, ctx.deps)
    return CallbackResult(edit=say(texts_privacy.ERASED))


async def keep(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Leave what was learned."""
    return CallbackResult(edit=say(texts_privacy.ERASE_KEPT))


PURPOSE_BUTTONS: dict[str, CallbackHandler] = {
    "purpose": switch,
    "notifications": answer_about_notifications,
    "erase_learned": ask_to_erase,
    "erase_learned_now": erase,
    "keep_learned": keep,
}
