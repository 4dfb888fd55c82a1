"""A language for tests: English, accented, a third longer and in brackets.

Where it is spoken, plain letters are values; a plain word of oO's own bypassed the catalogue. It goes by the
code of Esperanto, whose dates CLDR knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.languages import catalogue, language, names
from bot.languages.catalogue import Catalogue, Plural

CODE = "eo"
_ACCENTED = str.maketrans("aceghijlnorsuyzACEGHIJLNORSUYZ", "áćéğħíĵłńóŕśúýźÁĆÉĞĦÍĴŁŃÓŔŚÚÝŹ")
_KEPT = re.compile(r"\{\w+\}|`[^`]*`|(?<![\w/])/\w+|\*\*|~~|^> |^ | $|\n", re.MULTILINE)
"""Values, code, commands and markup."""


def accented(sentence: str) -> str:
    """The sentence with other letters, each line in brackets and a third longer."""
    return "\n".join(_line(line) for line in sentence.split("\n"))


def _line(line: str) -> str:
    start = "> " if line.startswith("> ") else " " * (len(line) - len(line.lstrip(" ")))
    words = line.removeprefix(start)
    kept = _KEPT.findall(words)
    parts = [part.translate(_ACCENTED) for part in _KEPT.split(words)]
    said = "".join(part + mark for part, mark in zip(parts, [*kept, ""], strict=True))
    longer = "·" * (sum(map(len, parts)) // 3)
    return f"{start}⟦{said}{longer}⟧" if any(char.isalpha() for part in parts for char in part) else line


class PseudoCatalogue(Catalogue):
    """Translates every sentence."""

    def __init__(self) -> None:
        super().__init__(lambda topic: {}, catalogue.ENGLISH_PLURAL)

    def sentence(self, context: str, english: str) -> str:
        return accented(english)

    def plural(self, context: str, english: Plural) -> Plural:
        return Plural(forms=tuple(map(accented, english.forms)))


@contextmanager
def pseudo_language() -> Iterator[str]:
    """oO also speaks the pseudo-language within the block, to whoever has its code."""
    real = catalogue.catalogue_of
    made = PseudoCatalogue()
    with pytest.MonkeyPatch.context() as patch:
        for module in ("languages.language", "languages.names", "screens.languages", "conversation.commands"):
            patch.setattr(f"bot.{module}.spoken", lambda: ("en", CODE))
        for module in ("languages.sentences", "languages.for_core", "conversation.commands"):
            patch.setattr(f"bot.{module}.catalogue_of", lambda code: made if code == CODE else real(code))
        _forget()
        try:
            yield CODE
        finally:
            _forget()


def _forget() -> None:
    """Forget what was found out about the languages that oO speaks."""
    language.language_of.cache_clear()
    names._tags.cache_clear()
