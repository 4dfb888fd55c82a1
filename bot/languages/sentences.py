"""Modules of sentences: their upper-case constants are read in the active language.

``texts.HELLO`` is the English sentence while English is active, and its translation while German is: a plain
string either way, chosen when it is read. A module becomes one by its last line, ``translate(__name__)``. A
constant may be a string, a plural, or a dict, tuple or set of such; names that begin with ``_`` are not
translated. Within such a module its constants are English, as nothing is read through the module there.
Tests: tests/bot/languages/test_sentences.py.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from bot.languages.active import active
from bot.languages.catalogue import Catalogue, Plural, catalogue_of
from bot.languages.language import SOURCE
from core.tips.candidates import Template

_WORD = re.compile(r"\w")


class Sentences(ModuleType):
    """A module whose constants are read in the active language."""

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        code = active().code
        if code == SOURCE or not is_sentence_name(name):
            return value
        translations: dict[tuple[str, str], Any] = super().__getattribute__("_translations")
        if (code, name) not in translations:
            context = f"{_short(super().__getattribute__('__name__'))}.{name}"
            translations[code, name] = _translated(catalogue_of(code), context, value)
        return translations[code, name]


def translate(module: str) -> None:
    """Make the constants of the module with that name translatable; called at its end."""
    made = sys.modules[module]
    made.__dict__["_translations"] = {}
    made.__class__ = Sentences


def is_sentence_name(name: str) -> bool:
    """Whether a constant of that name holds sentences."""
    return name.isupper() and not name.startswith("_")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMessage:
    """A message that a catalogue translates."""

    context: str
    english: str | Plural


def messages_of(module: ModuleType) -> Iterator[SourceMessage]:
    """All messages of a module of sentences, in the order of the file."""
    for name, value in vars(module).items():
        if is_sentence_name(name):
            yield from messages_in(f"{_short(module.__name__)}.{name}", value)


def messages_in(context: str, value: Any) -> Iterator[SourceMessage]:
    """All messages in a constant, without those that hold no word, such as ``✓``."""
    if isinstance(value, Plural):
        yield SourceMessage(context=context, english=value)
    elif isinstance(value, str):
        if _WORD.search(value):
            yield SourceMessage(context=context, english=value)
    elif isinstance(value, frozenset | set):
        yield SourceMessage(context=context, english=_joined(value))
    elif isinstance(value, Template):
        yield SourceMessage(context=context, english=value.content)
    else:
        for key, part in _parts(value):
            yield from messages_in(f"{context}.{key}", part)


def _translated(catalogue: Catalogue, context: str, value: Any) -> Any:
    """``value`` with every sentence in it translated."""
    if isinstance(value, Plural):
        return catalogue.plural(context, value)
    if isinstance(value, str):
        return catalogue.sentence(context, value)
    if isinstance(value, frozenset | set):
        return frozenset(catalogue.sentence(context, _joined(value)).split())
    if isinstance(value, Template):
        return replace(value, content=catalogue.sentence(context, value.content))
    parts = {key: _translated(catalogue, f"{context}.{key}", part) for key, part in _parts(value)}
    return parts if isinstance(value, Mapping) else tuple(parts.values())


def _parts(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    else:
        for index, part in enumerate(value):
            yield part.template_id if isinstance(part, Template) else index, part


def _joined(words: frozenset[str] | set[str]) -> str:
    """A set of words as one message: another language may need more or fewer of them."""
    return " ".join(sorted(words))


def _short(module: str) -> str:
    return module.rpartition(".")[2]
