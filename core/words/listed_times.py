"""Several times in one text: "take pills every day at 9 and 21" is two tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from core.words.dates.phrases import TimePhrase, find_time_phrases, whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.following_times import after_noon_as_before, following, in_week_of
from core.words.further_tasks import with_words_of
from core.words.phrasebooks.books import talk, wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.task_text import task_text
from core.words.tasks import TaskDraft, task_or_none

MAX_TIMES = 6
"""Times in one text. A longer list is not read as one."""

_MAX_LIST_WORDS = 12  # after the first time
MAX_LISTS = 6
"""Times in a text that are tried as the beginning of a list: each costs as much as a short text by itself."""
_JOINT = one_of(wishes.LISTED_AND)
_AND = lazy_pattern(rf"(?: ?, ?(?:(?:{_JOINT}) )?| (?:{_JOINT}|&) )(?:{one_of(wishes.AGAIN)})?")
_BARE_HOUR = lazy_pattern(
    rf"\b({one_of(wishes.AT_AN_HOUR)}) (\d{{1,2}})(?![\d:.h])(?! ?(?:{one_of(talk.HOUR_NAMES)}))"
)


def several_tasks(
    text: str, single: TaskDraft | None, *, now: datetime, zone: ZoneInfo
) -> tuple[TaskDraft, ...]:
    """The tasks of a text that lists several times, one for each time; empty for other texts.

    If each part has a task and a time of its own ("pay rent at 9 and call Bob at 10"), one for each part.
    ``single`` is the whole text as one task; None if it is none.
    """
    if _AND.search(text) is None:
        return ()
    for texts in _with_each(text):
        if drafts := _at_each_time(texts, single, now, zone):
            return drafts
    return _parts(text, now, zone)


def listed_times(words: str) -> tuple[str, ...]:
    """The times that the words list, if they list two or more and nothing else; else empty.

    Each time is completed with words of the others: "every day at 9 and 21", "on the 1st and 15th of every
    month".
    """
    pieces = _AND.compiled.split(words, maxsplit=MAX_TIMES)
    if not 1 < len(pieces) <= MAX_TIMES or _time(words):
        return ()
    first, last = pieces[0].split(), pieces[-1].split()
    ahead = [_as_after(piece, first) for piece in pieces[1:]]
    times = [_as_before(piece, last) for piece in (pieces[0], *ahead)]
    return tuple(times) if all(map(_time, times)) else ()


@lru_cache(maxsize=512)  # the parts of a list are looked at again for each place where it may end
def _time(words: str) -> TimePhrase | None:
    return whole_time_phrase(sentence_of(tokens_of(words))) if words else None


def _as_after(piece: str, first: Sequence[str]) -> str:
    """A later time, completed with words of the first: ``21`` after ``every day at 9``."""
    alone = _time(piece)
    if alone and alone.dated:
        return piece
    longer = (" ".join((*first[:taken], piece)) for taken in range(len(first) - 1, 0, -1))
    return next((words for words in longer if _time(words)), piece)


def _as_before(piece: str, last: Sequence[str]) -> str:
    """An earlier time, completed with words of the last: ``9am`` before ``6pm every weekday``."""
    alone, end = _time(piece), _time(" ".join(last))
    if alone and (alone.every or (alone.dated and not (end and end.every))):
        return _with_clock_of(piece, alone, last)
    others = (left for left in range(1, len(last)) if not last[left][0].isdigit())  # "at 8 20" is 8:20
    longer = (" ".join((piece, *last[left:])) for left in others)
    return next((words for words in longer if _time(words)), piece)


def _with_clock_of(piece: str, alone: TimePhrase, last: Sequence[str]) -> str:
    """A day with the time of the last one: "monday" before "wednesday at 7" is at 7 as well."""
    if alone.timed or not alone.day:
        return piece
    for taken in range(1, len(last)):
        day, clock = _time(" ".join(last[:taken])), _time(" ".join(last[taken:]))
        if day and day.day and not day.timed and clock and clock.timed and not clock.dated:
            return " ".join((piece, *last[taken:]))
    return piece


def _with_each(text: str) -> Iterator[tuple[str, ...]]:
    """For each list of times in the text: the text once with each time in place of the list.

    At the end of the text, bare hours are also tried as full hours of the day: "at 8 and at 20".
    """
    tokens = tokens_of(text)
    typed = [token.typed for token in tokens]
    for run in islice(find_time_phrases(sentence_of(tokens)), MAX_LISTS):
        for end in range(min(len(typed), run.end + _MAX_LIST_WORDS), run.end, -1):
            if times := listed_times(" ".join(typed[run.first : end]).rstrip(" ,:;")):
                texts = [" ".join((*typed[: run.first], time, *typed[end:])) for time in times]
                yield tuple(texts)
                if end == len(typed):
                    yield tuple(_BARE_HOUR.sub(r"\1 \2:00", one) for one in texts)
                break


def _at_each_time(
    texts: Sequence[str], single: TaskDraft | None, now: datetime, zone: ZoneInfo
) -> tuple[TaskDraft, ...]:
    """A draft for each text; empty unless all are the same task at different times.

    Also empty if ``single`` has the same title: then the list was parsed as one time already.
    """
    drafts = [draft for one in texts if (draft := task_or_none(one, now=now, zone=zone)) and draft.due]
    titles = {draft.title for draft in drafts}
    times = {(draft.due, draft.repeats) for draft in drafts}
    is_single = single is not None and single.title in titles
    return tuple(drafts) if len(times) == len(texts) and len(titles) == 1 and not is_single else ()


def _parts(text: str, now: datetime, zone: ZoneInfo) -> tuple[TaskDraft, ...]:
    """A draft for each part, if each is a task with a time. A day that only one part names holds for all, and
    without any they are on the same day.
    """
    parts = tuple(_AND.compiled.split(text, maxsplit=MAX_TIMES))
    if len(parts) > MAX_TIMES:
        return ()
    drafts = [draft for part in parts if (draft := task_or_none(task_text(part), now=now, zone=zone))]
    dues = [draft.due for draft in drafts if draft.due and not draft.repeats]
    if len(dues) < len(parts):
        return ()
    dated = [any(when.dated for when in find_time_phrases(sentence_of(tokens_of(part)))) for part in parts]
    if sum(dated) != 1:
        return _in_order(parts, drafts, now, zone) if len(set(dated)) == 1 else ()
    if dated[0]:
        return _in_order(parts, drafts, now, zone)
    if _is_apart(text, parts, drafts, dated):
        return tuple(drafts)
    day = dues[dated.index(True)].on.isoformat()
    completed = [
        draft if is_dated else task_or_none(f"{part} {day}", now=now, zone=zone)
        for part, draft, is_dated in zip(parts, drafts, dated, strict=True)
    ]
    return tuple(draft for draft in completed if draft) if all(completed) else ()


def _is_apart(text: str, parts: Sequence[str], drafts: Sequence[TaskDraft], dated: Sequence[bool]) -> bool:
    """Whether the only day is that of the last part alone: "gym 7am, dentist 9:30, call Jim friday"."""
    due = drafts[-1].due
    is_list = len(parts) > 2 and text.count(",") == len(parts) - 1
    return is_list and dated[-1] and due is not None and due.at is None


def _in_order(
    parts: Sequence[str], drafts: Sequence[TaskDraft], now: datetime, zone: ZoneInfo
) -> tuple[TaskDraft, ...]:
    """The drafts, each of which may take its day from the one before it."""
    found = [drafts[0]]
    for place, (part, draft) in enumerate(zip(parts[1:], drafts[1:], strict=True)):
        last = found[-1]
        next_week = in_week_of(part, draft, parts[place], last, now=now, zone=zone)
        in_order = following(part, next_week, last, now=now, zone=zone)
        in_half = after_noon_as_before(part, in_order, parts[place])
        found.append(replace(in_half, title=with_words_of(in_half.title, last.title)))
    return tuple(found)
