"""An edited message: it corrects the tasks that the message added, while these are as they were added.

Tests: tests/scenarios/test_edited.py.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from bot.conversation.task_changes import add_tasks
from bot.conversation.update_context import UpdateContext
from bot.conversation.utterance import Utterance
from bot.screens import tasks as tasks_screen
from bot.screens import texts, texts_talk
from bot.screens.markup import join, say
from core.chat import Message, Said
from core.errors import BadInput, NotFound
from core.records import Consent
from core.store import AddedTask
from core.tasks.added_tasks import added_by, as_added
from core.tasks.changes import remove_task
from core.words import intents
from core.words.asked_reminders import reminder_wish
from core.words.commands import Command
from core.words.understand import wished

_READ_BY = {"add": wished, "remind": reminder_wish}
"""What reads the argument of a command that adds tasks."""


async def correct(ctx: UpdateContext, said: Said, command: Command | None) -> Message:
    """Undo what the message had added and add what it says now; if either is not possible, say so.

    The new tasks are added first: if this is cut off and handled again, none is lost and none is added twice.
    """
    wish = _new_wish(ctx, said, command)
    before = await _correctable(ctx, said) if wish else ()
    if wish is None or not before:
        return say(texts.EDITED)
    answer = await add_tasks(ctx, wish)
    for one in before:
        with suppress(NotFound):  # removed before a stop cut this off
            await remove_task(one.task_id, ctx.person, ctx.deps)
    return await _changed(ctx, answer)


def _new_wish(ctx: UpdateContext, said: Said, command: Command | None) -> intents.AddTask | None:
    """The tasks that the edited message names; None if it wants anything else."""
    if ctx.person.consent is not Consent.AGREED or ctx.person.zone is None:
        return None
    try:
        if command:
            read = _READ_BY.get(command.name)
            wish = read(command.typed, now=ctx.said_at, zone=ctx.zone) if read else None
        else:
            found = Utterance(said.text, now=ctx.said_at, zone=ctx.zone).intent
            wish = found if isinstance(found, intents.AddTask) else None
    except BadInput:
        return None
    return wish if wish and wish.drafts else None


async def _correctable(ctx: UpdateContext, said: Said) -> tuple[AddedTask, ...]:
    """The tasks that the message added; none if one of them was changed, done or removed since.

    If this very edit was cut off after it had added its tasks, it goes on.
    """
    if said.message_id is None:
        return ()
    async with ctx.deps.store.read() as unit:
        message = await unit.messages.get(ctx.account.account_id, said.message_id)
        if message is None:
            return ()
        goes_on = await added_by(unit, ctx.person, ctx.origin)
        unchanged = await as_added(unit, message.added, ctx.person)
    return message.added if goes_on or unchanged else ()


async def _changed(ctx: UpdateContext, answer: Message) -> Message:
    """The confirmation of the new tasks, said as a change."""
    async with ctx.deps.store.read() as unit:
        added = await added_by(unit, ctx.person, ctx.origin)
        tasks = [await unit.tasks.get(one.task_id) for one in added]
    if [tasks_screen.added(task, ctx.now, ctx.zone).lines for task in tasks] != [answer.lines]:
        return join(say(texts_talk.CHANGED_SEVERAL), answer)  # it says more than that a task was added
    details = tasks_screen.details(tasks[0], ctx.now, ctx.zone)
    changed = say(texts_talk.CHANGED_TO, title=tasks[0].title, details=details)
    return replace(answer, lines=changed.lines)
