"""Places in a list that words name: "3", "number 3", "the second one", "2 and 5", "1-3".

Which list is meant, only the conversation knows. Tests: tests/core/words/test_numbered.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import count

from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of
from core.words.sayings import DONE

LAST = -1
"""The place of "the last one"; the one before it is -2."""

MAX_PLACES = 20
"""Places that one text may name."""

_MAX_TEXT = 100  # code points


def _words_for_places() -> Iterator[tuple[str, int]]:
    for book in requests.books.values():
        endings = ("", *book.ORDINAL_ENDINGS.split())
        places = [(word, LAST) for word in book.LAST_ONE.split()] + _counted(book.ORDINALS)
        yield from ((word + ending, place) for word, place in places for ending in endings)


def _counted(texts: Iterable[str]) -> list[tuple[str, int]]:
    return [one for words in texts for one in zip(words.split(), count(1), strict=False)]


_PLACES = dict(_words_for_places())
_NUMBERS = dict(_counted(requests.NUMBER_NAMES))
_AND = one_of(requests.AND_TASKS)
_NOUN = one_of(requests.NUMBERED)
_BEFORE = rf"(?:(?:{one_of(requests.BEFORE_PLACES)}|{_NOUN}|#) ?)*"
_NUMBER = rf"(?:{one_of(sorted(_NUMBERS, key=len, reverse=True))})(?!\w)"
_NAMED = rf"(?:{_NOUN}) (?P<named>{_NUMBER})"
_SO_MANY = rf"(?:\d{{1,2}}|{_NUMBER})(?![\w:%])"
_FIRSTS, _LASTS = (
    f"(?:{one_of(patterns)})(?!\\w)".replace("<n>", _SO_MANY)
    for patterns in (requests.FIRST_PLACES, requests.LAST_PLACES)
)
_ORDINAL = one_of(sorted(_PLACES, key=len, reverse=True))
_ENDING = rf"(?:{one_of(requests.NUMBER_ENDINGS)}|\.)(?!\w)"
_ONE = rf"(?:\d{{1,3}}(?:{_ENDING})?|{_ORDINAL})(?![\w:%€$]|[.,]\d)"
_AFTER = rf"(?: (?:{one_of(requests.AFTER_PLACES)}))?"
_JOINT = rf"(?:\s*[,&+/]\s*(?:(?:{_AND}) )?| (?:{_AND}) )"
_RANGE = r"(?P<first>\d{1,3}) ?[-–] ?(?P<last>\d{1,3})"
_MANY = rf"{_FIRSTS}|{_LASTS}|{_NAMED.replace('?P<named>', '?:')}"
_ITEM = rf"{_BEFORE}(?:{_MANY}|\d{{1,3}} ?[-–] ?\d{{1,3}}(?![\w:.,])|{_ONE}){_AFTER}"
_ITEMS = lazy_pattern(rf"(?<![\w:.,/-]){_ITEM}(?:{_JOINT}{_ITEM})*")
_WORD = lazy_pattern(
    rf"(?P<firsts>{_FIRSTS})|(?P<lasts>{_LASTS})|{_NAMED}"
    rf"|{_RANGE}|(?P<number>\d{{1,3}})|(?P<ordinal>{_ORDINAL})(?!\w)"
)
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
        if found["firsts"]:
            yield from range(1, _how_many(found["firsts"]) + 1)
        elif found["lasts"]:
            yield from range(-_how_many(found["lasts"]), 0)
        elif found["named"]:
            yield _NUMBERS[found["named"].casefold()]
        elif found["first"]:
            first, last = int(found["first"]), int(found["last"])
            yield from range(first, min(last, first + MAX_PLACES - 1) + 1)
        elif found["number"]:
            yield int(found["number"])
        else:
            yield _PLACES[found["ordinal"].casefold()]


def _how_many(words: str) -> int:
    """The number in "first two", at most ``MAX_PLACES``."""
    numbers = (int(word) if word.isdigit() else _NUMBERS.get(word, 0) for word in words.casefold().split())
    return min(max(numbers), MAX_PLACES)


def place_among(numbers: Collection[int], place: int) -> int | None:
    """The number that a place means among those that a list shows; None if it has no such place.

    Negative places are counted from the end: ``LAST`` is the last one.
    """
    shown = sorted(numbers)
    if place < 0:
        return shown[place] if -place <= len(shown) else None
    return place if place in numbers else None
