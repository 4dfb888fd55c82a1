"""Questions about the list, the calendar, reminders and settings: "what do I have on monday".

Tests: tests/core/words/test_questions.py.
"""

from __future__ import annotations

from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.intents import (
    AskDays,
    AskToday,
    AskWhen,
    Intent,
    ListTasks,
    SetCap,
    SetQuiet,
    SetTimes,
    ShowMuted,
    ShowReminders,
    WhyNotReminded,
)
from core.words.named_task import named_task
from core.words.phrasebooks.books import questions
from core.words.phrasebooks.patterns import LazyPhrase, lazy_pattern, lazy_phrase, one_of
from core.words.plain_tasks import is_about_chat

MAX_LENGTH = 120
"""Code points: whoever says more asks more."""

MAX_TASK_WORDS = 6


def _with_group(*patterns: str) -> LazyPhrase:
    """The patterns with a group in place of what they ask about."""
    return lazy_phrase(*(one.replace("<when>", "(.+?)").replace("<task>", "(.+?)") for one in patterns))


_ASKED: tuple[tuple[LazyPhrase, Intent], ...] = (
    (lazy_phrase(*questions.HOW_MANY), ListTasks()),
    (lazy_phrase(*questions.REMINDERS), ShowReminders()),
    (lazy_phrase(*questions.NOT_REMINDED), WhyNotReminded()),
    (lazy_phrase(*questions.QUIET), SetQuiet(text="")),
    (lazy_phrase(*questions.CAP), SetCap(text="")),
    (lazy_phrase(*questions.TIMES), SetTimes(text="")),
    (lazy_phrase(*questions.MUTED), ShowMuted()),
)
_DAYS, _WHEN_IS = _with_group(*questions.DAYS, *questions.HOW_MANY_ON), _with_group(*questions.WHEN_IS)
_SPAN = lazy_pattern(rf"(?:(?:{one_of(questions.BEFORE_SPANS)}) )?({one_of(questions.SPANS)})")
_NEXT = lazy_pattern(rf"(?:{one_of(questions.NEXT)})\b")
_ENDING = ("by", "until", "till", "before", "from", "starting", "after", "since")


def read_question(text: str) -> Intent | None:
    """What the text asks about the list, the calendar or a setting; None for other texts."""
    if len(text) > MAX_LENGTH:
        return None
    if found := next((intent for pattern, intent in _ASKED if pattern.fullmatch(text)), None):
        return found
    return _days(_group(_DAYS, text)) or _when(_group(_WHEN_IS, text))


def _group(pattern: LazyPhrase, text: str) -> str:
    found = pattern.fullmatch(text)
    return next((group for group in found.groups() if group), "").strip() if found else ""


def _days(words: str) -> Intent | None:
    """The agenda of the day, or what there is in the span, that the words name; None if they name none."""
    if span := _SPAN.fullmatch(words):
        return AskDays(filter=span[1].lower())
    sentence = sentence_of(tokens_of(words))
    phrase = whole_time_phrase(sentence) if words else None
    if phrase is None or phrase.lead in _ENDING or phrase.every or phrase.ago:
        return None
    if phrase.day and phrase.day != "today":
        return AskToday(span="tomorrow" if phrase.day == "tomorrow" else words.lower())
    return AskToday() if phrase.day or (phrase.part and phrase.lead == "this") else None


def _when(words: str) -> Intent | None:
    is_one = words and not is_about_chat(words) and not _NEXT.match(words)
    task = named_task(words) if is_one else None
    is_short = task is not None and task.title and len(task.title.split()) <= MAX_TASK_WORDS
    return AskWhen(title=task.title) if task and is_short else None
