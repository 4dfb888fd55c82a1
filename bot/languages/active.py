"""The language in which sentences are said right now.

It belongs to the running task, so people who are served at the same time each hear their own. It is set
where a person becomes known: in ``bot/conversation/router.py`` for what they send, by ``speaking_to`` for
what oO sends them on its own. Nobody's language is English: what the operator reads is in English.
Tests: tests/bot/languages/test_active.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

from bot.languages.language import ENGLISH, Language, language_of
from core.records import Person

_ACTIVE: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def active() -> Language:
    """The language of whoever is served."""
    return _ACTIVE.get()


def speak(language: Language) -> None:
    """Speak ``language`` until the block of ``speaking`` around this ends."""
    _ACTIVE.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak ``language`` within the block."""
    before = _ACTIVE.set(language)
    try:
        yield
    finally:
        _ACTIVE.reset(before)


def speaking_to(person: Person) -> AbstractContextManager[None]:
    """Speak the language that the person prefers within the block."""
    return speaking(language_of(person.preferences.language))
