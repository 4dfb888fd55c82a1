"""Places in a list that words name: "3", "number 3", "the second one", "2 and 5", "1-3".

Which list is meant, only the conversation knows. Tests: tests/core/words/test_numbered.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of
from core.words.sayings import DONE

LAST = -1
"""The place of "the last one"."""

MAX_PLACES = 20
"""Places that one text may name."""

_MAX_TEXT = 100  # code points


def _words_for_places() -> Iterator[tuple[str, int]]:
    for book in requests.books.values():
        endings = ("", *book.ORDINAL_ENDINGS.split())
        places = [(word, LAST) for word in book.LAST_ONE.split()]
        places += [one for words in book.ORDINALS for one in zip(words.split(), count(1), strict=False)]
        yield from ((word + ending, place) for word, place in places for ending in endings)


_PLACES = dict(_words_for_places())
_AND = one_of(requests.AND_TASKS)
_BEFORE = rf"(?:(?:{one_of(requests.BEFORE_PLACES)}|#) ?)*"
_ORDINAL = one_of(sorted(_PLACES, key=len, reverse=True))
_ENDING = rf"(?:{one_of(requests.NUMBER_ENDINGS)}|\.)(?!\w)"
_ONE = rf"(?:\d{{1,3}}(?:{_ENDING})?|{_ORDINAL})(?![\w:%€$]|[.,]\d)"
_AFTER = rf"(?: (?:{one_of(requests.AFTER_PLACES)}))?"
_JOINT = rf"(?:\s*[,&+/]\s*(?:(?:{_AND}) )?| (?:{_AND}) )"
_RANGE = r"(?P<first>\d{1,3}) ?[-–] ?(?P<last>\d{1,3})"
_ITEM = rf"{_BEFORE}(?:\d{{1,3}} ?[-–] ?\d{{1,3}}(?![\w:.,])|{_ONE}){_AFTER}"
_ITEMS = lazy_pattern(rf"(?<![\w:.,/-]){_ITEM}(?:{_JOINT}{_ITEM})*")
_WORD = lazy_pattern(rf"{_RANGE}|(?P<number>\d{{1,3}})|(?P<ordinal>{_ORDINAL})(?!\w)")
_DONE = lazy_phrase(*requests.PLACES_DONE, r"[✅✔☑👍]\ufe0f?")


def places_in(words: str) -> tuple[int, ...]:
    """The places that the words name and nothing else, in their order; empty for other words."""
    said = words.strip(" ,;.:")
    if len(said) > _MAX_TEXT or _ITEMS.fullmatch(said) is None:
        return ()
    return tuple(dict.fromkeys(_places(said)))[:MAX_PLACES]


def done_places(text: str) -> str:
    """The words that name places in "done 2", "erledigt: 2 und 3", "la 2 hecha"; empty for other texts."""
    if len(text) > _MAX_TEXT or (found := _ITEMS.search(text)) is None:
        return ""
    around = " ".join(f"{text[: found.start()]} {text[found.end() :]}".replace(":", " ").split())
    is_done = _DONE.fullmatch(around) or DONE.fullmatch(around)
    return found[0].strip() if around and is_done else ""


def _places(words: str) -> Iterator[int]:
    for found in _WORD.finditer(words):
        if found["first"]:
            first, last = int(found["first"]), int(found["last"])
            yield from range(first, min(last, first + MAX_PLACES - 1) + 1)
        elif found["number"]:
            yield int(found["number"])
        else:
            yield _PLACES[found["ordinal"].casefold()]
