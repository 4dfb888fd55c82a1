"""Lists within one line: "1) laundry 2) dishes", "buy milk, call mum, pay rent".

Tests: tests/core/words/test_inline_lists.py.
"""

from __future__ import annotations

import re

from core.words import chat_words
from core.words.dates.phrases import find_time_phrases
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.phrasebooks.books import requests, wishes
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of

MAX_ITEMS = 10
"""Items of a list within one line. A longer one is left as it is."""

_MAX_SENTENCE = 300
"""Code points of a sentence in which days are looked for: finding them takes its time."""

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
    if len(items) > MAX_ITEMS or not all(items):
        return []
    is_short = len(text) <= _MAX_SENTENCE
    return items if all(map(_is_chore, items)) or (is_short and _have_days(items)) else []


def _have_days(items: list[str]) -> bool:
    """Whether two or more end with days of their own, and the others are chores: "buy milk, call Jim friday,
    dentist thu 9:30". If all have days, ``core/words/listed_times.py`` reads them in turn.
    """
    days = [_day_at_end(item) for item in items]
    are_tasks = all(day or _is_chore(item) for day, item in zip(days, items, strict=True))
    return are_tasks and not all(days) and len(set(filter(None, days))) > 1


def _day_at_end(item: str) -> str:
    """The day at the end of an item that says something else before it; else empty."""
    sentence = sentence_of(tokens_of(item))
    phrases = list(find_time_phrases(sentence))
    last = phrases[-1] if phrases else None
    if last is None or last.end < len(sentence.tokens) or phrases[0].first == 0:
        return ""
    return last.day or ""


def _without_and(item: str) -> str:
    found = _AND.match(item)
    return item[found.end() :] if found else item


def _is_chore(item: str) -> bool:
    words = [word.strip(".,:;!?()") for word in item.lower().split()]
    if len(words) < 2 or _BACK.fullmatch(words[1]):
        return False
    return words[0] in chat_words.CHORE_VERBS or words[-1] in chat_words.CHORE_VERBS_AT_END
