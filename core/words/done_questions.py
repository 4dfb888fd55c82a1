"""Questions whether something is done: "did I pay the rent?", "hab ich die Miete schon bezahlt?".

Such a question is turned into what one says once it is done, and read as that.

Tests: tests/core/words/test_done_questions.py.
"""

from __future__ import annotations

from core.words.intents import AskDone, Complete
from core.words.named_task import named_task
from core.words.phrasebooks.books import questions
from core.words.phrasebooks.patterns import lazy_pattern
from core.words.reports import read_deed, read_report

MAX_LENGTH = 100
"""Code points."""

_ASKED = tuple(
    (lazy_pattern(pattern), said)
    for book in questions.books.values()
    for pattern, said in book.DONE_QUESTIONS
)


def read_done_question(text: str) -> AskDone | None:
    """What the question asks about; None for other texts. ``text`` is without its final mark."""
    if len(text) > MAX_LENGTH:
        return None
    for pattern, said in _ASKED:
        found = pattern.fullmatch(text)
        asked = _asked(found["what"], said) if found else None
        if asked:
            return asked
    return None


def _asked(what: str, said: str) -> AskDone | None:
    if not said:  # the title itself: "pay the rent"
        task = named_task(what)
        return AskDone(title=task.title) if task and task.title else None
    report = said.format(what)
    done: Complete | None = read_deed(report) or read_report(report)
    return AskDone(title=done.title, deed=done.deed) if done else None
