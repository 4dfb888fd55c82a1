"""A second wish in one sentence, and how long before its time a reminder is wanted.

"I have an interview on thursday at 10 so remind me the evening before to iron my shirt" is two tasks;
"remind me to pay rent on friday the day before" is one, with its lead; "remind me tomorrow to call Dad and on
friday to pay rent" is two reminders. The event needs a date of its own: else nothing is certain.

Tests: tests/core/words/test_second_wishes.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.records import Due
from core.scheduling.quiet_hours import instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.text import refuse
from core.words.chat_words import CHORE_VERBS
from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.dates.vocabulary import MORNING
from core.words.drafts import single_task, tasks_of_wish
from core.words.following_times import following
from core.words.intents import AddTask
from core.words.lead_times import MAX_LEAD, Lead, lead_first, lead_last, may_have_lead
from core.words.phrasebooks.books import requests, wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.plain_tasks import plain_task
from core.words.reminders import (
    NOT_A_TASK,
    ReminderOpening,
    read_reminder,
    reminder_opening,
    split_leading_time,
)
from core.words.task_requests import read_task_request
from core.words.task_text import task_text
from core.words.tasks import TaskDraft
from core.words.time_before import time_before
from core.words.wishes import Wish, wish_in

MAX_TEXT = 300
"""Code points of a sentence in which a second wish is looked for."""

_MAX_JOINTS = 8
_MAX_ARTICLE = 3
"""Letters of an article: "the", "mon"."""

_BOOKS = tuple(wishes.books.values())
_AFTER_BEFORE = lazy_pattern(rf"^(?:{one_of(filter(None, (book.AFTER_BEFORE for book in _BOOKS)))})")
_OF_A_DATE = re.compile(rf"\b[^\W\d]{{2,{_MAX_ARTICLE}}} (?=\d{{1,2}} (?:[^\W\d]{{2}} )?[^\W\d]{{3}})")
"""What stands between an event and its date: "le vol du 12 décembre"."""
_JOINT = lazy_pattern(rf"[\s,;.:–-]+(?:(?:{one_of((*wishes.SO, *requests.AND))})[\s,]+)*$")
_ERRAND = lazy_pattern(rf"\s*[,;.–-]\s+(?:(?:{one_of((*wishes.SO, *requests.AND))})\s+)*")
_GOES_ON = wishes.words("NO_SECOND_WISH_AFTER")
_AND = lazy_pattern(rf"\s*,?\s+(?:{one_of(requests.AND)})\s+(?:(?:{one_of(requests.ALSO)})\s+)?")


def second_wish(text: str, *, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """The tasks of a sentence with a second wish, or with a lead; None for other texts."""
    if len(text) > MAX_TEXT:
        return None
    typed = text.rstrip(" .!?")
    if opening := reminder_opening(typed):
        return (
            _with_lead_at_start(opening, now, zone)
            or _with_lead_at_end(typed, now, zone)
            or _two_reminders(typed, opening, now, zone)
        )
    return _event_and_reminder(typed, now, zone) or _event_and_errand(typed, now, zone)


# --- An event, and a reminder before it --------------------------------------------------------------------


def _event_and_reminder(text: str, now: datetime, zone: ZoneInfo) -> AddTask | None:
    for said, asked, opening in _openings_within(text):
        if read_task_request(said, now=now, zone=zone):  # "move rent to friday and remind me …"
            return None
        if _is_time(opening.rest):
            return _reminded_at(said, opening.rest.strip(), now, zone)
        event = _event(said, now, zone)
        if event is None or event.due is None:
            continue
        found = lead_first(opening.rest)
        if found:
            return _with_lead(event, event.due, *found, opening, now, zone)
        second = _reminder(asked, now, zone)
        return AddTask(drafts=(event, *second)) if second else None
    return None


def _with_lead(
    event: TaskDraft,
    due: Due,
    lead: Lead,
    rest: str,
    opening: ReminderOpening,
    now: datetime,
    zone: ZoneInfo,
) -> AddTask | None:
    """The event with a reminder before it, or with a second task then; None if ``rest`` is neither."""
    if _means(rest, event):
        return AddTask(drafts=(_led(event, due, lead),))
    what = _task(rest, opening)
    if not what or event.repeats:
        return None
    if instant(lead.before(due), zone) <= now:
        return AddTask(fault=refuse("past", opening.rest.removesuffix(rest).strip(" ,:")))
    return _reminded(event, due, what, lead, now, zone)


def _openings_within(text: str) -> Iterator[tuple[str, str, ReminderOpening]]:
    """The words before each "remind me" within the text, those from it on, and its parts."""
    for found in re.finditer(r"(?<=[\s,;:.])\w", text):
        asked = text[found.start() :]
        opening = reminder_opening(asked)
        joint = _JOINT.search(text[: found.start()]) if opening else None
        if joint is None or opening is None or not joint.start():
            continue
        said = text[: joint.start()]
        if said.split()[-1].lower() not in _GOES_ON:
            yield said, asked, opening


def _event(text: str, now: datetime, zone: ZoneInfo) -> TaskDraft | None:
    wish = wish_in(text)
    found = (
        tasks_of_wish(wish, now=now, zone=zone)
        if wish and wish.what
        else single_task(text, now=now, zone=zone)
    )
    return found.draft


def _means(rest: str, event: TaskDraft) -> bool:
    """Whether the words after the lead add no task: none, "it", or words of the event."""
    words = [word.strip(".,!") for word in rest.lower().split()]
    if not words or NOT_A_TASK.fullmatch(" ".join(words)):
        return True
    title = event.title.lower().split()
    return words[-1] in title and all(word in title or len(word) <= _MAX_ARTICLE for word in words)


def _task(rest: str, opening: ReminderOpening) -> str:
    """The second task; empty if it is not certain."""
    said = read_reminder(replace(opening, rest=f" {rest}"))
    return said.what if said and not said.when else ""


def _reminded(event: TaskDraft, due: Due, what: str, lead: Lead, now: datetime, zone: ZoneInfo) -> AddTask:
    """The event, and what to be reminded of before it."""
    at = lead.before(due)
    found = single_task(what, now=now, zone=zone).draft
    second = found if found and not found.due else TaskDraft(title=what)
    at_a_time = None if due.at is None and lead.place == "day" else at.time()
    on = Due(on=at.date(), at=at_a_time, zone=due.zone)
    return AddTask(drafts=(event, replace(second, due=on, reminds=True)))


def _is_time(text: str) -> bool:
    return whole_time_phrase(sentence_of(tokens_of(text))) is not None


def _reminded_at(said: str, when: str, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """One task with a reminder at another time: "I need to pay rent on friday, remind me on thursday"."""
    wish = wish_in(said)
    known = plain_task(said, now=now, zone=zone)
    event = _event(said, now, zone) if (wish and wish.what) or known else None
    if event is None or event.repeats:
        return None
    if event.due and (before := time_before(when, event.due)):
        return _reminded_before(event, event.due, before, when, now, zone)
    at = tasks_of_wish(Wish(what=event.title, when=when), now=now, zone=zone)
    draft = at.draft
    if event.due is None or draft is None or draft.due is None or draft.repeats:
        return AddTask(drafts=(replace(event, due=draft.due, reminds=True),)) if draft and draft.due else None
    early = event.due.wall_time(without=MORNING) - draft.due.wall_time(without=MORNING)
    minutes = round(early.total_seconds() / 60)
    return AddTask(drafts=(replace(event, reminds=True, lead=minutes),)) if 0 <= minutes <= MAX_LEAD else None


def _reminded_before(
    event: TaskDraft, due: Due, before: datetime, when: str, now: datetime, zone: ZoneInfo
) -> AddTask:
    """The event with a reminder at a time of its own day, or of the evening before."""
    if instant(before, zone_or_default(due.zone, zone)) <= now:
        return AddTask(fault=refuse("past", when))
    if due.at is None:
        return AddTask(drafts=(replace(event, due=replace(due, at=before.time()), reminds=True),))
    lead = round((due.wall_time(without=MORNING) - before).total_seconds() / 60)
    return AddTask(drafts=(replace(event, reminds=True, lead=lead),))


def _led(event: TaskDraft, due: Due, lead: Lead) -> TaskDraft:
    minutes = round((due.wall_time(without=MORNING) - lead.before(due)).total_seconds() / 60)
    return replace(event, reminds=True, lead=max(0, minutes))


# --- An event, and what is to be done before it -------------------------------------------------------------


def _event_and_errand(text: str, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """Of "my sister's birthday is on december 9, buy a present the day before": an event and a to-do."""
    if not may_have_lead(text):
        return None
    for joint in list(_ERRAND.finditer(text))[:_MAX_JOINTS]:
        asked = text[joint.end() :]
        first = lead_first(asked)
        what, lead = (first[1], first[0]) if first and first[1] else lead_last(asked) or ("", None)
        second = _errand(what, now, zone) if lead else None
        event = _event(text[: joint.start()], now, zone) if second else None
        if second and lead and event and event.due and not event.repeats:
            return _done_before(event, event.due, second, lead, now, zone)
    return None


def _errand(what: str, now: datetime, zone: ZoneInfo) -> TaskDraft | None:
    """A chore without a date: "buy a present", "pack"."""
    found = plain_task(what, now=now, zone=zone)
    if found is None and what.lower() in CHORE_VERBS:
        found = single_task(what, now=now, zone=zone)
    return found.draft if found and found.draft and not found.draft.due else None


def _done_before(
    event: TaskDraft, due: Due, errand: TaskDraft, lead: Lead, now: datetime, zone: ZoneInfo
) -> AddTask | None:
    """The event and the errand, which is on a day unless the lead has a time; None if that would be past."""
    before = lead.before(due)
    is_day = lead.place == "day" or (not lead.place and lead.minutes % (24 * 60) == 0)
    if before.date() < wall_clock(now, zone).date() or (not is_day and instant(before, zone) <= now):
        return None
    on = Due(on=before.date(), at=None if is_day else before.time(), zone=due.zone)
    return AddTask(drafts=(event, replace(errand, due=on)))


# --- A lead at the end, or at the beginning ----------------------------------------------------------------


def _with_lead_at_start(opening: ReminderOpening, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """Of "remind me the evening before about the flight on 12 december"."""
    found = lead_first(opening.rest)
    if found is None or not found[0].place or not found[1]:
        return None
    lead, rest = found[0], found[1]
    event = _OF_A_DATE.sub("", _AFTER_BEFORE.sub("", rest))
    said = read_reminder(replace(opening, rest=f" {event}"))
    draft = single_task(said.what, now=now, zone=zone).draft if said and not said.when else None
    if draft is None or draft.due is None or draft.repeats or draft.lead:
        return None
    if instant(lead.before(draft.due), zone_or_default(draft.due.zone, zone)) <= now:
        return AddTask(fault=refuse("past", opening.rest.strip().removesuffix(rest).strip(" ,:")))
    return AddTask(drafts=(_led(draft, draft.due, lead),))


def _with_lead_at_end(text: str, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """Of "remind me to pay rent on friday the day before"."""
    found = lead_last(text) if may_have_lead(text) else None
    wish = wish_in(found[0]) if found else None
    if found is None or wish is None or not wish.what:
        return None
    draft = tasks_of_wish(wish, now=now, zone=zone).draft
    if draft is None or draft.due is None or draft.lead:
        return None
    return AddTask(drafts=(_led(draft, draft.due, found[1]),))


# --- Two reminders -----------------------------------------------------------------------------------------


def _two_reminders(text: str, opening: ReminderOpening, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """Of "remind me tomorrow evening to call Dad and on friday to pay rent"."""
    begins = text[: len(text) - len(opening.rest)] if text.endswith(opening.rest) else ""
    joints = list(_AND.finditer(opening.rest))[:_MAX_JOINTS] if begins else []
    for joint in joints:
        rest = opening.rest[joint.end() :]
        first = _reminder(begins + opening.rest[: joint.start()], now, zone)
        again = reminder_opening(rest)
        if again and _is_time(again.rest):
            same = Wish(what=first[0].title, when=again.rest.strip()) if len(first) == 1 else None
            if same is None:
                return None
            drafts = tasks_of_wish(same, now=now, zone=zone).drafts
            return AddTask(drafts=(*first, *_following(rest, drafts, first[0], now, zone)))
        if again:
            asked = rest
        elif _begins_with_time_and_task(rest, opening):
            asked = f"{begins.rstrip()} {rest}"
        else:
            continue
        second = _reminder(asked, now, zone) if first else None
        if first and second:
            return AddTask(drafts=(*first, *_following(rest, second, first[-1], now, zone)))
    return None


def _following(
    text: str, drafts: tuple[TaskDraft, ...], first: TaskDraft, now: datetime, zone: ZoneInfo
) -> tuple[TaskDraft, ...]:
    """The reminder of the text after a first one, on the day of that if it names none."""
    one = drafts[0] if len(drafts) == 1 else None
    return (following(text, one, first, now=now, zone=zone),) if one else drafts


def _begins_with_time_and_task(text: str, opening: ReminderOpening) -> bool:
    """Whether the text is a time and a task, with the words of the language between the two."""
    language = opening.language
    leading = split_leading_time(text, language.connector)
    if leading is None or not leading.rest.strip():
        return False
    is_task = language.connector.match(leading.rest) or language.infinitive_clause.fullmatch(
        leading.rest.strip(" .!")
    )
    return bool(is_task) and bool(task_text(leading.rest))


def _reminder(text: str, now: datetime, zone: ZoneInfo) -> tuple[TaskDraft, ...]:
    """The reminders of the text, if each has a time."""
    wish: Wish | None = wish_in(text)
    if wish is None or not wish.what or _is_time(wish.what):  # "remind me at 9am, 1pm"
        return ()
    found = (second_wish(text, now=now, zone=zone) or tasks_of_wish(wish, now=now, zone=zone)).drafts
    return found if all(draft.due for draft in found) else ()
