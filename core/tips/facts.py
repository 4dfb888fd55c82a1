"""The facts of a decision point, and their text: the only thing about a person that a language model reads.

Facts carry fields. Their text is written here for prompts and never parsed: what a tip claims is compared
with the fields (``core/tips/grounding.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.records import (
    AgendaFact,
    AgendaItem,
    DayPart,
    DoneFact,
    Due,
    Fact,
    LoadFact,
    LoggedFact,
    MomentFact,
    OutcomeFact,
    SnoozeFact,
    Task,
    TaskFact,
    TipKind,
)
from core.text import clean
from core.tips.urgency import due_instant, is_overdue
from core.words.dates.vocabulary import WEEKDAYS

MAX_NOTE_CHARS = 100
MAX_LABELS = 5

BASIC = (MomentFact, LoadFact, TaskFact, LoggedFact)
"""The kinds of facts that the first prompts know."""

DAY_PART_WORDS = {
    DayPart.MORNING: "in the morning (5:00 to 12:00)",
    DayPart.AFTERNOON: "in the afternoon (12:00 to 17:00)",
    DayPart.EVENING: "in the evening (17:00 to 22:00)",
    DayPart.NIGHT: "at night (22:00 to 5:00)",
}
_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_DAY_CODES = {name[:2].upper(): name.capitalize() for name in WEEKDAYS}


def known_facts(
    tasks: Sequence[Task], now: datetime, zone: ZoneInfo, *, open_tasks: int, overdue_tasks: int
) -> tuple[Fact, ...]:
    """The local time (``now``), the number of tasks (``load``), and each of ``tasks`` (``t1``, ``t2``, …)."""
    local = now.astimezone(zone).replace(second=0, microsecond=0)
    moment = MomentFact(fact_id="now", on=local.date(), at=local.time())
    load = LoadFact(fact_id="load", open_tasks=open_tasks, overdue_tasks=overdue_tasks)
    return (moment, load, *(_task_fact(f"t{n}", task, now, zone) for n, task in enumerate(tasks, start=1)))


def _task_fact(fact_id: str, task: Task, now: datetime, zone: ZoneInfo) -> TaskFact:
    return TaskFact(
        fact_id=fact_id,
        task_id=task.task_id,
        title=task.title,
        due=task.due,
        is_overdue=is_overdue(task, now, zone),
        priority=task.priority,
        minutes=task.minutes,
        labels=task.labels[:MAX_LABELS],
        project=task.place,
        repeats=repeats_words(task.repeats) if task.repeats else None,
        notes=clean(task.notes, MAX_NOTE_CHARS) if task.notes else None,
        deadline=task.deadline,
        is_deadline_over=task.deadline is not None and due_instant(Due(on=task.deadline), zone) <= now,
    )


def repeats_words(rule: str) -> str:
    """An RRULE in English words: ``every 2 weeks on Monday``; a source's own words stay as they are."""
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").split(";") if "=" in part)
    unit = _UNITS.get(parts.get("FREQ", ""))
    if unit is None:
        return rule
    interval = parts.get("INTERVAL", "1")
    days = [_DAY_CODES[day[-2:]] for day in parts.get("BYDAY", "").split(",") if day[-2:] in _DAY_CODES]
    often = f"every {unit}" if interval == "1" else f"every {interval} {unit}s"
    return f"{often} on {' and '.join(days)}" if days else often


def text_of(fact: Fact) -> str:
    """The fact as a prompt shows it."""
    match fact:
        case MomentFact(on=on, at=at):
            return f"It is {on:%A} {on.day} {on:%B %Y}, {at:%H:%M}."
        case LoadFact(open_tasks=open_tasks, overdue_tasks=overdue):
            return f"{open_tasks} open tasks, {overdue} of them overdue."
        case TaskFact(title=title, priority=priority):
            return f"Task: {title}; {_due_text(fact)}; priority {priority} of 4{_more_of_task(fact)}"
        case LoggedFact(text=text):
            return text
        case _:
            return _recent_text(fact)


def _due_text(fact: TaskFact) -> str:
    """The dates in full, so that a model need not calculate."""
    deadline = f"; {_deadline_text(fact.deadline, fact)}" if fact.deadline else ""
    due = fact.due
    if due is None:
        return f"no due date{deadline}"
    moment = f"{_day_text(due.on)} {due.at:%H:%M}" if due.at else _day_text(due.on)
    by_deadline = fact.is_deadline_over and fact.deadline is not None and fact.deadline < due.on
    return f"{'was due' if fact.is_overdue and not by_deadline else 'due'} {moment}{deadline}"


def _deadline_text(deadline: date, fact: TaskFact) -> str:
    return f"deadline {'was ' if fact.is_deadline_over else ''}{_day_text(deadline)}"


def _day_text(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B %Y}"


def _recent_text(fact: AgendaFact | DoneFact | SnoozeFact | OutcomeFact) -> str:
    match fact:
        case AgendaFact(agenda=agenda, due_today=count):
            return f"Due today: {count}. {_listed(map(_agenda_text, agenda), more=count - len(agenda))}"
        case DoneFact(done_titles=titles, done_today=count):
            return f"Done today: {count}. {_listed(titles, more=count - len(titles))}"
        case SnoozeFact(snoozed=snoozed, back_on=on, back_at=at):
            return f"Snoozed: {snoozed}; comes back {on:%A} {on.day} {on:%B %Y} {at:%H:%M}"
    tips, done, dismissed = fact.tips, fact.done, fact.dismissed
    return f"{_outcome_of(fact)}: {done} of the last {tips} done, {dismissed} of {tips} dismissed."


def _more_of_task(fact: TaskFact) -> str:
    """The fields that most tasks do not have."""
    parts = [f"takes {fact.minutes} minutes"] if fact.minutes else []
    parts += [f"repeats {fact.repeats}"] if fact.repeats else []
    parts += [f"labels {', '.join(fact.labels)}"] if fact.labels else []
    parts += [f"project {fact.project}"] if fact.project else []
    parts += [f"notes: {fact.notes}"] if fact.notes else []
    return "".join(f"; {part}" for part in parts)


def _agenda_text(item: AgendaItem) -> str:
    return f"{item.at:%H:%M} {item.title}" if item.at else item.title


def _listed(titles: Iterable[str], *, more: int) -> str:
    listed = "; ".join(titles)
    return f"{listed}; and {more} more" if more else listed


def _outcome_of(fact: OutcomeFact) -> str:
    """What the tips have in common."""
    if fact.day_part:
        return f"Tips sent {DAY_PART_WORDS[fact.day_part]}"
    if fact.topic:
        return f"Tips on the topic {fact.topic}"
    return "Tips about a task" if fact.kind is TipKind.TASK else "General advice"
