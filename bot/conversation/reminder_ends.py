"""The end of a reminder in words: "cancel the reminder", "don't remind me about lunch". Its task stays.

Tests: tests/scenarios/test_reminder_ends.py.
"""

from __future__ import annotations

from bot.conversation.reminders import waiting
from bot.conversation.talked_about import last_single_task
from bot.conversation.task_lists import open_tasks
from bot.conversation.update_context import UpdateContext
from bot.conversation.which_task import named_among
from bot.screens import reminder_lists as lists
from core.chat import Message
from core.records import Reminder, Task
from core.scheduling.timezones import zone_or_default
from core.tasks.reminder_changes import cancel_reminders
from core.tasks.reminder_times import is_active, next_occurrence
from core.words.intents import EndReminder
from core.words.matching import whole_match


async def end_reminder(ctx: UpdateContext, asked: EndReminder) -> Message:
    """Cancel the reminders of the task that is meant; if it is not clear which, list those that wait."""
    task = None if asked.one_of_all else await reminded_task(ctx, asked.title)
    if task is None:
        return await _none_or_list(ctx, asked.title)
    reminders = (await _reminders(ctx))[task.task_id]
    active = [one for one in reminders if is_active(one)] or reminders
    await cancel_reminders([one.reminder_id for one in active], ctx.person, ctx.deps)
    return lists.ended(active, task)


async def _none_or_list(ctx: UpdateContext, title: str) -> Message:
    """Says that the task has no reminder, or shows all that wait, each with a button."""
    found = named_among(title, await open_tasks(ctx)).task if title else None
    return lists.not_set(found) if found else lists.overview(await waiting(ctx), ctx.person, ctx.now)


async def reminded_task(ctx: UpdateContext, title: str) -> Task | None:
    """The open task with a reminder to come that the words surely mean; without words, the one that was
    talked about last, or the only one. None if it is not clear.

    Of tasks whose reminders are cancelled, too, if no other is meant: this very update may have done that
    before it was cut off.
    """
    reminders = await _reminders(ctx)
    tasks = [task for task in await open_tasks(ctx) if task.task_id in reminders]
    still = [task for task in tasks if any(map(is_active, reminders[task.task_id]))]
    for among in (still, tasks):
        if found := await (_named(title, among) if title else _last(ctx, among)):
            return found
    return None


async def _named(title: str, tasks: list[Task]) -> Task | None:
    found = whole_match(title, [task.title for task in tasks])
    return None if found is None else tasks[found]


async def _last(ctx: UpdateContext, tasks: list[Task]) -> Task | None:
    last = await last_single_task(ctx)
    found = next((task for task in tasks if last and task.task_id == last.task_id), None)
    # After a tip or a ringing, "the reminder" is rather that.
    is_about_another = last is not None and last.is_tip
    return found or (tasks[0] if len(tasks) == 1 and not is_about_another else None)


async def _reminders(ctx: UpdateContext) -> dict[str, list[Reminder]]:
    """The reminders of open tasks that are to come or were cancelled before that, by task."""
    zone = zone_or_default(ctx.person.zone, ctx.zone)
    async with ctx.deps.store.read() as unit:
        known = await unit.reminders.of_person(ctx.person.person_id)
    found: dict[str, list[Reminder]] = {}
    for one in known:
        occurrence = next_occurrence(one, zone)
        is_to_come = one.next_at is not None if is_active(one) else occurrence and occurrence.at > ctx.now
        if one.task_id and is_to_come:
            found.setdefault(one.task_id, []).append(one)
    return found
