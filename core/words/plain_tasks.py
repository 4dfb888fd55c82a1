"""To-dos without any words that ask for one: "Dentist friday 10am", "buy milk".

Tests: tests/core/words/test_understand.py.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import wall_clock
from core.words import chat_words
from core.words.drafts import single_task, tasks_in
from core.words.intents import AddTask
from core.words.reminders import reminder_opening

_MAX_PLAIN_WORDS = 12

# Words of talk that may belong to a recurrence: "until 20 december", "am letzten Tag", "after I did it".
_RULE_ENDS = re.compile(
    r"\b(?:every|each|jede\w*|alle|chaque|tous|toutes|daily|weekly|monthly|täglich|wöchentlich|monatlich"
    r"|after|nach(?:dem)?|après)\b",
    re.IGNORECASE,
)


def plain_task(typed: str, *, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """A few words with a date or a chore, and no conversation: "Dentist friday 10am", "buy milk"."""
    words = [word.strip(".,:;!()") for word in typed.lower().replace("’", "'").split()]
    talk = (
        chat_words.CONVERSATION_WORDS - chat_words.NOT_CONVERSATION_IN_FRENCH
        if words[:1] and words[0] in chat_words.FRENCH_CHORE_VERBS
        else chat_words.CONVERSATION_WORDS
    )
    is_short = 2 <= len(words) <= _MAX_PLAIN_WORDS
    is_talk = bool(talk.intersection(words))
    if not is_short or (is_talk and not _RULE_ENDS.search(typed)):
        return None
    if reminder_opening(typed):
        return None
    single = single_task(typed, now=now, zone=zone)
    draft = single.draft
    if is_talk and (draft is None or talk.intersection(draft.title.lower().split()) or not draft.repeats):
        return None
    is_chore = words[0] in chat_words.CHORE_VERBS or words[-1] in chat_words.CHORE_VERBS_AT_END
    # A text about the past is no task, unless it names a chore: "Slept badly yesterday".
    is_ahead = bool(draft and draft.due and draft.due.on >= wall_clock(now, zone).date())
    return tasks_in(typed, single, now=now, zone=zone) if draft and (is_ahead or is_chore) else None
