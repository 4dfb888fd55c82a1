"""Words that join a task to those that were added before: "and hoovering on sunday", "also ironing".

Tests: tests/core/words/test_further_tasks.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.words.chat_words import CHORE_VERBS
from core.words.dates.phrases import find_time_phrases
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.phrasebooks.books import requests, wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of

_SURE = lazy_pattern(rf"(?:{one_of(wishes.ALSO_ADD)})[,:]? +(?P<rest>\S.*)")
_AND = lazy_pattern(rf"(?:{one_of(requests.AND)}) +(?P<rest>\S.*)")
_GIVING, _A_THING = lazy_pattern(one_of(wishes.GIVING)), lazy_pattern(one_of(wishes.A_THING))
_FAMILY = lazy_pattern(one_of(wishes.FAMILY))
_NAME = re.compile(r"[A-ZÀ-Þ][^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A text without the words that join it to what was said before."""

    rest: str
    is_sure: bool
    """Whether even a few bare words after them are a task: after "also", not after "and"."""


def after_joint(text: str) -> Joined | None:
    """The text after "and" or "also" at its beginning; None for other texts."""
    sure = _SURE.fullmatch(text)
    found = sure or _AND.fullmatch(text)
    return Joined(rest=found["rest"], is_sure=sure is not None) if found else None


# --- After a single task -----------------------------------------------------------------------------------


def joins_a_time(text: str) -> bool:
    """Whether "and" joins something with a time of day and no day: "and Anna at 4"."""
    joined = after_joint(text.strip())
    phrases = (
        [*find_time_phrases(sentence_of(tokens_of(joined.rest)))] if joined and not joined.is_sure else []
    )
    return len(phrases) == 1 and phrases[0].timed and not phrases[0].dated


def with_verb_of(title: str, before: str) -> str:
    """The name with the verb of the task before it: "call Anna" after "call Bob"; else the title.

    Only names are sure, and only where other nouns are not written like names; "mum" and "dad" are names too.
    """
    verb, _, name = before.partition(" ")
    is_sure = verb.lower() in CHORE_VERBS and _is_name(name) and _is_name(title)
    return f"{verb} {title}" if is_sure else title


def with_words_of(title: str, before: str) -> str:
    """The title of a later task of the same sentence with what is left out: "clean the garage today and the
    kitchen tomorrow", "send Eva the slides today and the invoice tomorrow".
    """
    verb, _, thing = before.partition(" ")
    if not _A_THING.fullmatch(title):
        return with_verb_of(title, before)
    if given := _GIVING.fullmatch(before):
        return f"{next(filter(None, given.groups()))} {title}"
    is_same = verb.lower() in CHORE_VERBS and _A_THING.fullmatch(thing)
    return f"{verb} {title}" if is_same else title


def _is_name(words: str) -> bool:
    return bool(_NAME.fullmatch(words) or _FAMILY.fullmatch(words))
