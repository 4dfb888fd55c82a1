"""Whether the facts support what a written tip claims: numbers, days, deadlines, priorities, other tasks.

Claims about a deadline or a priority are compared with the fields of the facts, never with words: the title
of a task may mention days and deadlines freely. Deterministic and strict: losing a good tip costs less than
sending an invented deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.records import Context, Fact, LoadFact, MomentFact, TaskFact
from core.tips.facts import text_of
from core.tips.spanish_claims import SPANISH, without_mornings
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
    "priorität": "priority",
    "prioritaet": "priority",
    "priorité": "priority",
}
_MISSED = "passed|expired|missed|abgelaufen|verstrichen|verpasst|überschritten|dépassée|passée|manquée"
_OVERDUE = re.compile(
    r"\b(?:past|was|were|(?:has|have|had) been) due\b|\bw(?:ar|aren) (?:\w+ ){0,2}fällig\b|\ben retard\b"
    r"|\bétait due?\b|\bbehind schedule\b|\b(?:missed|past) (?:its|the|your) deadline\b"
    rf"|\b(?:deadline|due date|frist|échéance) (?:\w+ ){{0,2}}(?:{_MISSED})\b"
    r"|\byou(?: are|'re) (?:\w+ )?late\b|\bspät dran\b|\bverspätet\b|\bim (?:verzug|rückstand)\b"
)
"""Sentences in lower case that call something overdue, in other words than *overdue*."""

_NOT_DUE = re.compile(
    r"\bdue to\b|\b(?:no|not|without an?|isn't|aren't) (?:due|deadline)\b|\bkeine frist\b|\bnicht fällig\b"
)
_PRIORITY = re.compile(r"\bpriority (?:(?:is|ist|est|of|number) )?(\d+)(?: (?:of|von|sur) 4)?\b")
"""Applied to words in one spelling."""

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
_NO_NOUNS = {
    *_CALENDAR,
    *_TODAY,
    *_DUE,
    *_LIMITS,
    *["is", "are", "was", "were", "ist", "sind", "war", "est", "now", "jetzt", "so", "and"],
}
"""Words that cannot be what the word before them describes: *overdue invoices*, but not *overdue now*."""

_MIN_TITLE_CHARS = 4
"""Shorter titles are not searched for in tips about something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grounds:
    """What a tip may claim, as numbers and calendar words in one spelling."""

    has_deadline: bool
    deadline: frozenset[str]
    """What may be said in a sentence about a deadline; anywhere else as well."""

    elsewhere: frozenset[str]
    """What may be said in other sentences only: the current date and time, whatever titles mention."""

    priorities: frozenset[str]
    quotes: frozenset[tuple[str, str]]
    """Neighbouring words of a title: a word and the noun that it describes. Together they may be repeated."""


def ungrounded(said: str, facts: Sequence[Fact], context: Context) -> str | None:
    """What ``said`` claims beyond ``facts``: ungrounded_number, ungrounded_date, ungrounded_task; or None."""
    grounds = _grounds(facts, context)
    calendar = _CALENDAR | _TODAY if _DUE & set(_words(said)) else _CALENDAR
    sentences = _SENTENCE.split(said.casefold())
    invented = {claim for one in sentences for claim in _invented(one, grounds, calendar)}
    if any(claim.isdecimal() for claim in invented):
        return "ungrounded_number"
    if invented:
        return "ungrounded_date"
    return "ungrounded_task" if _names_another(said, facts, context) else None


def claims(text: str) -> set[str]:
    """The numbers and calendar words in ``text``, each in one spelling, in English, German or French.

    *Today* claims something only together with *due*: "do it today" is a proposal.
    """
    words = set(_words(text))
    days = _CALENDAR | _TODAY if words & _DUE else _CALENDAR
    return {word for word in words if word.isdecimal() or word in days}


def _words(text: str) -> list[str]:
    """The words in one spelling, numbers as digits."""
    words = _WORD.findall(without_mornings(text).casefold())
    found = (word for word in words if word not in _IDIOMS)
    plain = (_MORE_ENGLISH.get(word) or ENGLISH.get(word) or SPANISH.get(word, word) for word in found)
    return [str(int(word)) if word.isdecimal() else word for word in plain]


def _invented(sentence: str, grounds: _Grounds, calendar: set[str]) -> Iterator[str]:
    """The claims of a sentence that nothing supports."""
    words = _words(sentence)
    yield from _invented_priorities(words, grounds)
    words = _PRIORITY.sub("priority", " ".join(words)).split()
    mentions_due = bool(_DUE & set(words))
    about_deadline = mentions_due or bool(_LIMITS & set(words))
    grounded = grounds.deadline if about_deadline else grounds.deadline | grounds.elsewhere
    for word, following in pairwise([*words, ""]):
        is_claim = word.isdecimal() or word in calendar
        if is_claim and word not in grounded and (word, following) not in grounds.quotes:
            yield word
    if _OVERDUE.search(sentence) and "overdue" not in grounds.deadline:
        yield "overdue"
    if mentions_due and not (grounds.has_deadline or _is_quoted(words, grounds) or _NOT_DUE.search(sentence)):
        yield "due"


def _invented_priorities(words: list[str], grounds: _Grounds) -> Iterator[str]:
    """Numbers after *priority* that no task has, unless a title is repeated: *priority 2 tickets*."""
    text = " ".join(words)
    for found in _PRIORITY.finditer(text):
        following = text[found.end() :].split(maxsplit=1)
        if found[1] not in grounds.priorities and (found[1], *following[:1]) not in grounds.quotes:
            yield found[1]


def _is_quoted(words: list[str], grounds: _Grounds) -> bool:
    """Whether each word about a deadline precedes the same word as in a title."""
    pairs = pairwise([*words, ""])
    return all(pair in grounds.quotes for pair in pairs if pair[0] in _DUE)


# --- What the facts support --------------------------------------------------------------------------------


def _grounds(facts: Sequence[Fact], context: Context) -> _Grounds:
    tasks = [fact for fact in facts if isinstance(fact, TaskFact)]
    loads = [fact for fact in facts if isinstance(fact, LoadFact)]
    moments = [fact for fact in facts if isinstance(fact, MomentFact)]
    today = context.now.astimezone(ZoneInfo(context.zone)).date()
    deadline = {word for task in tasks for word in _deadline_words(task, today)}
    deadline |= {str(count) for load in loads for count in (load.open_tasks, load.overdue_tasks)}
    if context.request.minutes:
        deadline.add(str(context.request.minutes))
    if not tasks and any(load.overdue_tasks for load in loads):
        deadline.add("overdue")
    titles = [_words(task.title) for task in tasks]
    mentioned = claims(" ".join(task.title for task in tasks)) - {"overdue"}
    return _Grounds(
        has_deadline=bool(loads) or any(task.due for task in tasks),
        deadline=frozenset(deadline),
        elsewhere=frozenset({word for one in moments for word in _date_words(one.on, one.at)} | mentioned),
        priorities=frozenset(str(task.priority) for task in tasks),
        quotes=frozenset(pair for words in titles for pair in pairwise(words) if pair[1] not in _NO_NOUNS),
    )


def _deadline_words(task: TaskFact, today: date) -> Iterator[str]:
    """What may be said about when ``task`` is due: its date and time, and how far they are from ``today``."""
    if task.due is None:
        return
    yield from _date_words(task.due.on, task.due.at)
    yield from (word for word, days in _DAYS.items() if task.due.on == today + timedelta(days=days))
    if task.is_overdue:
        yield "overdue"


def _date_words(on: date, at: time | None) -> Iterator[str]:
    """A date and time in the spelling of ``_words``."""
    yield from (WEEKDAYS[on.weekday()], str(on.day), MONTHS[on.month - 1], str(on.year))
    if at:
        yield from (str(at.hour), str(at.minute))


def _names_another(said: str, facts: Sequence[Fact], context: Context) -> bool:
    """Whether ``said`` names a task that the tip does not rest on."""
    known = " ".join(fact.title if isinstance(fact, TaskFact) else text_of(fact) for fact in facts).lower()
    used = {fact.task_id for fact in facts}
    others = (fact for fact in context.facts if isinstance(fact, TaskFact) and fact.task_id not in used)
    titles = [fact.title.lower() for fact in others if len(fact.title) >= _MIN_TITLE_CHARS]
    return any(title in said.lower() and title not in known for title in titles)
