"""Which language oO speaks, and the choice of another.

Tests: tests/scenarios/test_languages.py.
"""

from __future__ import annotations

from bot.languages.active import active
from bot.languages.language import spoken
from bot.languages.names import name_of, own_name
from bot.screens import texts, texts_language
from bot.screens.markup import say
from core.chat import Button, Message

UNDO_LANGUAGE, REFUSE_LANGUAGE = "language_undo", "language_refuse"
"""The verbs that take a chosen language back, and one that oO noticed."""


def which_language() -> Message:
    """Says which language is spoken, and offers all of them."""
    return say(texts_language.LANGUAGE_ASK, *_choices(), language=name_of(active().code))


def unknown_language(tag: str) -> Message:
    """Says that oO does not speak the language with that tag."""
    return say(texts_language.LANGUAGE_UNKNOWN, *_choices(), language=name_of(tag))


def no_language(words: str) -> Message:
    """Says that ``words`` name no language."""
    return say(texts_language.LANGUAGE_UNHEARD, *_choices(), words=words)


def language_set(before: str | None) -> Message:
    """Says, in the new language, that it is spoken from now on; a button goes back to ``before``."""
    undo = Button(label=texts.UNDO, verb=UNDO_LANGUAGE, arg=before or "")
    return say(texts_language.LANGUAGE_SET, (undo,), language=name_of(active().code))


def language_noticed(before: str) -> Message:
    """Says, in the new language, that it was noticed and is spoken from now on; a button goes back to the
    language of the code ``before``.
    """
    back = Button(label=own_name(before), verb=REFUSE_LANGUAGE, arg=before)
    return say(texts_language.LANGUAGE_NOTICED, (back,), language=name_of(active().code))


def _choices() -> list[tuple[Button, ...]]:
    """A button for each language, in its own words."""
    buttons = [Button(label=own_name(code), verb="language", arg=code) for code in spoken()]
    return [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
