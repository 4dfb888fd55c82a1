"""``/language``: the language that oO speaks with the person.

Tests: tests/scenarios/test_languages.py.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.update_context import UpdateContext
from bot.conversation.utterance import Utterance
from bot.languages.active import active
from bot.languages.language import SOURCE, Language, spoken, spoken_like, territory_of
from bot.languages.names import tag_named
from bot.screens import languages as screen
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.people.preferences import prefer
from core.text import clean
from core.words.intents import SetLanguage
from core.words.language_wishes import language_wish
from core.words.languages import clear_language

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
    before = ctx.person.preferences.language
    await _speak(ctx, wanted)
    return screen.language_set(before)


async def notice_language(ctx: UpdateContext, said: Utterance) -> Message | None:
    """Speak the language of a text from now on, if that is clear, and say so.

    Only where oO speaks English because it knows nothing better: never after a choice, nor if the account has
    another language. It counts as a choice itself, so it happens once. A wish for a language is no sample.
    """
    if ctx.person.preferences.language or active().code != SOURCE:
        return None
    code = clear_language(said.text)
    if code and said.wants(SetLanguage):
        return None
    if code not in spoken():
        return None
    await _speak(ctx, Language(code=code))
    return screen.language_noticed(SOURCE)


async def asked_language(ctx: UpdateContext, said: Utterance) -> Message | None:
    """The answer to a wish for a language of any name, as to ``/language``; None if the text is none."""
    name = language_wish(said.text)
    tag = tag_named(name) if name else None
    return await speak_in(ctx, tag) if tag else None


async def _speak(ctx: UpdateContext, wanted: Language) -> None:
    """Speak a language from now on, with the forms of the account's country if it names none."""
    territory = wanted.territory or territory_of(ctx.account.language)
    await _prefer(ctx, replace(wanted, territory=territory).tag)


async def _prefer(ctx: UpdateContext, tag: str | None) -> None:
    await ctx.change(prefer(language=tag), what="language")
    ctx.has_new_language = True


async def choose_language(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Speak the language on the button; without one, that of the channel again."""
    if action.arg:
        return CallbackResult(edit=await speak_in(ctx, action.arg))
    before = ctx.person.preferences.language
    await _prefer(ctx, None)
    return CallbackResult(edit=screen.language_set(before))


async def offer_languages(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Offer all languages."""
    return CallbackResult(reply=screen.which_language())


async def refuse_noticed(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Speak the earlier language again. The button stands below an answer, which stays as it is."""
    return CallbackResult(reply=await speak_in(ctx, action.arg))


LANGUAGE_BUTTONS: dict[str, CallbackHandler] = {
    "language": choose_language,
    "languages": offer_languages,
    screen.UNDO_LANGUAGE: choose_language,
    screen.REFUSE_LANGUAGE: refuse_noticed,
}

LANGUAGE_UNDO = {verb: LANGUAGE_BUTTONS[verb] for verb in (screen.UNDO_LANGUAGE, screen.REFUSE_LANGUAGE)}
"""The buttons that take a new language back."""
