"""A change of a task in words, after the task was chosen: "friday 9am", "p1", "takes 2 hours", "no date"."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from core.records import Delay, Due, TaskPatch
from core.text import clean, refuse
from core.words.dates.vocabulary import ENGLISH
from core.words.tasks import LOWEST_PRIORITY, MAX_TITLE, parse_task

_TITLE = re.compile(r"(?:rename(?: it)?(?: to)?|title:?|call it|umbenennen in|renommer en)\s+(.+)", re.I)
_ESTIMATE = re.compile(r"(?:takes?|dauert|dure|estimate:?)\s+(\d{1,3})\s*(\w+)\.?", re.I)
_NO_DATE = re.compile(r"(?:no|without a?|kein|ohne|sans) (?:due )?(?:date|datum)", re.I)
_DELAY = re.compile(r"(?:by|um|de|d['’])\s*(\d{1,3}|an?|one|eine?n?|une?)\s*(\w+)", re.I)
_LEAD = re.compile(r"(?:(?:move|put|postpone|make|set)(?: it)?|to|auf|à)\s+", re.I)
_UNITS = {"minute": ("minutes", 1), "hour": ("minutes", 60), "day": ("days", 1), "week": ("days", 7)}
_UNITS |= {"month": ("months", 1), "year": ("months", 12)}
_STAND_IN = "Xyzzy"
"""A title without a date in it, before which dates are parsed."""


def parse_patch(text: str, *, now: datetime, zone: ZoneInfo) -> TaskPatch:
    """The change that the words mean: date, recurrence, priority, estimate, or a new title.

    Raises ``BadInput``: ``not_a_moment`` if the words mean none of these, ``task_too_long`` for a title.
    """
    said = clean(text, 2 * MAX_TITLE)
    if found := _TITLE.fullmatch(said):
        return TaskPatch(title=clean(found[1].strip("\"'“”"), MAX_TITLE))
    found = _ESTIMATE.fullmatch(said)
    unit = _unit(found[2]) if found else None
    if found and unit and unit[0] == "minutes" and int(found[1]):
        return TaskPatch(minutes=int(found[1]) * unit[1])
    return parse_move(said, now=now, zone=zone)


def parse_move(text: str, *, now: datetime, zone: ZoneInfo) -> TaskPatch:
    """The new date that the words mean: ``friday 9am``, ``no date``, ``by a week``; with a priority, if one
    is there. Raises ``BadInput("not_a_moment")``.
    """
    said = _LEAD.sub("", clean(text, 2 * MAX_TITLE), count=1)
    if _NO_DATE.fullmatch(said):
        return TaskPatch(due=None)
    found = _DELAY.fullmatch(said)
    unit = _unit(found[2]) if found else None
    if found and unit:
        count = int(found[1]) if found[1].isdecimal() else 1
        return TaskPatch(delay=Delay(**{unit[0]: count * unit[1]}))
    return _by_parts(said, text, now, zone)


def _by_parts(said: str, text: str, now: datetime, zone: ZoneInfo) -> TaskPatch:
    draft = parse_task(f"{_STAND_IN} {said}", now=now, zone=zone)
    values: dict[str, Due | int | str] = {}
    if draft.due:
        values["due"] = draft.due
    if draft.repeats:
        values["repeats"] = draft.repeats
    if draft.priority != LOWEST_PRIORITY or said.casefold() == "p4":
        values["priority"] = draft.priority
    if draft.title != _STAND_IN or not values:
        raise refuse("not_a_moment", text)
    return TaskPatch(**values)  # type: ignore[arg-type]  # each value has the type of its field


def _unit(word: str) -> tuple[str, int] | None:
    plain = ENGLISH.get(word.casefold(), word.casefold())
    return _UNITS.get(plain.removesuffix("s"))
