"""Recurrences that count from the completion: "every 3 days after completion", "3 Tage nach Erledigung".

Tests: tests/core/words/test_recurrences_from_done.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import joined, one_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRecurrence:
    """A text with its recurrence in ordinary words."""

    text: str
    from_done: bool = False
    """Whether the recurrence counts from the completion."""


def without_from_done(text: str) -> PlainRecurrence:
    """``every 3 days`` for ``every 3 days after completion``, and for ``3 days after I did it``."""
    found = _AFTER_DONE.search(text)
    if found is None:
        return PlainRecurrence(text=text)
    before, after = text[: found.start()].rstrip(" ,"), text[found.end() :]
    amount = _AMOUNT_AT_END.search(before)
    if amount and found[0].split()[-1].lower() == "done" and len(found[0].split()) == 2:
        return PlainRecurrence(text=text)  # "2 weeks after done" may be a name
    if amount:
        word = next(_EVERY[name] for name, value in amount.groupdict().items() if value)
        before = f"{before[: amount.start()]}{word} {amount[0].lstrip()}"
    return PlainRecurrence(text=f"{before}{after}", from_done=True)


_AFTER_DONE = re.compile(rf"[ ,]+(?:{joined(*requests.AFTER_DONE)})(?!\w)", re.IGNORECASE)
_BOOKS = requests.books
_NOT_AFTER = "".join(rf"(?<!{word} )" for word in sorted(requests.words("BEFORE_AMOUNTS")))
_UNITS = "|".join(f"(?P<{code}>{book.UNITS})" for code, book in _BOOKS.items() if book.UNITS)
# An amount without "every" before it: "3 days after I did it".
_AMOUNT_AT_END = re.compile(
    rf"{_NOT_AFTER}(?:(?<=\s)|^)(?:\d{{1,3}}|{one_of(requests.COUNTS)}) (?:{_UNITS})$", re.IGNORECASE
)
_EVERY = {code: book.EVERY for code, book in _BOOKS.items()}
