"""Lists within one line: "1) laundry 2) dishes", "buy milk, call mum, pay rent".

Tests: tests/core/words/test_inline_lists.py.
"""

from __future__ import annotations

import re

from core.words import chat_words
from core.words.phrasebooks.books import requests, wishes
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of

MAX_ITEMS = 10
"""Items of a list within one line. A longer one is left as it is."""

_NUMBER = re.compile(r"(?:^|(?<=[\s,;]))(\d{1,2})[.)] ?(?=[^\W\d])")
_COMMA = re.compile(r"\s*[,;]\s+")
_AND = lazy_pattern(rf"(?:{one_of((*requests.AND, *requests.THEN))}) (?:(?:{one_of(requests.THEN)}) )?")
_BACK = lazy_phrase(*wishes.NOT_A_TASK)
"""Words that mean something in an item before: "buy flowers, bring them to mum" is one task."""


def as_lines(text: str) -> str:
    """The text with each item on a line of its own if the whole of it is a list; else as it was."""
    if "\n" in text:
        return text
    items = _numbered(text) or _chores(text)
    return "\n".join(f"- {item}" for item in items) if 1 < len(items) <= MAX_ITEMS else text


def _numbered(text: str) -> list[str]:
    """The items behind the numbers 1, 2, 3 … of which the first begins the text."""
    numbers = list(_NUMBER.finditer(text.strip()))
    if [int(one[1]) for one in numbers] != list(range(1, len(numbers) + 1)) or not numbers:
        return []
    if numbers[0].start() != 0:
        return []
    ends = [*(one.start() for one in numbers[1:]), len(text)]
    items = [text.strip()[one.end() : end].strip(" ,;") for one, end in zip(numbers, ends, strict=True)]
    return items if all(items) else []


def _chores(text: str) -> list[str]:
    """The items between commas if each is a chore with words of its own."""
    items = [_without_and(item) for item in _COMMA.split(text.strip())]
    return items if all(map(_is_chore, items)) else []


def _without_and(item: str) -> str:
    found = _AND.match(item)
    return item[found.end() :] if found else item


def _is_chore(item: str) -> bool:
    words = [word.strip(".,:;!?()") for word in item.lower().split()]
    if len(words) < 2 or _BACK.fullmatch(words[1]):
        return False
    return words[0] in chat_words.CHORE_VERBS or words[-1] in chat_words.CHORE_VERBS_AT_END
