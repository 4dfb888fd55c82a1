"""Narrows a task list by typed words: ``today``, ``overdue``, ``#work``, ``+House``, ``/Kitchen``, ``p1``.

Other words are those of titles, labels, projects and sections: ``rent``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.records import Due, Task
from core.text import clean
from core.tips.urgency import due_day, is_overdue, pressing_due
from core.words.dates.extract import extract_date
from core.words.dates.sentence import tokens_of
from core.words.matching import all_tasks, contains, matches
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import lazy_pattern, one_of

MAX_FILTER = 80
"""Code points of a filter; the rest of a longer one is dropped."""

_ALL = {"all", "everything", "alle", "alles", "tout", "toutes", "tous", "todo", "todas"}
_OVERDUE = {"overdue", "late", "überfällig", "ueberfaellig", "en retard", "atrasadas", "vencidas"}
_UNDATED = {
    "no date", "without date", "without a date", "undated", "no due date",
    "ohne datum", "ohne termin", "sans date", "sin fecha",
}  # fmt: skip
_TODAY = {"today", "tonight", "heute", "aujourd'hui", "hoy"}
_TOMORROW = {"tomorrow", "morgen", "demain", "mañana"}
_WEEK = {"week", "this week", "woche", "diese woche", "semaine", "cette semaine", "semana", "esta semana"}
_NEXT_WEEK = {"next week", "nächste woche", "naechste woche", "semaine prochaine", "próxima semana"} | {
    "kommende woche", "la semaine prochaine", "la próxima semana", "la proxima semana", "la semana que viene",
}  # fmt: skip
_WEEKEND = {
    "weekend",
    "this weekend",
    "wochenende",
    "am wochenende",
    "week-end",
    "ce week-end",
    "fin de semana",
    "the weekend",
    "dieses wochenende",
    "das wochenende",
    "le week-end",
    "este fin de semana",
    "el fin de semana",
    "finde",
    "este finde",
    "el finde",
}
_MONTH = {"month", "this month", "monat", "diesen monat", "mois", "ce mois", "mes", "este mes"}
_INTRODUCTION = re.compile(r"^(?:due|for|on|by|fällig|für|am|pour|para)\s+(?=\S)", re.IGNORECASE)
_BEFORE_A_DATE = lazy_pattern(rf"(?:,? (?:{one_of(requests.BEFORE_A_SCOPE)}))+$")
"""What is left between the words of titles and a date that is cut off: "invoices of"."""

_MARK = re.compile(
    r"(?P<label>[#@](?P<name>\S+))|(?P<project>\+(?P<title>\S+))|(?P<section>/(?P<part>[^\s/]\S*))|(?P<priority>p[1-4])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A range of days."""

    first: date
    last: date
    """Included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """What a task must be like; every condition that is set has to hold."""

    labels: frozenset[str] = frozenset()
    """In lower case; a task has to have all of them. ``#Work`` may be a project or section as well, as in
    Todoist: its whole name, without spaces.
    """

    project: str | None = None
    """The beginning of the name of its project or section, or of both, in lower case: ``work/ideas``."""

    section: str | None = None
    """The beginning of the section's name, in lower case."""

    priority: int | None = None
    days: Days | None = None
    overdue: bool = False
    undated: bool = False
    words: str = ""
    """Words of the title, a label, the project or the section."""


def clean_filter(text: str) -> str:
    """A typed filter as it is kept and shown."""
    return clean(text, MAX_FILTER)


def filtered(tasks: Sequence[Task], text: str, *, now: datetime, zone: ZoneInfo) -> list[Task]:
    """The tasks that a typed filter leaves, in their order; all of them if it is empty.

    If nothing is left of words together with a date, the words may be a title: "plan the week".
    """
    wanted = parse_filter(text, now=now, zone=zone)
    found = _by_words([one for one in tasks if _fits(one, wanted, now, zone)], wanted.words)
    if found or not wanted.words or not (wanted.days or wanted.overdue or wanted.undated):
        return found
    return _by_words(tasks, clean_filter(text))


def with_words(tasks: Sequence[Task], text: str, *, typed: str, now: datetime, zone: ZoneInfo) -> list[Task]:
    """The tasks whose titles have all words of the text in any form, on the date in it if there is one:
    "invoices", "invoices of today". Empty if the text is but a date, or a task is ``typed`` itself.
    """
    wanted = parse_filter(text, now=now, zone=zone)
    words = _BEFORE_A_DATE.sub("", wanted.words)
    fitting = [task for task in tasks if _fits(task, wanted, now, zone)]
    found = all_tasks(words, [task.title for task in fitting], typed=typed) if words else []
    return [fitting[at] for at in found]


def parse_filter(text: str, *, now: datetime, zone: ZoneInfo) -> TaskFilter:
    """The conditions in ``text``: marks (``#label``, ``+project``, ``p1``), a day or range of days, words."""
    labels, project, section, priority, others = set(), None, None, None, []
    for word in clean_filter(text).split():
        mark = _MARK.fullmatch(word.casefold())
        if mark is None:
            others.append(word)
        elif mark["label"]:
            labels.add(mark["name"])
        elif mark["project"]:
            project = mark["title"]
        elif mark["section"]:
            section = mark["part"]
        else:
            priority = int(mark["priority"][1])
    marks = TaskFilter(labels=frozenset(labels), project=project, section=section, priority=priority)
    return _with_time(marks, _INTRODUCTION.sub("", " ".join(others)), now, zone)


# --- When --------------------------------------------------------------------------------------------------


def _with_time(marks: TaskFilter, text: str, now: datetime, zone: ZoneInfo) -> TaskFilter:
    """With the time that ``text`` names at its beginning or end; its other words belong to titles."""
    words = text.replace("’", "'").split()
    for size in range(len(words), 0, -1):
        for phrase, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            named = _named(" ".join(phrase).casefold(), now.astimezone(zone).date())
            if named:
                return _merged(marks, named, " ".join(rest))
    found = extract_date(tokens_of(text), now, zone)
    if found.planned is None or found.planned.repeats:
        return _merged(marks, TaskFilter(), text)
    day = due_day(Due(on=found.planned.on, at=found.planned.at, zone=found.planned.zone), zone)
    title = " ".join(token.typed for token in found.tokens)
    return _merged(marks, TaskFilter(days=Days(first=day, last=day)), title)


def _merged(marks: TaskFilter, when: TaskFilter, words: str) -> TaskFilter:
    return TaskFilter(
        labels=marks.labels,
        project=marks.project,
        section=marks.section,
        priority=marks.priority,
        days=when.days,
        overdue=when.overdue,
        undated=when.undated,
        words=_INTRODUCTION.sub("", words),
    )


def _named(phrase: str, today: date) -> TaskFilter | None:
    """The condition that a phrase names; None if it names none."""
    if phrase in _ALL:
        return TaskFilter()
    if phrase in _OVERDUE:
        return TaskFilter(overdue=True)
    if phrase in _UNDATED:
        return TaskFilter(undated=True)
    days = _named_days(phrase, today)
    return TaskFilter(days=days) if days else None


def _named_days(phrase: str, today: date) -> Days | None:
    """A week and a month begin today; a weekend that has begun is the one at hand."""
    monday = today - timedelta(days=today.weekday())
    ranges = (
        (_TODAY, today, 1),
        (_TOMORROW, today + timedelta(days=1), 1),
        (_WEEK, today, 7),
        (_NEXT_WEEK, monday + timedelta(days=7), 7),
        (_WEEKEND, monday + timedelta(days=5), 2),
        (_MONTH, today, 31),
    )
    for phrases, first, length in ranges:
        if phrase in phrases:
            return Days(first=first, last=first + timedelta(days=length - 1))
    return None


# --- Tasks -------------------------------------------------------------------------------------------------


def _fits(task: Task, wanted: TaskFilter, now: datetime, zone: ZoneInfo) -> bool:
    """Whether everything but the words holds."""
    return (
        _is_in_place(task, wanted)
        and wanted.priority in (None, task.priority)
        and (not wanted.overdue or is_overdue(task, now, zone))
        and (not wanted.undated or pressing_due(task, zone) is None)
        and (wanted.days is None or any(_is_within(due, wanted.days, zone) for due in _dates(task)))
    )


def _is_in_place(task: Task, wanted: TaskFilter) -> bool:
    """Whether it has the labels, and is in the project and section."""
    project, section = (task.project or "").casefold(), (task.section or "").casefold()
    names = {name.casefold() for name in task.labels} | {_joined(project), _joined(section)}
    both = _joined(f"{project}/{section}") if section else project
    return (
        wanted.labels <= names | {both}
        and (
            wanted.project is None
            or any(place.startswith(wanted.project) for place in (project, section, both))
        )
        and (wanted.section is None or section.startswith(wanted.section))
    )


def _joined(name: str) -> str:
    """The name without spaces, as it is typed in a mark."""
    return "".join(name.split())


def _dates(task: Task) -> tuple[Due | None, ...]:
    return (task.due, Due(on=task.deadline) if task.deadline else None)


def _is_within(due: Due | None, days: Days, zone: ZoneInfo) -> bool:
    return due is not None and days.first <= due_day(due, zone) <= days.last


def _by_words(tasks: Sequence[Task], words: str) -> list[Task]:
    """Tasks with all the words; if there are none, those whose titles have about these words."""
    if not words:
        return list(tasks)
    exact = [task for task in tasks if contains(words, _searched(task))]
    return exact or [tasks[index] for index in sorted(matches(words, [task.title for task in tasks]))]


def _searched(task: Task) -> str:
    return " ".join((task.title, *task.labels, task.project or "", task.section or ""))
