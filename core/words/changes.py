"""Requests to change a task on the list: "move dentist to friday", "rename … to …", "tax takes 2 hours".

Each pattern in the phrasebooks names the task and what is to change. What may be a to-do or
talk as well is a request only if it fits an open task (``only_if_it_fits`` in ``ChangeTask``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.records import UNCHANGED, Due, TaskPatch
from core.text import clean
from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.deadlines import parse_deadline
from core.words.details import MAX_NOTES
from core.words.estimates import minutes_of
from core.words.intents import ChangeTask
from core.words.named_task import listed_task
from core.words.new_dates import delay_of, earlier, new_date
from core.words.patches import MAX_NAME, merged, new_title, parse_patch
from core.words.phrasebooks.books import changes, requests, wishes
from core.words.phrasebooks.change_phrase import ChangePhrase, phrases
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.places import split_place
from core.words.priorities import priority_of
from core.words.tasks import LOWEST_PRIORITY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    now: datetime
    zone: ZoneInfo


def read_change(text: str, *, now: datetime, zone: ZoneInfo) -> ChangeTask | None:
    """The request that the text is; None for other texts, and for what names no single task.

    Raises ``BadInput`` (``task_too_long``, ``not_a_change``) for a new title.
    """
    moment = _Moment(now=now, zone=zone)
    return _two_changes(text, moment) or _one_change(text, moment)


def _one_change(text: str, moment: _Moment) -> ChangeTask | None:
    return next((change for phrase in _CHANGES if (change := _read(phrase, text, moment))), None)


def _two_changes(text: str, moment: _Moment) -> ChangeTask | None:
    """Of "rename dentist to orthodontist and move it to friday"."""
    for joint in _AND.finditer(text):
        more = _one_change(text[joint.end() :], moment)
        first = _one_change(text[: joint.start()], moment) if more and not more.title else None
        both = merged(first.patch, more.patch) if first and more else None
        if first and both:
            return replace(first, patch=both, typed=text if first.typed else "")
    return None


# Before words that name the task no more: "and make it p1".
_NAMES_IT = one_of(requests.NAMES_IT)
_AND = lazy_pattern(rf",? (?:{one_of(requests.AND)})(?: (?:{one_of(requests.THEN)}))? (?={_NAMES_IT})")
_PARTS = (
    "DEADLINES",
    "NO_DATES",
    "LABELS",
    "PROJECTS",
    "NOTES",
    "TITLES",
    "PRIORITIES",
    "ESTIMATES",
    "DATES",
    "BARE_PRIORITIES",
)
_DEADLINE = lazy_pattern(one_of(wishes.DEADLINE))


def _phrases(part: str) -> Iterator[ChangePhrase]:
    """The phrases of all languages; one that has notes between task and note belongs to all of them."""
    if part == "NOTES":
        articles, note = one_of(requests.NOTE_ARTICLES), one_of(requests.NOTE)
        noted = rf"(?P<title>(?!(?:{articles})\b).+?)(?: ?[,:–])? (?:{note}) ?: (?P<value>.+)"
        yield from phrases("notes", noted, sure=False)
    for book in changes.books.values():
        yield from getattr(book, part)


_CHANGES = tuple(phrase for part in _PARTS for phrase in _phrases(part))


def _read(phrase: ChangePhrase, text: str, moment: _Moment) -> ChangeTask | None:
    found = phrase.pattern.fullmatch(text)
    if found is None:
        return None
    for said in _readings(found.groupdict(), phrase):
        task = listed_task(said.title)
        kind = "put_off" if phrase.kind == "when" and said.may_be_amount else phrase.kind
        patch = _PATCHES[kind](said.value, moment) if task else None
        if task and patch:
            is_sure = phrase.is_sure or (task.is_surely_a_task and bool(task.title))
            typed = "" if is_sure else text
            title, patch = _of_a_deadline(task.title, patch, kind)
            return ChangeTask(
                title=title,
                patch=patch,
                only_if_it_fits=not is_sure,
                typed=typed,
                of_deadline=kind == "no_date" and _DEADLINE.search(text) is not None,
            )
    return None


_ITS_DEADLINE = lazy_pattern(rf"(?:(?P<title>.+?)(?:['’]s)? )?(?:{one_of(wishes.DEADLINE)})")


def _of_a_deadline(title: str, patch: TaskPatch, kind: str) -> tuple[str, TaskPatch]:
    """Title and change of "the report deadline", whose date is a deadline; others as they are.

    Of "the deadline" alone, the title is empty: the task that was talked about last.
    """
    found = _ITS_DEADLINE.fullmatch(title) if kind in _DATE_KINDS else None
    if found is None:
        return title, patch
    on = patch.due.on if isinstance(patch.due, Due) else patch.on
    deadline = None if kind == "no_date" else on
    is_date = patch.repeats in (UNCHANGED, None) and deadline is not UNCHANGED
    return (found["title"] or "", TaskPatch(deadline=deadline)) if is_date else (title, patch)


_DATE_KINDS = frozenset(("when", "put_off", "value", "no_date"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One way to part the words."""

    title: str
    value: str
    may_be_amount: bool = False
    """Whether the value may be an amount by which a date is put off: after "by", not after "to"."""


def _readings(groups: dict[str, str | None], phrase: ChangePhrase) -> Iterator[_Reading]:
    """Each way to part the words into the task and the new value."""
    if groups.get("rest") is None:
        title = groups.get("title") or groups.get("title2") or "it"
        yield _Reading(title=title, value=groups.get("value") or groups.get("value2") or "")
        return
    rest = str(groups["rest"])
    for joint in re.finditer(phrase.joints, rest, re.IGNORECASE) if phrase.joints else ():
        title, value = rest[: joint.start()].strip(), rest[joint.end() :].strip()
        if phrase.kind not in _OF_ANY_LENGTH and len(value.split()) > MAX_DATE_WORDS:
            continue
        yield _Reading(title=title, value=value, may_be_amount=not _TO.fullmatch(joint[0].strip()))


MAX_DATE_WORDS = 12
"""Words of a date or an amount. It bounds the work on a text with many joints."""

_OF_ANY_LENGTH = frozenset(("rename", "notes"))
_TO = lazy_pattern(one_of(requests.MOVED_TO))


# --- What the new value means ------------------------------------------------------------------------------


def _when(value: str, moment: _Moment) -> TaskPatch | None:
    found = new_date(value, now=moment.now, zone=moment.zone) or _patch(value, moment)
    has_date = found and (found.delay or (found.due, found.repeats, found.on, found.at) != (UNCHANGED,) * 4)
    return found if has_date else None


def _patch(value: str, moment: _Moment) -> TaskPatch | None:
    """Of "edit dentist: friday 9am p1"."""
    try:
        return parse_patch(value, now=moment.now, zone=moment.zone)
    except BadInput:
        return None


def _delay(value: str, _: _Moment) -> TaskPatch | None:
    put_off = delay_of(value)
    return TaskPatch(delay=put_off) if put_off else None


def _advance(value: str, _: _Moment) -> TaskPatch | None:
    """By how much a date is brought forward: "bring the dentist forward an hour"."""
    amount = delay_of(value)
    return TaskPatch(delay=earlier(amount)) if amount else None


def _called(value: str, _: _Moment) -> TaskPatch | None:
    """A new title, but not "call her tomorrow"."""
    return None if whole_time_phrase(sentence_of(tokens_of(value))) else new_title(value)


def _rule(value: str, moment: _Moment) -> TaskPatch | None:
    found = new_date(value, now=moment.now, zone=moment.zone)
    return found if found and found.repeats and isinstance(found.repeats, str) else None


def _value(value: str, moment: _Moment) -> TaskPatch | None:
    """Of "make it …": a date, a priority or an estimate."""
    minutes = minutes_of(value)
    if minutes:
        return TaskPatch(minutes=minutes)
    return new_date(value, now=moment.now, zone=moment.zone) or (
        None if value.isdecimal() else priority_of(value)
    )


def _minutes(value: str, _: _Moment) -> TaskPatch | None:
    minutes = minutes_of(value)
    return TaskPatch(minutes=minutes) if minutes else None


def _label_names(value: str) -> tuple[str, ...]:
    found = _TAG.findall(value) or [value.strip(" \"'“”„,.")]
    return tuple(clean(name, MAX_NAME) for name in found)


def _project(value: str, _: _Moment) -> TaskPatch | None:
    project, section = split_place(clean(value.strip(" +\"'“”„,.:"), 2 * MAX_NAME))
    if not 0 < len(f"{project} {section}".split()) <= _MAX_PROJECT_WORDS:
        return None
    return TaskPatch(project=project[:MAX_NAME] or None, section=section[:MAX_NAME] if section else UNCHANGED)


def _deadline(value: str, moment: _Moment) -> TaskPatch | None:
    found = parse_deadline(value, now=moment.now, zone=moment.zone)
    return TaskPatch(deadline=found) if found else None


_MAX_PROJECT_WORDS = 4
_TAG = re.compile(r"[#@]([^\W\d_][\w/-]*)")
_PATCHES: dict[str, Callable[[str, _Moment], TaskPatch | None]] = {
    "when": _when,
    "put_off": lambda value, moment: _delay(value, moment) or _when(value, moment),
    "delay": _delay,
    "advance": _advance,
    "patch": _patch,
    "call": _called,
    "rule": _rule,
    "value": _value,
    "deadline": _deadline,
    "no_date": lambda _, __: TaskPatch(due=None, repeats=None, repeats_from_done=False),
    "no_repeat": lambda _, __: TaskPatch(repeats=None, repeats_from_done=False),
    "rename": lambda value, _: new_title(value),
    "priority": lambda value, _: priority_of(value),
    "not_urgent": lambda _, __: TaskPatch(priority=LOWEST_PRIORITY),
    "higher": lambda _, __: TaskPatch(priority_step=1),
    "lower": lambda _, __: TaskPatch(priority_step=-1),
    "minutes": _minutes,
    "no_minutes": lambda _, __: TaskPatch(minutes=None),
    "label": lambda value, _: TaskPatch(add_labels=_label_names(value)),
    "unlabel": lambda value, _: TaskPatch(remove_labels=_label_names(value)),
    "no_labels": lambda _, __: TaskPatch(labels=()),
    "project": _project,
    "no_project": lambda _, __: TaskPatch(project=None),
    "notes": lambda value, _: TaskPatch(add_notes=clean(value, MAX_NOTES)),
    "no_notes": lambda _, __: TaskPatch(notes=None),
}
