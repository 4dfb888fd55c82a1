"""Tells which language a text is clearly written in, by the words that hold its sentences together.

Precision over recall: a title such as ``pain au chocolat``, or ``Der Spiegel``, is in no clear language.
Tests: tests/core/words/test_languages.py.
"""

from __future__ import annotations

import re
from itertools import chain

from core.words.phrasebooks import other_languages
from core.words.phrasebooks.books import telling
from core.words.phrasebooks.patterns import one_of

MAX_READ = 500
"""Code points of a text that are read."""

MIN_WORDS = 2
"""How many different words of a language make a line clear; one of them is of ``_TELLING``."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»')
_ENDINGS = re.compile(one_of(telling.ENDINGS))

_TELLING = {code: book.TELLING.split() for code, book in telling.books.items()}
_JOINING = {code: book.JOINING.split() for code, book in telling.books.items()} | {
    code: words.split() for code, words in other_languages.JOINING.items() if code not in telling.books
}
# A word that stands at two languages tells nothing.


def _languages_by_word() -> dict[str, str]:
    """Each word that stands at one language only, with that language."""
    found: dict[str, set[str]] = {}
    for code, words in chain(_TELLING.items(), _JOINING.items()):
        for word in words:
            found.setdefault(word, set()).add(code)
    return {word: next(iter(codes)) for word, codes in found.items() if len(codes) == 1}


_LANGUAGE_OF = _languages_by_word()
_TELLING_WORDS = frozenset(chain.from_iterable(_TELLING.values()))


def clear_language(text: str) -> str | None:
    """``de``, ``fr``, ``es`` … if a line of the text is clearly in it, and no word is of another language.

    ``text`` is as the person typed it; what is quoted is not read.
    """
    lines = [
        [_Word(typed) for typed in _WORD.findall(line)]
        for line in _QUOTED.sub(" ", text[:MAX_READ].replace("’", "'")).lower().splitlines()
    ]
    spoken = {word.language for line in lines for word in line if word.language}
    if len(spoken) != 1:
        return None
    (code,) = spoken
    return code if _TELLING.get(code) and any(map(_is_clear, lines)) else None


def _is_clear(line: list[_Word]) -> bool:
    """Whether a line in a known language has enough words of it."""
    own = {word.typed: word for word in line if word.language}
    return len(own) >= MIN_WORDS and any(word.is_telling for word in own.values())


class _Word:
    """A word of a text, in lower case; ``language`` is the only one that has it, or a part of it."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        elided, _, rest = typed.partition("'")  # j'habite
        parts = (typed, elided, rest, _ENDINGS.sub("", typed))
        self.language = next((_LANGUAGE_OF[part] for part in parts if part in _LANGUAGE_OF), None)
        self.is_telling = not _TELLING_WORDS.isdisjoint(parts)
