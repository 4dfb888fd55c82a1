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
from typing import Any

from bot.languages.language import CATALOGUE, FOLDER, SOURCE

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
    """The catalogue of a language that oO speaks; read once, which takes some 40 ms."""
    if code == SOURCE:
        return Catalogue({}, ENGLISH_PLURAL)
    from babel.messages.pofile import read_po

    with (FOLDER / code / CATALOGUE).open("rb") as file:
        read = read_po(file)
    messages = {
        (one.context or "", _first(one.id)): _forms(one.string)
        for one in read
        if one.id and all(_forms(one.string)) and not one.fuzzy
    }
    return Catalogue(messages, read.plural_expr)


def _first(msgid: Any) -> str:
    """The sentence, or its form for one."""
    return str(msgid if isinstance(msgid, str) else msgid[0])


def _forms(translated: Any) -> tuple[str, ...]:
    return (translated,) if isinstance(translated, str) else tuple(translated)
