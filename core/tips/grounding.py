"""Whether what a written tip claims is in the facts it rests on: numbers, days, deadlines, other tasks.

Claims of when something is due are compared with the date of the task, and not with words: its title may
speak of days and deadlines as it likes. Deterministic and on the strict side: a good tip lost costs less than
an invented deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.model import Context, Fact, Task
from core.tips.urgency import describe_due, is_overdue
from core.words.dates.vocabulary import ENGLISH, MONTHS, WEEKDAYS

_WORD = re.compile(r"\d+|[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?;](?=\s|$)|\n")
_IDIOMS = {"one", "eins"}
_MORE_ENGLISH = {
    "überfällig": "overdue",
    "ueberfaellig": "overdue",
    "faellig": "due",
    "dû": "due",
    "frist": "deadline",
    "échéance": "deadline",
    "avant": "before",
    "hui": "today",  # aujourd'hui
}
_LATE = re.compile(
    r"\b(?:past|was|were|(?:has|have|had) been) due\b|\bw(?:ar|aren) (?:\w+ ){0,2}fällig\b|\ben retard\b"
    r"|\bétait due?\b|\bbehind schedule\b|\b(?:missed|past) (?:its|the|your) deadline\b"
)
_NOT_DUE = re.compile(
    r"\bdue to\b|\b(?:no|not|without an?|isn't|aren't) (?:due|deadline)\b|\bkeine frist\b|\bnicht fällig\b"
)
_DUE = {"due", "overdue", "deadline"}
_LIMITS = {"by", "before", "until", "till"}
_TODAY = {"today", "tonight"}
_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "overmorrow": 2}
_CALENDAR = {
    *WEEKDAYS,
    *(f"{day}s" for day in WEEKDAYS),
    *(set(MONTHS) - {"may"}),  # more often a verb
    *("yesterday", "tomorrow", "overmorrow", "noon", "midnight", "weekend", "overdue"),
}
_NO_THINGS = {
    *_CALENDAR,
    *_TODAY,
    *_DUE,
    *_LIMITS,
    *["is", "are", "was", "were", "ist", "sind", "war", "est", "now", "jetzt", "so", "and"],
}
_SHORTEST_NAMED = 4
"""Characters of a title that is looked for in a tip about something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grounds:
    """What a tip may claim. ``due``: about deadlines; ``stated``: otherwise, where ``titles`` count as well;
    ``quotes`` are pairs of words that stand side by side in a title: a word and what it describes.
    """

    has_due: bool
    due: frozenset[str]
    stated: frozenset[str]
    titles: frozenset[str]
    quotes: frozenset[tuple[str, str]]


def ungrounded(said: str, facts: Sequence[Fact], context: Context) -> str | None:
    """What ``said`` claims beyond ``facts``: ungrounded_number, ungrounded_date, ungrounded_task; or None."""
    tasks = _tasks(facts, context)
    grounds = _grounds(facts, tasks, context)
    of_today = _CALENDAR | _TODAY if _DUE & set(_words(said)) else _CALENDAR
    sentences = _SENTENCE.split(said.casefold())
    invented = {claim for one in sentences for claim in _invented(one, grounds, of_today)}
    if any(claim.isdecimal() for claim in invented):
        return "ungrounded_number"
    if invented:
        return "ungrounded_date"
    return "ungrounded_task" if _names_another(said, tasks, facts, context) else None


def claims(text: str) -> set[str]:
    """The numbers and calendar words in ``text``, each in one spelling, in English, German or French.

    *Today* claims something only together with *due*: "do it today" is a proposal.
    """
    words = set(_words(text))
    days = _CALENDAR | _TODAY if words & _DUE else _CALENDAR
    return {word for word in words if word.isdecimal() or word in days}


def _words(text: str) -> list[str]:
    """The words in one spelling, numbers as digits."""
    found = (word for word in _WORD.findall(text.casefold()) if word not in _IDIOMS)
    plain = (_MORE_ENGLISH.get(word) or ENGLISH.get(word, word) for word in found)
    return [str(int(word)) if word.isdecimal() else word for word in plain]


def _invented(sentence: str, grounds: _Grounds, calendar: set[str]) -> Iterator[str]:
    words = _words(sentence)
    is_due = bool(_DUE & set(words))
    about_deadline = is_due or bool(_LIMITS & set(words))
    grounded = grounds.due if about_deadline else grounds.due | grounds.stated | grounds.titles
    for word, following in pairwise([*words, ""]):
        is_claim = word.isdecimal() or word in calendar
        if is_claim and word not in grounded and (word, following) not in grounds.quotes:
            yield word
    if _LATE.search(sentence) and "overdue" not in grounds.due:
        yield "overdue"
    if is_due and not (grounds.has_due or _quoted(words, grounds) or _NOT_DUE.search(sentence)):
        yield "due"


def _quoted(words: list[str], grounds: _Grounds) -> bool:
    """Whether each word about a deadline stands in the title, before the same word as here."""
    pairs = pairwise([*words, ""])
    return all(pair in grounds.quotes for pair in pairs if pair[0] in _DUE)


# --- What the facts say ------------------------------------------------------------------------------------


def _tasks(facts: Sequence[Fact], context: Context) -> list[Task]:
    """The tasks that ``facts`` are about."""
    named = {fact.task_id for fact in facts if fact.task_id}
    return [task for task in context.tasks if task.task_id in named]


def _grounds(facts: Sequence[Fact], tasks: Sequence[Task], context: Context) -> _Grounds:
    others = [fact for fact in facts if not fact.task_id]
    load = claims(" ".join(fact.text for fact in others if fact.fact_id == "load")) - {"overdue"}
    minutes = {str(context.request.minutes)} if context.request.minutes else set()
    due = {claim for task in tasks for claim in _claims_of(task, context)} | load | minutes
    if load and not tasks and context.overdue_tasks:
        due.add("overdue")
    titles = [_words(task.title) for task in tasks]
    return _Grounds(
        has_due=bool(load) or any(task.due for task in tasks),
        due=frozenset(due),
        stated=frozenset(claims(" ".join(fact.text for fact in others)) - {"overdue"}),
        titles=frozenset(claims(" ".join(task.title for task in tasks)) - {"overdue"}),
        quotes=frozenset(pair for words in titles for pair in pairwise(words) if pair[1] not in _NO_THINGS),
    )


def _claims_of(task: Task, context: Context) -> Iterator[str]:
    """What may be claimed of when ``task`` is due: its date and time, and how that lies to now."""
    if task.due is None:
        return
    zone = ZoneInfo(context.zone)
    yield from claims(describe_due(task, context.now, zone))
    today = context.now.astimezone(zone).date()
    yield from (word for word, days in _DAYS.items() if task.due.on == today + timedelta(days=days))
    if is_overdue(task, context.now, zone):
        yield "overdue"


def _names_another(said: str, tasks: Iterable[Task], facts: Sequence[Fact], context: Context) -> bool:
    """Whether a task is named that the tip does not rest on."""
    known = " ".join([*(task.title for task in tasks), *(fact.text for fact in facts if not fact.task_id)])
    told = {fact.task_id for fact in context.facts} - {fact.task_id for fact in facts}
    titles = [task.title.lower() for task in context.tasks if task.task_id in told]
    found = [title for title in titles if len(title) >= _SHORTEST_NAMED and title in said.lower()]
    return any(title not in known.lower() for title in found)
