"""How patterns of what people say are joined and compiled.

Tests: tests/core/words/test_phrasebooks.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property


def joined(*patterns: str) -> str:
    """The alternation of the patterns, to be compiled; the apostrophe in ``['’]`` is literal."""
    together = "|".join(f"(?:{one})" for one in patterns)
    return re.sub(r"(?<!\[)'", "['’]?", together)


def one_of(patterns: Iterable[str]) -> str:
    """The alternation of the patterns as a part of a larger one; ``'`` is left as it is.

    Without any pattern, it matches nothing.
    """
    return "|".join(patterns) or "(?!)"


def any_phrase(*patterns: str) -> re.Pattern[str]:
    """The alternation of the patterns, in any case."""
    return re.compile(joined(*patterns), re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class LazyPhrase:
    """An alternation that is compiled when it is first needed: most of the start-up time would be theirs."""

    patterns: tuple[str, ...]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """As by ``any_phrase``."""
        return any_phrase(*self.patterns)

    @cached_property
    def fullmatch(self) -> Callable[[str], re.Match[str] | None]:
        """The match of the whole text; a property, because a text is tried against hundreds of phrases."""
        return self.compiled.fullmatch


def lazy_phrase(*patterns: str) -> LazyPhrase:
    """The alternation of the patterns, as by ``any_phrase``."""
    return LazyPhrase(patterns=patterns)


@dataclass(frozen=True, kw_only=True)
class LazyPattern:
    """A pattern, in any case, that is compiled when it is first needed; its methods are those of ``re``."""

    pattern: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern, re.IGNORECASE)

    @cached_property
    def fullmatch(self) -> Callable[[str], re.Match[str] | None]:
        """As of the compiled pattern; likewise the methods below."""
        return self.compiled.fullmatch

    @cached_property
    def match(self) -> Callable[[str], re.Match[str] | None]:
        """The match at the beginning of a text."""
        return self.compiled.match

    @cached_property
    def search(self) -> Callable[[str], re.Match[str] | None]:
        """The first match in a text."""
        return self.compiled.search

    @cached_property
    def finditer(self) -> Callable[[str], Iterator[re.Match[str]]]:
        """All matches in a text."""
        return self.compiled.finditer

    @cached_property
    def sub(self) -> Callable[[str, str], str]:
        """A text with the matches replaced."""
        return self.compiled.sub

    @cached_property
    def split(self) -> Callable[[str], list[str]]:
        """The parts of a text between the matches."""
        return self.compiled.split


def lazy_pattern(pattern: str) -> LazyPattern:
    """The pattern, to be compiled later."""
    return LazyPattern(pattern=pattern)


def only_group(found: re.Match[str]) -> str:
    """The only group that matched."""
    return next(group for group in found.groups() if group)
