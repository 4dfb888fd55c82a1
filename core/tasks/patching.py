"""What a patch makes of a task. Pure; ``core/tasks/changes.py`` stores it.

Tests: tests/core/tasks/test_changes.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.records import UNCHANGED, Delay, Due, Task, TaskPatch
from core.scheduling.quiet_hours import DAY, instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.words.dates.occasions import at_occasion
from core.words.dates.rrules import with_day
from core.words.dates.times import in_half_of
from core.words.tasks import LOWEST_PRIORITY

EDITABLE = (
    "title", "due", "repeats", "repeats_from_done", "priority", "minutes", "labels", "project", "notes",
    "deadline", "section", "section_id",
)  # fmt: skip
"""The fields of a task that a patch may set."""


def patched(task: Task, patch: TaskPatch, *, now: datetime, zone: ZoneInfo) -> Task:
    """``task`` with the new values. Without a date there is nothing to repeat."""
    patch = _in_its_half(task, patch)
    values = {name: value for name in EDITABLE if (value := getattr(patch, name)) is not UNCHANGED}
    changed = _in_section(task, replace(task, **values), patch)
    labels = with_labels(changed.labels, patch.add_labels, patch.remove_labels)
    due = moved(changed.due, patch, now=now, zone=zone)
    repeats = changed.repeats if due else None
    return replace(
        changed,
        due=due,
        priority=min(max(changed.priority - patch.priority_step, 1), LOWEST_PRIORITY),
        labels=labels,
        notes="\n".join(part for part in (changed.notes, patch.add_notes) if part) or None,
        repeats=repeats,
        repeats_from_done=changed.repeats_from_done and repeats is not None,
    )


def _in_its_half(task: Task, patch: TaskPatch) -> TaskPatch:
    """The patch with a time in the half of the day that is meant: the present one, or that of such a task."""
    if not patch.other_half:
        return patch
    known = task.due.at if task.due else None

    def in_half(at: time) -> time:
        return in_half_of(known, at, patch.other_half) if known else at_occasion(task.title, at)

    if isinstance(patch.due, Due) and patch.due.at:
        return replace(patch, due=replace(patch.due, at=in_half(patch.due.at)))
    return replace(patch, at=in_half(patch.at)) if isinstance(patch.at, time) else patch


def _in_section(task: Task, changed: Task, patch: TaskPatch) -> Task:
    """With the section that belongs to the project: none in another project that was named without one."""
    if changed.project != task.project and patch.section is UNCHANGED:
        changed = replace(changed, section=None)
    is_another = (changed.project, changed.section) != (task.project, task.section)
    return replace(changed, section_id=None) if is_another and patch.section_id is UNCHANGED else changed


def with_start(task: Task, patch: TaskPatch, *, now: datetime, zone: ZoneInfo) -> TaskPatch:
    """The patch with the day of a rule that names none: "monthly" counts from the due date, or from today."""
    rule = patch.repeats
    if not isinstance(rule, str) or patch.due is not UNCHANGED:
        return patch
    due = moved(task.due, patch, now=now, zone=zone)
    if due:
        return replace(patch, repeats=with_day(rule, due.on))
    today = wall_clock(now, zone).date()
    return replace(patch, on=today, repeats=with_day(rule, today))


def with_labels(labels: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> tuple[str, ...]:
    """The labels with some added and some removed, compared without case. The first spelling stays."""
    removed = {label.casefold() for label in remove}
    found = {label.casefold(): label for label in (*add, *reversed(labels))}
    ordered = dict.fromkeys(label.casefold() for label in (*labels, *add))
    return tuple(found[key] for key in ordered if key not in removed)


def moved(due: Due | None, patch: TaskPatch, *, now: datetime, zone: ZoneInfo) -> Due | None:
    """The due date after what the patch changes of it: a delay, another day, another time of day."""
    if patch.delay:
        return delayed(due, patch.delay, now=now, zone=zone)
    if patch.on is not UNCHANGED:
        due = replace(due, on=patch.on) if due else Due(on=patch.on)
    if patch.at is UNCHANGED:
        return due
    return (
        replace(due, at=patch.at) if patch.on is not UNCHANGED and due else at_time(due, patch.at, now, zone)
    )


def at_time(due: Due | None, at: time, now: datetime, zone: ZoneInfo) -> Due:
    """The due date at another time of day: on its day, or on the first day on which that time is ahead."""
    local = wall_clock(now, zone_or_default(due.zone, zone) if due else zone)
    soonest = local.date() if at > local.time() else local.date() + DAY
    on = max(due.on, soonest) if due else soonest
    return replace(due, on=on, at=at) if due else Due(on=on, at=at)


def delayed(due: Due | None, delay: Delay, *, now: datetime, zone: ZoneInfo) -> Due:
    """The due date moved by ``delay``, counted from the date, or from now if that is later.

    A delay of minutes of a date without a time counts from now, and gives it a time. What is to be earlier
    counts from its date; a date without a time has no minutes that it could be earlier by.
    """
    from dateutil.relativedelta import relativedelta

    where = zone_or_default(due.zone, zone) if due else zone
    local_now = wall_clock(now, where)
    start = due.wall_time(without=time()) if due else local_now
    is_timed, is_earlier = due is not None and due.at is not None, delay.is_earlier
    if delay.minutes and (is_timed or not is_earlier):
        begins = instant(start, where) if is_timed else now
        base = begins if is_earlier else max(begins, now)
        moved = wall_clock(base + timedelta(minutes=delay.minutes), where)
        moved += relativedelta(months=delay.months, days=delay.days)
        return Due(
            on=moved.date(), at=moved.time().replace(second=0, microsecond=0), zone=due.zone if due else None
        )
    since = start.date() if is_earlier else max(start.date(), local_now.date())
    on = since + relativedelta(months=delay.months, days=delay.days)
    return replace(due, on=on) if due else Due(on=on)
