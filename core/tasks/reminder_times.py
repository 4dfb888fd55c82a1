"""When a reminder rings: the next occurrence of its rule, moved out of quiet hours and pauses.

An occurrence is a wall-clock time in the zone of its rule, else where the person is. Its instant is computed
whenever it is needed, so reminders follow travel and changes of the clocks.

Tests: tests/core/delivery/test_remind.py, tests/core/tasks/test_reminders.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.records import Due, Person, Purpose, Reminder, ReminderState, Task, TaskSource
from core.scheduling.pauses import resumes
from core.scheduling.quiet_hours import FOREVER, YEARS, instant, opening, wall_clock
from core.scheduling.timezones import zone_or_default
from core.words.dates.vocabulary import EVENING, MORNING
from core.words.tasks import next_due


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time at which a reminder rings."""

    key: str
    """The wall-clock time of what it reminds of (ISO), or its fixed instant: it rings once per key."""
    at: datetime
    """When it was to ring by its rule, whatever quiet hours and pauses say."""


def next_occurrence(reminder: Reminder, zone: ZoneInfo) -> Occurrence | None:
    """The first occurrence that is not over, possibly in the past; None if all are. ``zone``: the person's.

    A date without a time counts as its morning.
    """
    if reminder.at:
        return None if reminder.over else Occurrence(key=reminder.at.isoformat(), at=reminder.at)
    if reminder.due is None or reminder.due.on.year not in YEARS:
        return None
    due = timed(reminder.due)
    where = zone_or_default(due.zone, zone)
    local = due.wall_time(without=MORNING)
    over = datetime.fromisoformat(reminder.over) if reminder.over else None
    if over and local <= over:
        moved = next_due(reminder.repeats, due, instant(over, where), zone) if reminder.repeats else None
        if moved is None or moved.on.year not in YEARS:
            return None
        local = moved.wall_time(without=MORNING)
    at = instant(local, where) - timedelta(minutes=reminder.lead)
    return Occurrence(key=local.isoformat(timespec="minutes"), at=at)


def timed(due: Due) -> Due:
    """The due date with a time: a date alone counts as its morning."""
    return due if due.at else replace(due, at=MORNING)


def with_next_ring(reminder: Reminder, person: Person, guard: timedelta) -> Reminder:
    """The reminder with the instant of its next ring; None there if it can't ring as things are."""
    return replace(reminder, next_at=_next_ring(reminder, person, guard))


def _next_ring(reminder: Reminder, person: Person, guard: timedelta) -> datetime | None:
    """Without a consent or a zone nothing rings. What a pause or quiet hours hold back rings at their end."""
    if not person.allows(Purpose.MESSAGES) or person.zone is None or not is_active(reminder):
        return None
    zone = ZoneInfo(person.zone)
    occurrence = next_occurrence(reminder, zone)
    if occurrence is None:
        return None
    at = after_pause(occurrence.at, reminder, person)
    if at >= FOREVER:
        return None
    if reminder.even_if_quiet and at == occurrence.at:
        return at
    while (opened := opening(at, guard, zone, person.preferences.quiet)) != at:
        at = after_pause(opened, reminder, person)  # a pause may begin in the night
    return at if at < FOREVER else None


def after_pause(at: datetime, reminder: Reminder, person: Person) -> datetime:
    """``at``, or the end of a pause that holds the reminder back then."""
    return at if reminder.even_if_paused else resumes(at, person.pauses)


def has_pause(person: Person, now: datetime) -> bool:
    """Whether a pause is in force or planned: a reminder that is asked for now rings in it."""
    return any(pause.until > now for pause in person.pauses)


def without_promise(reminder: Reminder, before: Person, after: Person) -> Reminder:
    """A reminder that was to ring in a pause waits for the end of another one that was wanted since."""
    if not reminder.even_if_paused or after.zone is None:
        return reminder
    occurrence = next_occurrence(reminder, ZoneInfo(after.zone))
    new = [pause for pause in after.pauses if pause not in before.pauses]
    is_held = occurrence is not None and any(pause.holds(occurrence.at) for pause in new)
    return replace(reminder, even_if_paused=False) if is_held else reminder


def is_active(reminder: Reminder) -> bool:
    """Whether the person has not cancelled it."""
    return reminder.state is ReminderState.ACTIVE


def over_by(now: datetime, due: Due | None, lead: int, zone: ZoneInfo) -> str:
    """The value of ``Reminder.over`` that leaves only occurrences that ring after ``now``."""
    where = zone_or_default(due.zone if due else None, zone)
    return wall_clock(now + timedelta(minutes=lead), where).isoformat(timespec="seconds")


def passed(reminder: Reminder, occurrence: Occurrence, now: datetime, zone: ZoneInfo) -> Reminder:
    """The reminder once ``occurrence`` has rung. Further occurrences up to ``now`` are over too: missed ones
    never pile up.
    """
    if reminder.at:
        return replace(reminder, over=occurrence.key)
    return replace(reminder, over=max(occurrence.key, over_by(now, reminder.due, reminder.lead, zone)))


def rule_of(task: Task) -> str | None:
    """The rule by which a task's reminder repeats: not the words of an outside source, and not one whose next
    date depends on the completion.
    """
    return task.repeats if task.source is TaskSource.OO and not task.repeats_from_done else None


def still_today(task: Task, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant for a task that is due on this day without a time, when its morning has passed: this
    evening. None if the morning is ahead, or the evening has passed as well.
    """
    due = task.due
    if due is None or due.at or task.repeats:
        return None
    where = zone_or_default(due.zone, zone)
    morning, evening = (instant(datetime.combine(due.on, at), where) for at in (MORNING, EVENING))
    return evening if morning <= now < evening else None


def second_pass(due: Due | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant of a time that occurs twice, if only its second occurrence is ahead; else None."""
    if due is None or due.at is None or due.on.year not in YEARS:
        return None
    where, local = zone_or_default(due.zone, zone), due.wall_time(without=MORNING)
    again = local.replace(tzinfo=where, fold=1).astimezone(now.tzinfo)
    is_ahead = instant(local, where) <= now < again
    return again if is_ahead and wall_clock(again, where) == local else None


def slot_of(reminder: Reminder, occurrence: Occurrence) -> str:
    """The key under which the decision log serves an occurrence of a reminder: at most once."""
    return f"reminder:{reminder.reminder_id}@{occurrence.key}"


def reminder_of(slot: str) -> str:
    """The reminder's id in a key of ``slot_of``."""
    return slot.removeprefix("reminder:").rpartition("@")[0]


def time_of(slot: str) -> str:
    """The occurrence's key in a key of ``slot_of``."""
    return slot.rpartition("@")[2]
