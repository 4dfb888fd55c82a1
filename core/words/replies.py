"""What a reply to a tip means: a bare "tomorrow" snoozes the tip, and a "no" dismisses it.

A reply can be read more freely than a message by itself, because its subject is known. A task or a question
in a reply is understood as usual.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.text import clean
from core.words.dates.moments import parse_moment
from core.words.intents import Complete, Dismiss, Intent, Mute, NotNow, Snooze, Undo, Why
from core.words.phrasebooks.es import talk as es
from core.words.sayings import FINAL_MARKS, LazyPhrase, lazy_phrase

MAX_REPLY = 200  # code points

INTENTS_ABOUT_A_TIP = (Complete, Dismiss, NotNow, Snooze, Undo, Why)

_THAT = ("it", "this", "that", "das", "es", "ça", "this one", "that one", "der", "die", *es.THAT)

_DONE = lazy_phrase(
    r"(?:(?:yes|yep|yeah|ja|oui),? )?(?:i |i've |i have )?(?:already |just )?(?:did|done|finished|completed)"
    r"(?: (?:it|that|this))?(?: already)?",
    r"(?:already|it's|that's|is) done|(?:did|have) already|check(?:ed)?|completed?",
    r"(?:ja,? )?(?:(?:ist|war|hab(?:e)?(?: ich)?) )?(?:schon |bereits |längst )?"
    r"(?:erledigt|gemacht|fertig|geschafft|getan)",
    r"schon passiert|abgehakt",
    r"(?:hab(?:e)? )?ich(?: hab(?:e)?)?(?: es| das)? (?:schon|bereits) (?:gemacht|erledigt)",
    r"(?:oui,? )?(?:c'est |je l'ai )?(?:déjà |deja )?(?:fait|fini|terminé|termine)|c'est bon",
    "[✅✔☑👍💪]\ufe0f?[\U0001f3fb-\U0001f3ff]?",
    *es.REPLY_DONE,
)
_NOT_NOW = lazy_phrase(
    r"not (?:yet|today)|later(?: please)?|(?:maybe )?(?:another|some other) time",
    r"noch nicht|(?:vielleicht )?später|ein ander(?:es )?mal|jetzt nicht",
    r"pas (?:maintenant|encore|aujourd'hui)|plus tard|une autre fois",
    *es.REPLY_NOT_NOW,
)
_NO = lazy_phrase(
    r"no+|nope|nah|no,? thanks|no,? thank you|not this(?: one)?|(?:i )?don't want (?:to|that|this)",
    r"pass|ignore|ne+in|nö|nee|nein,? danke|(?:das )?nicht|das nicht|lieber nicht|will ich nicht",
    r"kein interesse|weg damit",
    r"non|non,? merci|pas (?:ça|celui-(?:ci|là)|celle-(?:ci|là))|ignorer|passe[rz]?",
    "[❌✖👎]\ufe0f?[\U0001f3fb-\U0001f3ff]?",
    *es.REPLY_NO,
)
_UNDO = lazy_phrase(
    r"undo|revert|oops|take (?:it|that) back|not done(?: after all)?",
    r"(?:doch )?nicht erledigt|rückgängig|zurück|doch nicht|annule[rz]?|pas fait",
    *es.REPLY_UNDO,
)
_WHY = lazy_phrase(
    r"why(?: is that| so| this one| now)?|what for|how so",
    r"warum(?: denn| jetzt)?|wieso(?: denn| das)?|weshalb|wozu|pourquoi(?: ça| donc| maintenant)?",
    *es.REPLY_WHY,
)
_SNOOZE = lazy_phrase(
    r"snooze|remind me(?: again)?(?: later)?|erinner(?:e|st du)? mich(?: später| nochmal)?|schlummern",
    r"rappelle(?:-| )moi(?: plus tard)?|reporter",
    *es.REPLY_SNOOZE,
)
_NEVER = lazy_phrase(
    r"never(?: again)?(?: about this)?|stop (?:this|that)|(?:no more|enough) of (?:this|that)",
    r"nie(?: wieder)?|nie mehr|(?:plus )?jamais",
    *es.REPLY_NEVER,
)
_REPLIES: tuple[tuple[LazyPhrase, Intent], ...] = (
    (_DONE, Complete()),
    (_NOT_NOW, NotNow()),
    (_NO, Dismiss()),
    (_UNDO, Undo()),
    (_WHY, Why()),
    (_SNOOZE, Snooze()),
    (_NEVER, Mute(topic="")),
)

_BEFORE_A_MOMENT = re.compile(
    r"^(?:(?:ok|okay|no|nein|non|but|maybe|perhaps|better|rather|then|again|lieber|besser|eher|erst|dann"
    r"|vielleicht|plutôt|snooze|(?:remind|ask|tell) me(?: again)?|erinner(?:e)? mich(?: wieder)?"
    r"|rappelle(?:-| )moi|until|till|bis|jusqu'à|i'll do it|ich mache? (?:es|das)"
    rf"|{es.BEFORE_A_MOMENT})[ ,:]+)+",
    re.IGNORECASE,
)

_AFTER_A_MOMENT = re.compile(es.AFTER_A_MOMENT, re.IGNORECASE)


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
    if isinstance(intent, INTENTS_ABOUT_A_TIP):
        return intent
    moment = _moment(_bare(text), now, zone)
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
_NO_VALUE = lazy_phrase(
    r"(?:cancel|abort|stop|never ?mind|forget it|leave it(?: as it is)?|skip it)(?: that| it)?",
    r"abbrechen|abbruch|egal|vergiss es|lass es|doch nicht|annuler|annule|laisse tomber|tant pis",
)
