"""Facts about the day and the last weeks: what is due today and was done, what comes back, what tips led to.

All come from what the context holds already, except what was done today. They cost a language model some
hundred characters, so they are few and short.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.records import (
    AgendaFact,
    AgendaItem,
    DayPart,
    DismissReason,
    DoneFact,
    Due,
    Fact,
    OutcomeFact,
    PastTip,
    ReactionKind,
    Snooze,
    SnoozeFact,
    Task,
    TaskOutline,
    TipKind,
)
from core.text import clean
from core.tips.urgency import due_instant

MAX_AGENDA = 8
MAX_DONE = 5
MAX_SNOOZES = 4
MAX_TOPICS = 4
MAX_TITLE_CHARS = 80
"""Titles are cut to this length where several stand in one fact."""

MIN_TIPS = 5
"""Fewer tips say nothing about a habit."""

UNDECIDED = timedelta(hours=2)
"""A tip without a reaction counts after this time; before, it may still be done."""

Key = TypeVar("Key", bound=Hashable)

_ENDS = ((5, DayPart.NIGHT), (12, DayPart.MORNING), (17, DayPart.AFTERNOON), (22, DayPart.EVENING))


def recent_facts(
    outlines: Sequence[TaskOutline],
    done: Sequence[Task],
    past: Sequence[PastTip],
    snoozes: Sequence[Snooze],
    now: datetime,
    zone: ZoneInfo,
) -> tuple[Fact, ...]:
    """The agenda, what was done today (``done``, oldest first), snoozed tips, outcomes of ``past`` tips."""
    return (
        *_agenda(outlines, now, zone),
        *_done(done),
        *_snoozed(snoozes, past, zone),
        *_outcomes(past, now, zone),
    )


def start_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    """The person's last midnight."""
    return datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)


# --- Today -------------------------------------------------------------------------------------------------


def _agenda(outlines: Sequence[TaskOutline], now: datetime, zone: ZoneInfo) -> Iterator[AgendaFact]:
    today = now.astimezone(zone).date()
    items = [
        AgendaItem(title=task.title, at=_time_today(task, today, zone))
        for task in outlines
        if task.deadline == today or (task.due and _is_today(task.due, today, zone))
    ]
    if items:
        items.sort(key=lambda item: item.at or time.max)
        first = [replace(item, title=clean(item.title, MAX_TITLE_CHARS)) for item in items[:MAX_AGENDA]]
        yield AgendaFact(fact_id="agenda", agenda=tuple(first), due_today=len(items))


def _time_today(task: TaskOutline, today: date, zone: ZoneInfo) -> time | None:
    """The time of day of a task that is due today; None without one, or if only its deadline is today."""
    return _local_time(task.due, zone) if task.due and _is_today(task.due, today, zone) else None


def _is_today(due: Due, today: date, zone: ZoneInfo) -> bool:
    if due.zone is None or due.at is None:
        return due.on == today
    return due_instant(due, zone).astimezone(zone).date() == today


def _local_time(due: Due, zone: ZoneInfo) -> time | None:
    if due.zone is None or due.at is None:
        return due.at
    return due_instant(due, zone).astimezone(zone).time()


def _done(done: Sequence[Task]) -> Iterator[DoneFact]:
    if done:
        titles = tuple(clean(task.title, MAX_TITLE_CHARS) for task in done[-MAX_DONE:])
        yield DoneFact(fact_id="done", done_titles=titles, done_today=len(done))


def _snoozed(snoozes: Sequence[Snooze], past: Sequence[PastTip], zone: ZoneInfo) -> Iterator[SnoozeFact]:
    """The next snoozed tips that come back."""
    tips = {tip.decision_id: tip for tip in past if tip.content}
    known = [(snooze, tips[snooze.decision_id]) for snooze in snoozes if snooze.decision_id in tips]
    for number, (snooze, tip) in enumerate(known[:MAX_SNOOZES], start=1):
        back = snooze.until.astimezone(zone)
        yield SnoozeFact(
            fact_id=f"s{number}",
            task_id=tip.task_id,
            snoozed=clean(tip.content, MAX_TITLE_CHARS),
            back_on=back.date(),
            back_at=back.time().replace(second=0, microsecond=0),
        )


# --- Outcomes ----------------------------------------------------------------------------------------------


def _outcomes(past: Sequence[PastTip], now: datetime, zone: ZoneInfo) -> Iterator[OutcomeFact]:
    """Counts by kind, part of the day and topic, where there are enough tips."""
    decided = [tip for tip in past if _is_decided(tip, now)]
    by_kind = _grouped(decided, lambda tip: tip.kind)
    by_part = _grouped(decided, lambda tip: day_part(tip.decided_at.astimezone(zone).time()))
    by_topic = _grouped(decided, lambda tip: tip.topic)
    topics = sorted(by_topic, key=lambda topic: (-len(by_topic[topic]), topic))[:MAX_TOPICS]
    found = [_outcome(by_kind[kind], kind=kind) for kind in TipKind if kind in by_kind]
    found += [_outcome(by_part[part], day_part=part) for part in DayPart if part in by_part]
    found += [_outcome(by_topic[topic], topic=topic) for topic in topics]
    enough = [outcome for outcome in found if outcome.tips >= MIN_TIPS]
    return (replace(one, fact_id=f"h{number}") for number, one in enumerate(enough, start=1))


def _is_decided(tip: PastTip, now: datetime) -> bool:
    """Whether the tip says whether it helped: not if the task was done before it."""
    if tip.reason is DismissReason.DID_IT:
        return False
    return tip.reaction is not None or now - tip.decided_at >= UNDECIDED


def day_part(at: time) -> DayPart:
    """The part of the day in which a wall-clock time lies."""
    return next((part for end, part in _ENDS if at.hour < end), DayPart.NIGHT)


def _grouped(tips: Sequence[PastTip], key: Callable[[PastTip], Key | None]) -> dict[Key, list[PastTip]]:
    """The tips by their key, without those that have none."""
    groups = defaultdict[Key, list[PastTip]](list)
    for tip in tips:
        found = key(tip)
        if found is not None:
            groups[found].append(tip)
    return groups


def _outcome(
    tips: Sequence[PastTip],
    *,
    kind: TipKind | None = None,
    topic: str | None = None,
    day_part: DayPart | None = None,
) -> OutcomeFact:
    reactions = Counter(tip.reaction for tip in tips)
    return OutcomeFact(
        fact_id="",
        tips=len(tips),
        done=reactions[ReactionKind.DONE],
        dismissed=reactions[ReactionKind.DISMISS],
        kind=kind,
        topic=topic,
        day_part=day_part,
    )
