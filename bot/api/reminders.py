"""Reminders: list, add, cancel."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from pydantic import Field

from bot.api.models import WHOLE, DueDate, Id, Input, Output, Text, either
from bot.api.operation import Call, Operation, Result
from bot.api.problems import Kind, Problem
from core.records import Reminder, ReminderKind, Scope
from core.tasks.changes import remove_task
from core.tasks.reminder_changes import cancel_reminder, remind_of_task
from core.tasks.reminder_times import is_active
from core.tasks.reminders import asked_id
from core.tasks.todo_list import add_task
from core.words.tasks import parse_task

Lead = Annotated[int, Field(ge=0, le=7 * 24 * 60, description="Minutes before the task's time"), WHOLE]


class ReminderOut(Output):
    """A reminder that will ring."""

    reminder_id: str
    kind: ReminderKind
    task_id: str | None
    due: DueDate | None
    repeats: str | None
    lead_minutes: int
    asked: bool = Field(description="False: it follows from the setting lead_minutes")
    next_at: datetime | None = Field(description="None: not at all as things are: a pause without end")

    @classmethod
    def of(cls, reminder: Reminder) -> ReminderOut:
        """The reminder of an answer."""
        return cls.model_construct(
            reminder_id=reminder.reminder_id,
            kind=reminder.kind,
            task_id=reminder.task_id,
            due=DueDate.of(reminder.due),
            repeats=reminder.repeats,
            lead_minutes=reminder.lead,
            asked=reminder.asked,
            next_at=reminder.next_at,
        )


class ReminderList(Output):
    """What will ring, the next first."""

    reminders: list[ReminderOut]


class ReminderOfTask(Input):
    """A reminder of a task that is on the list. It replaces what was promised for the task before."""

    task_id: Id
    lead_minutes: Lead = 0


class ReminderInWords(Input):
    """A task with a time, as it is typed in the chat, and a reminder of it."""

    text: Text = Field(examples=["call mum tomorrow 18:00"])
    lead_minutes: Lead = 0


async def _list(call: Call) -> Result:
    async with call.deps.store.read() as unit:
        found = await unit.reminders.of_person(call.person.person_id)
    ringing = [ReminderOut.of(one) for one in found if one.next_at and is_active(one)]
    return Result(content=ReminderList.model_construct(reminders=ringing))


async def _add(call: Call) -> Result:
    wanted: ReminderOfTask | ReminderInWords = call.body
    if isinstance(wanted, ReminderInWords):
        return Result(content=ReminderOut.of(await _new(wanted, call)))
    asked = await remind_of_task(wanted.task_id, call.person, call.deps, lead=wanted.lead_minutes)
    if asked.reminder is None:
        raise _no_time()
    return Result(content=ReminderOut.of(asked.reminder))


async def _new(wanted: ReminderInWords, call: Call) -> Reminder:
    """Raises ``Problem`` if it could never ring: then no task stays behind."""
    draft = parse_task(wanted.text, now=call.deps.clock.now(), zone=call.zone)
    if draft.due is None:
        raise _no_time()
    draft = replace(draft, reminds=True, lead=wanted.lead_minutes)
    task = await add_task(call.person, call.deps, draft, origin=call.origin)
    async with call.deps.store.read() as unit:
        reminder = await unit.reminders.find(asked_id(task.task_id))
    if reminder is None:
        await remove_task(task.task_id, call.person, call.deps)
        raise _no_time()
    return reminder


def _no_time() -> Problem:
    return Problem(Kind.UNUSABLE, "A reminder needs a task with a time that is still to come.")


async def _cancel(call: Call) -> Result:
    await cancel_reminder(call.path["reminder_id"], call.person, call.deps)
    return Result()


REMINDERS = (
    Operation(
        name="list_reminders", method="GET", path="/v1/reminders", scope=Scope.TASKS_READ, run=_list,
        summary="The reminders that will ring, the next first", answer=ReminderList,
    ),
    Operation(
        name="add_reminder", method="POST", path="/v1/reminders", scope=Scope.TASKS_WRITE, run=_add,
        summary="Remind of a task, or add a task with a reminder",
        body=either(ReminderInWords, ReminderOfTask),
        answer=ReminderOut, status=201, needs_zone=True, repeatable=True,
    ),
    Operation(
        name="cancel_reminder", method="DELETE", path="/v1/reminders/{reminder_id}", scope=Scope.TASKS_WRITE,
        run=_cancel, summary="Cancel a reminder", status=204,
    ),
)  # fmt: skip
