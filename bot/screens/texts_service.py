"""Sentences: what oO does in place of what it was asked for: print, share, sort, invite, swap.

Tests: tests/scenarios/test_questions_in_words.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

SERVICE = {
    "invite": "/invite makes a code with which somebody else can use me. Or is it something to do?",
    "print": "I can't print. /export tasks gives you your list as a file. Or is it something to do?",
    "share": "I show your list to nobody else. /export tasks makes a file to pass on. Or is it something to do?",
    "sort": "I sort the list myself: what is overdue or due soon comes first.",
}
"""By ``AskService.what``."""

SWAP = "The list goes by date and urgency, so there is nothing to swap. For another date: /move {task} friday"

translate(__name__)
