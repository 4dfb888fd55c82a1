"""What a reply to a tip says: a bare "tomorrow" is a snooze there, and a "no" its dismissal.

More is certain than in a message of its own, because it is known what the words are about. Whoever writes a
task or a question all the same is understood as ever.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.text import clean
from core.words.dates.moments import parse_moment
from core.words.intents import Complete, Dismiss, Intent, Mute, NotNow, Snooze, Undo, Why
from core.words.sayings import FINAL_MARKS, saying

LONGEST_REPLY = 200  # code points

ABOUT_A_TIP = (Complete, Dismiss, NotNow, Snooze, Undo, Why)

_THAT = ("it", "this", "that", "das", "es", "ça", "this one", "that one", "der", "die")

_DONE = saying(
    r"(?:(?:yes|yep|yeah|ja|oui),? )?(?:i |i've |i have )?(?:already |just )?(?:did|done|finished|completed)"
    r"(?: (?:it|that|this))?(?: already)?",
    r"(?:already|it's|that's|is) done|(?:did|have) already|check(?:ed)?|completed?",
    r"(?:ja,? )?(?:(?:ist|war|hab(?:e)?(?: ich)?) )?(?:schon |bereits |längst )?"
    r"(?:erledigt|gemacht|fertig|geschafft|getan)",
    r"schon passiert|abgehakt",
    r"(?:hab(?:e)? )?ich(?: hab(?:e)?)?(?: es| das)? (?:schon|bereits) (?:gemacht|erledigt)",
    r"(?:oui,? )?(?:c'est |je l'ai )?(?:déjà |deja )?(?:fait|fini|terminé|termine)|c'est bon",
    "[✅✔☑👍💪]\ufe0f?[\U0001f3fb-\U0001f3ff]?",
)
_NOT_NOW = saying(
    r"not (?:yet|today)|later(?: please)?|(?:maybe )?(?:another|some other) time",
    r"noch nicht|(?:vielleicht )?später|ein ander(?:es )?mal|jetzt nicht",
    r"pas (?:maintenant|encore|aujourd'hui)|plus tard|une autre fois",
)
_NO = saying(
    r"no+|nope|nah|no,? thanks|no,? thank you|not this(?: one)?|(?:i )?don't want (?:to|that|this)",
    r"pass|ignore|ne+in|nö|nee|nein,? danke|(?:das )?nicht|das nicht|lieber nicht|will ich nicht",
    r"kein interesse|weg damit",
    r"non|non,? merci|pas (?:ça|celui-(?:ci|là)|celle-(?:ci|là))|ignorer|passe[rz]?",
    "[❌✖👎]\ufe0f?[\U0001f3fb-\U0001f3ff]?",
)
_UNDO = saying(
    r"undo|revert|oops|take (?:it|that) back|not done(?: after all)?",
    r"(?:doch )?nicht erledigt|rückgängig|zurück|doch nicht|annule[rz]?|pas fait",
)
_WHY = saying(
    r"why(?: is that| so| this one| now)?|what for|how so",
    r"warum(?: denn| jetzt)?|wieso(?: denn| das)?|weshalb|wozu|pourquoi(?: ça| donc| maintenant)?",
)
_SNOOZE = saying(
    r"snooze|remind me(?: again)?(?: later)?|erinner(?:e|st du)? mich(?: später| nochmal)?|schlummern",
    r"rappelle(?:-| )moi(?: plus tard)?|reporter",
)
_NEVER = saying(
    r"never(?: again)?(?: about this)?|stop (?:this|that)|(?:no more|enough) of (?:this|that)",
    r"nie(?: wieder)?|nie mehr|(?:plus )?jamais",
)
_REPLIES: tuple[tuple[re.Pattern[str], Intent], ...] = (
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
    r"|rappelle(?:-| )moi|until|till|bis|jusqu'à|i'll do it|ich mache? (?:es|das))[ ,:]+)+",
    re.IGNORECASE,
)


def reply_phrase(text: str) -> Intent | None:
    """What a reply to a tip says in a phrase that is about that tip only there; None for other texts.

    A ``Mute`` without a topic is for the tip's own.
    """
    bare = _bare(text)
    return next((intent for pattern, intent in _REPLIES if pattern.fullmatch(bare)), None)


def about_tip(text: str, intent: Intent | None, *, now: datetime, zone: ZoneInfo) -> Intent | None:
    """What a reply to a tip, no ``reply_phrase``, says about that tip; None when it says something else.

    ``intent`` is what ``understand`` makes of the text. Raises ``BadInput`` (``past``, ``too_far``) for a
    moment that cannot be.
    """
    if isinstance(intent, Complete) and intent.title.casefold() in _THAT:
        return Complete()
    if isinstance(intent, ABOUT_A_TIP):
        return intent
    moment = _moment(_bare(text), now, zone)
    return Snooze(until=moment) if moment else None


def _bare(text: str) -> str:
    said = clean(text, LONGEST_REPLY)
    return FINAL_MARKS.sub("", said).rstrip("?!. ") or said


def _moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment, if that is all the text names."""
    try:
        return parse_moment(_BEFORE_A_MOMENT.sub("", text), now=now, zone=zone)
    except BadInput as refused:
        if refused.hint != "not_a_moment":
            raise
    return None
