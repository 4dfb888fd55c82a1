"""``/today`` and ``/stats``, and the buttons of every agenda: done, tomorrow, drop, each with its undo.

Tests: tests/scenarios/test_agenda.py, tests/scenarios/test_stats.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.task_changes import complete, say_completed_before
from bot.conversation.update_context import UpdateContext
from bot.screens import agenda as agenda_screen
from bot.screens import texts, texts_agenda, texts_tasks
from bot.screens.dates import first_weekday
from bot.screens.markup import say
from bot.screens.stats import figures
from core.chat import Button, Message
from core.delivery.callbacks import CallbackAction
from core.errors import BadInput, NotFound
from core.records import Due, Task, TaskPatch
from core.scheduling.timezones import zone_of
from core.tasks.agenda import read_agenda, skipped, stored_agenda, to_day
from core.tasks.changes import ChangedTask, change_task, open_task, remove_task, restore_task
from core.tasks.due_codes import due_code, due_of
from core.tasks.stats import read_stats
from core.text import clean
from core.words.dates.moments import parse_moment

TODAY = frozenset({"", "today", "heute", "aujourd'hui", "aujourd’hui", "hoy"})
YESTERDAY = frozenset({"yesterday", "gestern", "hier", "ayer"})
WEEK = frozenset({
    "week", "this week", "the week", "woche", "diese woche", "semaine", "cette semaine", "la semaine",
    "semana", "esta semana",
})  # fmt: skip
NEXT_WEEK = frozenset({
    "next week", "nächste woche", "semaine prochaine", "la semaine prochaine", "próxima semana",
    "la próxima semana", "la semana que viene",
})  # fmt: skip
"""No day, although a task that is moved there is due on its Monday."""
MAX_ARGUMENT = 80  # code points


async def today(ctx: UpdateContext, argument: str) -> Message:
    """The agenda of today, of another day, or of the week."""
    typed = clean(argument, MAX_ARGUMENT)
    wanted = typed.casefold().strip(" .?!")
    if wanted in WEEK:
        return agenda_screen.agenda_of_week(await read_agenda(ctx.person, ctx.deps, ctx.zone))
    on = ctx.now.astimezone(ctx.zone).date()
    if wanted not in TODAY:
        if wanted in NEXT_WEEK:
            return say(texts_agenda.TODAY_HOW, value=typed)
        try:
            on = parse_moment(wanted, now=ctx.said_at, zone=ctx.zone).astimezone(ctx.zone).date()
        except BadInput as fault:
            return say(texts_agenda.DAY_PAST if fault.hint == "past" else texts_agenda.TODAY_HOW, value=typed)
    return agenda_screen.agenda_of_day(await read_agenda(ctx.person, ctx.deps, ctx.zone, day=on))


async def stats(ctx: UpdateContext, argument: str) -> Message:
    """The figures of this week, and of the one before; or what was done today or yesterday."""
    wanted = clean(argument, MAX_ARGUMENT).casefold().strip(" .?!")
    if wanted and wanted in TODAY | YESTERDAY:
        on = ctx.now.astimezone(ctx.zone).date() - timedelta(days=wanted in YESTERDAY)
        return agenda_screen.done_on(await read_agenda(ctx.person, ctx.deps, ctx.zone, day=on))
    return figures(await read_stats(ctx.person, ctx.deps, ctx.zone, first_weekday=first_weekday()))


# --- Buttons -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tap:
    """What a button of an agenda carries."""

    screen: str
    """``day``, ``week``, ``brief`` or ``review``."""
    day: date
    task_id: str
    due: Due | None
    """That of the task when the button was made."""


def _tap(action: CallbackAction) -> _Tap:
    screen, day, task_id, *due = action.arg.split(" ", 3)
    return _Tap(
        screen=screen, day=date.fromisoformat(day), task_id=task_id, due=due_of(due[0] if due else "")
    )


async def _task_of(ctx: UpdateContext, tap: _Tap) -> Task:
    async with ctx.deps.store.read() as unit:
        return await unit.tasks.get(tap.task_id)


async def _redrawn(ctx: UpdateContext, tap: _Tap) -> Message:
    """The screen as it is now. No source is asked: the person waits. Only a look back is about a past day."""
    zone = zone_of(ctx.person)
    day = tap.day if tap.screen == "review" else max(tap.day, ctx.now.astimezone(zone).date())
    async with ctx.deps.store.read() as unit:
        agenda = await stored_agenda(unit, ctx.person, now=ctx.now, zone=zone, day=day)
    if tap.screen == "week":
        return agenda_screen.agenda_of_week(agenda)
    make = {"brief": agenda_screen.brief, "review": agenda_screen.review}.get(tap.screen)
    return (make and make(agenda, ctx.person, ctx.now)) or agenda_screen.agenda_of_day(agenda)


async def done(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Complete a task of an agenda. A repeating one that has moved on since is not done once more."""
    tap = _tap(action)
    task = await _task_of(ctx, tap)
    moved_on = task.repeats is not None and task.due != tap.due
    completed = await (say_completed_before if moved_on else complete)(ctx, tap.task_id)
    edit = await _redrawn(ctx, tap)
    if completed is None:
        return CallbackResult(edit=edit, toast=texts.TASK_ALREADY)
    return CallbackResult(edit=edit, reply=completed)


async def tomorrow(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Put a task off to the day after the agenda's, or to today if that is over."""
    tap, zone = _tap(action), zone_of(ctx.person)
    task = await _task_of(ctx, tap)
    day = max(tap.day + timedelta(days=1), ctx.now.astimezone(zone).date())
    return await _put_off(ctx, tap, task, to_day(task, day, zone))


async def drop(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take a task off the list; of a repeating one, skip this time."""
    tap = _tap(action)
    task = await _task_of(ctx, tap)
    following = skipped(task, ctx.now, zone_of(ctx.person))
    if following:
        return await _put_off(ctx, tap, task, following)
    try:
        removed = await remove_task(tap.task_id, ctx.person, ctx.deps, origin=ctx.origin)
    except NotFound:
        return CallbackResult(edit=await _redrawn(ctx, tap), toast=texts.TASK_ALREADY)
    undo = (Button(label=texts.UNDO, verb="agenda_restore", arg=tap.task_id),)
    return CallbackResult(edit=await _redrawn(ctx, tap), reply=agenda_screen.dropped(removed, undo))


async def _put_off(ctx: UpdateContext, tap: _Tap, task: Task, patch: TaskPatch) -> CallbackResult:
    """Give the task another due date, unless it has got another since the button was made."""
    if task.due != tap.due:
        return CallbackResult(edit=await _redrawn(ctx, tap), toast=texts_agenda.TASK_CHANGED_SINCE)
    zone = zone_of(ctx.person)
    try:
        change = await change_task(tap.task_id, ctx.person, ctx.deps, patch, zone=zone)
    except NotFound:
        return CallbackResult(edit=await _redrawn(ctx, tap), toast=texts.TASK_ALREADY)
    reply = agenda_screen.moved(change.after, _undo_row(change), ctx.now, zone)
    return CallbackResult(edit=await _redrawn(ctx, tap), reply=reply)


def _undo_row(change: ChangedTask) -> tuple[Button, ...]:
    if not change.changed:
        return ()
    dates = f"{due_code(change.before.due)}|{due_code(change.after.due)}"
    return (Button(label=texts.UNDO, verb="agenda_back", arg=f"{change.after.task_id} {dates}"),)


async def move_back(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Give a task that was put off the due date that it had, unless it was changed or done since."""
    task_id, _, dates = action.arg.partition(" ")
    before, after = (due_of(code) for code in dates.split("|"))
    async with ctx.deps.store.read() as unit:
        task = await unit.tasks.get(task_id)
    if task.due != after:
        return CallbackResult(toast=texts_agenda.TASK_CHANGED_SINCE)
    zone = zone_of(ctx.person)
    try:
        change = await change_task(task_id, ctx.person, ctx.deps, TaskPatch(due=before), zone=zone)
    except NotFound:
        return CallbackResult(toast=texts_agenda.TASK_CHANGED_SINCE)
    return CallbackResult(edit=agenda_screen.moved_back(change.after, ctx.now, zone))


async def restore(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Put a task that was dropped on the list again."""
    try:
        task = await restore_task(action.arg, ctx.person, ctx.deps)
    except NotFound:
        async with ctx.deps.store.read() as unit:
            task = await open_task(unit, action.arg, ctx.person)
        return CallbackResult(edit=say(texts_tasks.ON_THE_LIST, title=task.title))
    return CallbackResult(edit=say(texts_agenda.TASK_RESTORED, title=task.title))


AGENDA_UNDO: dict[str, CallbackHandler] = {
    "agenda_back": move_back,
    "agenda_restore": restore,
}
"""The buttons that take back what a button of an agenda did."""

AGENDA_BUTTONS: dict[str, CallbackHandler] = AGENDA_UNDO | {
    "agenda_done": done,
    "agenda_tomorrow": tomorrow,
    "agenda_drop": drop,
}
