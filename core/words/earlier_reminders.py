"""One more reminder of what was talked about last, at a time before it.

"Remind me of it the evening before", "remind me the day before at 6pm", "and also an hour before". A single
reminder by an amount ("remind me an hour before") is read in ``before_event``.
"""

from __future__ import annotations

from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.intents import RemindEarlier
from core.words.lead_times import lead_first, may_have_lead
from core.words.phrasebooks.books import wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.reminders import reminder_opening

_ALSO = lazy_pattern(rf"^(?:{one_of(wishes.ALSO_ADD)})[\s,:]+")
_OF_IT = lazy_pattern(rf"^\s*(?:(?:{one_of(wishes.ABOUT_IT)}) )?(?:{one_of(wishes.NOT_A_TASK)})(?!\w)")


def earlier_reminder(text: str) -> RemindEarlier | None:
    """The reminder that the whole text asks for; None for other texts, and if it names its task."""
    if not may_have_lead(text):
        return None
    joined = _ALSO.match(text)
    said = text[joined.end() :] if joined else text
    opening = reminder_opening(said)
    if opening is None and joined is None:
        return None
    found = lead_first(_OF_IT.sub("", opening.rest if opening else said))
    if found is None:
        return None
    lead, at = found
    if at and whole_time_phrase(sentence_of(tokens_of(at))) is None:
        return None
    is_usual = lead.place == "day" or not lead.place  # which ``remind_before`` reads
    return RemindEarlier(lead=lead, at=at) if joined or at or not is_usual else None
