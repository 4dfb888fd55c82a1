"""Words that tell a to-do from conversation.

Tests: tests/core/words/test_understand.py.
"""

from __future__ import annotations

from core.words.phrasebooks.books import talk

CONVERSATION_WORDS = talk.words("CONVERSATION")
CHORE_VERBS = talk.words("CHORES")
CHORE_VERBS_AT_END = talk.words("CHORES_AT_END")
SMALL_TALK = talk.words("SMALL_TALK")
WORDS_ABOUT_CHAT = talk.words("ABOUT_CHAT")


def conversation_words(first: str) -> frozenset[str]:
    """The words of conversation in a text that begins with the word ``first``: "acheter du lait" has none."""
    others = (book.NOT_TALK_AFTER_CHORES for book in talk.books.values() if first in book.CHORES.split())
    return CONVERSATION_WORDS.difference(" ".join(others).split())
