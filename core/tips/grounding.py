"""Whether the facts support what a written tip claims: numbers, days, deadlines, priorities, other tasks.

Claims about a deadline or a priority are compared with the fields of the facts, never with words: the title
of a task may mention days and deadlines freely. Deterministic and strict: losing a good tip costs less than
sending an invented deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.records import AgendaFact, Context, Due, Fact, LoadFact, MomentFact, OutcomeFact, TaskFact
from core.tips.claim_words import date_words, words_of
from core.tips.facts import BASIC, text_of
from core.tips.outcome_claims import without_outcomes
from core.tips.recent_claims import DAYS, quoted_texts, recent_claims
from core.words.dates.vocabulary import MONTHS, WEEKDAYS

_SENTENCE = re.compile(r"[.!?;](?=\s|$)|\n")
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

_SHARE = re.compile(r"\b(\d+) (?:out )?(?:of|from|sur) (?:(?:your|the|my|all|last) )*(\d+)\b")
"""Applied to words in one spelling."""

_DUE = {"due", "overdue", "deadline"}
_LIMITS = {"by", "before", "until", "till"}
_TODAY = {"today", "tonight"}
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

MINUTES_PER_HOUR = 60  # minutes
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
    """Neighbouring words of a title: a word and the noun that it describes. Together they may be repeated.
    Likewise the number and unit of an estimate.
    """

    shares: frozenset[tuple[int, int]]
    """Counts as parts of a whole: (overdue, open) tasks."""

    today: date
    recent: tuple[Fact, ...]
    """The cited facts of ``core/tips/recent_facts.py``: what they support depends on the sentence."""

    def in_sentence(self, sentence: str, words: Sequence[str]) -> set[str]:
        """What the recent facts support in this sentence besides."""
        return {word for fact in self.recent for word in recent_claims(fact, sentence, words, self.today)}

    @property
    def outcomes(self) -> list[OutcomeFact]:
        """The cited outcomes."""
        return [fact for fact in self.recent if isinstance(fact, OutcomeFact)]


def ungrounded(said: str, facts: Sequence[Fact], context: Context) -> str | None:
    """What ``said`` claims beyond ``facts``: ungrounded_number, ungrounded_date, ungrounded_task; or None."""
    grounds = _grounds(facts, context)
    calendar = _CALENDAR | _TODAY if _DUE & set(words_of(said)) else _CALENDAR
    sentences = _SENTENCE.split(said.casefold())
    invented = {claim for one in sentences for claim in _invented(one, grounds, calendar)}
    if any(claim.isdecimal() for claim in invented):
        return "ungrounded_number"
    if invented:
        return "ungrounded_date"
    return "ungrounded_task" if _names_another(said, facts, context) else None


def claims(text: str) -> set[str]:
    """The numbers and calendar words in ``text``, each in one spelling.

    *Today* claims something only together with *due*: "do it today" is a proposal.
    """
    words = set(words_of(text))
    days = _CALENDAR | _TODAY if words & _DUE else _CALENDAR
    return {word for word in words if word.isdecimal() or word in days}


def _invented(sentence: str, grounds: _Grounds, calendar: set[str]) -> Iterator[str]:
    """The claims of a sentence that nothing supports."""
    words = words_of(sentence)
    yield from _invented_priorities(words, grounds)
    words = _PRIORITY.sub("priority", " ".join(words)).split()
    mentions_due = bool(_DUE & set(words))
    about_deadline = mentions_due or bool(_LIMITS & set(words))
    grounded = grounds.deadline if about_deadline else grounds.deadline | grounds.elsewhere
    grounded |= grounds.in_sentence(sentence, words)
    words = without_outcomes(sentence, words, grounds.outcomes)
    yield from _invented_shares(words, grounds)
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


def _invented_shares(words: list[str], grounds: _Grounds) -> Iterator[str]:
    """Shares such as *3 of 5* that no fact has, unless a title is repeated: *of 5 chapters*."""
    text = " ".join(words)
    for found in _SHARE.finditer(text):
        following = text[found.end() :].split(maxsplit=1)
        is_quoted = (found[2], *following[:1]) in grounds.quotes
        if not is_quoted and (int(found[1]), int(found[2])) not in grounds.shares:
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
    deadline |= {str(count) for count in (context.request.minutes, context.minutes_free) if count}
    if not tasks and any(load.overdue_tasks for load in loads):
        deadline.add("overdue")
    recent = tuple(fact for fact in facts if not isinstance(fact, BASIC))
    texts = [
        *(text for task in tasks for text in _texts(task)),
        *(text for fact in recent for text in quoted_texts(fact)),
    ]
    titles = [words_of(text) for text in texts]
    mentioned = claims(" ".join(texts)) - {"overdue"}
    return _Grounds(
        has_deadline=bool(loads)
        or any(task.due or task.deadline for task in tasks)
        or any(isinstance(fact, AgendaFact) for fact in recent),
        deadline=frozenset(deadline),
        elsewhere=frozenset({word for one in moments for word in date_words(one.on, one.at)} | mentioned),
        priorities=frozenset(str(task.priority) for task in tasks),
        quotes=frozenset(
            pair for words in titles for pair in pairwise(words) if pair[1] not in _NO_NOUNS
        ).union(pair for task in tasks for pair in _estimates(task)),
        shares=frozenset((load.overdue_tasks, load.open_tasks) for load in loads),
        today=today,
        recent=recent,
    )


def _texts(task: TaskFact) -> Iterator[str]:
    """What people wrote about the task."""
    yield from (task.title, *task.labels)
    yield from (text for text in (task.project, task.repeats, task.notes) if text)


def _estimates(task: TaskFact) -> Iterator[tuple[str, str]]:
    """The estimate as number and unit: 90 minutes; 1 hour 30; 2 hours."""
    if not task.minutes:
        return
    hours, rest = divmod(task.minutes, MINUTES_PER_HOUR)
    yield from ((str(task.minutes), unit) for unit in ("minute", "minutes"))
    if hours and rest in (0, MINUTES_PER_HOUR // 2):
        yield from ((str(hours), unit) for unit in ("hour", "hours"))
    if hours and rest:
        yield from ((str(rest), unit) for unit in ("", "minute", "minutes"))


def _deadline_words(task: TaskFact, today: date) -> Iterator[str]:
    """What may be said about when ``task`` is due: its dates and time, and how far they are from now."""
    dates = [task.due] if task.due else []
    dates += [Due(on=task.deadline)] if task.deadline else []
    for due in dates:
        yield from date_words(due.on, due.at)
        yield from (word for word, days in DAYS.items() if due.on == today + timedelta(days=days))
    if task.is_overdue:
        yield "overdue"


def _names_another(said: str, facts: Sequence[Fact], context: Context) -> bool:
    """Whether ``said`` names a task that the tip does not rest on."""
    known = " ".join(fact.title if isinstance(fact, TaskFact) else text_of(fact) for fact in facts).lower()
    used = {fact.task_id for fact in facts}
    others = (fact for fact in context.facts if isinstance(fact, TaskFact) and fact.task_id not in used)
    titles = [fact.title.lower() for fact in others if len(fact.title) >= _MIN_TITLE_CHARS]
    return any(title in said.lower() and title not in known for title in titles)
