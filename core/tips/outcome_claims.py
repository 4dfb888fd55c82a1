"""Claims about what earlier tips led to: "you did 3 of 5 in the morning".

Such a claim must have the two counts of a fact, say what that fact is about, and neither turn nor widen it.
Everything else that mentions counts stays unsupported.

Tests: tests/core/tips/test_recent_grounding.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.records import OutcomeFact, TipKind
from core.tips.claim_words import words_of
from core.words.dates.vocabulary import MONTHS, WEEKDAYS

_COUNTS = re.compile(
    r"\b(\d+) (?:(?:out )?(?:of|from|von|aus|sur) )?"
    r"(?:(?:your|the|my|last|past|recent|deinen|deiner|tes|vos) )*(\d+)\b"
)
_PARTS = {"morning", "afternoon", "evening", "night"}
_OTHER_TIMES = {
    *WEEKDAYS,
    *(f"{day}s" for day in WEEKDAYS),
    *MONTHS,
    *("today", "yesterday", "tomorrow", "week", "weeks", "weekend", "month", "year", "always", "immer"),
}
"""What the counts are not about: they span weeks."""

_DISMISSED = re.compile(r"dismiss|declin|reject|refus|abgelehnt|verworfen|weggeklickt|rejet|écart")
_TURNED = re.compile(
    r"\b(?:not|never|no|none|nothing|without|nicht|nie|kein\w*|ne|pas|jamais|aucun\w*)\b|n['’]t\b|\bn['’]"
    r"|skip|ignor|\bmiss|\bfail|\bleft\b|unfinished|undone|\bopen\b|verpass|ausgelassen|vergessen|offen|manqu|oubli"
)
_ABOUT_ADVICE = re.compile(r"advice|\btips?\b|\btipps?\b|suggest|rat(?:schl\w+)?\b|conseil|hinweis|vorschl")


def without_outcomes(sentence: str, words: Sequence[str], outcomes: Sequence[OutcomeFact]) -> list[str]:
    """The words of a sentence (in lower case) without the counts that an outcome supports."""
    if not outcomes or _TURNED.search(sentence) or _OTHER_TIMES & set(words):
        return list(words)
    dismissed = _DISMISSED.search(sentence) is not None
    fitting = [fact for fact in outcomes if _is_about(fact, sentence, set(words))]
    supported = {(fact.dismissed if dismissed else fact.done, fact.tips) for fact in fitting}

    def support(found: re.Match[str]) -> str:
        return "" if (int(found[1]), int(found[2])) in supported else found[0]

    return _COUNTS.sub(support, " ".join(words)).split()


def _is_about(fact: OutcomeFact, sentence: str, words: set[str]) -> bool:
    """Whether the sentence speaks of what the tips of the fact have in common."""
    if fact.day_part:
        return words & _PARTS == {fact.day_part.value}
    if words & _PARTS:
        return False
    if fact.topic:
        return set(words_of(fact.topic)) <= words
    return fact.kind is TipKind.TASK or _ABOUT_ADVICE.search(sentence) is not None
