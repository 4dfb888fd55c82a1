"""Wishes for a task: "remind me tomorrow to call Ann", "I need to …", "vergiss nicht …", "il faut que je …".

The task is what remains without the words of the wish. A question to oO ("remind me what I have today") and
conversation ("I have to admit …") are no wishes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from core.words.dates.phrases import find_time_phrases, whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.details import read_details
from core.words.named_task import split_date
from core.words.phrasebooks.books import talk, wishes
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of, only_group
from core.words.reminders import (
    NOT_A_TASK,
    QUESTION,
    read_reminder,
    reminder_opening,
    split_leading_time,
)
from core.words.task_text import infinitive, task_text, without_please
from core.words.tasks import TaskDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish for a task, taken apart."""

    what: str
    """The words of the task; empty if the wish only begins ("remind me")."""

    when: str = ""
    """The words for a time that stood before the task."""

    kind: Literal["reminder", "to_do", "list", "have_to"] = "reminder"
    """How it was said: "remind me to …", "don't forget to …", "add …", "I have to …"."""


def wish_in(text: str) -> Wish | None:
    """The wish that the whole text is, polite words aside; None if it is none, or that is doubtful."""
    if timed := _waking(text) or _alone(text):
        return timed
    if begun := reminder_opening(text):
        reminder = read_reminder(begun)
        return Wish(what=reminder.what, when=reminder.when) if reminder else None
    if found := _TO_DO.fullmatch(text):
        return _to_do(found, "to_do")
    if found := _TO_LIST.fullmatch(text):
        return _to_do(found, "list")
    if found := _HAVE_TO.fullmatch(text):
        return _have_to(found)
    found = _WOULD_LIKE.fullmatch(text) or _APPOINTMENT.fullmatch(text)
    return _would_like(found) if found else _after_a_time(text)


def due_apart(what: str, alone: TaskDraft | None, dated: TaskDraft) -> TaskDraft | None:
    """The task with a time that is not part of it: "remind me tomorrow about the meeting on friday".

    That is due tomorrow. ``alone`` is ``what`` parsed by itself, None if that is no task; ``dated`` has the
    time. None if there is no task.
    """
    if whole_time_phrase(sentence_of(tokens_of(what))):
        return replace(dated, title=what)  # the words name a time only: "remind me in an hour: Monday"
    title = _without_details(what, alone) if alone and alone.due else ""
    return alone and replace(with_time_of(alone, dated), title=title or alone.title)


def _without_details(what: str, alone: TaskDraft) -> str:
    """The words of the task with its own date, but without the details that the draft has."""
    marks = {f"{mark}{name}" for name in (*alone.labels, alone.project) if name for mark in "#@+"}
    return " ".join(word for word in read_details(what).text.split() if word.rstrip(".,;") not in marks)


def with_time_of(task: TaskDraft, dated: TaskDraft) -> TaskDraft:
    """``task`` at the time of ``dated``."""
    return replace(task, due=dated.due, repeats=dated.repeats, repeats_from_done=dated.repeats_from_done)


# --- "Add …", "don't forget to …" --------------------------------------------------------------------------

_ALONE = lazy_phrase(*wishes.ALONE)
_TO_DO = lazy_phrase(
    rf"(?:{one_of(wishes.TASK_LABELS)}) ?(?::|[-–](?= )) ?(?P<labelled>.+)",
    rf"(?:{one_of(wishes.NEW_TASKS)}) (?P<todo>.+)",
    *wishes.TO_DO,
)
_TO_LIST = lazy_phrase(*wishes.TO_LIST)


def _alone(text: str) -> Wish | None:
    """A wish that does not say what is to be done, but perhaps when: "add something tomorrow"."""
    found = _ALONE.fullmatch(text)
    if found is None:
        return None
    when = next(filter(None, found.groups()), "")
    if when and not whole_time_phrase(sentence_of(tokens_of(when))):
        return None
    return Wish(what="", when=when, kind="reminder" if reminder_opening(text) else "to_do")


def _to_do(found: re.Match[str], kind: Literal["to_do", "list"]) -> Wish | None:
    said = only_group(found)
    what = _ALSO.sub("", without_please(said)) if kind == "list" else task_text(said)
    if kind == "to_do" and reminder_opening(what):  # "don't forget to remind me to call Ann"
        return wish_in(what)
    is_asked = kind == "to_do" and not found["labelled"] and QUESTION.fullmatch(what)
    if not what or is_asked or NOT_A_TASK.fullmatch(what):
        return None
    return (_to_a_day(what) if kind == "list" else None) or Wish(what=what, kind=kind)


_ALSO = lazy_pattern(rf"^(?:{one_of(wishes.ALSO)}) |(?<=\w),? (?:{one_of(wishes.ALSO)})$")
_TO_A_DAY = one_of(wishes.TO_A_DAY)
_TO_DAY_LAST = lazy_pattern(rf"(?P<what>.+\S) (?:{_TO_A_DAY}) (?P<when>.+)")
_TO_DAY_FIRST = lazy_pattern(rf"(?:{_TO_A_DAY}) (?P<rest>.+)")


def _to_a_day(text: str) -> Wish | None:
    """What is added to a day: "add laundry to saturday", "trag für Samstag Putzen ein"."""
    last, first = _TO_DAY_LAST.fullmatch(text), _TO_DAY_FIRST.fullmatch(text)
    if last:
        when = whole_time_phrase(sentence_of(tokens_of(last["when"])))
        return Wish(what=last["what"], when=last["when"].lower(), kind="list") if when and when.day else None
    led = split_leading_time(first["rest"], _BETWEEN) if first else None
    rest = led.rest.strip(" ,:") if led else ""
    return Wish(what=rest, when=led.when.lower(), kind="list") if led and rest else None


_NEEDS = lazy_phrase(*wishes.NEEDS)
_NO_THINGS = lazy_pattern(rf"(?:.*\s)?(?:{one_of(wishes.NO_THINGS)})(?:\s.*)?")


def needed_thing(text: str) -> str:
    """What somebody says to need: "I need batteries"; empty if they say no such thing."""
    found = _NEEDS.fullmatch(text)
    return only_group(found) if found else ""


def needed_to_buy(text: str) -> str:
    """What somebody needs and can get: "I need milk", but not "I need sleep"; empty for other texts."""
    thing = needed_thing(text)
    return "" if _NO_THINGS.fullmatch(thing) else thing.strip()


# --- A time before the wish --------------------------------------------------------------------------------

_POLITE = one_of(talk.PLEASE).replace("'", "['’]")
_BETWEEN = re.compile(rf"[\s,:;–-]*(?:(?:{_POLITE})[\s,]+)?", re.IGNORECASE)
_INVERTED = tuple(
    (re.compile(rf"^{pattern}", re.IGNORECASE), plain)
    for book in wishes.books.values()
    for pattern, plain in book.INVERTED
)


def _after_a_time(text: str) -> Wish | None:
    """The wish of "tomorrow at 8 remind me to call Ann", "morgen muss ich zum Zahnarzt"."""
    led = split_leading_time(text, _BETWEEN)
    if led is None:
        return None
    said = _BETWEEN.sub("", led.rest, count=1)
    for pattern, plain in _INVERTED:  # "muss ich" is "ich muss" after a time
        said = pattern.sub(plain, said)
    wish = (wish_in(said) if _begins_a_wish(said) else None) or _dated(said, led.when)
    return _at_time_of_day(wish, led.when.lower()) if wish and wish.what and not wish.when else None


def _at_time_of_day(wish: Wish, when: str) -> Wish:
    """The wish at that time, and at the time of day that follows it, or ends it: "morgen hab ich um 10
    Zahnarzt", "morgen kommt der Maler um 10".
    """
    led = split_leading_time(wish.what, _BETWEEN)
    parts = [(led.rest.strip(" ,"), led.when.lower())] if led else []
    if wish.kind == "have_to":
        parts.append(split_date(wish.what))
    for rest, time in parts:
        both = f"{when} {time}"
        if rest and time and whole_time_phrase(sentence_of(tokens_of(both))):
            return replace(wish, what=rest, when=both)
    return replace(wish, when=when)


def _begins_a_wish(text: str) -> bool:
    """Whether the text is a wish without a time before it, and not only by its end ("… to my list")."""
    return bool(reminder_opening(text) or _TO_DO.fullmatch(text) or _HAVE_TO.fullmatch(text))


def says_an_event(text: str) -> bool:
    """Whether the text says of an event when it is, which may be a change: "the dentist is on friday"."""
    return bool(_APPOINTMENT.fullmatch(text))


def _dated(text: str, when: str) -> Wish | None:
    """What somebody has or has to do, after its time: "tomorrow I have an exam", "… I have to work"."""
    found = _APPOINTMENT.fullmatch(text) or _HAVE_TO.fullmatch(text)
    if found is None and (liked := _WOULD_LIKE.fullmatch(text)) and not _NO_DEED.fullmatch(_joined(liked)):
        found = liked
    return _have_to(found, when) if found else None


# --- To be woken -------------------------------------------------------------------------------------------

_WAKE = lazy_phrase(*wishes.WAKE)
_TIMERS = {group: lead for book in wishes.books.values() for group, lead in book.TIMERS.items()}
_WAKING = {group: task for book in wishes.books.values() for group, task in book.WAKING.items()}


def _waking(text: str) -> Wish | None:
    """Waking up, or an alarm, if nothing but a time is said."""
    found = _WAKE.fullmatch(text)
    if found is None:
        return None
    group = str(found.lastgroup)
    for lead in (_TIMERS.get(group, ""), "", "at ", "in "):  # "a timer for 10 minutes", "an alarm for 7"
        led = split_leading_time(lead + found[group], _BETWEEN)
        if led and not led.rest.strip(" .!"):
            return Wish(what=_WAKING[group], when=led.when.lower())
    return None


# --- "I have to" -------------------------------------------------------------------------------------------

_HAVE_TO = lazy_phrase(*wishes.HAVE_TO)
_TALK = lazy_phrase(*wishes.TALK)
# "I'd like to …" is a task only together with a time, and no order to oO ("I want to pause until monday").
_WOULD_LIKE = lazy_phrase(*wishes.WOULD_LIKE)
# "I have an exam on friday" is one only together with a time, too.
_APPOINTMENT = lazy_phrase(*wishes.APPOINTMENT)
_NO_DEED = re.compile(one_of(wishes.NO_DEED), re.IGNORECASE)
_CLAUSE = "clause_"


def _would_like(found: re.Match[str]) -> Wish | None:
    said = _joined(found)
    wish = None if _NO_DEED.fullmatch(said) else _have_to(found)
    is_timed = any(one.dated or one.clock for one in find_time_phrases(sentence_of(tokens_of(said))))
    return wish if is_timed else None


def _have_to(found: re.Match[str], when: str = "") -> Wish | None:
    what, group = task_text(_joined(found)), str(found.lastgroup)
    if group.startswith(_CLAUSE):
        what = infinitive(what, group.removeprefix(_CLAUSE))
    return Wish(what=what, kind="have_to") if what and not _TALK.fullmatch(f"{what} {when}".strip()) else None


def _joined(found: re.Match[str]) -> str:
    """The groups that matched, in turn: "mum's birthday", "on saturday"."""
    return " ".join(group.strip() for group in found.groups() if group)
