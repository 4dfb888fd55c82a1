"""A wish for a language of any name: ``speak klingon``, ``sprich bitte klingonisch``.

The languages that people often ask for are in ``core/words/asks.py``. Whether the word is the name of a
language is for the caller to find out.
Tests: tests/core/words/test_language_wishes.py.
"""

from __future__ import annotations

from core.text import clean
from core.words.phrasebooks.books import talk
from core.words.phrasebooks.patterns import lazy_phrase
from core.words.sayings import POLITE_END, POLITE_START

_NAME = r"([^\W\d_]{4,})"

_WISH = lazy_phrase(*(one.replace("<name>", _NAME) for one in talk.SPEAK_ANY))

MAX_READ = 100
"""Code points of a text that are read."""


def language_wish(text: str) -> str | None:
    """The word that stands where a language is wished for; None if the text is no such wish."""
    if len(text) > MAX_READ:
        return None
    bare = POLITE_END.sub("", POLITE_START.sub("", clean(text, MAX_READ).rstrip(" .!?")))
    found = _WISH.fullmatch(bare.strip(" .,!?"))
    return next(filter(None, found.groups())) if found else None
