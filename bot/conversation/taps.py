"""Buttons: one function for each verb, from a press to what is shown. ``VERBS`` is the one table."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.commands import COMMANDS
from bot.conversation.corrections import UNDER_BELIEFS
from bot.conversation.helping import show_helped
from bot.conversation.onboarding import agree, decline, set_zone, zone_answered
from bot.conversation.reactions import UNDER_TIPS
from bot.conversation.shown import Run, Shown
from bot.conversation.talk import act
from bot.conversation.visit import Question, Visit
from bot.screens import settings as settings_screen
from bot.screens import tasks as tasks_screen
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.markup import say
from bot.screens.welcome import details
from core.chat import Message
from core.delivery.callbacks import Press
from core.model import TaskState
from core.people.preferences import Change, pause, prefer, resume, set_cap, unmute
from core.people.preferences import hold_out as switch_test
from core.people.privacy import forget
from core.scheduling.timezones import known_zone
from core.tasks.todo_list import complete_task, remove_task, reopen_task
from core.tips.urgency import by_urgency

# --- Tasks -------------------------------------------------------------------------------------------------


async def task_done(visit: Visit, press: Press) -> Shown:
    """Complete a task from the list; its page is redrawn, a new message confirms and can undo."""
    task_id, _, page = press.arg.partition(" ")
    async with visit.world.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        if task.person_id != visit.person.person_id or not visit.is_open(task):
            return Shown(toast=texts.TASK_ALREADY)
        completed = await complete_task(unit, task, visit.world, zone=_zone(visit))
    confirmed = tasks_screen.completed(completed, visit.now, _zone(visit))
    return Shown(edit=await _task_list(visit, int(page or 0)), reply=confirmed)


def _zone(visit: Visit) -> ZoneInfo:
    return tips_screen.zone_of(visit.person)


async def _task_list(visit: Visit, page: int = 0) -> Message:
    async with visit.world.store.read() as unit:
        found = by_urgency(await unit.tasks.open(visit.person.person_id), visit.now, _zone(visit))
    return tasks_screen.listed(found, visit.now, _zone(visit), page=page)


async def task_undo(visit: Visit, press: Press) -> Shown:
    """Open a completed task again, with the date it had; only the latest completion is taken back."""
    task_id, _, completion = press.arg.partition(" ")
    done_at, _, code = completion.partition(" ")
    async with visit.world.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        if task.done_at is None or task.state is TaskState.GONE:
            return Shown(toast=texts.NOTHING_TO_UNDO)
        due, at = tasks_screen.due_of(code), datetime.fromisoformat(done_at)
        opened = await reopen_task(unit, task, visit.world, due=due, done_at=at)
    return Shown(edit=say(texts.TASK_REOPENED, title=opened.title))


async def remove(visit: Visit, press: Press) -> Shown:
    """Take back a task that was just added."""
    task = await remove_task(press.arg, visit.person, visit.world)
    return Shown(edit=say(texts.TASK_REMOVED, title=task.title))


async def turn_page(visit: Visit, press: Press) -> Shown:
    """Another page of the task list."""
    return Shown(edit=await _task_list(visit, int(press.arg)))


# --- First contact and settings ----------------------------------------------------------------------------


async def agree_to_start(visit: Visit, press: Press) -> Shown:
    """Agree and start."""
    return Shown(reply=await agree(visit), edit=say(texts.AGREED))


async def decline_all(visit: Visit, press: Press) -> Shown:
    """No thanks."""
    return Shown(edit=await decline(visit))


async def show_details(visit: Visit, press: Press) -> Shown:
    """What is stored and sent, in full."""
    return Shown(edit=details(texts.llm_sentence(visit.house.llm)))


async def zone(visit: Visit, press: Press) -> Shown:
    """The offered zone is the right one."""
    return Shown(edit=await set_zone(visit, known_zone(press.arg).key))


async def ask(visit: Visit, press: Press) -> Shown:
    """Change a setting by typing; on platforms with forms the answer comes with the press itself."""
    typed = getattr(visit.update, "typed", None)
    if typed is not None:
        return Shown(reply=await answer_setting(visit, press.arg, typed))
    return Shown(asks=Question(what=press.arg), reply=say(texts.ASK[press.arg]))


async def answer_setting(visit: Visit, what: str, typed: str) -> Message | None:
    """A typed answer to the question for ``what``. Raises ``BadInput``."""
    if what == "zone":
        return await zone_answered(visit, typed)
    return await COMMANDS[what].run(visit, typed)


async def cap(visit: Visit, press: Press) -> Shown:
    """One more or one less a day."""
    return await _changed(visit, set_cap(int(press.arg)), "cap")


async def toggle(visit: Visit, press: Press) -> Shown:
    """Turn the language model, learning or the test on or off; tapped twice, it stays so."""
    name, _, wanted = press.arg.partition(" ")
    is_on = wanted == "on"
    make = switch_test(is_on, visit.now) if name == "hold_out" else prefer(**{name: is_on})
    return await _changed(visit, make, name)


async def hold_out(visit: Visit, press: Press) -> Shown:
    """Turn the test on or off where it is explained."""
    return Shown(edit=await show_helped(visit, press.arg))


async def pause_a_day(visit: Visit, press: Press) -> Shown:
    """Silence until this time tomorrow."""
    until = settings_screen.a_day_later(visit.now, _zone(visit))
    return await _changed(visit, pause(until), "pause")


async def end_pause(visit: Visit, press: Press) -> Shown:
    """Write again."""
    return await _changed(visit, resume, "resume")


async def _changed(visit: Visit, make: Change, what: str) -> Shown:
    await visit.change(make, what=what)
    return Shown(
        edit=settings_screen.preferences(visit.person, visit.now, guard=visit.guard, llm=visit.house.llm)
    )


async def unmute_topic(visit: Visit, press: Press) -> Shown:
    """Undo a mute."""
    topics = press.arg.split(",")
    for topic in topics:
        await visit.change(unmute(topic), what="unmute")
    return Shown(edit=say(texts.UNMUTED, topics=settings_screen.quoted(topics)))


async def fine(visit: Visit, press: Press) -> Shown:
    """Nothing to change."""
    return Shown(toast=texts.FINE_THEN)


# --- Data, and what a language model proposed --------------------------------------------------------------


async def export(visit: Visit, press: Press) -> Shown:
    """Everything about the person, as a file."""
    return Shown(reply=await COMMANDS["export"].run(visit, ""))


async def delete(visit: Visit, press: Press) -> Shown:
    """Ask before deleting everything."""
    return Shown(reply=await COMMANDS["delete"].run(visit, ""))


async def delete_all(visit: Visit, press: Press) -> Shown:
    """Delete everything about the person."""
    await forget(visit.person, visit.world)
    return Shown(edit=say(texts.DELETED))


async def keep_all(visit: Visit, press: Press) -> Shown:
    """Delete nothing."""
    return Shown(edit=say(texts.DELETE_KEPT))


async def confirm(visit: Visit, press: Press) -> Shown:
    """Carry out what was offered or a language model understood, now that the person said yes."""
    name, _, argument = press.arg.partition(" ")
    return Shown(edit=await act(visit, name, argument))


async def leave(visit: Visit, press: Press) -> Shown:
    """Do not."""
    return Shown(edit=say(texts.NOT_DONE))


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
