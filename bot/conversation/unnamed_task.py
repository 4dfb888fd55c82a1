"""The task of a wish that did not name one ("add a task", "set a reminder for 5pm"): asked for, then typed.

Tests: tests/scenarios/test_unnamed_task.py.
"""

from __future__ import annotations

from bot.conversation.question import Question
from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens.markup import say
from core.chat import Message
from core.words.begun import named
from core.words.intents import AddTask

TASK, REMINDER = "new_task", "new_reminder"
"""``Question.what`` of the question for the task; its subject is the time of the wish."""


async def ask_what(ctx: UpdateContext, begun: AddTask) -> Message:
    """Ask what is to be done; the next message may answer it."""
    await ctx.set_question(Question(what=REMINDER if begun.reminds else TASK, subject=begun.when or None))
    return say(texts.REMIND_WHAT if begun.reminds else texts.ADD_WHAT)


def tasks_named(ctx: UpdateContext, question: Question, text: str) -> AddTask:
    """The tasks that the answer to ``question`` names. Raises ``BadInput``."""
    begun = AddTask(when=question.subject or "", reminds=question.what == REMINDER)
    return named(text, begun, now=ctx.said_at, zone=ctx.zone)
