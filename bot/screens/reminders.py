"""Reminders: what they look like when they ring, when they are asked for, and in a list.

Tests: tests/scenarios/test_reminders.py, tests/bot/screens/test_reminders.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.screens import texts
from bot.screens import texts_reminders as words
from bot.screens.dates import at_moment, at_time, clock, moment, repeating
from bot.screens.markup import join, say
from bot.screens.tasks import added_several, task_count
from core.chat import Button, Message
from core.deciding.ringing import Delay, RingTime, listed, ring_time
from core.records import Decision, Person, Reminder, ReminderKind, Task, TipCandidate, TipKind
from core.scheduling.quiet_hours import instant, quiet_until
from core.scheduling.timezones import zone_of, zone_or_default
from core.tasks.reminder_times import after_pause, next_occurrence, reminder_of, time_of
from core.text import capitalized, truncate
from core.words.dates.moments import tomorrow_morning

MAX_FIRST_LINE = 160
MAX_TITLE = 80
"""Code points."""

PAGE_SIZE = 8


# --- A reminder rings --------------------------------------------------------------------------------------


def ring(decision: Decision, person: Person) -> Message:
    """The message of one or several reminders as it is sent. Raises ``LookupError`` without a tip."""
    candidate = decision.tip
    if candidate is None:
        raise LookupError(f"decision {decision.decision_id} holds no reminder")
    if candidate.kind is TipKind.LIST:
        return rings(decision, person)
    title = truncate(candidate.content, MAX_FIRST_LINE)
    remark, values = _remark(candidate, decision, person)
    buttons = (Button(label=texts.DONE, verb="done"), Button(label=texts.SNOOZE, verb="snooze"))
    return say(f"{words.RING}\n{remark}", buttons, subject=decision.decision_id, title=title, **values)


def _remark(candidate: TipCandidate, decision: Decision, person: Person) -> tuple[str, dict[str, str]]:
    """The small line: why it comes late, when the task is due, or that it was asked for."""
    timing, zone, now = ring_time(candidate), zone_of(person), decision.decided_at
    if timing.delay is not Delay.NONE:
        return words.RING_LATE[timing.delay.value], _late_values(timing, now, zone)
    due = due_at(candidate, decision, zone)
    if due > timing.planned or is_led(candidate):
        return words.RING_DUE, {"due": at_time(due, now, zone)}
    return words.RING_ASKED, {}


def _late_values(timing: RingTime, now: datetime, zone: ZoneInfo) -> dict[str, str]:
    since = moment(timing.away_since, now, zone) if timing.away_since else ""
    return {"planned": moment(timing.planned, now, zone), "since": since}


def is_led(candidate: TipCandidate) -> bool:
    """Whether the person wants a reminder of every task with a time, and did not ask for this one."""
    return reminder_of(candidate.candidate_id).startswith("lead-")


def due_at(candidate: TipCandidate, decision: Decision, zone: ZoneInfo) -> datetime:
    """The instant of what the reminder is about: later than the reminder, if that rings ahead."""
    local = datetime.fromisoformat(time_of(candidate.candidate_id))
    if local.tzinfo:
        return local
    tasks = decision.context.tasks if decision.context else ()
    due = next((one.due for one in tasks if one.task_id == candidate.task_id), None)
    return instant(local, zone_or_default(due.zone if due else None, zone))


def rings(decision: Decision, person: Person, *, page: int = 0, closed: Collection[str] = ()) -> Message:
    """A page of several reminders, with a Done button for each task that is not ``closed``."""
    found, zone = listed(decision), zone_of(person)
    pages = (len(found) + PAGE_SIZE - 1) // PAGE_SIZE
    page = min(max(page, 0), pages - 1)
    shown = list(enumerate(found, start=1))[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    lines = [_ring_line(number, one, decision, zone, one.task_id in closed) for number, one in shown]
    more = [say(words.RINGS_MORE, page=page + 1, pages=pages)] if pages > 1 else []
    open_ones = [(number, one) for number, one in shown if one.task_id not in closed]
    buttons = _done_buttons(open_ones, decision, page)
    turning = _turning(decision, page, pages)
    whole = join(_head(decision, zone, len(found)), *lines, *more)
    ids = tuple(one.task_id for _, one in shown if one.task_id)
    return replace(whole, buttons=tuple(row for row in (*buttons, turning) if row), tasks=ids)


def _head(decision: Decision, zone: ZoneInfo, count: int) -> Message:
    timing = ring_time(decision.candidates[0].candidate)
    if timing.delay is Delay.NONE:
        counted = words.RINGS_COUNT_ONE if count == 1 else words.RINGS_COUNT.format(count=count)
        return say(words.RINGS_HEAD, count=counted)
    return say(words.RINGS_LATE[timing.delay.value], **_late_values(timing, decision.decided_at, zone))


def _ring_line(
    number: int, one: TipCandidate, decision: Decision, zone: ZoneInfo, is_closed: bool
) -> Message:
    title = truncate(one.content, MAX_TITLE)
    if is_closed:
        return say(words.RINGS_LINE_DONE, number=number, title=title)
    due = due_at(one, decision, zone)
    return say(words.RINGS_LINE, number=number, title=title, when=moment(due, decision.decided_at, zone))


def _done_buttons(
    shown: Sequence[tuple[int, TipCandidate]], decision: Decision, page: int
) -> list[tuple[Button, ...]]:
    buttons = [
        Button(
            label=words.RING_DONE_BUTTON.format(number=number),
            verb="ring_done",
            arg=f"{decision.decision_id} {page} {one.task_id}",
        )
        for number, one in shown
    ]
    return [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]


def _turning(decision: Decision, page: int, pages: int) -> tuple[Button, ...]:
    steps = ((texts.EARLIER, page - 1), (texts.MORE, page + 1))
    return tuple(
        Button(label=label, verb="rings", arg=f"{decision.decision_id} {to}")
        for label, to in steps
        if 0 <= to < pages
    )


# --- Asked for ---------------------------------------------------------------------------------------------


def promised(
    task: Task, reminder: Reminder, person: Person, now: datetime, *, undo: Button | None = None
) -> Message:
    """Says when the reminder will ring, or asks if that would be in quiet hours. If its time has passed while
    the answer waited, only the quiet hours of now hold it back: there is nothing to ask.

    ``undo`` None: Undo removes the task as well.
    """
    held = held_by_quiet(reminder, person)
    if held is None or held.planned <= now:
        return with_undo(will_remind(task, reminder, person, now), task, undo)
    return with_undo(_quiet_question(task, reminder, person, now, held), task, undo)


def promised_several(
    tasks: Sequence[Task], reminders: Sequence[Reminder | None], person: Person, now: datetime
) -> Message:
    """Says which tasks were added together, whether oO will remind of all, and which reminders are held back
    by quiet hours. ``reminders``: that of each task, if it has one.
    """
    zone = zone_of(person)
    head = say(words.WILL_REMIND_SEVERAL, count=task_count(len(tasks))) if all(reminders) else None
    held = {number: held_by_quiet(one, person) for number, one in enumerate(reminders, start=1) if one}
    remarks = [
        say(words.REMIND_SEVERAL_QUIET, number=number, when=at_time(one.until, now, zone))
        for number, one in held.items()
        if one
    ]
    if not head:  # of one of two: "… so remind me the evening before to iron my shirt"
        remarks = [*_some_rings(reminders, held, person, now), *remarks]
    return added_several(tasks, now, zone, head=head, remarks=remarks)


def _some_rings(
    reminders: Sequence[Reminder | None], held: Mapping[int, Held | None], person: Person, now: datetime
) -> list[Message]:
    """Says of which of the tasks oO will remind, apart from those whose reminder is held back."""
    return [
        say(words.REMIND_SEVERAL_SOME, number=number, when=when_words(one, person, now))
        for number, one in enumerate(reminders, start=1)
        if one and not held.get(number)
    ]


def with_undo(said: Message, task: Task, undo: Button | None = None) -> Message:
    """The message with ``undo``, else with a button that removes the task and its reminders."""
    undo = undo or Button(label=texts.UNDO, verb="remove_task", arg=task.task_id)
    return replace(said, buttons=(*said.buttons, (undo,)), tasks=(task.task_id,))


def will_remind(task: Task, reminder: Reminder, person: Person, now: datetime) -> Message:
    """Says when the reminder will ring; without buttons."""
    rule = reminder.repeats if reminder.at is None else None
    sentence = words.WILL_REMIND_REPEATEDLY if rule else words.WILL_REMIND
    return say(
        sentence,
        when=when_words(reminder, person, now),
        repeats=repeating(rule) if rule else "",
        title=task.title,
    )


def when_words(reminder: Reminder, person: Person, now: datetime) -> str:
    """When it rings next, in a sentence; where nothing rings at all as things are, when it should."""
    zone = zone_of(person)
    occurrence = next_occurrence(reminder, zone)
    at = reminder.next_at or (occurrence.at if occurrence else now)
    return at_time(at, now, zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A reminder that quiet hours move."""

    planned: datetime
    until: datetime


def held_by_quiet(reminder: Reminder, person: Person) -> Held | None:
    """The time that quiet hours move, and to when; None if they don't move it."""
    occurrence = next_occurrence(reminder, zone_of(person))
    if occurrence is None or reminder.next_at is None:
        return None
    planned = after_pause(occurrence.at, reminder, person)
    return Held(planned=planned, until=reminder.next_at) if reminder.next_at > planned else None


def _quiet_question(task: Task, reminder: Reminder, person: Person, now: datetime, held: Held) -> Message:
    """The same question as for a snooze into quiet hours."""
    zone = zone_of(person)
    ends = _end_words(held, now, zone)
    offers = [
        Button(label=ends, verb="remind_at", arg=f"usual {reminder.reminder_id}"),
        Button(label=texts.SEND_ANYWAY, verb="remind_at", arg=f"anyway {reminder.reminder_id}"),
    ]
    morning = tomorrow_morning(now, zone)
    is_free = morning != held.until and not quiet_until(morning, zone, person.preferences.quiet)
    if is_free and not reminder.repeats:
        at = f"{morning.isoformat()} {reminder.reminder_id}"
        offers.append(Button(label=texts.TOMORROW_NINE, verb="remind_at", arg=at))
    planned = at_moment(held.planned, now, zone)
    return say(words.REMIND_QUIET, tuple(offers), title=task.title, when=planned, end=ends)


def _end_words(held: Held, now: datetime, zone: ZoneInfo) -> str:
    is_near = held.until - held.planned < timedelta(days=1)
    return clock(held.until.astimezone(zone)) if is_near else moment(held.until, now, zone)


def card_line(reminder: Reminder | None, person: Person, now: datetime) -> Message | None:
    """A sentence for the card of a task; None without a reminder that will ring."""
    if reminder is None or reminder.next_at is None:
        return None
    return say(words.CARD_REMINDER, when=at_time(reminder.next_at, now, zone_of(person)))


# --- Explanations ------------------------------------------------------------------------------------------


def why(decision: Decision, person: Person, now: datetime) -> Message:
    """Why a reminder rang."""
    candidate = decision.tip
    if candidate is None:
        raise LookupError(f"decision {decision.decision_id} holds no reminder")
    when = capitalized(at_time(decision.decided_at, now, zone_of(person)))
    if candidate.kind is TipKind.TASK:
        sentence = words.WHY_LEAD if is_led(candidate) else words.WHY_REMINDER
        said = say(sentence, when=when, title=truncate(candidate.content, MAX_TITLE))
    else:
        said = say(words.WHY_DAILY.get(candidate.topic or "", words.WHY_REMINDERS), when=when)
    return join(said, say(words.WHY_NO_CHOICE))


# --- Daily messages ----------------------------------------------------------------------------------------


def daily_quiet(kind: ReminderKind, at: str, end: str, end_arg: str) -> Message:
    """Says that a daily message would come in quiet hours; offers their end, and the time nevertheless."""
    offers = (
        Button(label=end, verb="daily_at", arg=f"usual {kind.value} {end_arg}"),
        Button(label=texts.SEND_ANYWAY, verb="daily_at", arg=f"anyway {kind.value} {at}"),
    )
    return say(words.DAILY_QUIET, offers, time=at, end=end)
