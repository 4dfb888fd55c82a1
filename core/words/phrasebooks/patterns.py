"""How patterns of what people say are joined and compiled.

Tests: tests/core/words/test_phrasebooks.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        return self.compiled.fullmatch(text)


def lazy_phrase(*patterns: str) -> LazyPhrase:
    """The alternation of the patterns, as by ``any_phrase``."""
    return LazyPhrase(patterns=patterns)
