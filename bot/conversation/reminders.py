"""Reminders in conversation: /remind, and the buttons of reminders.

Tests: tests/scenarios/test_reminders.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.settings_undo import change_with_undo
from bot.conversation.talked_about import last_task
from bot.conversation.task_changes import add_tasks, complete
from bot.conversation.update_context import UpdateContext
from bot.conversation.which_task import named
from bot.screens import reminder_lists as lists
from bot.screens import reminders as screen
from bot.screens import task_card, texts, texts_tasks
from bot.screens import texts_reminders as words
from bot.screens.dates import exactly
from bot.screens.markup import say
from core.chat import Button, Message
from core.delivery.callbacks import CallbackAction
from core.delivery.results import mark_observed
from core.errors import BadInput, NotFound
from core.people.preferences import prefer
from core.records import Decision, DeliveryState, Reminder, Task, TaskState
from core.store import Unit
from core.tasks.reminder_changes import (
    cancel_reminder,
    own_reminder,
    remind_as_before,
    remind_of_task,
    revive_reminder,
    ring_at,
)
from core.tasks.reminder_times import is_active
from core.tasks.reminders import asked_id
from core.words.asked_reminders import is_to_do, reminder_wish
from core.words.intents import RemindBefore
from core.words.leads import parse_lead, parse_lead_of_task
from core.words.matching import matches

MAX_SHOWN = 60
"""Code points of a text that is repeated in an answer."""

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
    ahead = parse_lead_of_task(argument)
    if ahead and await _names_a_task(ctx, ahead.title):
        return await remind_before(ctx, ahead)
    try:
        return await _add(ctx, argument)
    except BadInput as fault:
        if fault.hint not in ("task_empty", "task_too_long"):
            raise
        raise BadInput("not_a_reminder", value=argument[:MAX_SHOWN]) from fault


async def set_lead(ctx: UpdateContext, typed: str) -> Message:
    """Set the lead to what was typed as an answer. Raises ``BadInput``."""
    wanted = parse_lead(typed)
    if wanted is None:
        raise BadInput("not_a_reminder", value=typed[:MAX_SHOWN])
    return await _set_lead(ctx, wanted.minutes)


async def _names_a_task(ctx: UpdateContext, title: str) -> bool:
    async with ctx.deps.store.read() as unit:
        return bool(matches(title, [task.title for task in await unit.tasks.open(ctx.person.person_id)]))


async def _set_lead(ctx: UpdateContext, lead: int | None) -> Message:
    undo = await change_with_undo(ctx, prefer(lead=lead), what="lead")
    if lead is None:
        return say(words.LEAD_SET_OFF, undo)
    if not lead:
        return say(words.LEAD_SET_AT, undo)
    return say(words.LEAD_SET_BEFORE, undo, lead=exactly(lead))


async def _add(ctx: UpdateContext, argument: str) -> Message | None:
    """Add the tasks of "me in 20 minutes to drink water"."""
    wish = reminder_wish(argument, now=ctx.said_at, zone=ctx.zone)
    is_undated = wish.fault is None and not any(draft.due for draft in wish.drafts)
    is_time_only = wish.fault is not None and wish.fault.values.get("value") == argument.strip()
    if is_time_only or (is_undated and not is_to_do(argument)):
        raise BadInput("not_a_reminder", value=argument[:MAX_SHOWN])
    return await add_tasks(ctx, wish)


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
    """Take the cancellation of a reminder back, or of all of one task."""
    *others, reminder_id = action.arg.split()
    for other in others:
        await revive_reminder(other, ctx.person, ctx.deps)
    reminder = await revive_reminder(reminder_id, ctx.person, ctx.deps)
    title = await _title_of(ctx, reminder)
    if reminder.next_at is None:
        return CallbackResult(edit=say(words.REMINDER_OVER, title=title))
    when = screen.when_words(reminder, ctx.person, ctx.now)
    return CallbackResult(edit=say(words.REMINDER_BACK, when=when, title=title))


async def _title_of(ctx: UpdateContext, reminder: Reminder) -> str:
    async with ctx.deps.store.read() as unit:
        return _title(reminder, await _tasks_of(unit, [reminder]))


# --- Before a task that is on the list ---------------------------------------------------------------------


async def remind_before(ctx: UpdateContext, intent: RemindBefore) -> Message:
    """Promise a reminder before the task that the words name, or the one that was talked about last; ask if
    it is not clear.
    """
    if not intent.title:
        task_id = await last_task(ctx)
        return await _promise(ctx, task_id, intent.minutes) if task_id else say(texts_tasks.WHICH_LAST)
    found, lead = await named(ctx, intent.title), str(intent.minutes)
    if found.task:
        return await _promise(ctx, found.task.task_id, intent.minutes)
    if found.rivals:
        return task_card.pick_rival("remind", found.words, found.rivals, ctx.now, ctx.zone, patch=lead)
    return task_card.pick("remind", found.tasks, ctx.now, ctx.zone, words=found.words, patch=lead)


async def _promise(ctx: UpdateContext, task_id: str, lead: int) -> Message:
    """Promise a reminder ``lead`` minutes before an open task."""
    try:
        asked = await remind_of_task(task_id, ctx.person, ctx.deps, lead=lead)
    except NotFound:
        return say(texts.GONE_TOAST)
    if asked.reminder is None:
        said = say(words.REMIND_NO_TIME, title=asked.task.title)
        return replace(said, tasks=(task_id,))
    before = "" if asked.before is None else str(asked.before)
    undo = Button(label=texts.UNDO, verb="unremind", arg=f"{task_id} {before}".strip())
    return screen.promised(asked.task, asked.reminder, ctx.person, ctx.now, undo=undo)


async def pick_remind(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Promise a reminder before the task that was chosen."""
    task_id, _, lead = action.arg.partition(" ")
    return CallbackResult(edit=await _promise(ctx, task_id, int(lead)))


async def unremind(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take a reminder back that was asked for a task on the list."""
    task_id, _, lead = action.arg.partition(" ")
    await remind_as_before(task_id, ctx.person, ctx.deps, int(lead) if lead else None)
    async with ctx.deps.store.read() as unit:
        task = await unit.tasks.get(task_id)
        reminder = await unit.reminders.get(asked_id(task_id))
    if lead and reminder.next_at:
        return CallbackResult(edit=screen.will_remind(task, reminder, ctx.person, ctx.now))
    return CallbackResult(edit=say(words.REMIND_TAKEN_BACK, title=task.title))


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
    async with ctx.deps.store.begin(ctx.person.person_id) as unit:
        decision = await unit.decisions.get(decision_id)
        if decision.person_id != ctx.person.person_id:
            raise NotFound("no such reminder of this person")
        if message_id:
            deliveries = await unit.deliveries.of(decision_id)
            unproved = [one for one in deliveries if one.state in UNPROVED]
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


REMINDER_UNDO: dict[str, CallbackHandler] = {
    "revive_reminder": revive,
    "unremind": unremind,
}
"""The buttons that take back what oO did with a reminder."""

REMINDER_BUTTONS: dict[str, CallbackHandler] = REMINDER_UNDO | {
    "cancel_reminder": cancel,
    "remind_at": remind_at,
    "ring_done": ring_done,
    "rings": turn_rings,
    "pick_remind": pick_remind,
}
