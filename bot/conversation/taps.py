"""Buttons: one function for each verb, from a press to what is shown. ``VERBS`` is the one table."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.belief_buttons import UNDER_BELIEFS
from bot.conversation.callback_result import CallbackResult, Run
from bot.conversation.commands import COMMANDS
from bot.conversation.free_text import act
from bot.conversation.holdout import show_helped
from bot.conversation.onboarding import agree, decline, set_zone, zone_answered
from bot.conversation.tip_buttons import UNDER_TIPS
from bot.conversation.update_context import Question, UpdateContext
from bot.screens import settings as settings_screen
from bot.screens import tasks as tasks_screen
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.markup import say
from bot.screens.welcome import details
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.model import TaskState
from core.people.preferences import Change, pause, prefer, resume, set_cap, unmute
from core.people.preferences import hold_out as switch_test
from core.people.privacy import forget
from core.scheduling.timezones import known_zone
from core.tasks.todo_list import complete_task, remove_task, reopen_task
from core.tips.urgency import by_urgency

# --- Tasks -------------------------------------------------------------------------------------------------


async def task_done(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Complete a task from the list; its page is redrawn, a new message confirms and can undo."""
    task_id, _, page = press.arg.partition(" ")
    async with ctx.deps.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        if task.person_id != ctx.person.person_id or not ctx.is_open(task):
            return CallbackResult(toast=texts.TASK_ALREADY)
        completed = await complete_task(unit, task, ctx.deps, zone=_zone(ctx))
    confirmed = tasks_screen.completed(completed, ctx.now, _zone(ctx))
    return CallbackResult(edit=await _task_list(ctx, int(page or 0)), reply=confirmed)


def _zone(ctx: UpdateContext) -> ZoneInfo:
    return tips_screen.zone_of(ctx.person)


async def _task_list(ctx: UpdateContext, page: int = 0) -> Message:
    async with ctx.deps.store.read() as unit:
        found = by_urgency(await unit.tasks.open(ctx.person.person_id), ctx.now, _zone(ctx))
    return tasks_screen.listed(found, ctx.now, _zone(ctx), page=page)


async def task_undo(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Open a completed task again, with the date it had; only the latest completion is taken back."""
    task_id, _, completion = press.arg.partition(" ")
    done_at, _, code = completion.partition(" ")
    async with ctx.deps.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        if task.done_at is None or task.state is TaskState.GONE:
            return CallbackResult(toast=texts.NOTHING_TO_UNDO)
        due, at = tasks_screen.due_of(code), datetime.fromisoformat(done_at)
        opened = await reopen_task(unit, task, ctx.deps, due=due, done_at=at)
    return CallbackResult(edit=say(texts.TASK_REOPENED, title=opened.title))


async def remove(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Take back a task that was just added."""
    task = await remove_task(press.arg, ctx.person, ctx.deps)
    return CallbackResult(edit=say(texts.TASK_REMOVED, title=task.title))


async def turn_page(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Another page of the task list."""
    return CallbackResult(edit=await _task_list(ctx, int(press.arg)))


# --- First contact and settings ----------------------------------------------------------------------------


async def agree_to_start(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Agree and start."""
    return CallbackResult(reply=await agree(ctx), edit=say(texts.AGREED))


async def decline_all(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """No thanks."""
    return CallbackResult(edit=await decline(ctx))


async def show_details(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """What is stored and sent, in full."""
    return CallbackResult(edit=details(texts.llm_sentence(ctx.deployment.llm)))


async def zone(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """The offered zone is the right one."""
    return CallbackResult(edit=await set_zone(ctx, known_zone(press.arg).key))


async def ask(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Change a setting by typing; on platforms with forms the answer comes with the press itself."""
    typed = getattr(ctx.update, "typed", None)
    if typed is not None:
        return CallbackResult(reply=await answer_setting(ctx, press.arg, typed))
    return CallbackResult(asks=Question(what=press.arg), reply=say(texts.ASK[press.arg]))


async def answer_setting(ctx: UpdateContext, what: str, typed: str) -> Message | None:
    """A typed answer to the question for ``what``. Raises ``BadInput``."""
    if what == "zone":
        return await zone_answered(ctx, typed)
    return await COMMANDS[what].run(ctx, typed)


async def cap(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """One more or one less a day."""
    return await _changed(ctx, set_cap(int(press.arg)), "cap")


async def toggle(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Turn the language model, learning or the test on or off; tapped twice, it stays so."""
    name, _, wanted = press.arg.partition(" ")
    is_on = wanted == "on"
    make = switch_test(is_on, ctx.now) if name == "hold_out" else prefer(**{name: is_on})
    return await _changed(ctx, make, name)


async def hold_out(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Turn the test on or off where it is explained."""
    return CallbackResult(edit=await show_helped(ctx, press.arg))


async def pause_a_day(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Silence until this time tomorrow."""
    until = settings_screen.a_day_later(ctx.now, _zone(ctx))
    return await _changed(ctx, pause(until), "pause")


async def end_pause(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Write again."""
    return await _changed(ctx, resume, "resume")


async def _changed(ctx: UpdateContext, make: Change, what: str) -> CallbackResult:
    await ctx.change(make, what=what)
    return CallbackResult(
        edit=settings_screen.preferences(ctx.person, ctx.now, guard=ctx.guard, llm=ctx.deployment.llm)
    )


async def unmute_topic(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Undo a mute."""
    topics = press.arg.split(",")
    for topic in topics:
        await ctx.change(unmute(topic), what="unmute")
    return CallbackResult(edit=say(texts.UNMUTED, topics=settings_screen.quoted(topics)))


async def fine(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Nothing to change."""
    return CallbackResult(toast=texts.FINE_THEN)


# --- Data, and what a language model proposed --------------------------------------------------------------


async def export(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Everything about the person, as a file."""
    return CallbackResult(reply=await COMMANDS["export"].run(ctx, ""))


async def delete(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Ask before deleting everything."""
    return CallbackResult(reply=await COMMANDS["delete"].run(ctx, ""))


async def delete_all(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Delete everything about the person."""
    await forget(ctx.person, ctx.deps)
    return CallbackResult(edit=say(texts.DELETED))


async def keep_all(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Delete nothing."""
    return CallbackResult(edit=say(texts.DELETE_KEPT))


async def confirm(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Carry out what was offered or a language model understood, now that the person said yes."""
    name, _, argument = press.arg.partition(" ")
    return CallbackResult(edit=await act(ctx, name, argument))


async def leave(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Do not."""
    return CallbackResult(edit=say(texts.NOT_DONE))


VERBS: dict[str, Run] = (
    UNDER_TIPS
    | UNDER_BELIEFS
    | {
        "task_done": task_done,
        "task_undo": task_undo,
        "remove_task": remove,
        "tasks": turn_page,
        "agree": agree_to_start,
        "decline": decline_all,
        "details": show_details,
        "zone": zone,
        "ask": ask,
        "cap": cap,
        "toggle": toggle,
        "hold_out": hold_out,
        "pause_day": pause_a_day,
        "resume": end_pause,
        "unmute": unmute_topic,
        "fine": fine,
        "export": export,
        "delete": delete,
        "delete_all": delete_all,
        "keep_all": keep_all,
        "confirm": confirm,
        "leave": leave,
    }
)
