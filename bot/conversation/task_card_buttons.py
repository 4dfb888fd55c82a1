"""The buttons of a task's card: done, move, edit, remove, and what they ask for.

A task that was done or removed since a button was shown is not touched: the list takes the place of its card.
Tests: tests/scenarios/test_task_card.py, tests/scenarios/test_task_card_in_slack.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.conversation import task_changes
from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.question import Question
from bot.conversation.task_fields import When, field_patch, form_patch
from bot.conversation.task_lists import open_tasks, task_list
from bot.conversation.update_context import UpdateContext
from bot.screens import task_card, texts, texts_tasks
from bot.screens.markup import say
from bot.screens.reminders import card_line
from bot.screens.tasks import ListPlace, place_of
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.errors import NotFound
from core.records import Due, Task, TaskPatch
from core.scheduling.timezones import zone_of
from core.tasks.changes import open_task
from core.tasks.reminders import next_reminder
from core.tips.urgency import due_instant

QUESTION_PREFIX = "task_"
"""``Question.what`` is this and the name of a field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAction:
    """What a button of a card is about."""

    task_id: str
    place: ListPlace
    """Where the list was from which the card was opened."""
    value: str = ""


CardHandler = Callable[[UpdateContext, CardAction], Awaitable[CallbackResult]]
"""Carries out a button of a card. Raises ``NotFound`` if the task is not open any more."""


def _on_card(handler: CardHandler, *, has_value: bool = False) -> CallbackHandler:
    """The handler of a button; ``has_value``: whether its argument holds one beside task and place."""

    async def handle(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
        task_id, _, rest = action.arg.partition(" ")
        value, _, code = rest.partition(" ") if has_value else ("", "", rest)
        return await _or_list(ctx, CardAction(task_id=task_id, place=place_of(code), value=value), handler)

    return handle


async def _or_list(ctx: UpdateContext, card: CardAction, handler: CardHandler) -> CallbackResult:
    """What the handler shows; the list if the task is not open any more."""
    try:
        return await handler(ctx, card)
    except NotFound:
        return CallbackResult(edit=await task_list(ctx, card.place), toast=texts.GONE_TOAST)


async def show_card(ctx: UpdateContext, card: CardAction) -> CallbackResult:
    """Show the card of a task in place of the list."""
    return CallbackResult(edit=await card_of(ctx, card.task_id, card.place))


async def card_of(ctx: UpdateContext, task_id: str, place: ListPlace) -> Message:
    """The card of an open task. Raises ``NotFound``."""
    task, parent = await _task(ctx, task_id), None
    if task.parent_id:
        async with ctx.deps.store.read() as unit:
            with suppress(NotFound):
                parent = await unit.tasks.get(task.parent_id)
    pieces = [one for one in await open_tasks(ctx) if one.parent_id == task_id]
    async with ctx.deps.store.read() as unit:
        reminder = card_line(await next_reminder(unit, task_id), ctx.person, ctx.now)
    zone = zone_of(ctx.person)
    return task_card.card(task, ctx.now, zone, place=place, pieces=pieces, parent=parent, reminder=reminder)


async def _task(ctx: UpdateContext, task_id: str) -> Task:
    async with ctx.deps.store.read() as unit:
        return await open_task(unit, task_id, ctx.person)


async def finish(ctx: UpdateContext, card: CardAction) -> CallbackResult:
    """Complete the task of a card."""
    completed = await task_changes.complete(ctx, card.task_id)
    if completed is None:
        raise NotFound("the task is not open")
    return CallbackResult(edit=task_card.with_way_back(completed, card.place))


async def remove(ctx: UpdateContext, card: CardAction) -> CallbackResult:
    """Remove the task of a card."""
    removed = await task_changes.remove(ctx, card.task_id)
    return CallbackResult(edit=task_card.with_way_back(removed, card.place))


async def _change(ctx: UpdateContext, card: CardAction, patch: TaskPatch) -> CallbackResult:
    """Change the task of a card; the confirmation leads back to both card and list."""
    said = await task_changes.change(ctx, card.task_id, patch)
    return CallbackResult(edit=task_card.with_way_back(said, card.place, card.task_id))


# --- Move --------------------------------------------------------------------------------------------------


async def move_menu(ctx: UpdateContext, card: CardAction) -> CallbackResult:
    """Ask to when the task is to be moved."""
    return CallbackResult(edit=task_card.move_menu(await _task(ctx, card.task_id), card.place))


async def move_to(ctx: UpdateContext, card: CardAction) -> CallbackResult:
    """Move the task to a day on a button; that day is counted from the tap on."""
    task = await _task(ctx, card.task_id)
    due = None if card.value == "none" else _due_on(ctx, task, _day(ctx, card.value))
    return await _change(ctx, card, TaskPatch(due=due))


def _day(ctx: UpdateContext, code: str) -> date:
    """The day that a code of ``MOVE_BUTTONS`` means. Raises ``NotFound`` for any other."""
    today = ctx.now.astimezone(zone_of(ctx.person)).date()
    days = {
        "today": 0,
        "tomorrow": 1,
        "weekend": (5 - today.weekday()) % 7 or 7,
        "next_week": 7 - today.weekday(),
    }
    if code not in days:
        raise NotFound("no such day")
    return today + timedelta(days=days[code])


def _due_on(ctx: UpdateContext, task: Task, day: date) -> Due:
    """The task's due date on another day; its time of day stays, unless it has passed on that day."""
    if task.due is None:
        return Due(on=day)
    moved = replace(task.due, on=day)
    return moved if due_instant(moved, zone_of(ctx.person)) > ctx.now else replace(moved, at=None)


# --- Edit --------------------------------------------------------------------------------------------------


async def edit(ctx: UpdateContext, card: CardAction) -> CallbackResult:
    """Let the person change the task: in a form with all fields, or by buttons where there are no forms."""
    filled: Mapping[str, str] | None = getattr(ctx.update, "filled", None)
    task = await _task(ctx, card.task_id)
    if filled is None:
        return CallbackResult(edit=task_card.edit_menu(task, card.place), form=task_card.edit_form(task))
    return await _change(ctx, card, form_patch(filled, task_card.field_values(task), _when(ctx)))


async def set_priority(ctx: UpdateContext, card: CardAction) -> CallbackResult:
    """Set the priority that a button names."""
    return await _change(ctx, card, field_patch("priority", card.value, _when(ctx)))


async def type_field(ctx: UpdateContext, card: CardAction) -> CallbackResult:
    """Let the person type the value of a field; where there are forms, the tap brings what was typed."""
    if card.value not in texts_tasks.ASK_FIELD:
        raise NotFound("no such field")
    typed = getattr(ctx.update, "typed", None)
    if typed is not None:
        return await _change(ctx, card, field_patch(card.value, typed, _when(ctx)))
    question = Question(
        what=f"{QUESTION_PREFIX}{card.value}",
        subject=f"{card.task_id} {card.place.code}",
        message_id=getattr(ctx.update, "message_id", None),
    )
    return CallbackResult(question=question, reply=say(texts_tasks.ASK_FIELD[card.value]))


async def answer_field(ctx: UpdateContext, question: Question, text: str) -> Message:
    """Take the typed value of a field that a question asked for. Raises ``BadInput``."""
    task_id, _, code = (question.subject or "").partition(" ")
    card = CardAction(task_id=task_id, place=place_of(code))
    patch = field_patch(question.what.removeprefix(QUESTION_PREFIX), text, _when(ctx))
    try:
        result = await _change(ctx, card, patch)
    except NotFound:
        result = CallbackResult()
    return result.edit or say(texts.GONE_TOAST)


def _when(ctx: UpdateContext) -> When:
    return When(now=ctx.said_at, zone=zone_of(ctx.person))


CARD_BUTTONS: dict[str, CallbackHandler] = {
    "task": _on_card(show_card),
    "task_finish": _on_card(finish),
    "task_remove": _on_card(remove),
    "task_move": _on_card(move_menu),
    "task_to": _on_card(move_to, has_value=True),
    "task_edit": _on_card(edit),
    "task_priority": _on_card(set_priority, has_value=True),
    "task_type": _on_card(type_field, has_value=True),
}
