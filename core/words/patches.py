"""A change of a task in words, after the task was chosen: "friday 9am", "p1", "2 hours", "#home", "no date".

``core/words/changes.py`` finds such words in a sentence that also names the task.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.records import UNCHANGED, TaskPatch
from core.text import clean, refuse
from core.words.deadlines import take_deadline
from core.words.details import MAX_NOTES
from core.words.estimates import minutes_of
from core.words.new_dates import delay_of, new_date
from core.words.phrasebooks.books import requests, times, wishes
from core.words.phrasebooks.patterns import lazy_phrase, one_of
from core.words.priorities import priority_of
from core.words.tasks import says_something

MAX_PATCH = 600
"""Code points of a change in words."""

MAX_TITLE = 300
MAX_NAME = 40
"""Code points of a label or a project."""

LABEL = r"[#@][^\W\d_][\w/-]{0,39}"


def parse_patch(text: str, *, now: datetime, zone: ZoneInfo) -> TaskPatch:
    """The change that the words mean: a date, recurrence, priority, estimate, label, project, note or title.

    Several may be combined: ``friday 9am p1 #home``. Raises ``BadInput``: ``not_a_change`` if any word means
    none of these, ``task_too_long`` for a new title.
    """
    said = clean(text, MAX_PATCH)
    found = _title_or_notes(said)
    if found:
        return found
    limited = take_deadline(said, now=now, zone=zone)
    patch, rest = _clauses(limited.text if limited else said)
    patch = replace(patch, deadline=limited.deadline) if limited else patch
    for part in _parts(rest):
        read = _when_or_estimate(part, now, zone)
        both = merged(patch, read) if read else None
        if both is None:
            raise refuse("not_a_change", text)
        patch = both
    if patch == TaskPatch():
        raise refuse("not_a_change", text)
    return patch


def parse_move(text: str, *, now: datetime, zone: ZoneInfo) -> TaskPatch:
    """The new date that the words mean: ``friday 9am``, ``no date``, ``a week``, ``2 hours later``.

    An amount puts the date off. Raises ``BadInput("not_a_date")``.
    """
    typed = clean(text, MAX_PATCH)
    said = _LEAD.sub("", typed)
    put_off = delay_of(said) if said == typed else None
    found = TaskPatch(delay=put_off) if put_off else new_date(said, now=now, zone=zone)
    if found is None:
        raise refuse("not_a_date", text)
    return found


def merged(one: TaskPatch, other: TaskPatch) -> TaskPatch | None:
    """Both changes as one; None if both change the same."""
    values = {}
    for field in fields(TaskPatch):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if field.name in ("add_labels", "remove_labels"):
            values[field.name] = mine + theirs
        elif theirs in (UNCHANGED, None, 0) and theirs == field.default:
            values[field.name] = mine
        elif mine != field.default:
            return None
        else:
            values[field.name] = theirs
    both = TaskPatch(**values)
    return _one_date(both)


def _one_date(patch: TaskPatch) -> TaskPatch | None:
    """With a day and a time in one; None if a whole date comes with a part of another."""
    parts = (patch.on is not UNCHANGED) + (patch.at is not UNCHANGED)
    has_whole = patch.due is not UNCHANGED or patch.delay is not None
    return None if has_whole and parts else patch


# --- Title and notes ---------------------------------------------------------------------------------------

_NEW_TITLE = lazy_phrase(*requests.NEW_TITLE)
_NOTE = one_of((*requests.NOTE_ADDED, *requests.NOTE))
_NOTES = re.compile(rf"(?:^|(?P<before>.*?)\s)(?://|(?:{_NOTE}) ?:)\s*(?P<notes>.+)", re.IGNORECASE)
_NO_NOTES = lazy_phrase(*requests.NO_NOTES)


def _title_or_notes(said: str) -> TaskPatch | None:
    """A new title, or notes, which take all the rest of the words."""
    if _NO_NOTES.fullmatch(said):
        return TaskPatch(notes=None)
    if titled := _NEW_TITLE.fullmatch(said):
        return new_title(next(group for group in titled.groups() if group))
    noted = _NOTES.fullmatch(said)
    return TaskPatch(notes=clean(noted["notes"], MAX_NOTES)) if noted and not noted["before"] else None


def new_title(words: str) -> TaskPatch:
    """The title as typed, without quotation marks around it.

    Raises ``BadInput``: ``task_too_long``, ``not_a_change``.
    """
    title = _QUOTES.sub(r"\1", words.strip())
    if not says_something(title):
        raise refuse("not_a_change", words)
    if len(title) > MAX_TITLE:
        raise BadInput("task_too_long", limit=str(MAX_TITLE))
    return TaskPatch(title=title)


_QUOTES = re.compile(r"^[\"“„«'‘]\s*(.+?)\s*[\"”“»'’]$")


# --- Clauses that stand anywhere ---------------------------------------------------------------------------


def _labels(found: re.Match[str]) -> TaskPatch:
    return TaskPatch(add_labels=(found["label"][1:],))


def _unlabelled(found: re.Match[str]) -> TaskPatch:
    return TaskPatch(remove_labels=(found["label"].lstrip("#@"),))


def _ranked(found: re.Match[str]) -> TaskPatch | None:
    return priority_of(found[0].strip(" ,;"))


def _estimated(found: re.Match[str]) -> TaskPatch | None:
    minutes = minutes_of(next(value for name, value in found.groupdict().items() if value))
    return TaskPatch(minutes=minutes) if minutes else None


_AMOUNT_WORDS = r"(?:[~≈]\s*)?\S+(?: (?!p[1-4]\b)\S+){0,4}?"
_AND = one_of(requests.AND)
_ENDS = rf"(?=$|[,;)]| (?:p[1-4]|{_AND})\b| [#@+])"
_NO, _PROJECT = one_of(requests.NO), one_of(requests.PROJECT_NAMES)
_OFF = one_of(sorted(times.words("OFF")))
_HOURS = one_of(requests.HOURS_AFTER_NUMBER)
_Reads = Callable[[re.Match[str]], TaskPatch | None]
_CLAUSES: tuple[tuple[str, _Reads], ...] = (
    (rf"(?:-|(?:{_NO}) )(?P<label>{LABEL})", _unlabelled),
    (rf"(?:(?:{one_of(requests.LABEL_NAMES)}) )?(?P<label>{LABEL})", _labels),
    (rf"(?:{_NO}) (?:{_PROJECT})", lambda _: TaskPatch(project=None)),
    (
        rf"(?:{_NO}) (?:{one_of(wishes.DEADLINE)})|(?:{one_of(wishes.DEADLINE)}):? (?:{_OFF})",
        lambda _: TaskPatch(deadline=None),
    ),
    (rf"(?:{_NO}) (?:{one_of(requests.LABEL_NAMES)})", lambda _: TaskPatch(labels=())),
    (rf"(?:{_NO}) (?:{one_of(requests.ESTIMATE_NAMES)})", lambda _: TaskPatch(minutes=None)),
    (
        rf"\+(?P<name>[^\W\d_][\w/-]{{0,39}})|(?:{_PROJECT}) ?:? ?(?P<named>[^\W\d_][\w/-]{{0,39}})",
        lambda found: TaskPatch(project=found["name"] or found["named"]),
    ),
    (rf"p[1-4]|!{{1,3}}|{one_of(requests.RANKS)}", _ranked),
    (rf"(?:{one_of(requests.TAKES)}) (?P<amount>{_AMOUNT_WORDS}){_ENDS}", _estimated),
    (
        rf"\((?P<amount>[^()]{{2,20}})\)|(?P<tilde>[~≈] ?\d\S*(?: (?:h|m|min\w*|{_HOURS}))?)",
        _estimated,
    ),
)


@cache
def _compiled_clauses() -> tuple[tuple[re.Pattern[str], _Reads], ...]:
    """Compiled for the first change."""
    return tuple(
        (re.compile(rf"(?:^|(?<=[\s,;]))(?:{pattern})(?=$|[\s,;])", re.IGNORECASE), read)
        for pattern, read in _CLAUSES
    )


_LEAD = re.compile(rf"^(?:{one_of(requests.TO_A_VALUE + requests.UNTIL_A_VALUE)}) ", re.IGNORECASE)
_MAX_PART_WORDS = 14
_JOINTS = re.compile(
    rf"^(?:(?:{_AND}|{one_of(requests.TO_A_VALUE)})(?:\s+|$)|[,;]\s*)+|(?:[,;]|\s+(?:{_AND}))+$",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"\b(?:{one_of(requests.HOURS_AFTER_NUMBER)})\b", re.IGNORECASE)


def _clauses(said: str) -> tuple[TaskPatch, str]:
    """What the clauses change, and the words that are left."""
    patch, rest = TaskPatch(), said
    noted = _NOTES.fullmatch(rest)
    if noted and noted["before"]:
        patch, rest = TaskPatch(notes=clean(noted["notes"], MAX_NOTES)), noted["before"]
    for pattern, read in _compiled_clauses():
        while found := pattern.search(rest):
            one = read(found)
            both = merged(patch, one) if one else None
            if both is None:
                break
            patch, rest = both, f"{rest[: found.start()]}; {rest[found.end() :]}"
    return patch, rest


def _parts(rest: str) -> Iterator[str]:
    """The words that are left, piece by piece."""
    for piece in rest.split(";"):
        part = piece.strip()
        while part != (shorter := _JOINTS.sub("", part).strip()):
            part = shorter
        if part:
            yield part


def _when_or_estimate(part: str, now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    """A date, an estimate, or both next to each other: "friday 9am 2 hours", "2 hours, friday"."""
    if minutes := minutes_of(part):
        return TaskPatch(minutes=minutes)
    if _UNIT.search(part):
        return _when_and_estimate(part, now, zone) or new_date(part, now=now, zone=zone)
    return new_date(part, now=now, zone=zone) or _when_and_estimate(part, now, zone)


def _when_and_estimate(part: str, now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    words = part.split()
    if len(words) > _MAX_PART_WORDS:
        return None
    for cut in range(1, len(words)):
        for when, amount in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            minutes = minutes_of(" ".join(amount))
            dated = new_date(" ".join(when), now=now, zone=zone) if minutes else None
            if dated:
                return replace(dated, minutes=minutes)
    return None
