"""Words that the search puts into texts: those of the phrasebooks, and what tests have people type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from core.words.phrasebooks import books
from tests.core.words.phrases import DATES

TABLES = Path(__file__).parents[2] / "core" / "words"
_WORD = re.compile(r"[^\W\d_][\w']*(?: [^\W\d_][\w']*){0,2}")
_MARKS = (
    *(
        "/",
        "@",
        "#work",
        "+home",
        "p1",
        "!!",
        "-",
        "–",
        ",",
        ";",
        ":",
        ".",
        "?",
        "!",
        "…",
        "\n",
        "- ",
        "1.",
        "2)",
    ),
    *(
        "9:00",
        "25:99",
        "9-5pm",
        "22-7",
        "0:00",
        "24",
        "29.2.",
        "31/12",
        "2027-02-30",
        "99999999999",
        "1st",
        "½",
    ),
    *(
        "9am",
        "p.m.",
        "14h30",
        "18 Uhr",
        "15'",
        "1½h",
        "//",
        "[ ]",
        "http://a.example",
        "a@b.example",
        "\u200d",
        "e\u0301",
    ),
)


@cache
def phrasebook_words() -> tuple[str, ...]:
    """All words of all phrasebooks."""
    chapters = (books.changes, books.requests, books.service, books.small_talk, books.talk, books.telling)
    found = dict.fromkeys(_MARKS)
    for chapter in (*chapters, books.times, books.wishes):
        for book in chapter.books.values():
            for name in dir(book):
                found.update(dict.fromkeys(_words_in(getattr(book, name)) if name.isupper() else ()))
    return tuple(found)


def _words_in(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return _WORD.findall(value)
    if isinstance(value, dict):
        return [word for pair in value.items() for one in pair for word in _words_in(one)]
    if isinstance(value, (tuple, list, set, frozenset)):
        return [word for one in value for word in _words_in(one)]
    slots = getattr(type(value), "__slots__", ())
    return [word for name in slots for word in _words_in(getattr(value, name))]


@cache
def typed_texts() -> tuple[str, ...]:
    """What people type in the tables of tests, in all languages."""
    typed = [one.typed for one in DATES]
    for table, column in (("relatives", 1), ("reported", 1), ("spanish", 1), ("changes", 1), ("details", 1)):
        lines = (TABLES / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
        typed += [line.split("\t")[column] for line in lines if "\t" in line and not line.startswith("#")]
    return tuple(dict.fromkeys(typed))


def encoded(texts: Iterable[str]) -> list[bytes]:
    """The texts as inputs."""
    return [one.encode("utf-8", "surrogatepass") for one in texts]
