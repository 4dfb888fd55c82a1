"""Words about splitting a task into steps, and the steps themselves, in four languages."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from core.text import clean
from core.words.intents import BreakDown
from core.words.tasks import TaskDraft, parse_task

MAX_TEXT = 4000

_IT = r"(?:it|this|that|this one|that one|es|das|dies|ça|cela|ca|la)"
_PARTS = (
    r"(?:(?:\w+ ){0,2}(?:steps?|pieces?|parts?|chunks?|subtasks?|sub-tasks?|bits|schritte?n?|teile?n?|stücke?"
    r"|teilaufgaben|unteraufgaben|häppchen|étapes?|etapes?|morceaux|parties?|sous-tâches?"
    r"|pasos?|partes?|trozos?|subtareas?))"
)
_SPLIT = "split|divide|break"
_TEILE = "teile?|zerlege?|zerteile?|unterteile?|gliedere?|splitte?|zerleg|teil|brich"
_DECOUPE = "découpe[rz]?|decoupe[rz]?|divise[rz]?|décompose[rz]?|decompose[rz]?|sépare[rz]?|fractionne[rz]?"
_WISHES = (
    r"break down (?P<title>.+)",
    r"break (?P<title>.+?) down",
    rf"break (?P<title>.+?) up into {_PARTS}",
    rf"break up (?P<title>.+?) into {_PARTS}",
    rf"(?:{_SPLIT}) (?:up )?(?P<title>.+?) (?:up )?(?:in|into) {_PARTS}",
    r"split up (?P<title>.+?)",
    r"split (?P<title>.+?) up",
    r"(?:make|give me|show me|what are the) (?:\w+ )?steps (?:of|for|from|out of|to do|in) (?P<title>.+)",
    rf"(?:{_TEILE}) (?P<title>.+?) (?:(?:in|auf) {_PARTS}(?: (?:auf|ein))?|auf|ein)",
    rf"(?P<title>.+?) (?:in {_PARTS} )(?:auf|ein|zer|unter)?(?:teilen|zerlegen|gliedern|splitten)",
    r"(?P<title>.+?) zerlegen",
    r"(?:zerlege?|splitte?) (?P<title>.+)",
    rf"(?:{_DECOUPE}) (?P<title>.+?) en {_PARTS}",
    r"(?:découpe[rz]?|decoupe[rz]?|décompose[rz]?|decompose[rz]?) (?P<title>.+)",
    rf"(?:divid(?:e|ir)|separar?|desglosar?|descomp[oó]n(?:er)?|part(?:e|ir)) (?P<title>.+?) en {_PARTS}",
    r"(?:desglosar?|dividir?|divide) (?P<title>.+)",
)
_MAY_SPLIT = re.compile(
    r"break|split|divide|step|piece|part|chunk|task|bits|teil|zerleg|glied|brich|schritt|stück|häpp"
    r"|d[ée]co|divis|s[ée]par|fraction|[ée]tape|morceau|t[âa]che|divid|desglos|descomp|paso",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|we) |please |let['’]?s |help me (?:to )?|i want to |i['’]d like to "
    r"|(?:kannst|könntest|würdest) du |bitte |hilf mir,? |(?:peux|pourrais)[- ]tu |aide[- ]moi à "
    r"|(?:puedes|podr[íi]as) |ay[úu]dame a |quiero )+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:(?:the|my|a|an|task|der|die|das|den|meine?n?|aufgabe|le|la|les|mon|ma|mes|tâche|el|mi|tarea|del)"
    r" |l['’])+",
    re.IGNORECASE,
)
_TASK_AT_END = re.compile(r" (?:task|aufgabe)$", re.IGNORECASE)
_NO_TASK = re.compile(r"(?:bread|wood|cake|pizza|eggs?|the bill|bill|rechnung|holz)", re.IGNORECASE)
"""What people split without meaning steps."""

_NO = re.compile(
    r"(?:no|nope|nah|no,? thanks?(?: you)?|cancel|stop|never ?mind|forget it|leave it|not now|nothing|none"
    r"|skip"
    r"|nein|nein,? danke|abbrechen|egal|lass(?: es)?|vergiss es|nichts|nicht jetzt|keine?"
    r"|non|non,? merci|annuler?|laisse(?: tomber)?|rien|pas maintenant)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•–—·]|\(?\d{1,2}[.):]|\[[ xX]?\])\s+")
_ONLY_MARKS = re.compile(r"[\W_]*|\(?\d{1,2}[.):]?")
_NUMBERED_INLINE = re.compile(r"(?:^|\s)\(?\d{1,2}[.)]\s+")
_THEN = re.compile(
    r"\s*;\s*|,?\s+(?:and |und |et )?(?:then|after that|danach|dann|puis|ensuite|après ça)\s+", re.IGNORECASE
)
_FIRST = re.compile(r"^(?:first(?:ly)?|zuerst|erst|als erstes|d['’]abord)[,:]?\s+", re.IGNORECASE)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Compiled when a text may be such a wish: few are."""
    return tuple(re.compile(wish, re.IGNORECASE) for wish in _WISHES)


def break_down_in(text: str) -> BreakDown | None:
    """The wish to split a task; its title is empty if it is the one of the latest tip: "break it down"."""
    if not _MAY_SPLIT.search(text):
        return None
    wish = _ASKED.sub("", text)
    for pattern in _patterns():
        if found := pattern.fullmatch(wish):
            title = found["title"].strip(" \"'„“”«».,")
            if re.fullmatch(_IT, title, re.IGNORECASE):
                return BreakDown()
            title = _TASK_AT_END.sub("", _ARTICLE.sub("", title)).strip(" \"'„“”«».,")
            return BreakDown(title=title) if title and not _NO_TASK.fullmatch(title) else None
    return None


def is_no(text: str) -> bool:
    """Whether the text refuses to split the task."""
    return _NO.fullmatch(clean(text, MAX_TEXT).strip(" .!")) is not None


def steps_in(text: str, *, now: datetime, zone: ZoneInfo) -> tuple[TaskDraft, ...]:
    """The steps that somebody typed: one on each line, or several in one line, "1. …", ";" or "then" between.

    Raises ``BadInput`` as ``parse_task`` does.
    """
    lines = [line for raw in text[:MAX_TEXT].splitlines() if (line := _BULLET.sub("", raw).strip())]
    if len(lines) == 1:
        lines = _in_one_line(text.strip())
    titles = [title for line in lines if not _ONLY_MARKS.fullmatch(title := clean(line, MAX_TEXT))]
    return tuple(parse_task(title, now=now, zone=zone) for title in titles)


def _in_one_line(line: str) -> list[str]:
    if len(_NUMBERED_INLINE.findall(line)) > 1:
        return [part.strip(" ,;") for part in _NUMBERED_INLINE.split(line) if part.strip(" ,;")]
    parts = [part.strip() for part in _THEN.split(_FIRST.sub("", _BULLET.sub("", line)))]
    return [part for part in parts if part]
