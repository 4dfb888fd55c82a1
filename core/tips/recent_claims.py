"""What a sentence may claim by the facts of the day: the agenda, what was done today, snoozed tips.

Tests: tests/core/tips/test_recent_grounding.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from core.records import AgendaFact, DoneFact, Fact, OutcomeFact, SnoozeFact
from core.tips.claim_words import date_words

DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "overmorrow": 2}
"""Days by their distance from today."""

_DUE = {"due", "deadline", "agenda"}
"""In a sentence with one of these, a count is one of what is due; in others, one of what was done."""

_COMES_BACK = re.compile(r"snooz|\bback\b|\breturns?\b|\bagain\b|\bwieder|zurück|revien|\bretour\b|rappel")


def recent_claims(fact: Fact, sentence: str, words: Sequence[str], today: date) -> Iterator[str]:
    """The numbers and calendar words that ``fact`` supports in a sentence (in lower case)."""
    match fact:
        case AgendaFact():
            yield from _of_agenda(fact, sentence, words, today)
        case DoneFact(done_today=count) if "today" in words and not _DUE & set(words):
            yield str(count)
        case SnoozeFact(back_on=on, back_at=at) if _COMES_BACK.search(sentence):
            yield from date_words(on, at)
            yield from (word for word, days in DAYS.items() if on == today + timedelta(days=days))


def _of_agenda(fact: AgendaFact, sentence: str, words: Sequence[str], today: date) -> Iterator[str]:
    """Of the tasks that the sentence names, else of all: a time belongs to its task."""
    named = [item for item in fact.agenda if item.title.casefold() in sentence]
    yield from ("today", "tonight")
    if _DUE & set(words):
        yield str(fact.due_today)
    for item in named or fact.agenda:
        yield from date_words(today, item.at)


def quoted_texts(fact: Fact) -> Iterator[str]:
    """What people wrote, and may be repeated."""
    match fact:
        case AgendaFact(agenda=agenda):
            yield from (item.title for item in agenda)
        case DoneFact(done_titles=titles):
            yield from titles
        case SnoozeFact(snoozed=title):
            yield title
        case OutcomeFact(topic=str(topic)):
            yield topic
