"""Texts that nobody types in good faith, and those that are made of the words which the rules look for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import strategies as st

from core.errors import BadInput
from core.words.dates.vocabulary import ENGLISH, MONTHS, WEEKDAYS

T = TypeVar("T")

_WORDS = sorted(
    {*ENGLISH, *ENGLISH.values(), *WEEKDAYS, *MONTHS}
    | {
        "the",
        "of",
        "in",
        "on",
        "next",
        "until",
        "for",
        "from",
        "off",
        "-",
        ",",
        ";",
        "!!",
        "p1",
        "urgent",
        "end",
    }
    | {
        "0",
        "1",
        "29",
        "30",
        "31",
        "99",
        "9999",
        "9:00",
        "25:99",
        "24:00",
        "29.2.",
        "31/12",
        "2027-02-30",
        "1st",
    }
    | {
        "i",
        "have",
        "done",
        "with",
        "remind",
        "me",
        "to",
        "add",
        "quiet",
        "pause",
        "mute",
        "about",
        "what",
        "should",
    }
    | {"/tip", "/tip@oo_bot", "<!channel>", "</b>", "\u202e", "\u200d", "\ud83d", "👩‍👧", "e" + "\u0301" * 9}
)
anything = st.text(st.characters(), max_size=60)
word_salad = st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join)
hostile_text = st.one_of(word_salad, anything)

BOMBS = {
    "letters": "a" * 100_000,
    "spaces": " " * 100_000,
    "marks": "a" + "\u0301\u0323" * 50_000,
    "joiners": "\u200d" * 100_000,
    "family": "👩‍" * 50_000,
    "flags": "🇩" * 100_000,
    "surrogates": "\ud83d" * 100_000,
    "right to left": "\u202e" * 50_000 + "abc" * 10_000,
    "weekdays": "sat " * 25_000,
    "every": "every " * 20_000,
    "numbers": "1 " * 50_000,
    "digits": "9" * 100_000,
    "dots": "." * 100_000,
    "bangs": "! " * 50_000,
    "politeness": "hi, " * 25_000,
    "and": "done and " * 12_000,
    "commas": "mon," * 25_000,
    "dashes": "9-" * 50_000,
    "quiet days": "be quiet " + "sat-" * 25_000 + "22-7",
}

HUGE_TEXT_SECONDS = 10
"""Processor time of the thread, which other processes don't add to; what backtracks would take minutes."""


def answered(read: Callable[[], T]) -> T | BadInput:
    """What ``read`` gives, or its refusal. Anything else it raises is a bug."""
    try:
        return read()
    except BadInput as refused:
        return refused
