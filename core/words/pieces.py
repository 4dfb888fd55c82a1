"""Words about splitting a task into steps, and the steps themselves."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from core.text import clean
from core.words.intents import BreakDown
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.tasks import TaskDraft, parse_task

MAX_TEXT = 4000

_IT = lazy_pattern(rf"(?:{one_of(requests.SPLIT_IT)})")
_PARTS = rf"(?:(?:\w+ ){{0,2}}(?:{one_of(requests.PIECES)}))"
_MAY_SPLIT = lazy_pattern(one_of(requests.MAY_SPLIT))
_ASKED = lazy_pattern(rf"^(?:{one_of(requests.SPLIT_ASKED)})+")
_ARTICLE = lazy_pattern(rf"^(?:{one_of(requests.SPLIT_ARTICLES)})+")
_TASK_AT_END = lazy_pattern(rf" (?:{one_of(requests.SPLIT_TASK_AT_END)})$")
_NO_TASK = lazy_pattern(rf"(?:{one_of(requests.NEVER_SPLIT)})")
_NO = lazy_pattern(rf"(?:{one_of(requests.NO_STEPS)})")
_BULLET = lazy_pattern(r"^\s*(?:[-*•–—·]|\(?\d{1,2}[.):]|\[[ xX]?\])\s+")
_ONLY_MARKS = re.compile(r"[\W_]*|\(?\d{1,2}[.):]?")
_NUMBERED_INLINE = re.compile(r"(?:^|\s)\(?\d{1,2}[.)]\s+")
_THEN = re.compile(
    rf"\s*;\s*|,?\s+(?:{one_of(requests.STEP_AND)})?(?:{one_of(requests.STEP_THEN)})\s+", re.IGNORECASE
)
_FIRST = lazy_pattern(rf"^(?:{one_of(requests.STEP_FIRST)})[,:]?\s+")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Compiled when a text may be such a wish: few are."""
    return tuple(re.compile(wish.replace("<pieces>", _PARTS), re.IGNORECASE) for wish in requests.SPLIT)


def break_down_in(text: str) -> BreakDown | None:
    """The wish to split a task; its title is empty if it is the one of the latest tip: "break it down"."""
    if not _MAY_SPLIT.search(text):
        return None
    wish = _ASKED.sub("", text)
    for pattern in _patterns():
        if found := pattern.fullmatch(wish):
            title = found["title"].strip(" \"'„“”«».,")
            if _IT.fullmatch(title):
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
