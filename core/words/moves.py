"""Requests to move a task that name no usable date: "postpone rent", "move rent to 30 february", "skip gym".

Where the title ends and the date begins is known only beside the open tasks, so both are in ``MoveTask``.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

import re

from core.words.change_phrases import DU, LETS, MAL, TU
from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.intents import MoveTask, SkipTask
from core.words.named_task import named_task
from core.words.sayings import lazy_phrase

MAX_WORDS = 20
"""Words of such a request. It bounds the work to find the task in it."""


def read_move(text: str) -> MoveTask | None:
    """The request that the text is; None for other texts."""
    found = _MOVE.fullmatch(text)
    if found is None or len(text.split()) > MAX_WORDS:
        return None
    return MoveTask(words=next(group for group in found.groups() if group), typed=text)


def read_skip(text: str) -> SkipTask | None:
    """The request to leave out the next time of a task; None for other texts."""
    found = _SKIP.fullmatch(text)
    task = named_task(next(group for group in found.groups() if group)) if found else None
    if task is None or not task.title:
        return None
    ahead = 0 if _TODAY.search(text) else 1 if _TOMORROW.search(text) else None
    return SkipTask(title=task.title, days_ahead=ahead, typed=text)


def date_in(words: str) -> str | None:
    """The words after the title, without "to": what was meant as a date; None if they are something else.

    Empty for no words: then no date was said.
    """
    said = _TO.sub("", words.strip()).strip()
    parts = (said, *said.split())
    is_date = any(whole_time_phrase(sentence_of(tokens_of(part))) for part in parts)
    return said if not said or is_date or _LIKE_A_DATE.search(said) else None


def means_all(words: str) -> bool:
    """Whether the words begin with all tasks instead of one: "everything to tomorrow"."""
    return _ALL.match(words) is not None


_ALL = re.compile(
    r"(?:everything|all(?: of (?:it|them))?(?= (?:to|by|until)\b)|alles|tout|(?:all |alle |toutes )?"
    r"(?:(?:my|the|of|meine|die|mes|les|overdue|open|überfälligen?|offenen?) )*"
    r"(?:tasks|to-?dos|aufgaben|tâches))(?= |$)",
    re.IGNORECASE,
)
_MOVE = lazy_phrase(
    rf"{LETS}(?:re-?schedule|move|postpone|shift|push|put off|delay|defer) (.+)",
    rf"{MAL}(?:verschiebe?|verlege?|vertage?) {MAL}(.+)",
    rf"(?:{DU})?(.+) (?:verschieben|verlegen|vertagen)",
    r"(?:reporte|décale|déplace|repousse)[rz]? (.+)",
    rf"{TU}(?:reporter|décaler|déplacer|repousser) (.+)",
)
_ONCE = r"(?: (?:today|tonight|tomorrow|once|this (?:time|week|month)|next (?:time|week)))?"
_EINMAL = r"(?:heute|morgen|diesmal|einmal|diese woche|nächste woche|das nächste mal)"
_UNE_FOIS = r"(?: (?:aujourd'hui|demain|cette (?:fois|semaine)|la prochaine fois))?"
_SKIP = lazy_phrase(
    rf"{LETS}skip (?:(?:the )?next |today's |tomorrow's |this week's )?(.+?){_ONCE}",
    rf"(?:überspringe?|lass) {MAL}(?:d(?:as|en|ie) nächsten? )?(.+?)(?: {_EINMAL})?(?: aus| ausfallen| weg)?",
    rf"(.+?) (?:{_EINMAL} )?(?:überspringen|auslassen|ausfallen lassen)",
    rf"(.+?) fällt {_EINMAL} aus",
    rf"(?:saute|sautez|sauter) (?:le prochain |la prochaine )?(.+?){_UNE_FOIS}",
    r"pas de (.+?) (?:aujourd'hui|demain|cette (?:fois|semaine))|no (.+?) (?:today|tomorrow|this week)",
)
_TODAY = re.compile(r"\b(?:today|tonight|heute|aujourd['’]?hui)\b", re.IGNORECASE)
_TOMORROW = re.compile(r"\b(?:tomorrow|morgen|demain)\b", re.IGNORECASE)
_TO = re.compile(
    r"^(?:(?:back|out|off) )?(?:to|until|till?|for|by|auf|bis|zum|um|à|au|pour"
    r"|jusqu['’](?:à|au)|de|d['’])(?: |$)",
    re.IGNORECASE,
)
_LIKE_A_DATE = re.compile(
    r"\d|\b(?:yesterday|last|past|never|later|soon|ago|gestern|letzte\w*|vorige\w*|nie|später|bald|hier"
    r"|derni[eè]re?|earlier|forward|früher|plus tôt|passée?|jamais|bientôt|february|februar|février"
    r"|(?:after)?noon|morning|evening|night|nachmittag|abend|mittag|soir|matin)\b",
    re.IGNORECASE,
)
