"""The sentences of a language, from its gettext catalogue.

A message is found by its context, such as ``texts.HINTS.not_a_time``, and by the English sentence: a
translation of a sentence that has changed since is not used. What has no translation is said in English.
Tests: tests/bot/languages/test_catalogue.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from gettext import c2py
from sys import intern

from bot.languages.language import CATALOGUE, FOLDER, SOURCE
from bot.languages.po_file import entries

ENGLISH_PLURAL = "n != 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plural:
    """A sentence in the form that a number needs: ``a task``, ``3 tasks``."""

    forms: tuple[str, ...]
    """With ``{count}``. In English the form for one, then that for all other numbers."""

    rule: str = ENGLISH_PLURAL
    """The index of the form for ``n``, as gettext writes it."""

    def of(self, count: int, **values: object) -> str:
        """The form for ``count``, with the number and other values filled in."""
        return self.forms[_rule(self.rule)(count)].format(count=count, **values)


_rule: Callable[[str], Callable[[int], int]] = cache(c2py)


def plural(one: str, other: str) -> Plural:
    """An English sentence in its two forms."""
    return Plural(forms=(one, other))


Translations = Mapping[tuple[str, str], tuple[str, ...]]
"""Context and English sentence -> translation, one for each plural form."""


class Catalogue:
    """The translations of a language; a topic, such as ``texts_mail``, is read when it is first asked for."""

    def __init__(self, read: Callable[[str], Translations], rule: str) -> None:
        """``read``: returns the translations of a topic, which is the first part of their contexts."""
        self._read = cache(read)
        self._rule = rule

    def sentence(self, context: str, english: str) -> str:
        """The sentence in this language; in English if it has no translation."""
        return (self._forms(context, english) or (english,))[0]

    def plural(self, context: str, english: Plural) -> Plural:
        """The forms of this language; the English ones if they have no translation."""
        forms = self._forms(context, english.forms[0])
        return replace(english, forms=forms, rule=self._rule) if forms else english

    def _forms(self, context: str, english: str) -> tuple[str, ...] | None:
        return self._read(context.partition(".")[0]).get((context, english))


@cache
def catalogue_of(code: str) -> Catalogue:
    """The catalogue of a language that oO speaks."""
    if code == SOURCE:
        return Catalogue(lambda topic: {}, ENGLISH_PLURAL)
    header = next(entries(_file(code)), None)
    return Catalogue(lambda topic: _topic(code, topic), (header and header.plural_rule) or ENGLISH_PLURAL)


def _file(code: str) -> str:
    return (FOLDER / code / CATALOGUE).read_text(encoding="utf-8")


def _topic(code: str, topic: str) -> Translations:
    """The certain translations of a topic, whose entries stand together in a file of oO's."""
    text = _file(code)
    mark = f'\nmsgctxt "{topic}.'
    first, last = text.find(mark), text.rfind(mark)
    if first < 0:
        return {}
    start, end = text.rfind("\n\n", 0, first), text.find("\n\n", last)
    found = entries(text[max(start, 0) : end if end > 0 else None])
    # Every catalogue has the same English: interned, it is in memory once.
    return {
        (intern(one.context), intern(one.english)): tuple(one.forms)
        for one in found
        if all(one.forms) and not one.is_fuzzy
    }
