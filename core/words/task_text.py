"""The text of a task from a wish: "Milch zu kaufen" gives "Milch kaufen", "que je paie" gives "payer"."""

from __future__ import annotations

import re
from functools import cache

from core.words.phrasebooks.books import talk, wishes
from core.words.phrasebooks.patterns import one_of

_MARKS = " ,:;–-"
_POLITE = one_of(talk.PLEASE).replace("'", "['’]")
_PLEASE = re.compile(rf"^(?:{_POLITE})\b", re.IGNORECASE)
_NESTED_WISH = re.compile(rf"^[\s,:;–-]*(?:(?:{_POLITE})[\s,]+|{one_of(wishes.NESTED)})", re.IGNORECASE)


def without_please(text: str) -> str:
    """The text without a leading "please" and the punctuation around it."""
    return _PLEASE.sub("", text.strip(_MARKS)).strip(_MARKS)


def task_text(text: str) -> str:
    """The text of the task, without nested wishes; a German verb with *zu* becomes an infinitive."""
    what, before = text.strip(_MARKS), ""
    while what != before:
        before, what = what, _NESTED_WISH.sub("", what)
        for pattern, plainer in _plainer():
            what = pattern.sub(plainer, what)
    for pattern, plain in _as_a_task():
        what = pattern.sub(plain, what)
    return what


_Rewrites = tuple[tuple[re.Pattern[str], str], ...]


@cache
def _plainer() -> _Rewrites:
    pairs = (pair for book in wishes.books.values() for pair in book.PLAINER)
    return tuple((re.compile(pattern, re.IGNORECASE), plainer) for pattern, plainer in pairs)


@cache
def _as_a_task() -> _Rewrites:
    pairs = (pair for book in wishes.books.values() for pair in book.AS_A_TASK)
    return tuple((re.compile(pattern), plain) for pattern, plain in pairs)


def infinitive(text: str, code: str) -> str:
    """The verb at the beginning as an infinitive of the language; a pronoun before it is joined to it.

    Of "je paie" without *je* it is "payer", of "me tome algo" "tomarme algo"; an unknown verb is unchanged.
    """
    first, space, others = text.partition(" ")
    if others and first.lower() in wishes.books[code].PRONOUNS.split():
        verb, space, others = others.partition(" ")
        known = _infinitive(verb, code)
        return f"{known}{first.lower()}{space}{others}" if known != verb else text
    return _infinitive(first, code) + space + others


def _infinitive(verb: str, code: str) -> str:
    book, word = wishes.books[code], verb.lower()
    if known := book.INFINITIVES.get(word):
        return str(known)
    fitting = (
        one for one in book.INFINITIVE_ENDINGS if word.endswith(one[0]) and len(word) > len(one[0]) + 1
    )
    ending = next(fitting, None)
    return word.removesuffix(ending[0]) + str(ending[1]) if ending else verb
