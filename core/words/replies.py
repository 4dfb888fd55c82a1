"""What a reply to a tip means: a bare "tomorrow" snoozes the tip, and a "no" dismisses it.

A reply can be read more freely than a message by itself, because its subject is known. A task or a question
in a reply is understood as usual.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.text import clean
from core.words.dates.moments import parse_moment
from core.words.intents import Complete, Correct, Dismiss, Intent, Mute, NotNow, Snooze, Undo, Why
from core.words.phrasebooks.books import talk
from core.words.phrasebooks.patterns import LazyPhrase, lazy_phrase, one_of
from core.words.sayings import FINAL_MARKS

MAX_REPLY = 200  # code points

INTENTS_ABOUT_A_TIP = (Complete, Dismiss, NotNow, Snooze, Undo, Why)

_THAT = frozenset("|".join(talk.THAT).split("|"))

_DONE = lazy_phrase("[✅✔☑👍💪]\ufe0f?[\U0001f3fb-\U0001f3ff]?", *talk.REPLY_DONE)
_NOT_NOW = lazy_phrase(*talk.REPLY_NOT_NOW)
_NO = lazy_phrase("[❌✖👎]\ufe0f?[\U0001f3fb-\U0001f3ff]?", *talk.REPLY_NO)
_UNDO = lazy_phrase(*talk.REPLY_UNDO)
_WHY = lazy_phrase(*talk.REPLY_WHY)
_SNOOZE = lazy_phrase(*talk.REPLY_SNOOZE)
_NEVER = lazy_phrase(*talk.REPLY_NEVER, *talk.NEVER_AGAIN)
_REPLIES: tuple[tuple[LazyPhrase, Intent], ...] = (
    (_DONE, Complete()),
    (_NOT_NOW, NotNow()),
    (_NO, Dismiss()),
    (_UNDO, Undo()),
    (_WHY, Why()),
    (_SNOOZE, Snooze()),
    (_NEVER, Mute(topic="")),
)

_BEFORE_A_MOMENT = re.compile(rf"^(?:(?:{one_of(talk.BEFORE_A_MOMENT)})[ ,:]+)+", re.IGNORECASE)
_AFTER_A_MOMENT = re.compile(one_of(talk.AFTER_A_MOMENT), re.IGNORECASE)


def reply_phrase(text: str) -> Intent | None:
    """The intent of a phrase that means something only in a reply to a tip; None for other texts.

    A ``Mute`` without a topic means the tip's topic.
    """
    bare = _bare(text)
    return next((intent for pattern, intent in _REPLIES if pattern.fullmatch(bare)), None)


def about_tip(text: str, intent: Intent | None, *, now: datetime, zone: ZoneInfo) -> Intent | None:
    """The intent of a reply to a tip that is no ``reply_phrase``; None if it is not about the tip.

    ``intent`` is the text's own, by ``understand``. Raises ``BadInput`` (``past``, ``too_far``) for a time
    out of range.
    """
    if isinstance(intent, Complete) and intent.title.casefold() in _THAT:
        return Complete()
    if isinstance(intent, Complete) and intent.deed:
        return None
    if isinstance(intent, Snooze) and isinstance(intent.otherwise, Correct):
        return replace(intent, otherwise=None)
    if isinstance(intent, Undo) and intent.title:  # "bring back the bike"
        return None
    if isinstance(intent, INTENTS_ABOUT_A_TIP):
        return intent
    words = intent.words if isinstance(intent, Correct) else ""
    moment = _moment(words or _bare(text), now, zone)
    return Snooze(until=moment) if moment else None


def _bare(text: str) -> str:
    said = clean(text, MAX_REPLY)
    return FINAL_MARKS.sub("", said).rstrip("?!. ").lstrip("¿¡") or said


def _moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant that the text names, if it says nothing else."""
    try:
        said = _AFTER_A_MOMENT.sub("", _BEFORE_A_MOMENT.sub("", text))
        return parse_moment(said, now=now, zone=zone)
    except BadInput as fault:
        if fault.hint != "not_a_moment":
            raise
    return None


def is_no_value(text: str) -> bool:
    """Whether the answer to a question withdraws it: "never mind", "abbrechen", "laisse tomber"."""
    return _NO_VALUE.fullmatch(clean(text, MAX_NO_VALUE).strip(" .!")) is not None


MAX_NO_VALUE = 60
_NO_VALUE = lazy_phrase(*talk.NO_VALUE)
