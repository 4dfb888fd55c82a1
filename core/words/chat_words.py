"""Words that tell a to-do from conversation.

Tests: tests/core/words/test_understand.py.
"""

from __future__ import annotations

import re

from core.words.phrasebooks.books import talk
from core.words.phrasebooks.patterns import lazy_pattern, one_of

CONVERSATION_WORDS = talk.words("CONVERSATION")
CHORE_VERBS = talk.words("CHORES")
CHORE_VERBS_AT_END = talk.words("CHORES_AT_END")
WORDS_ABOUT_CHAT = talk.words("ABOUT_CHAT")


_DEEDS_OF_TALK = lazy_pattern(one_of(talk.DEEDS_OF_TALK))


_IN_THE = re.compile(r"(?<=\w )im (?=[A-ZÄÖÜ])")
"""German "im" before a noun: "Essen im Löwen"; English "im" is "I'm"."""


def conversation_words(text: str, first: str) -> frozenset[str]:
    """The words of conversation in a text that begins with the word ``first``: "acheter du lait" has none."""
    no_talk = {first} if _DEEDS_OF_TALK.match(text) else set()
    if _IN_THE.search(text):
        no_talk.add("im")
    others = (book.NOT_TALK_AFTER_CHORES for book in talk.books.values() if first in book.CHORES.split())
    return CONVERSATION_WORDS.difference(" ".join(others).split(), no_talk)
