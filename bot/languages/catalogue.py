"""The sentences of a language, from its gettext catalogue.

A message is found by its context, such as ``texts.HINTS.not_a_time``, and by the English sentence: a
translation of a sentence that has changed since is not used. What has no translation is said in English.
Tests: tests/bot/languages/test_catalogue.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from gettext import c2py

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


class Catalogue:
    """The translations of one language."""

    def __init__(self, messages: dict[tuple[str, str], tuple[str, ...]], rule: str) -> None:
        """``messages``: context and English sentence -> translation, one for each plural form."""
        self._messages = messages
        self._rule = rule

    def sentence(self, context: str, english: str) -> str:
        """The sentence in this language; in English if it has no translation."""
        return self._messages.get((context, english), (english,))[0]

    def plural(self, context: str, english: Plural) -> Plural:
        """The forms of this language; the English ones if they have no translation."""
        forms = self._messages.get((context, english.forms[0]))
        return replace(english, forms=forms, rule=self._rule) if forms else english


@cache
def catalogue_of(code: str) -> Catalogue:
    """The catalogue of a language that oO speaks; read once."""
    if code == SOURCE:
        return Catalogue({}, ENGLISH_PLURAL)
    read = list(entries((FOLDER / code / CATALOGUE).read_text(encoding="utf-8")))
    messages = {
        (one.context, one.english): tuple(one.forms) for one in read if all(one.forms) and not one.is_fuzzy
    }
    rules = filter(None, (one.plural_rule for one in read))
    return Catalogue(messages, next(rules, ENGLISH_PLURAL))
