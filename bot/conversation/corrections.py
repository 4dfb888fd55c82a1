"""Corrects what oO has just confirmed, a task or a setting: "no, 5:30", "i meant friday", "make it 3".

Tests: tests/scenarios/test_corrections.py.
"""

from __future__ import annotations

from datetime import time, timedelta

from bot.conversation.commands import COMMANDS, Response
from bot.conversation.latest_tip import snooze_latest
from bot.conversation.remind_listed import correct_instant
from bot.conversation.reminders import remind_before
from bot.conversation.talked_about import Subject, last_subject
from bot.conversation.task_lists import open_task
from bot.conversation.task_words import change_by_words, change_or_say
from bot.conversation.update_context import UpdateContext
from bot.conversation.which_task import changed_before
from bot.screens import task_card, texts, texts_tasks
from bot.screens.markup import say
from bot.screens.tasks import ListPlace
from core.errors import BadInput
from core.records import Task, TaskPatch
from core.words.dates.moments import parse_moment
from core.words.intents import ChangeTask, Correct, RemindBefore
from core.words.understand import date_alone

RECENT = timedelta(hours=1)
"""How long after oO's words a correction may be about them."""

DIRECTLY = timedelta(minutes=15)
"""Likewise, of a date or a time without any word that says it corrects something."""

SETTINGS_AT_A_TIME = ("brief", "review", "times")


async def is_correction(ctx: UpdateContext) -> bool:
    """Whether oO knows what words of correction are about; without a language model, it asks the person."""
    if not ctx.may_ask_model or await changed_before(ctx):
        return True
    return await last_subject(ctx, RECENT) is not None


async def correct_by_date(ctx: UpdateContext, text: str) -> Response:
    """Give the task that oO has just talked about the date, time or lead that is the whole text."""
    found = date_alone(text, now=ctx.said_at, zone=ctx.zone)
    before = await changed_before(ctx) if found else None
    subject = await last_subject(ctx, DIRECTLY, directly=True) if found else None
    task = await _open_task(ctx, subject) if subject else None
    if isinstance(found, RemindBefore):
        return await remind_before(ctx, found) if task else None
    if found and task and (moved := await correct_instant(ctx, found.patch)):
        return moved
    task_id = before or (task.task_id if task else None)
    return await change_or_say(ctx, task_id, found.patch) if found and task_id else None


async def correct(ctx: UpdateContext, asked: Correct) -> Response:
    """Correct what was confirmed last; ask if it is not clear what that is."""
    if before := await changed_before(ctx):
        return await change_or_say(ctx, before, asked.patch)
    subject = await last_subject(ctx, RECENT)
    if subject and subject.is_tip and asked.words:
        return await _put_off(ctx, asked)
    if subject and subject.setting:
        return await _correct_setting(ctx, subject.setting, asked.patch) or say(texts.UNCLEAR_LONG)
    task = await _open_task(ctx, subject) if subject else None
    if task is None:
        return say(texts_tasks.WHICH_LAST)
    if asked.patch == TaskPatch():
        return task_card.move_menu(task, ListPlace())
    if moved := await correct_instant(ctx, asked.patch):
        return moved
    return await change_or_say(ctx, task.task_id, asked.patch)


async def change_or_correct(ctx: UpdateContext, asked: ChangeTask) -> Response:
    """Change a task in words; "make it 3" after a setting was confirmed is about that."""
    if not asked.title and not await changed_before(ctx):
        subject = await last_subject(ctx, RECENT)
        setting = subject.setting if subject else None
        if setting and (said := await _correct_setting(ctx, setting, asked.patch)):
            return said
        if moved := await correct_instant(ctx, asked.patch):
            return moved
    return await change_by_words(ctx, asked)


async def _put_off(ctx: UpdateContext, asked: Correct) -> Response:
    """ "No, friday" about a tip."""
    try:
        return await snooze_latest(ctx, parse_moment(asked.words, now=ctx.said_at, zone=ctx.zone))
    except BadInput as fault:
        if fault.hint != "not_a_moment":
            raise
        return say(texts_tasks.WHICH_LAST)


async def _correct_setting(ctx: UpdateContext, setting: str, patch: TaskPatch) -> Response:
    """Set the setting to the number or the time; None if it takes no such value."""
    if not isinstance(patch.at, time):
        return None
    is_number = patch.other_half > 0 and patch.at.minute == 0
    if setting == "cap" and is_number:
        return await COMMANDS["cap"].run(ctx, str(patch.at.hour % 12 or 12))
    if setting in SETTINGS_AT_A_TIME and not patch.other_half:
        return await COMMANDS[setting].run(ctx, f"{patch.at:%H:%M}")
    return None


async def task_just_named(ctx: UpdateContext) -> Task | None:
    """The open task that oO has just talked about, if no other message came after its words."""
    subject = await last_subject(ctx, DIRECTLY, directly=True)
    return await _open_task(ctx, subject) if subject else None


async def _open_task(ctx: UpdateContext, subject: Subject) -> Task | None:
    """The task to correct; None after a tip, which is rather put off."""
    return await open_task(ctx, subject.task_id) if subject.task_id else None
