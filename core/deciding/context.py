"""What is known at a decision point: tasks, reactions, time patterns -> ``Context``, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.policies.feature_inputs import HISTORY_WINDOW
from core.records import Context, Fact, FileTask, Person, Purpose, Request, Task, Trigger
from core.scheduling.meetings import LOOK_AHEAD, minutes_free
from core.store import Unit
from core.tips.cooldowns import Cooldowns
from core.tips.facts import known_facts
from core.tips.recent_facts import recent_facts, start_of_day
from core.tips.shortlist import pick_shortlist
from core.tips.urgency import by_urgency, is_overdue

MAX_TASK_FACTS = 12
"""How many tasks a language model is given at most."""

MAX_PAST_TIPS = 80
_GIVEN = ("title", "due", "deadline", "priority", "minutes", "labels", "project", "section", "notes")
MAX_DONE_TODAY = 100
MAX_TALLIED_TIPS = 300
"""How many of the latest tips are counted by hour of the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlisting:
    """What picking a shortlist needs: the cool-downs, and a source of seeds."""

    rules: Cooldowns
    seed: Callable[[], int]


async def assemble(
    unit: Unit,
    person: Person,
    zone: ZoneInfo,
    *,
    now: datetime,
    trigger: Trigger,
    request: Request,
    shortlisting: Shortlisting | None = None,
    for_model: bool = False,
) -> Context:
    """Read what is known about ``person`` now. The cost does not grow with the length of the history.

    The tasks are a shortlist of those that may be chosen. Without ``shortlisting``, where no task is chosen,
    they are the most pressing ones. ``for_model``: a language model gets the facts, so those of the day and
    of earlier tips are included.
    """
    outlines = await unit.tasks.outlines(person.person_id)
    past = await unit.decisions.past_tips(person.person_id, now - HISTORY_WINDOW, MAX_PAST_TIPS)
    shown, done = await unit.reactions.tally(person.person_id, now - HISTORY_WINDOW, MAX_TALLIED_TIPS)
    waiting = await unit.snoozes.waiting(person.person_id)
    tested = person.allows(Purpose.HOLDOUT)
    context = Context(
        now=now,
        zone=zone.key,
        trigger=trigger,
        language=await language_of(unit, person),
        open_tasks=len(outlines),
        overdue_tasks=sum(is_overdue(task, now, zone) for task in outlines),
        past=past,
        snoozed=tuple(snooze.decision_id for snooze in waiting),
        held_out=await unit.trials.held_out(person.person_id, now) if tested else (),
        tips_by_hour=local_hours(shown, now, zone),
        done_by_hour=local_hours(done, now, zone),
        request=request,
        muted=person.preferences.muted_on(now.astimezone(zone).weekday()),
        minutes_free=await _minutes_free(unit, person, now),
    )
    recent: tuple[Fact, ...] = ()
    if for_model:
        finished = await unit.tasks.done_since(person.person_id, start_of_day(now, zone), MAX_DONE_TODAY)
        recent = recent_facts(outlines, finished, past, waiting, now, zone)
    if shortlisting is None:
        pressing = by_urgency(outlines, now, zone)[:MAX_TASK_FACTS]
        tasks = await unit.tasks.some([task.task_id for task in pressing])
        return _with_facts(replace(context, tasks=tasks), tasks, recent, zone)
    picked = pick_shortlist(outlines, context, shortlisting.rules, shortlisting.seed)
    tasks = await unit.tasks.some([*picked.leading, *picked.drawn, *picked.ruled_out])
    context = replace(context, tasks=tasks, shortlist=picked.shortlist, not_next=picked.not_next)
    return _with_facts(context, tasks[: len(picked.leading)], recent, zone)


async def given_context(
    unit: Unit, person: Person, given: Sequence[FileTask], *, zone: ZoneInfo, now: datetime, request: Request
) -> Context:
    """A context of tasks that oO need not know, for a language model. Nothing else about ``person`` is in it
    but language, zone and muted topics. The tasks are named ``given-1``, ``given-2``, ….
    """
    tasks = tuple(
        Task(
            task_id=f"given-{number}",
            person_id=person.person_id,
            created_at=now,
            **{name: getattr(one, name) for name in _GIVEN},
        )
        for number, one in enumerate(given, start=1)
    )
    context = Context(
        now=now,
        zone=zone.key,
        trigger=Trigger.REQUESTED,
        language=await language_of(unit, person),
        tasks=tasks,
        open_tasks=len(tasks),
        overdue_tasks=sum(is_overdue(task, now, zone) for task in tasks),
        request=request,
        muted=person.preferences.muted_on(now.astimezone(zone).weekday()),
    )
    return _with_facts(context, tasks, (), zone)


async def _minutes_free(unit: Unit, person: Person, now: datetime) -> int | None:
    return minutes_free(await unit.calendar.between(person.person_id, now, now + LOOK_AHEAD), now)


async def language_of(unit: Unit, person: Person) -> str | None:
    """The language in which ``person`` is written to: their choice, else that of the account seen last."""
    if person.preferences.language:
        return person.preferences.language
    accounts = await unit.people.accounts(person.person_id)
    return accounts[0].language if accounts else None


def _with_facts(context: Context, tasks: Sequence[Task], recent: tuple[Fact, ...], zone: ZoneInfo) -> Context:
    """The context with facts about the most pressing of ``tasks``, and the ``recent`` ones."""
    facts = known_facts(
        by_urgency(tasks, context.now, zone)[:MAX_TASK_FACTS],
        context.now,
        zone,
        open_tasks=context.open_tasks,
        overdue_tasks=context.overdue_tasks,
    )
    return replace(context, facts=facts + recent)


def local_hours(by_utc_hour: tuple[int, ...], now: datetime, zone: ZoneInfo) -> tuple[int, ...]:
    """Counts by UTC hour of the day (24,) as counts by local hour (24,).

    Uses today's offset, rounded to hours. Around a change of the clocks, counts may be off by one hour.
    """
    offset = ((now.astimezone(zone).utcoffset() or timedelta()) + timedelta(minutes=30)) // timedelta(hours=1)
    return tuple(by_utc_hour[(hour - offset) % 24] for hour in range(24))
