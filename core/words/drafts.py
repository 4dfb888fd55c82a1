"""Parses the tasks that words mean: one, or one for each of several times, or why there is none.

Tests: tests/core/words/test_wishes.py, tests/core/words/test_understand.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.records import Due
from core.scheduling.quiet_hours import DAY, instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.text import refuse
from core.words.before_event import event_with_lead
from core.words.dates.phrases import find_time_phrases
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.intents import AddTask
from core.words.listed_times import several_tasks
from core.words.tasks import TaskDraft, parse_task
from core.words.wishes import Wish, due_apart, with_time_of

_CLOCK_TIME = re.compile(r"\d{1,2}:\d\d")


def single_task(text: str, *, now: datetime, zone: ZoneInfo) -> AddTask:
    """The text as one task, or the reason why it is none."""
    try:
        return AddTask(drafts=(parse_task(text, now=now, zone=zone),))
    except BadInput as fault:
        return AddTask(fault=fault)


def tasks_in(text: str, single: AddTask | None = None, *, now: datetime, zone: ZoneInfo) -> AddTask:
    """A task for each time that the text lists; one task, or its fault, if it lists none.

    ``single`` is the text as one task, if that was parsed before.
    """
    single = single or single_task(text, now=now, zone=zone)
    if single.draft and single.draft.deadline:
        return single  # "report monday, deadline friday"
    several = several_tasks(text, single.draft, now=now, zone=zone)
    return AddTask(drafts=several) if several else single


def tasks_of_wish(wish: Wish, alone: AddTask | None = None, *, now: datetime, zone: ZoneInfo) -> AddTask:
    """The tasks of a wish; "remind me" with a time asks for a message at that time as well.

    ``alone`` is the task without the time that stood before it, if that was parsed before.
    """
    found = _tasks_of_wish(wish, alone, now=now, zone=zone)
    if wish.kind != "reminder":
        return found
    fault = _passed(wish, found, now, zone)
    if fault:
        return AddTask(fault=fault)
    return replace(found, drafts=tuple(replace(one, reminds=True) for one in found.drafts))


def _passed(wish: Wish, found: AddTask, now: datetime, zone: ZoneInfo) -> BadInput | None:
    """What is wrong with a reminder whose time is not ahead: "in 0 minutes", "yesterday"."""
    if not any(
        draft.due and draft.repeats is None and _is_over(draft.due, now, zone) for draft in found.drafts
    ):
        return None
    if wish.when:
        return refuse("past", wish.when)
    tokens = tokens_of(wish.what)
    phrases = find_time_phrases(sentence_of(tokens))
    said = [" ".join(token.typed for token in tokens[one.first : one.end]) for one in phrases]
    return refuse("past", " ".join(said) or wish.what)


def _is_over(due: Due, now: datetime, zone: ZoneInfo) -> bool:
    where = zone_or_default(due.zone, zone)
    if due.at is None:
        return due.on < wall_clock(now, where).date()
    return instant(datetime.combine(due.on, due.at), where) <= now


def _tasks_of_wish(wish: Wish, alone: AddTask | None, *, now: datetime, zone: ZoneInfo) -> AddTask:
    """The words of the task and those of its time are parsed together if that equals parsing them apart."""
    alone = alone or single_task(wish.what, now=now, zone=zone)
    if not wish.when:
        return _before_event(wish.what, now, zone) or tasks_in(wish.what, alone, now=now, zone=zone)
    when = f"at {wish.when}" if _CLOCK_TIME.fullmatch(wish.when) else wish.when
    together = tasks_in(f"{wish.what} {when}", now=now, zone=zone)
    dated = single_task(f"x {when}", now=now, zone=zone)
    is_dated = dated.draft is not None and dated.draft.due is not None
    if len(together.drafts) > 1 or not is_dated or _is_same(together, alone, dated):
        return together
    return _apart(wish.what, alone, dated)


def _before_event(what: str, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """The event before which a reminder is wanted ("15 minutes before the meeting at 3pm"); else None."""
    event = event_with_lead(what, now=now, zone=zone)
    return AddTask(drafts=(event,)) if event else None


def _is_same(together: AddTask, alone: AddTask, dated: AddTask) -> bool:
    """Whether the text with task and time gives the same draft as the two parsed apart."""
    task, time = alone.draft, dated.draft
    if task is None or time is None or task.due:
        return False
    apart = with_time_of(task, time)
    return together.draft == apart or _is_in_other_half(together.draft, apart)


def _is_in_other_half(one: TaskDraft | None, other: TaskDraft) -> bool:
    """Whether they differ only in the half of the day, which the words of the task tell: "wake up at 7"."""
    if one is None or one.due is None or one.due.at is None or other.due is None or other.due.at is None:
        return False
    is_same_clock = one.due.at.replace(hour=(one.due.at.hour + 12) % 24) == other.due.at
    return is_same_clock and replace(one, due=other.due) == other and abs(one.due.on - other.due.on) <= DAY


def _apart(what: str, alone: AddTask, dated: AddTask) -> AddTask:
    """The task with a time that was parsed apart; ``alone``, with its fault, if that is no task."""
    draft = dated.draft and due_apart(what, alone.draft, dated.draft)
    return AddTask(drafts=(draft,)) if draft else alone
