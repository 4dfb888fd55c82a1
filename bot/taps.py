"""Buttons: one function for each verb, from a press to what is shown.

``VERBS`` is the one table. No language model and no network on the way to a committed reaction; what lives
elsewhere is told afterwards, by the event log.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot import texts
from bot.commands import COMMANDS, set_zone
from bot.dates import at_time
from bot.markup import say
from bot.onboarding import agree, decline
from bot.screens import settings as settings_screen
from bot.screens import tasks as tasks_screen
from bot.screens import tips as tips_screen
from bot.screens.welcome import details
from bot.talk import act
from bot.visit import Question, Visit
from core.buttons import Press
from core.chat import Message
from core.context import by_urgency
from core.errors import NotFound
from core.feedback import Outcome, Verdict, look, react, snooze, undo
from core.model import DismissReason, ReactionKind, TaskState
from core.preferences import Change, change, pause, prefer, resume, unmute
from core.privacy import forget
from core.schedule import quiet_until
from core.tasks import Completed, complete_task, remove_task, reopen_task
from core.words.moments import parse_moment
from core.zones import known_zone, zone_meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a tap leads to: the tapped message redrawn, a short remark, a new message; each may be missing.

    ``asks`` is the question whose typed answer is awaited; ``reply`` then puts it where there are no forms.
    """

    edit: Message | None = None
    toast: str | None = None
    reply: Message | None = None
    asks: Question | None = None


Run = Callable[[Visit, Press], Awaitable[Shown]]


# --- Tips --------------------------------------------------------------------------------------------------


def _subject(press: Press) -> str:
    if press.subject is None:
        raise NotFound("this button is not about a tip")
    return press.subject


def _tapped_id(visit: Visit) -> str | None:
    return getattr(visit.update, "message_id", None)


async def done(visit: Visit, press: Press) -> Shown:
    """Done: the task is done where it lives, the tip was right."""
    return await _react(visit, press, ReactionKind.DONE)


async def dismiss(visit: Visit, press: Press) -> Shown:
    """Not this one; a second, optional tap says why."""
    return await _react(visit, press, ReactionKind.DISMISS)


async def reason(visit: Visit, press: Press) -> Shown:
    """Why it was dismissed."""
    return await _react(visit, press, ReactionKind.DISMISS, DismissReason(press.arg))


async def _react(visit: Visit, press: Press, kind: ReactionKind, why: DismissReason | None = None) -> Shown:
    outcome = await react(
        _subject(press), visit.person, visit.world, kind=kind, reason=why, message_id=_tapped_id(visit)
    )
    return _after(visit, outcome)


def _after(visit: Visit, outcome: Outcome) -> Shown:
    message = tips_screen.after(outcome, visit.person, visit.now)
    return Shown(edit=message, toast=_toast(visit, outcome))


def _toast(visit: Visit, outcome: Outcome) -> str | None:
    """A remark only where the redrawn message would not tell: the tap came second, or too late."""
    if outcome.verdict is Verdict.GONE:
        return texts.GONE_TOAST
    if outcome.verdict is not Verdict.ALREADY or outcome.reaction is None:
        return None
    time = at_time(outcome.reaction.reacted_at, visit.now, tips_screen.zone_of(visit.person))
    done_before = outcome.reaction.kind is ReactionKind.DONE
    return (texts.ALREADY_DONE if done_before else texts.ALREADY_DISMISSED).format(time=time)


async def undo_reaction(visit: Visit, press: Press) -> Shown:
    """Everything is as before the tap."""
    outcome = await undo(_subject(press), visit.person, visit.world)
    if outcome.verdict is Verdict.NOTHING:
        return Shown(edit=tips_screen.after(outcome, visit.person, visit.now), toast=texts.NOTHING_TO_UNDO)
    return Shown(edit=tips_screen.after(outcome, visit.person, visit.now))


async def _stands(visit: Visit, press: Press) -> Outcome:
    async with visit.world.store.read() as unit:
        return await look(unit, _subject(press), visit.person)


async def show(visit: Visit, press: Press) -> Shown:
    """Back to the tip as it stands."""
    return _after(visit, await _stands(visit, press))


async def snooze_menu(visit: Visit, press: Press) -> Shown:
    """Offer times to bring the tip back."""
    outcome = await _stands(visit, press)
    if outcome.verdict is not Verdict.TAKEN:
        return _after(visit, outcome)
    return Shown(edit=tips_screen.snooze_choices(outcome, visit.person, visit.now))


async def until(visit: Visit, press: Press) -> Shown:
    """Snooze until the chosen time; quiet hours are pointed out, with other offers."""
    return await snooze_until(visit, press, datetime.fromisoformat(press.arg).astimezone(UTC))


async def until_anyway(visit: Visit, press: Press) -> Shown:
    """Snooze into quiet hours, for this once."""
    when = datetime.fromisoformat(press.arg).astimezone(UTC)
    return await snooze_until(visit, press, when, even_if_quiet=True)


async def snooze_until(visit: Visit, press: Press, when: datetime, *, even_if_quiet: bool = False) -> Shown:
    """Promise to bring the tip back at ``when``."""
    zone = tips_screen.zone_of(visit.person)
    ends = quiet_until(when, zone, visit.person.preferences.quiet)
    if ends and not even_if_quiet:
        outcome = await _stands(visit, press)
        if outcome.verdict is Verdict.TAKEN:
            offer = tips_screen.snooze_in_quiet(outcome, visit.person, visit.now, until=when, quiet_ends=ends)
            return Shown(edit=offer)
        return _after(visit, outcome)
    outcome = await snooze(
        _subject(press),
        visit.person,
        visit.world,
        until=when,
        even_if_quiet=even_if_quiet,
        message_id=_tapped_id(visit),
    )
    return _after(visit, outcome)


async def type_time(visit: Visit, press: Press) -> Shown:
    """The person types when; on platforms with forms the answer comes with the press itself."""
    typed = getattr(visit.update, "typed", None)
    if typed is not None:
        return await snooze_until(visit, press, parse_moment(typed, now=visit.now, zone=visit.zone))
    question = Question(what="snooze", subject=_subject(press), message_id=_tapped_id(visit))
    return Shown(asks=question, reply=say(texts.SNOOZE_TYPE))


# --- Tasks -------------------------------------------------------------------------------------------------


async def task_done(visit: Visit, press: Press) -> Shown:
    """Complete a task from the list; the list is redrawn, a new message confirms and can undo."""
    async with visit.world.store.begin() as unit:
        task = await unit.tasks.get(press.arg)
        if task.person_id != visit.person.person_id or task.state is not TaskState.OPEN:
            return Shown(toast=texts.TASK_ALREADY)
        completed = await complete_task(unit, task, visit.world, zone=_zone(visit))
    return Shown(edit=await _task_list(visit), reply=_confirmed(visit, completed))


def _confirmed(visit: Visit, completed: Completed) -> Message:
    moved_to = completed.task.due if completed.task.state is TaskState.OPEN else None
    return tasks_screen.completed(completed, visit.now, _zone(visit), moved_to=moved_to)


def _zone(visit: Visit) -> ZoneInfo:
    return tips_screen.zone_of(visit.person)


async def _task_list(visit: Visit, page: int = 0) -> Message:
    async with visit.world.store.read() as unit:
        found = by_urgency(await unit.tasks.open(visit.person.person_id), visit.now, _zone(visit))
    return tasks_screen.listed(found, visit.now, _zone(visit), page=page)


async def task_undo(visit: Visit, press: Press) -> Shown:
    """Open a completed task again, with the date it had."""
    task_id, _, code = press.arg.partition(" ")
    async with visit.world.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        opened = await reopen_task(unit, task, visit.world, due=tasks_screen.due_of(code))
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
    return Shown(reply=await agree(visit))


async def decline_all(visit: Visit, press: Press) -> Shown:
    """No thanks."""
    return Shown(edit=await decline(visit))


async def show_details(visit: Visit, press: Press) -> Shown:
    """What is stored and sent, in full."""
    return Shown(edit=details(texts.llm_sentence(visit.house.llm)))


async def zone(visit: Visit, press: Press) -> Shown:
    """The guessed zone is right."""
    return Shown(reply=await set_zone(visit, known_zone(press.arg).key))


async def ask(visit: Visit, press: Press) -> Shown:
    """Change a setting by typing; on platforms with forms the answer comes with the press itself."""
    typed = getattr(visit.update, "typed", None)
    if typed is not None:
        return Shown(reply=await answer_setting(visit, press.arg, typed))
    return Shown(asks=Question(what=press.arg), reply=say(texts.ASK[press.arg]))


async def answer_setting(visit: Visit, what: str, typed: str) -> Message | None:
    """A typed answer to the question for ``what``. Raises ``BadInput``."""
    if what == "zone":
        return await set_zone(visit, zone_meant(typed).key)
    return await COMMANDS[what].run(visit, typed)


async def cap(visit: Visit, press: Press) -> Shown:
    """One more or one less a day."""
    return await _changed(visit, prefer(cap=int(press.arg)), "cap")


async def toggle(visit: Visit, press: Press) -> Shown:
    """Turn the language model or learning on or off."""
    turned = not getattr(visit.person.preferences, press.arg)
    return await _changed(visit, prefer(**{press.arg: turned}), press.arg)


async def pause_a_day(visit: Visit, press: Press) -> Shown:
    """Silence until this time tomorrow."""
    until = settings_screen.a_day_later(visit.now, _zone(visit))
    return await _changed(visit, pause(until), "pause")


async def end_pause(visit: Visit, press: Press) -> Shown:
    """Write again."""
    return await _changed(visit, resume, "resume")


async def _changed(visit: Visit, make: Change, what: str) -> Shown:
    visit.person = await change(visit.person, visit.world, make, what=what)
    return Shown(edit=settings_screen.preferences(visit.person, visit.now, llm=visit.house.llm))


async def unmute_topic(visit: Visit, press: Press) -> Shown:
    """Undo a mute."""
    await change(visit.person, visit.world, unmute(press.arg), what="unmute")
    return Shown(edit=say(texts.UNMUTED, topic=press.arg))


async def fine(visit: Visit, press: Press) -> Shown:
    """Nothing to change."""
    return Shown(toast=texts.FINE_THEN)


# --- Data, and what a language model proposed --------------------------------------------------------------


async def delete_all(visit: Visit, press: Press) -> Shown:
    """Delete everything about the person."""
    await forget(visit.person, visit.world)
    return Shown(edit=say(texts.DELETED))


async def keep_all(visit: Visit, press: Press) -> Shown:
    """Delete nothing."""
    return Shown(edit=say(texts.DELETE_KEPT))


async def confirm(visit: Visit, press: Press) -> Shown:
    """Carry out what the language model understood, now that the person said yes."""
    name, _, argument = press.arg.partition(" ")
    return Shown(reply=await act(visit, name, argument))


async def leave(visit: Visit, press: Press) -> Shown:
    """Do not."""
    return Shown(edit=say(texts.NOT_DONE))


VERBS: dict[str, Run] = {
    "done": done,
    "dismiss": dismiss,
    "reason": reason,
    "undo": undo_reaction,
    "show": show,
    "snooze": snooze_menu,
    "until": until,
    "until_anyway": until_anyway,
    "type_time": type_time,
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
    "pause_day": pause_a_day,
    "resume": end_pause,
    "unmute": unmute_topic,
    "fine": fine,
    "delete_all": delete_all,
    "keep_all": keep_all,
    "confirm": confirm,
    "leave": leave,
}
