"""Patterns of what people say to oO, for ``core/words/understand.py``; the phrasebooks have the words.

A pattern has to match the whole text, in any case. ``'`` matches any apostrophe, or none.
"""

from __future__ import annotations

import re
from functools import cache

from core.words.phrasebooks.books import corrections, talk
from core.words.phrasebooks.patterns import any_phrase, lazy_pattern, lazy_phrase, one_of

_POLITE = rf"(?:{one_of((*talk.PLEASE, *talk.THANKING, 'oo'))})".replace("'", "['’]?")
_HELLO, _AFTER_HELLO = one_of(talk.HELLO), one_of(talk.AFTER_HELLO)
POLITE_START = lazy_pattern(
    rf"^[¿¡]*(?:(?:{_HELLO})(?: oo)?(?:[,!.:]+ ?| (?=(?:{_AFTER_HELLO})\b))"
    rf"|(?:{one_of(talk.BEFORE_ALL)}|{_POLITE})[ ,!.:]+)*[¿¡]*"
)
HESITATIONS = lazy_pattern(rf"(?<![\w'’-])(?:{one_of(talk.HESITATIONS)})(?![\w'’-])[,.…]* *(?=\S)")
"""Sounds in what was dictated, with something after them."""

# The lookbehind keeps matching linear on long rows of dots.
POLITE_END = lazy_pattern(rf"(?<![ ,!.])(?:[ ,!.]+{_POLITE})+[ .!?]*$")
FINAL_MARKS = lazy_pattern(r"(?<=[\w?)\"'’%€$])[^\w?)\"'’%€$]+$")


@cache
def _favours() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (pair for book in talk.books.values() for pair in book.FAVOURS)
    return tuple((any_phrase(pattern), words) for pattern, words in pairs)


def briefly(text: str) -> str:
    """The text as people say it more briefly: "can you remind me" for "I was wondering if you could …"."""
    for pattern, words in _favours():
        text = pattern.sub(words, text)
    return text


GREETING = lazy_phrase(*talk.GREETING)
THANKS = lazy_phrase(*talk.THANKS)
NOT_NOW = lazy_phrase(*talk.NOT_NOW)
DISMISS = lazy_phrase(*talk.DISMISS)
NEVER_AGAIN = lazy_phrase(*talk.NEVER_AGAIN)
SNOOZE = lazy_phrase(*talk.SNOOZE)
SNOOZE_UNTIL = lazy_phrase(*talk.SNOOZE_UNTIL, *corrections.PLANNED_IT)
UNDO = lazy_phrase(*talk.UNDO)
NOT_DONE = lazy_phrase(*talk.NOT_DONE)
BRING_BACK = lazy_phrase(*talk.BRING_BACK)
NOT_AFTER_ALL = lazy_phrase(*talk.NOT_AFTER_ALL)
HELP = lazy_phrase(*talk.HELP)
WHY = lazy_phrase(*talk.WHY)
WHY_NOT = lazy_phrase(*talk.WHY_NOT)
HELPED = lazy_phrase(*talk.HELPED)
PLAN = lazy_phrase(*talk.PLAN)
LIST_TASKS = lazy_phrase(*talk.LIST_TASKS)
RESUME = lazy_phrase(*talk.RESUME)
NOT_AWAY = lazy_phrase(*talk.NOT_AWAY)

_BE_SILENT, _AWAY = one_of(talk.BE_SILENT), one_of(talk.AWAY)
SILENCE = lazy_phrase(rf"(?:{_BE_SILENT})(?: (?:{one_of(talk.SILENCE_ENDS)}))?")
SILENCE_UNTIL = lazy_phrase(
    rf"(?:{_BE_SILENT}|{_AWAY}) (?P<moment>{one_of(talk.SILENCE_LASTS)})",
    *talk.SILENCE_UNTIL,
)

_DAY = rf"(?:{one_of(talk.DAY_STARTS)})\w*"
_TIME = rf"\d{{1,2}}(?:[:.]\d{{1,2}})?(?: ?(?:{one_of(talk.HOUR_NAMES)}))?"
_QUIET = rf"(?:{_BE_SILENT}|{one_of(talk.QUIET_NAMES)})"
QUIET_HOURS = lazy_phrase(
    rf"{_QUIET} (?P<window>(?:(?:(?:{one_of(talk.ON_DAYS)}) )?{_DAY}"
    rf"(?: ?[-–,] ?| (?:(?:{one_of(talk.DAYS_AND)}) )?)){{0,9}}"
    rf"(?:(?:{one_of(talk.FROM_HOURS)}) )?{_TIME} ?(?:-|–|{one_of(talk.TO_HOURS)}) ?{_TIME})"
)
QUIET_OFF = lazy_phrase(*talk.QUIET_OFF)
QUIET_WORDS = lazy_phrase(rf"{_QUIET} (?P<window>.+)")
MUTE = lazy_phrase(*talk.MUTE)
MUTING = lazy_pattern(rf"\b(?:{one_of(talk.MUTING)})\b")
MUTE_ON_DAYS = lazy_phrase(*talk.MUTE_ON_DAYS)
MUTE_ON_OTHER_DAYS = lazy_phrase(*talk.MUTE_ON_OTHER_DAYS)
MUTED_KINDS = lazy_pattern(one_of(talk.MUTED_KINDS))
UNMUTE = lazy_phrase(*talk.UNMUTE)

DONE = lazy_phrase(*talk.DONE)
COMPLETED = lazy_phrase(*talk.COMPLETED)
DEEDS = lazy_phrase(*talk.DEEDS)
DEEDS_AFTER = lazy_pattern(rf"(?:{one_of(talk.DEEDS_AFTER)})$")
NOT_COMPLETED = lazy_pattern(rf"\b(?:{one_of(talk.NOT_COMPLETED)})\b")

TIP_QUESTION = lazy_phrase(*talk.TIP_QUESTION)
TIP_MINUTES = lazy_phrase(
    rf"(?:(?P<own>{one_of(talk.I_HAVE)}) |(?:{one_of(talk.TIME_BEFORE)}) )?"
    rf"(?:(?:{one_of(talk.TIME_ABOUT)}) )?"
    rf"(?P<amount>.{{3,20}}?)(?: (?:{one_of(talk.TIME_AFTER)}))?"
)
LOW_ENERGY = lazy_phrase(*talk.LOW_ENERGY)
HIGH_ENERGY = lazy_phrase(*talk.HIGH_ENERGY)
