"""To-dos without any words that ask for one: "Dentist friday 10am", "buy milk".

Tests: tests/core/words/test_understand.py.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import wall_clock
from core.words import chat_words
from core.words.deadlines import find_deadline
from core.words.details import read_details
from core.words.drafts import single_task, tasks_in
from core.words.intents import AddTask
from core.words.limits import is_limit
from core.words.phrasebooks.books import talk, wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.reminders import reminder_opening
from core.words.small_talk import is_small_talk
from core.words.tasks import TaskDraft, without_bullet
from core.words.wishes import needed_thing

_MAX_PLAIN_WORDS = 12

# Words of talk that may belong to a recurrence: "until 20 december", "am letzten Tag", "after I did it".
_RULE_ENDS = re.compile(rf"\b(?:{one_of(talk.RULE_WORDS)})\b", re.IGNORECASE)
_BEFORE_DATES, _WITHIN_DATES = talk.words("BEFORE_DATES"), talk.words("WITHIN_DATES")
_VISIT = lazy_pattern(rf"(?<!\w)(?:{one_of(wishes.VISITS)})(?!\w)")

_SHOPPING_LIST = lazy_pattern(rf"(?:{one_of(wishes.SHOPPING_LISTS)}) ?: ?\w.*")
"""Of one line: one task."""

_NUMBER = re.compile(r"^1[.)] (?=[^\W\d])")  # of a list with more to come
_NOT_ABOUT_CHAT = lazy_pattern(one_of(talk.NOT_ABOUT_CHAT))
_FURTHER_BULLET = re.compile(r"\s[-*•‣◦▪–—+]\s")


def plain_task(typed: str, *, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """A few words with a date, chore or bullet, and no conversation: "Dentist friday 10am", "buy milk"."""
    typed, has_bullet = without_bullet(typed)
    if _SHOPPING_LIST.fullmatch(typed):
        return single_task(typed, now=now, zone=zone)
    limited = find_deadline(typed, now=now, zone=zone)
    words = _words(_without_estimate(limited.text if limited else typed))
    conversation = chat_words.conversation_words(typed, words[0]) if words else frozenset()
    talked = frozenset(conversation.intersection(words))
    if not 2 - bool(limited) <= len(words) <= _MAX_PLAIN_WORDS or reminder_opening(typed):
        return None
    if talked - _BEFORE_DATES - _WITHIN_DATES and not _RULE_ENDS.search(typed):
        return None
    single = single_task(typed, now=now, zone=zone)
    draft = single.draft
    if draft is None or (talked and _is_talk(draft, conversation, talked)):
        return None
    if is_small_talk(typed) or is_small_talk(draft.title) or is_limit(typed):  # "rough day today"
        return None
    is_listed = has_bullet and not _FURTHER_BULLET.search(typed)
    # A text about the past is no task, unless it names a chore: "Slept badly yesterday".
    dates = (draft.due.on if draft.due else None, draft.deadline)
    is_ahead = any(on is not None and on >= wall_clock(now, zone).date() for on in dates)
    is_one = is_listed or is_ahead or _is_chore(draft)
    found = tasks_in(typed, single, now=now, zone=zone)
    return found if is_one or len(found.drafts) > 1 else None  # "gym monday and wednesday"


def _without_estimate(text: str) -> str:
    """The text without its estimate, whose words may be those of talk: "report friday, it takes 30 min"."""
    details = read_details(text)
    return details.text if details.minutes else text


def first_task(text: str, *, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """The task in an answer to "What do you need to do?": any few words that are no talk ("laundry")."""
    typed = _NUMBER.sub("", without_bullet(text)[0])
    typed = typed if is_small_talk(typed) else needed_thing(typed) or typed
    words = _words(typed)
    if not 1 <= len(words) <= _MAX_PLAIN_WORDS or typed.endswith(("?", "…")) or reminder_opening(typed):
        return None
    talk_words = chat_words.conversation_words(typed, words[0])
    if not talk_words.isdisjoint(words) or is_about_chat(typed) or is_small_talk(typed):
        return None
    if is_limit(typed):
        return None
    single = single_task(typed, now=now, zone=zone)
    is_one = single.draft is not None and sum(map(str.isalpha, single.draft.title)) > 2
    return tasks_in(typed, single, now=now, zone=zone) if is_one else None


def is_about_chat(text: str) -> bool:
    """Whether the text is about oO itself: "message settings", and not "message to Tom"."""
    return not chat_words.WORDS_ABOUT_CHAT.isdisjoint(_words(text)) and not _NOT_ABOUT_CHAT.search(text)


def _is_talk(draft: TaskDraft, conversation: frozenset[str], talked: frozenset[str]) -> bool:
    """Whether the words of talk are more than a part of the date or recurrence."""
    if conversation.intersection(_words(draft.title)):
        return True
    is_undated = draft.due is None and draft.deadline is None
    dates = _BEFORE_DATES | _WITHIN_DATES if _is_sure(draft) else _BEFORE_DATES
    return draft.repeats is None and (is_undated or not talked <= dates)


def _is_sure(draft: TaskDraft) -> bool:
    """Whether a dated text is a task even with a word of talk in its date: "dentist this friday"."""
    is_timed = draft.due is not None and draft.due.at is not None
    return _is_chore(draft) or is_timed or _VISIT.search(draft.title) is not None


def _is_chore(draft: TaskDraft) -> bool:
    title = _words(draft.title)
    if is_about_chat(draft.title):
        return False
    return title[0] in chat_words.CHORE_VERBS or title[-1] in chat_words.CHORE_VERBS_AT_END


def without_verb(title: str) -> str:
    """What a title is about, without the verb of a chore: "bob" of "call bob"; empty for a verb alone."""
    words = _words(title)
    if words[0] in chat_words.CHORE_VERBS:
        return " ".join(words[1:])
    return " ".join(words[:-1] if words[-1] in chat_words.CHORE_VERBS_AT_END else words)


def _words(text: str) -> list[str]:
    return [word.strip(".,:;!()") for word in text.lower().replace("’", "'").split()]
