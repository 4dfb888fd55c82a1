"""Reminders in conversation: /remind, /brief and /review, and the buttons of their messages.

Tests: tests/scenarios/test_reminders.py, tests/scenarios/test_daily_messages.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.task_changes import add_tasks, complete
from bot.conversation.update_context import UpdateContext
from bot.screens import reminder_lists as lists
from bot.screens import reminders as screen
from bot.screens import texts
from bot.screens import texts_reminders as words
from bot.screens.dates import clock, span
from bot.screens.markup import say
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.delivery.send import mark_observed
from core.errors import BadInput, NotFound
from core.people.preferences import prefer
from core.records import Decision, DeliveryState, Reminder, ReminderKind, Task, TaskState
from core.scheduling.quiet_hours import DAY, instant, opening, wall_clock
from core.store import Unit
from core.tasks.reminder_changes import cancel_reminder, own_reminder, revive_reminder, ring_at
from core.tasks.reminder_times import is_active
from core.words.dates.clock import format_time, parse_time
from core.words.leads import parse_lead
from core.words.settings import parse_times
from core.words.understand import wished

PLAN_SPAN = timedelta(days=7)
UNPROVED = (DeliveryState.SENDING, DeliveryState.UNKNOWN)


# --- /remind -----------------------------------------------------------------------------------------------


async def remind(ctx: UpdateContext, argument: str) -> Message | None:
    """Show the reminders, set the lead of all tasks with a time, or add a task with a reminder."""
    if not argument.strip():
        return lists.overview(await waiting(ctx), ctx.person, ctx.now)
    wanted = parse_lead(argument)
    if wanted is not None:
        return await _set_lead(ctx, wanted.minutes)
    try:
        return await _add(ctx, argument)
    except BadInput as fault:
        if fault.hint not in ("task_empty", "task_too_long"):
            raise
        return say(words.REMIND_HOW, value=argument[:MAX_SHOWN])


MAX_SHOWN = 60
"""Code points of a text that is repeated in an answer."""


async def _set_lead(ctx: UpdateContext, lead: int | None) -> Message:
    await ctx.change(prefer(lead=lead), what="lead")
    if lead is None:
        return say(words.LEAD_SET_OFF)
    if not lead:
        return say(words.LEAD_SET_AT)
    return say(words.LEAD_SET_BEFORE, lead=span(timedelta(minutes=lead)))


async def _add(ctx: UpdateContext, argument: str) -> Message | None:
    """Add the tasks of "me in 20 minutes to drink water"."""
    text = argument if argument.casefold().startswith(("me ", "us ")) else f"me {argument}"
    wish = wished(f"remind {text}", now=ctx.now, zone=ctx.zone)
    drafts = tuple(replace(draft, reminds=True) for draft in wish.drafts)
    if wish.fault is None and not any(draft.due for draft in drafts):
        return say(words.REMIND_HOW, value=argument[:MAX_SHOWN])
    return await add_tasks(ctx, replace(wish, drafts=drafts))


async def waiting(ctx: UpdateContext, *, before: datetime | None = None) -> list[lists.Waiting]:
    """The person's reminders that will ring, the next first; only those ``before`` that instant."""
    async with ctx.deps.store.read() as unit:
        found = await unit.reminders.of_person(ctx.person.person_id)
        tasks = await _tasks_of(unit, found)
    ringing = [(one, one.next_at) for one in found if one.next_at and is_active(one)]
    return [
        lists.Waiting(reminder=one, at=at, title=_title(one, tasks))
        for one, at in ringing
        if before is None or at < before
    ]


async def _tasks_of(unit: Unit, reminders: Iterable[Reminder]) -> dict[str, Task]:
    ids = list(dict.fromkeys(one.task_id for one in reminders if one.task_id))
    return {task.task_id: task for task in await unit.tasks.some(ids)}


def _title(reminder: Reminder, tasks: dict[str, Task]) -> str:
    task = tasks.get(reminder.task_id or "")
    return task.title if task else words.DAILY_NAMES.get(reminder.kind.value, "")


async def planned_reminders(ctx: UpdateContext) -> Message | None:
    """The reminders of the next days, for /plan."""
    return lists.planned(await waiting(ctx, before=ctx.now + PLAN_SPAN), ctx.person, ctx.now)


async def held_reminders(ctx: UpdateContext) -> list[Message]:
    """The reminders whose time has come but that wait, for /whynot."""
    return lists.held_back(await waiting(ctx), ctx.person, ctx.now)


async def cancel(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Cancel a reminder of the overview, which is redrawn; a new message can take it back."""
    try:
        reminder = await cancel_reminder(action.arg, ctx.person, ctx.deps)
    except NotFound:
        return CallbackResult(toast=texts.TASK_ALREADY)
    title = await _title_of(ctx, reminder)
    overview = lists.overview(await waiting(ctx), ctx.person, ctx.now)
    return CallbackResult(edit=overview, reply=lists.cancelled(reminder, title))


async def revive(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take the cancellation of a reminder back."""
    reminder = await revive_reminder(action.arg, ctx.person, ctx.deps)
    title = await _title_of(ctx, reminder)
    if reminder.next_at is None:
        return CallbackResult(edit=say(words.REMINDER_OVER, title=title))
    when = screen.when_words(reminder, ctx.person, ctx.now)
    return CallbackResult(edit=say(words.REMINDER_BACK, when=when, title=title))


async def _title_of(ctx: UpdateContext, reminder: Reminder) -> str:
    async with ctx.deps.store.read() as unit:
        return _title(reminder, await _tasks_of(unit, [reminder]))


# --- The question about quiet hours ------------------------------------------------------------------------


async def remind_at(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Answer the question about quiet hours: at their end, anyway, or at another instant."""
    choice, _, reminder_id = action.arg.partition(" ")
    at = None if choice in ("usual", "anyway") else datetime.fromisoformat(choice).astimezone(UTC)
    if at and at <= ctx.now:
        return CallbackResult(toast=texts.TIME_PASSED)
    async with ctx.deps.store.read() as unit:
        before = await own_reminder(unit, reminder_id, ctx.person)
        tasks = await _tasks_of(unit, [before])
    task = tasks.get(before.task_id or "")
    if task is None or task.state is not TaskState.OPEN or before.next_at is None:
        return CallbackResult(toast=texts.TASK_ALREADY)
    reminder = await ring_at(reminder_id, ctx.person, ctx.deps, at=at, even_if_quiet=choice == "anyway")
    said = screen.will_remind(task, reminder, ctx.person, ctx.now)
    return CallbackResult(edit=screen.with_undo(said, task))


# --- Several reminders in one message ----------------------------------------------------------------------


async def ring_done(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Complete a task of several that rang; the message is redrawn, a new one confirms and can undo."""
    decision_id, page, task_id = action.arg.split(" ", 2)
    decision = await _own(ctx, decision_id)
    done = await complete(ctx, task_id)
    redrawn = await _redrawn(ctx, decision, int(page))
    if done is None:
        return CallbackResult(edit=redrawn, toast=texts.TASK_ALREADY)
    return CallbackResult(edit=redrawn, reply=done)


async def turn_rings(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Show another page of several reminders."""
    decision_id, _, page = action.arg.partition(" ")
    return CallbackResult(edit=await _redrawn(ctx, await _own(ctx, decision_id), int(page)))


async def _own(ctx: UpdateContext, decision_id: str) -> Decision:
    """The person's decision, which a tap on its message proves to be shown. Raises ``NotFound``."""
    message_id = getattr(ctx.update, "message_id", None)
    async with ctx.deps.store.begin() as unit:
        decision = await unit.decisions.get(decision_id)
        if decision.person_id != ctx.person.person_id:
            raise NotFound("no such reminder of this person")
        if message_id:
            deliveries = await unit.deliveries.of(decision_id)
            unproved = [
                one for one in deliveries if one.state in (DeliveryState.SENDING, DeliveryState.UNKNOWN)
            ]
            await mark_observed(unit, unproved, message_id, ctx.deps)
    return decision


async def _redrawn(ctx: UpdateContext, decision: Decision, page: int) -> Message:
    tasks = decision.context.tasks if decision.context else ()
    async with ctx.deps.store.read() as unit:
        current = await unit.tasks.some([task.task_id for task in tasks])
    closed = {now.task_id for then, now in zip(tasks, current, strict=True) if _is_over(then, now)}
    return screen.rings(decision, ctx.person, page=page, closed=closed)


def _is_over(then: Task, now: Task) -> bool:
    """Whether the task was closed since; of a repeating one, whether it has moved on."""
    return now.state is not TaskState.OPEN or (now.repeats is not None and now.due != then.due)


# --- /brief, /review ---------------------------------------------------------------------------------------


async def brief(ctx: UpdateContext, argument: str) -> Message:
    """The daily agenda: show or set its time."""
    return await _daily(ctx, ReminderKind.BRIEF, argument)


async def review(ctx: UpdateContext, argument: str) -> Message:
    """The look back at the day: show or set its time."""
    return await _daily(ctx, ReminderKind.REVIEW, argument)


async def _daily(ctx: UpdateContext, kind: ReminderKind, argument: str) -> Message:
    name, current = kind.value, getattr(ctx.person.preferences, kind.value)
    if not argument.strip():
        return say(
            words.DAILY_SHOW[name] if current else words.DAILY_OFF[name], time=current and clock(current)
        )
    try:
        at = _one_time(argument)
    except BadInput:
        return say(words.DAILY_HOW[name], value=argument[:MAX_SHOWN])
    if at is None:
        await ctx.change(prefer(**{name: None}), what=name)
        return say(words.DAILY_SET_OFF[name])
    ends = _quiet_end(ctx, at)
    if ends:
        return screen.daily_quiet(kind, format_time(at), clock(ends), f"{ends:%H:%M}")
    return await _set_daily(ctx, kind, at)


def _one_time(text: str) -> time | None:
    """One time of day for every day; None for *off*. Raises ``BadInput`` for anything else."""
    times = parse_times(text)
    if not times:
        return None
    if len(times) > 1 or len(times[0].days) < 7 or len(times[0].times) > 1:
        raise BadInput("not_a_time", value=text[:MAX_SHOWN])
    return times[0].times[0]


def _quiet_end(ctx: UpdateContext, at: time) -> time | None:
    """The time at which the quiet hours around ``at`` end, on the first of the next seven days that has some;
    None if that time is never quiet.
    """
    today: date = wall_clock(ctx.now, ctx.zone).date()
    for ahead in range(7):
        planned = instant(datetime.combine(today + ahead * DAY, at), ctx.zone)
        opens = opening(planned, ctx.guard, ctx.zone, ctx.person.preferences.quiet)
        if opens > planned:
            return wall_clock(opens, ctx.zone).time()
    return None


async def _set_daily(
    ctx: UpdateContext, kind: ReminderKind, at: time, *, even_if_quiet: bool = False
) -> Message:
    await ctx.change(prefer(**{kind.value: at}), what=kind.value)
    if even_if_quiet:
        reminder_id = f"{kind.value}-{ctx.person.person_id}"
        await ring_at(reminder_id, ctx.person, ctx.deps, at=None, even_if_quiet=True)
    return say(words.DAILY_SET[kind.value], time=clock(at))


async def daily_at(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Answer the question about quiet hours for a daily message."""
    choice, name, at = action.arg.split(" ")
    kind = ReminderKind(name)
    said = await _set_daily(ctx, kind, parse_time(at), even_if_quiet=choice == "anyway")
    return CallbackResult(edit=said)


REMINDER_BUTTONS: dict[str, CallbackHandler] = {
    "cancel_reminder": cancel,
    "revive_reminder": revive,
    "remind_at": remind_at,
    "ring_done": ring_done,
    "rings": turn_rings,
    "daily_at": daily_at,
}
