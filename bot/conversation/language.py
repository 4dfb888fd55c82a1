"""``/language``: the language that oO speaks with the person.

Tests: tests/scenarios/test_languages.py.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.callback_result import CallbackResult
from bot.conversation.update_context import UpdateContext
from bot.languages.language import spoken_like, territory_of
from bot.languages.names import tag_named
from bot.screens import languages as screen
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.people.preferences import prefer
from core.text import clean

MAX_TYPED = 40
"""Code points of an argument that are read."""


async def language(ctx: UpdateContext, argument: str) -> Message:
    """Speak the language that the argument names; without one, offer all of them."""
    typed = clean(argument, MAX_TYPED)
    if not typed:
        return screen.which_language()
    tag = tag_named(typed)
    return await speak_in(ctx, tag) if tag else screen.no_language(typed)


async def speak_in(ctx: UpdateContext, tag: str) -> Message:
    """Speak the language of ``tag`` from now on, and confirm it in that language; one that oO does not speak
    changes nothing.
    """
    wanted = spoken_like(tag)
    if wanted is None:
        return screen.unknown_language(tag)
    if wanted.territory is None:
        wanted = replace(wanted, territory=territory_of(ctx.account.language))
    before = ctx.person.preferences.language
    await ctx.change(prefer(language=wanted.tag), what="language")
    return screen.language_set(before)


async def choose_language(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Speak the language on the button; without one, that of the channel again."""
    if action.arg:
        return CallbackResult(edit=await speak_in(ctx, action.arg))
    before = ctx.person.preferences.language
    await ctx.change(prefer(language=None), what="language")
    return CallbackResult(edit=screen.language_set(before))
