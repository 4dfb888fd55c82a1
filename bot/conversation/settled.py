"""What a request means that may be a to-do as well: the open tasks and the list that was shown decide.

Tests: tests/scenarios/test_task_requests.py, tests/scenarios/test_numbered_tasks.py.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.conversation.corrections import is_correction
from bot.conversation.reminder_ends import reminded_task
from bot.conversation.shown_list import shown_list
from bot.conversation.talked_about import last_task, last_two
from bot.conversation.task_lists import tasks_of_all, tasks_when_said
from bot.conversation.undo import undoable
from bot.conversation.update_context import UpdateContext
from bot.conversation.which_task import changed_before, task_to_move, task_to_skip, told_by_date
from core.people.places import is_surely_a_place
from core.records import Task
from core.scheduling.pauses import coming_pause, paused_until
from core.scheduling.quiet_hours import wall_clock
from core.tips.urgency import due_instant
from core.words.intents import (
    AddQuiet,
    CallOffPause,
    ChangeAll,
    ChangeTask,
    Complete,
    Correct,
    EndReminder,
    Intent,
    MoveTask,
    RemoveTask,
    SetBrief,
    SetCap,
    SetQuiet,
    SetReview,
    SetTimes,
    SetTimezone,
    Several,
    SkipTask,
    SwapTasks,
    Undo,
)
from core.words.matching import done_tasks, fitting_tasks, has_all_words, holds_all, is_booking
from core.words.named_task import means_both
from core.words.numbered import places_in
from core.words.parts import done_parts, parts_of

SETTINGS = (AddQuiet, SetBrief, SetCap, SetQuiet, SetReview, SetTimes)
REQUESTS = (ChangeTask, Complete, MoveTask, RemoveTask, SkipTask)


async def settled(ctx: UpdateContext, intent: Intent | None) -> Intent | None:
    """The intent; of a request that may be a to-do as well, what it means given the open tasks."""
    match intent:
        case Several():
            return await _several(ctx, intent)
        case ChangeTask() | RemoveTask() | Complete() if places_in(intent.title):
            return await _of_list(ctx, intent)
        case ChangeAll() if intent.title and not await tasks_of_all(ctx, intent):
            return await settled(ctx, intent.otherwise)
        case Complete() if intent.deed:
            return await _done(ctx, intent)
        case CallOffPause():
            return await _called_off(ctx, intent)
        case Correct():
            return intent if await is_correction(ctx) else None
        case (
            ChangeTask() | RemoveTask() | MoveTask() | SkipTask() | EndReminder()
            | SwapTasks() | SetTimezone() | Undo()
        ):  # fmt: skip
            return intent if await _is_meant(ctx, intent) else await settled(ctx, intent.otherwise)
    return intent


async def _is_meant(ctx: UpdateContext, asked: Intent) -> bool:
    """Whether words that may mean something else as well mean this, given the open tasks."""
    match asked:
        case MoveTask():
            return await task_to_move(ctx, asked.words, asked.typed) is not None
        case SkipTask():
            return bool(await changed_before(ctx) or await task_to_skip(ctx, asked))
        case ChangeTask() | RemoveTask() if asked.only_if_it_fits:
            return await _fits(ctx, asked)
        case EndReminder() if asked.only_if_it_fits:
            return await reminded_task(ctx, asked.title) is not None
        case SwapTasks():
            return await _are_both_open(ctx, asked)
        case SetTimezone() if asked.only_if_known:
            return await _is_place(ctx, asked.place)
        case Undo() if asked.of:
            return await undoable(ctx, asked) is not None
    return True


async def _called_off(ctx: UpdateContext, asked: CallOffPause) -> Intent | None:
    """What a vacation that does not take place means: a task that it fits, else the pause, if any."""
    otherwise = await settled(ctx, asked.otherwise)
    if isinstance(otherwise, REQUESTS):
        return otherwise
    is_paused = coming_pause(ctx.person, ctx.now) or paused_until(ctx.person, ctx.now)
    is_again = await ctx.has_changed("drop_pause") or await ctx.has_changed("resume")
    return asked if is_paused or is_again else otherwise


async def _is_place(ctx: UpdateContext, name: str) -> bool:
    """Whether a place is surely meant; read in a thread, as for /timezone."""
    return await asyncio.to_thread(is_surely_a_place, name, ctx.deps.gazetteer, now=ctx.now)


async def _fits(ctx: UpdateContext, asked: ChangeTask | RemoveTask) -> bool:
    if not asked.title:
        return await last_task(ctx) is not None
    if means_both(asked.title):
        return bool(await last_two(ctx))
    if isinstance(asked, ChangeTask) and await changed_before(ctx):
        return True
    tasks = await tasks_when_said(ctx)
    titles = [task.title for task in tasks]
    if fitting_tasks(asked.title, titles, typed=asked.typed) or parts_of(
        asked.title, titles, typed=asked.typed
    ):
        return True
    name, due = told_by_date(ctx, asked.title, tasks)
    return bool(fitting_tasks(name, [task.title for task in due], typed=asked.typed))


async def _are_both_open(ctx: UpdateContext, asked: SwapTasks) -> bool:
    """Whether both of what is to be swapped are open tasks."""
    titles = [task.title for task in await tasks_when_said(ctx)]
    single = [
        one for one in titles if not (has_all_words(asked.first, one) and has_all_words(asked.second, one))
    ]
    return holds_all(asked.first, single) and holds_all(asked.second, single)


async def _done(ctx: UpdateContext, said: Complete) -> Intent | None:
    """The task that the deed does; several are for the conversation to ask about, as is one to come."""
    tasks = await tasks_when_said(ctx)
    titles = [task.title for task in tasks]
    found = done_tasks(said.title, said.deed, titles)
    named = done_tasks(said.title, said.deed, titles, is_named=True)
    done = [at for at in found if at in named or not _is_to_come(ctx, tasks[at], said.deed)]
    if found and not done:
        return Complete(title=said.title, is_doubtful=True)
    if not done and (parts := done_parts(said.title, said.deed, titles)):
        is_doubtful = any(_is_to_come(ctx, tasks[at], said.deed) for at in parts)
        return Complete(title=said.title, is_doubtful=is_doubtful)
    if not done:
        return await settled(ctx, said.otherwise)
    if len(done) > 1 and len(same := done_tasks(said.title, said.deed, titles, is_same_verb=True)) == 1:
        done = same
    return Complete(title=titles[done[0]]) if len(done) == 1 else replace(said, otherwise=None)


def _is_to_come(ctx: UpdateContext, task: Task, deed: str) -> bool:
    """Whether the task may be an appointment that the deed only prepares: the flight of friday at 6:40 is
    booked, or paid, and takes place yet. What is booked may be for a whole day ("hotel").
    """
    if task.due is None:
        return False
    if task.due.at is None:
        return is_booking(deed) and task.due.on > wall_clock(ctx.said_at, ctx.zone).date()
    return due_instant(task.due, ctx.zone) > ctx.said_at


async def _of_list(ctx: UpdateContext, asked: ChangeTask | RemoveTask | Complete) -> Intent | None:
    """The request about places in a list. Without a recent one, a language model may know what is meant; if
    there is none, oO asks.
    """
    if await shown_list(ctx):
        return asked
    otherwise = None if isinstance(asked, Complete) else asked.otherwise
    return otherwise if otherwise or ctx.may_ask_model else asked


async def _several(ctx: UpdateContext, asked: Several) -> Intent | None:
    found = [await settled(ctx, one) for one in asked.asked]
    are_requests = [isinstance(one, REQUESTS + SETTINGS) for one in found]
    holds = all(found) and any(are_requests) if asked.is_sentence else any(are_requests)
    if holds and asked.is_sentence and ctx.may_ask_model:  # "the other one"
        holds = all([await _is_known(ctx, one) for one in found])
    return asked if holds else await settled(ctx, asked.otherwise)


async def _is_known(ctx: UpdateContext, asked: Intent | None) -> bool:
    """Whether a request is about an open task; other intents need none."""
    match asked:
        case ChangeTask() | RemoveTask() if not places_in(asked.title):
            return await _fits(ctx, asked)
        case MoveTask():
            return bool(await task_to_move(ctx, asked.words, asked.typed))
    return True
