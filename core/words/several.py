"""Several times in one text: "take pills every day at 9 and 21" is two to-dos."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.words.phrases import whens
from core.words.sentence import sentence_of, tokens_of
from core.words.tasks import TaskDraft, parse_task
from core.words.vocabulary import ENGLISH, WEEKDAYS

MOST = 6
"""Times in one text; a longer list is none of times."""

_NEAR = ("today", "tomorrow")
_DAYS = {*WEEKDAYS, *_NEAR, *(word for word, day in ENGLISH.items() if day in (*WEEKDAYS, *_NEAR))}
_DAY = f"(?:{'|'.join(sorted(map(re.escape, _DAYS), key=len, reverse=True))})"
_BARE = r"\d{1,2}"
_EXACT = (
    r"(?:\d{1,2}(?:[:.h]\d{2}(?: ?(?:[ap]\.?m\b\.?|uhr\b))?| ?(?:[ap]\.?m\b\.?|uhr\b|h\b|o['’]clock\b))"
    r"|noon|midnight|mittag|mitternacht|midi|minuit)"
)
_AND = r"(?: ?, ?(?:and |und |et )?| (?:and|und|et|&) )"
_AT, _ON = r"(?:at |um |à |@ ?)", r"(?:on |am |le )"
_TIMES = rf"(?:{_AT}(?:{_EXACT}|{_BARE})|{_EXACT})(?:{_AND}{_AT}?(?:{_EXACT}|{_BARE}))+"
_LISTS = tuple(
    re.compile(rf"(?<!\S){shape}(?![\w:])", re.IGNORECASE)
    for shape in (_TIMES, rf"{_ON}?{_DAY}(?:{_AND}{_ON}?{_DAY})+")
)
_COMMA = re.compile(_AND, re.IGNORECASE)
_LEAD = re.compile(f"{_AT}|{_ON}", re.IGNORECASE)

MORE = re.compile(rf"(?:{_AND}(?:{_AT}?(?:{_EXACT}|{_BARE})|{_ON}?{_DAY})(?![\w:]))+", re.IGNORECASE)
"""What may follow a time and add others to it: " and 21", ", 13 and 18:30", " und donnerstags"."""


def each_time(text: str, *, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """The text once for each of the times or days that it lists; as it is where it names one, or none.

    Where each part has a task and a time of its own ("pay rent at 9 and call Bob at 10"), the parts.
    """
    for pattern in _LISTS:
        found = pattern.search(text)
        texts = _split(text, found) if found else ()
        if 1 < len(texts) <= MOST and _are_meant(text, texts, now, zone):
            return texts
    return _parts(text, now, zone) or (text,)


def _parts(text: str, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """The parts that are tasks with a time of day each; a day that only one of them names holds for all."""
    parts = tuple(_COMMA.split(text, maxsplit=MOST))
    if not 1 < len(parts) <= MOST:
        return ()
    drafts = [draft for part in parts if (draft := _draft(part, now, zone))]
    dues = [draft.due for draft in drafts if draft.due and draft.due.at and not draft.repeats]
    if len(dues) < len(parts):
        return ()
    dated = [any(when.dated for when in whens(sentence_of(tokens_of(part)))) for part in parts]
    if sum(dated) != 1:
        return parts if len(set(dated)) == 1 else ()
    day = dues[dated.index(True)].on.isoformat()
    return tuple(part if is_dated else f"{part} {day}" for part, is_dated in zip(parts, dated, strict=True))


def _are_meant(text: str, texts: Sequence[str], now: datetime, zone: ZoneInfo) -> bool:
    """Whether each text is the same task at a time of its own, and the list was not understood as a whole."""
    whole = _draft(text, now, zone)
    drafts = [draft for one in texts if (draft := _draft(one, now, zone)) and draft.due]
    titles = {draft.title for draft in drafts}
    times = {draft.due for draft in drafts}
    return len(times) == len(texts) and len(titles) == 1 and whole is not None and whole.title not in titles


def _split(text: str, found: re.Match[str]) -> tuple[str, ...]:
    """The text with each item in the place of the list; the first one's *at* or *on* is for all."""
    first, *others = _COMMA.split(found[0], maxsplit=MOST)
    lead = _LEAD.match(first)
    introduced = [first, *(one if _LEAD.match(one) or not lead else lead[0] + one for one in others)]
    return tuple(text[: found.start()] + item + text[found.end() :] for item in introduced)


def _draft(text: str, now: datetime, zone: ZoneInfo) -> TaskDraft | None:
    try:
        return parse_task(text, now=now, zone=zone)
    except BadInput:
        return None
